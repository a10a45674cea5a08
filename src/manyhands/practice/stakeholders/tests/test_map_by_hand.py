"""The ally map in a real browser: a point is dragged, or moved by keys, and the form takes it over."""

import os

import pytest
from django.test import Client

from manyhands.practice.stakeholders import actions
from manyhands.practice.stakeholders.models import Rating
from tests.living_house import open_browser

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop running in this thread


@pytest.fixture
def page(live_server, clean_air):
    with clean_air.inside():
        for name, interest, influence in [("Port", 1.6, 4.6), ("Clinic", 4.5, 3.5)]:
            ally = actions.add_ally(actor=clean_air.actor["amina"], name=name)
            actions.rate_ally(
                actor=clean_air.actor["amina"], stakeholder=ally, interest=interest, influence=influence, basis="x"
            )
    client = Client()
    client.force_login(clean_air.user["ben"])
    with open_browser() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        tab = context.new_page()
        tab.goto(f"{live_server.url}/c/clean-air/allies/")
        yield tab


def drag(tab, name, across, down):
    box = tab.locator(f"svg a[aria-label^='{name}'] .ring").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x + across / 2, y + down / 2, steps=4)
    tab.mouse.move(x + across, y + down, steps=4)
    tab.mouse.up()


# S1-16
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_dragged_point_is_saved_with_its_reason(page, clean_air):
    def value(name):
        return float(page.input_value(f"form[data-rating] [name={name}]"))

    page.locator("svg a[aria-label^='Clinic'] .ring").click()
    page.wait_for_selector("#actor h2:has-text('Clinic')")
    # The panel may have shown Clinic before; its new form must be there before the point is moved.
    page.wait_for_load_state("networkidle")
    before = value("interest"), value("influence")
    drag(page, "Clinic", -150, 100)
    page.wait_for_selector("[data-moved]:visible")
    assert value("interest") < before[0]
    assert value("influence") < before[1]

    # Another ally's point brings its own form along, filled with the new place.
    drag(page, "Port", 200, 50)
    page.wait_for_selector("#actor h2:has-text('Port')")
    page.wait_for_load_state("networkidle")
    moved = value("interest")
    assert moved > 2

    # Keys do the same, and so do the fields.
    page.locator("svg a[aria-label^='Port']").focus()
    page.keyboard.press("ArrowRight")
    assert value("interest") == pytest.approx(moved + 0.1)
    page.locator("form[data-rating] [aria-label='More Interest']").click()
    assert value("interest") == pytest.approx(moved + 0.2)
    page.fill("form[data-rating] [name=basis]", "They answered my letter.")
    page.click("text=Save rating")
    page.wait_for_selector("text=Your rating of Port is saved")
    with clean_air.inside():
        rating = Rating.objects.get(rater=clean_air.seat["ben"], replaced_at=None)
        assert rating.interest == pytest.approx(moved + 0.2)
        assert rating.basis == "They answered my letter."
