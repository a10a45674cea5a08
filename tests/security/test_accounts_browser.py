"""A real browser with a real (virtual) passkey and a real authenticator's arithmetic, under our content policy."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from manyhands.foundation.accounts.links import make_link
from tests.living_house import open_browser

from .accounts import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in this thread
    with open_browser() as opened:
        yield opened


@pytest.fixture
def page(browser):
    """A page whose every complaint about the content policy fails the test."""
    opened = browser.new_context().new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    assert complaints == []


def passkey_for(page) -> None:
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    tool.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )


def come_in_by_password(page, site: str) -> None:
    page.goto(f"{site}/accounts/login/?next=/accounts/signing-in/")
    page.fill("[name=login]", "lea@example.org")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove(page) -> None:
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_out(page, site: str) -> None:
    page.goto(f"{site}/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()


def test_a_passkey_is_made_and_opens_the_door_alone(page, live_server, lea):
    site = live_server.url
    assert site.startswith("http://localhost"), "a passkey belongs to a name, never to a number"
    passkey_for(page)
    come_in_by_password(page, site)
    page.goto(f"{site}/accounts/second-step/passkeys/add/")
    prove(page)
    page.fill("[name=name]", "My phone")
    page.check("[name=passwordless]")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/second-step/codes/")
    page.goto(f"{site}/accounts/second-step/passkeys/")
    page.get_by_text("My phone").wait_for()
    sign_out(page, site)

    page.goto(f"{site}/accounts/login/?next=/accounts/data/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    # Waited for by what it shows: the address of the page before ends with the same words.
    page.get_by_role("heading", name="Your data").wait_for()


def test_a_passkey_is_the_second_step_after_a_link(page, live_server, lea):
    site = live_server.url
    passkey_for(page)
    come_in_by_password(page, site)
    page.goto(f"{site}/accounts/second-step/passkeys/add/")
    prove(page)
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/second-step/codes/")
    sign_out(page, site)

    link = re.sub(r"^https?://[^/]+", site, make_link(lea, next_url="/accounts/data/"))
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/second-step/authenticate/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/accounts/data/")


def test_a_passkey_that_fails_says_so_in_words(page, live_server, lea):
    passkey_for(page)  # which knows no account
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The passkey did not work").wait_for()


def test_an_authenticator_app_is_set_up_by_its_picture_and_asked_for(page, live_server, lea):
    site = live_server.url
    come_in_by_password(page, site)
    page.goto(f"{site}/accounts/second-step/app/")
    prove(page)
    assert page.locator("svg[role=img]").bounding_box()["width"] > 150
    page.get_by_text("I cannot scan it").click()
    secret = page.locator(".secret").inner_text()
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Ask me for a code").click()
    page.wait_for_url("**/second-step/codes/")
    assert page.locator(".codes li").count() == 10
    sign_out(page, site)

    come_in_by_password(page, site)
    page.wait_for_url("**/second-step/authenticate/")
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1)))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/accounts/signing-in/")
