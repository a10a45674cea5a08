"""Reaching out in a real browser: a card is dragged, a button does the same, and two people brainstorm at once."""

import os

import pytest
from django.test import Client

from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.models import Stakeholder
from tests.living_house import open_browser

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop running in this thread
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tab_of(live_server, clean_air):
    """A browser window of its own for each person."""
    with open_browser() as browser:

        def open_tab(who: str, path: str):
            client = Client()
            client.force_login(clean_air.user[who])
            context = browser.new_context(viewport={"width": 1280, "height": 1000})
            session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([session])
            tab = context.new_page()
            tab.goto(f"{live_server.url}/c/clean-air/allies/{path}")
            return tab

        yield open_tab


def test_a_card_is_dragged_only_where_it_may_go_and_a_button_does_the_same(tab_of, clean_air):
    with clean_air.inside():
        port = allies.add_ally(actor=clean_air.actor["amina"], name="Port")
    page = tab_of("ben", "outreach/")

    def stage() -> str:
        with clean_air.inside():
            return Stakeholder.objects.get(pk=port.pk).stage

    card = page.locator(f"#card-{port.pk}")
    card.drag_to(page.locator("[data-stage=talking]"))
    assert stage() == "identified", "no stage is skipped"
    card.drag_to(page.locator("[data-stage=researched]"))
    page.wait_for_selector("text=Port is now: researched")
    assert stage() == "researched"
    page.wait_for_selector(f"[data-stage=researched] #card-{port.pk}")
    page.locator(f"#card-{port.pk} summary").press("Enter")
    page.select_option(f"#stage-card-{port.pk}", "prioritised")
    page.locator(f"#card-{port.pk} button").press("Enter")
    page.wait_for_selector("text=Port is now: prioritised")
    assert stage() == "prioritised"


# S2-20
def test_two_people_call_out_names_at_once_and_see_each_others(tab_of, clean_air):
    amina, ben = tab_of("amina", "brainstorm/"), tab_of("ben", "brainstorm/")
    amina.keyboard.type("Running Club")
    amina.keyboard.press("Enter")
    amina.wait_for_selector("text=Running Club is on the list")
    assert amina.evaluate("document.activeElement.name") == "name", "one types on without the mouse"
    ben.fill("[name=name]", "half typ")
    ben.wait_for_selector("#names >> text=Running Club", timeout=15_000)
    assert ben.input_value("[name=name]") == "half typ", "news do not disturb who is typing"
    ben.fill("[name=name]", "running club")
    ben.press("[name=name]", "Enter")
    ben.wait_for_selector("text=Already here")
    with clean_air.inside():
        assert Stakeholder.objects.count() == 1
