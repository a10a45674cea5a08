"""axe on every page that a person can reach, in a real Chromium, on a desk and on a phone, light and dark."""

import pytest

from tests.crawl import crawl, sign_in, sign_in_links

from .looking import troubles, troubles_on_both

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

#: Where the example shows nothing to its coordinator, and why.
EMPTY_FOR_AMINA = {
    "alignment:own_reports": "she has reported nobody",
    "alignment:own_statements": "she has written nothing in the round that is open",
    "alignment:overlaps": "the round is open; what is alike is put together later",
    "alignment:hands_reports": "Mei gave the floor that evening, and nobody else reads her report",
}


def test_every_page_as_a_coordinator(demo, browser):
    wrong, kinds, empty = [], set(), set()
    context = browser.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce", color_scheme="dark")
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, sign_in_links(demo.log())["Amina"])

    def look(found):
        kinds.add(found.name)
        if page.locator("main .empty").count():
            empty.add(found.name)
        wrong.extend(troubles_on_both(page, f"{found.name} {found.path}"))

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
