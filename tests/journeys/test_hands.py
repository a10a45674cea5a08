"""Two phones raise their hands, the facilitator calls on one, and reads a report that nobody else can open."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ROOM = "/c/clean-air-for-kids/common-ground/"


def test_two_phones_ask_and_the_facilitator_calls_on_one(demo, people):
    # S2-30
    mei, farid, amina = people
    mei.goto(demo.address + ROOM + "ask/")
    mei.fill("[name=question]", "What do we do first in spring?")
    mei.uncheck("[name=is_anonymous]")
    mei.get_by_role("button", name="Keep the draft").click()
    mei.get_by_role("link", name="Hold it live").click()
    mei.get_by_role("button", name="Begin with silence").click()
    code = mei.locator(".wall-in code").inner_text()
    for phone in (farid, amina):
        phone.goto(demo.address + ROOM + "live/")
        phone.fill("[name=code]", code)
        phone.get_by_role("button", name="Go in").click()
        phone.get_by_role("button", name="I am here").click()
        phone.get_by_role("button", name="I have to go").wait_for()
        assert not phone.get_by_role("button", name="Raise my hand").count(), "nobody asks in the silence"
    mei.get_by_role("button", name="End the silence").click()
    wall = mei.context.new_page()
    wall.goto(mei.url)

    farid.get_by_role("button", name="Raise my hand").click()
    farid.get_by_text("You are next in line").wait_for()
    amina.fill("[name=text]", "Half written words")
    amina.get_by_role("button", name="Raise my hand").click()
    amina.get_by_text("1 hand comes before yours").wait_for()
    assert amina.input_value("[name=text]") == "Half written words", "a hand goes up without losing what was typed"

    mei.get_by_role("link", name="Hands").click()
    mei.get_by_role("heading", name="2 hands are up").wait_for()
    assert "Farid" in mei.locator(".queue > li").first.inner_text()
    mei.get_by_role("button", name="Call on Farid").click()
    farid.get_by_text("You have the floor.").wait_for()  # his phone follows by itself
    amina.get_by_text("You are next in line").wait_for()
    wall.get_by_text("Farid, Riverside Tenants has the floor").wait_for()
    farid.get_by_role("button", name="I have finished").click()
    mei.get_by_role("heading", name="1 hand is up").wait_for()
    mei.locator(".queue .is-speaking").wait_for(state="detached")  # and so does her desk

    farid.get_by_role("button", name="Raise my hand").click()
    mei.get_by_role("heading", name="2 hands are up").wait_for()
    assert "Amina" in mei.locator(".queue > li").first.inner_text(), "who has not spoken yet comes first"
    mei.get_by_role("link", name="Your private report").click()
    mei.get_by_role("heading", name="You called on 1 of 2 who asked").wait_for()
    report = mei.url

    for button in ("Let everyone answer", "End here"):
        wall.get_by_role("button", name=button).click()
    amina.get_by_text("Over", exact=True).wait_for()
    mei.reload()
    mei.get_by_text("The one who waited in vain was Amina (Parents of Linden).").wait_for()
    answer = amina.goto(report)
    assert answer.status == 404, "a coordinator cannot open it"
