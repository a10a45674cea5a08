"""The map of ties in a real browser: back in time by keys, and more than a thousand actors on a canvas."""

import os
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from manyhands.practice.stakeholders.models import Tie
from tests.living_house import open_browser

from .test_network_page import grow

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop running in this thread
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: How many points of the canvas are drawn on.
PAINTED = """() => {
  const canvas = document.querySelector(".net-stage canvas");
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let count = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at]) count += 1;
  return count;
}"""


def wait_until(holds):
    """Asked from here: the page's own rules forbid a script that waits inside of it."""
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until, "it did not happen within 20 seconds"
        time.sleep(0.1)


@pytest.fixture
def open_map(live_server, clean_air):
    client = Client()
    client.force_login(clean_air.user["ben"])
    with open_browser() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])

        def go():
            tab = context.new_page()
            tab.goto(f"{live_server.url}/c/clean-air/allies/network/")
            return tab

        yield go


def test_the_slider_walks_through_time_with_the_keys(open_map, clean_air, tie, placed):
    today = localdate()
    with clean_air.inside():
        for other, days in (("port", 90), ("taxis", 10)):
            Tie.objects.filter(pk=tie("amina", other).pk).update(since=today - timedelta(days=days))
    page = open_map()
    page.wait_for_selector("#h-ties:has-text('2 ties')")
    slider = page.get_by_label("Go back in time")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_selector("#h-ties:has-text('One tie')")
    first = (today - timedelta(days=90)).isoformat()
    assert page.input_value("#on") == first
    assert slider.get_attribute("aria-valuetext") == first
    assert page.locator("svg.plot-net line[data-begins]:not(.is-hidden)").count() == 1
    assert "Taxi Table" not in page.inner_text("#ties table")
    assert f"on={first}" in page.url, "the day is in the address, so that it can be kept and passed on"
    slider.focus()
    page.keyboard.press("End")
    page.wait_for_selector("#h-ties:has-text('2 ties')")
    assert page.input_value("#on") in {"", today.isoformat()}


def test_more_than_a_thousand_are_on_a_canvas_and_each_is_found_by_name(open_map, clean_air, placed):
    with clean_air.inside():
        grow(1200)
    page = open_map()
    page.wait_for_selector("figure[data-ready=yes]", timeout=60_000)
    assert page.locator("svg.plot-net").count() == 0
    assert page.locator(".net-stage canvas").first.get_attribute("aria-label")
    wait_until(lambda: page.evaluate(PAINTED) > 2000)  # drawn with a later frame
    find = page.get_by_label("Find on the map")
    find.fill("Actor 00700")
    page.locator(".net-found").get_by_text("Actor 00700").click()
    page.wait_for_selector("#actor h2:has-text('Actor 00700')")
    assert "Actor 00701" in page.inner_text("#actor")
    page.locator("#actor a", has_text="Actor 00701").first.click()
    page.wait_for_selector("#actor h2:has-text('Actor 00701')")
    before = page.evaluate(PAINTED)
    page.get_by_role("button", name="Farther away").click()
    wait_until(lambda: page.evaluate(PAINTED) != before)  # the map follows the buttons
    # Everything that is drawn is in the table below too.
    assert "2,400 ties" in page.inner_text("#h-ties")
