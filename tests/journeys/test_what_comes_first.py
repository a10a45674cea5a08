"""A member answers what comes first from the desk, by keys on a phone; the facilitator closes; everyone reads it."""

import pytest
from playwright.sync_api import expect

from .people import at_their_screens

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ROOM = "/c/clean-air-for-kids/common-ground/"
AGAIN = "What comes first next year?"


def test_from_the_vision_to_fit_beside_popularity(demo):
    # S2-31
    with at_their_screens(demo, Farid=(360, 740), Mei=(1280, 740)) as (phone, desk):
        phone.goto(demo.address + "/c/clean-air-for-kids/")
        phone.get_by_text("Mei asks: 6 priorities wait for your organization’s word.").wait_for()
        phone.get_by_role("link", name="Begin with our vision").click()
        phone.get_by_role("heading", name="This is what we want to reach").wait_for()
        phone.get_by_text("Children walk to school in clean air.").wait_for()
        phone.get_by_role("link", name="Begin", exact=True).click()
        phone.get_by_text("0 of 6").first.wait_for()
        first = phone.locator("[data-priority-card] blockquote").inner_text()
        phone.keyboard.press("1")
        phone.keyboard.press("4")
        expect(phone.locator("[name=clauses]:checked")).to_have_count(2)
        phone.keyboard.press("4")  # and off again
        phone.keyboard.press("y")
        phone.get_by_text("1 of 6").first.wait_for()
        phone.get_by_text(f"Kept: “{first}”.").wait_for()
        second = phone.locator("[data-priority-card] blockquote").inner_text()
        phone.keyboard.press("s")
        phone.get_by_role("heading", name=AGAIN).wait_for()
        expect(phone.locator("blockquote").first).not_to_have_text(second)
        for done in (2, 3, 4, 5):
            phone.get_by_role("button", name="Not for us").click()
            phone.get_by_text(f"{done} of 6").first.wait_for()
        phone.get_by_text("1 priority is left.").wait_for()
        phone.get_by_role("link", name="What we said").click()
        said = phone.locator(".statement", has_text=first)
        assert "serves clause 1" in said.inner_text()
        said.get_by_role("link", name="Change").click()
        expect(phone.locator("[name=clauses]:checked")).to_have_count(1)

        desk.goto(demo.address + ROOM + "success/priorities/rounds/")
        desk.get_by_role("link", name=AGAIN).click()
        desk.get_by_text("5 of 14 members have answered everything").wait_for()
        desk.get_by_text("Close the round").click()
        desk.get_by_role("button", name="Close it and count").click()
        desk.get_by_role("heading", name="Fit beside popularity").wait_for()
        desk.get_by_text("6 of 14 members answered; one member, one voice.").first.wait_for()
        desk.get_by_role("link", name="By fit").click()
        desk.wait_for_url("**sort=fit")

        phone.keyboard.press("n")  # too late: the round is closed
        phone.get_by_text("It takes no more answers.").wait_for()
        phone.get_by_role("link", name="Fit beside popularity").click()
        phone.get_by_role("heading", name="Fit beside popularity").wait_for()
        desk.get_by_role("link", name="Which few leave nobody out?").click()
        desk.get_by_role("heading", name="How many come first?").wait_for()
