"""The card by key, in a real browser, at the size of a phone too."""

import pytest

from manyhands.practice.alignment.models import Response
from tests.living_house import open_browser

from .factories import open_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop of its own running
    with open_browser() as chromium:
        yield chromium


def answers(world):
    with world.inside():
        return list(Response.objects.order_by("answered_at").values_list("answer", "is_important"))


def test_the_whole_round_by_key(clean_air, client, live_server, browser):
    with clean_air.inside():
        round = open_round(clean_air)
    client.force_login(clean_air.user["ben"])
    context = browser.new_context(viewport={"width": 360, "height": 740})
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{live_server.url}/c/clean-air/common-ground/{round.pk}/card/")
    first = page.locator(".card-say blockquote").inner_text()

    page.keyboard.press("i")
    assert page.locator("[name=star]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("a")
    page.wait_for_selector("text=1 of about 3")
    assert answers(clean_air) == [(1, True)]
    assert page.locator("[name=star]").get_attribute("aria-pressed") == "false"

    page.keyboard.press("u")
    page.wait_for_selector("text=0 of about 3")
    assert page.locator(".card-say blockquote").inner_text() == first
    assert answers(clean_air) == []

    for key, done in (("d", 1), ("p", 2), ("a", 3)):
        page.keyboard.press(key)
        page.wait_for_selector(f"text={done} of about 3")
    assert [answer for answer, _ in answers(clean_air)] == [-1, 0, 1]
    page.locator("text=You have answered everything there is.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert errors == []
