"""axe on every page that a person can reach, in a real Chromium, on a desk and on a phone, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.crawl import crawl, sign_in, sign_in_links
from tests.living_house import living_house, open_browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what passed is not described: three times as quick
}

#: Where the example shows nothing to its coordinator, and why.
EMPTY_FOR_AMINA = {
    "alignment:own_reports": "she has reported nobody",
    "alignment:own_statements": "she has written nothing in the round that is open",
    "alignment:overlaps": "the round is open; what is alike is put together later",
    "alignment:hands_reports": "Mei gave the floor that evening, and nobody else reads her report",
}

#: Which tab or chip says where we are, and cannot be seen.
OUT_OF_SIGHT = """() => [...document.querySelectorAll(".tabs [aria-current], .chips-scroll [aria-current]")].filter(
  (here) => { const { left, right } = here.getBoundingClientRect(); return left < -1 || right > innerWidth + 1; }
).map((here) => here.textContent.trim()).join(", ")"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with living_house(tmp_path_factory.mktemp("house"), demo=True) as house:
        yield house


@pytest.fixture(scope="module")
def browser():
    with open_browser() as browser:
        yield browser


def troubles(page) -> list[str]:
    """What axe finds, and what axe does not look for: a page wider than its screen."""
    found = [
        f"{rule['id']} ({rule['impact']}): {rule['nodes'][0]['html'][:140]}"
        for rule in Axe().run(page, options=RULES).response["violations"]
    ]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wider > 1:
        found.append(f"the page is {wider} px wider than the screen")
    if out_of_sight := page.evaluate(OUT_OF_SIGHT):
        found.append(f"the tab we are on is beyond the edge of the screen: {out_of_sight}")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1 headings")
    return found


def test_every_page_as_a_coordinator(demo, browser):
    wrong, kinds, empty = [], set(), set()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, sign_in_links(demo.log())["Amina"])

    def look(found):
        kinds.add(found.name)
        if page.locator("main .empty").count():
            empty.add(found.name)
        for width, scheme in ((1280, "light"), (360, "dark")):
            if width == 360:  # the desk's screen is open already
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)
                page.goto(demo.address + found.path)
            wrong.extend(f"{found.name} {found.path} at {width} {scheme}: {trouble}" for trouble in troubles(page))
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")

    crawl(page, demo.address, "/c/clean-air-for-kids/", look=look)
    context.close()
    assert len(kinds) > 30, sorted(kinds)
    assert not wrong, "\n".join(wrong)
    assert empty <= set(EMPTY_FOR_AMINA), f"the example shows nothing on {sorted(empty - set(EMPTY_FOR_AMINA))}"
    assert not errors, "\n".join(errors)


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/accounts/signup/", "/style-guide/", "/o/clean-air-for-kids/"]
)
def test_pages_before_the_door(demo, browser, path):
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    assert page.goto(demo.address + path).status == 200
    assert not troubles(page)
    context.close()


def test_a_desk_works_with_the_keyboard_alone_and_at_twice_the_size(demo, browser):
    context = browser.new_context(viewport={"width": 640, "height": 450}, reduced_motion="reduce")  # 1280 at 200 %
    page = context.new_page()
    sign_in(page, sign_in_links(demo.log())["Amina"])
    page.goto(demo.address + "/c/clean-air-for-kids/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main", "first of all, a way past the rooms"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName"))
    assert any("/decisions/" in str(where) for where in reached)
    assert not troubles(page)
    context.close()
