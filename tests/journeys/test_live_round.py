"""A facilitator holds a round in one room: a big screen and two phones, in real browsers."""

import pytest

from tests.crawl import sign_in, sign_in_links
from tests.living_house import living_house, open_browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ROOM = "/c/clean-air-for-kids/common-ground/"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with living_house(tmp_path_factory.mktemp("house"), demo=True) as house:
        yield house


@pytest.fixture
def people(demo):
    """Mei before the big screen, Farid and Amina with their phones."""
    with open_browser() as browser:
        links = sign_in_links(demo.log())  # printed by now: a browser takes longer to open
        found = {}
        for name, width, height in (("Mei", 1600, 900), ("Farid", 360, 740), ("Amina", 360, 740)):
            page = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce").new_page()
            page.set_default_timeout(15_000)
            sign_in(page, links[name])
            found[name] = page
        yield found["Mei"], found["Farid"], found["Amina"]


def go_in(page, demo, code):
    page.goto(demo.address + ROOM + "live/")
    page.fill("[name=code]", code.lower())
    page.get_by_role("button", name="Go in").click()


def test_two_phones_and_a_big_screen(demo, people):
    # S1-09, S1-23
    wall, farid, amina = people
    wall.goto(demo.address + ROOM + "ask/")
    wall.fill("[name=question]", "What would make mornings easier for you?")
    wall.uncheck("[name=is_anonymous]")
    wall.get_by_role("button", name="Keep the draft").click()
    wall.get_by_role("link", name="Hold it live").click()
    wall.get_by_role("button", name="Begin with silence").click()
    code = wall.locator(".wall-in code").inner_text()
    for phone in (farid, amina):
        go_in(phone, demo, code)
        phone.get_by_role("button", name="I am here").click()
        phone.get_by_role("button", name="I have to go").wait_for()

    farid.fill("[name=text]", "A bus that waits for the night shift.")
    farid.get_by_role("button", name="Add the statement").click()
    wall.get_by_text("Not yet: Amina, Parents of Linden").wait_for()  # the wall keeps itself up to date
    assert "A bus that waits" not in wall.locator("main").inner_text()

    amina.fill("[name=text]", "Half written words")
    amina.wait_for_timeout(800)
    wall.get_by_role("button", name="End the silence").click()
    amina.get_by_text("What was written").wait_for()  # her phone follows by itself
    assert amina.input_value("[name=text]") == "Half written words", "and nothing typed is lost"
    amina.fill("[name=text]", "The night shift gets a bus that waits.")
    amina.get_by_role("button", name="Add the statement").click()
    wall.locator(".wall-said").get_by_text("The night shift gets a bus").wait_for()

    wall.get_by_role("button", name="Let everyone answer").click()
    farid.get_by_role("link", name="Answer the statements").click()
    farid.get_by_role("button", name="Agree", exact=True).click()
    farid.get_by_text("You agreed with").wait_for()
    wall.get_by_role("button", name="Show what is alike").click()
    for phone in (farid, amina):
        go_in(phone, demo, code)
        phone.get_by_role("button", name="It fits").click()
    wall.get_by_text("2 have spoken").wait_for()
    wall.get_by_role("link", name="Sort, reword and count").click()
    wall.get_by_role("button", name="Count the voices").click()
    wall.get_by_text("written and found true on one day").wait_for()
    wall.get_by_role("button", name="Write a vision from this").click()
    wall.get_by_text("rests on 2 contributions").wait_for()
