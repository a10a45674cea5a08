"""axe before the door and right behind it: accounts, second steps, invitations, and what stops somebody."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.template.loader import render_to_string

from tests.journeys.people import PASSWORD, invite, sign_up

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
HOME = "/c/clean-air-for-kids/"


def test_the_door(visitor):
    lea, pages = visitor()
    for path in ("login/", "signup/", "password/reset/", "password/reset/key/done/", "inactive/"):
        pages.at(f"/accounts/{path}")
    for path in ("login/", "signup/", "password/reset/"):
        lea.open(f"/accounts/{path}")
        pages.send(f"{path} with nothing in it", 422)
    lea.open("/accounts/signup/")
    lea.fill({"Your name": lea.name, "Your e-mail address": lea.email, "A password": PASSWORD})
    pages.press("Make my account")
    pages.look("the letter to confirm the address is sent")
    pages.at(lea.link_from_letter(containing="confirm-email"))
    pages.press("Yes, it is mine")
    pages.at("/accounts/confirm-email/no-such-key/")

    lea.open("/accounts/password/reset/")
    lea.fill({"Your e-mail address": lea.email})
    pages.press(re.compile("Send"))
    pages.look("the letter with a new way in is sent")
    link = lea.link_from_letter(containing="password/reset/key")
    pages.at(link)
    pages.send("a new password, empty", 422)
    pages.at("/accounts/password/reset/key/1-nothing/")
    lea.open(link)
    for field in lea.main.locator("input[type=password]").all():
        field.fill(PASSWORD + " again")
    with lea.page.expect_navigation():
        lea.main.locator("button[type=submit]").first.click()
    pages.look("the password is new")

    lea.open("/accounts/login/")
    lea.fill({"Your e-mail address": lea.email})
    pages.press("Send me a link")
    pages.look("the letter with a link is sent")
    link = lea.link_from_letter(containing="/accounts/link/")
    pages.at(link)
    pages.press("Sign in")
    lea.context.clear_cookies()
    lea.open(link)
    pages.look("a link that was used")
    pages.done()


def test_the_second_step(visitor):
    lea, pages = visitor("Nora Brandt")
    sign_up(lea)
    pages.at("/accounts/second-step/")
    for path in ("app/", "passkeys/", "passkeys/add/"):
        lea.open(f"/accounts/second-step/{path}")
        if lea.main.locator("[name=password]").count():
            pages.look(f"{path}: the password again")
            lea.main.locator("[name=password]").fill(PASSWORD)
            pages.press("Go on")
        pages.look(f"/accounts/second-step/{path}")
    lea.open("/accounts/second-step/app/")
    lea.page.get_by_text("I cannot scan it").click()
    secret = lea.main.locator(".secret").inner_text()
    pages.look("the app's secret in letters")
    pages.send("an app, without its code", 422)
    lea.main.locator("[name=code]").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    with lea.page.expect_navigation():
        lea.main.locator("[name=code]").press("Enter")
    pages.look("the codes to keep on paper")
    for path in ("", "codes/", "codes/new/", "app/stop/"):
        pages.at(f"/accounts/second-step/{path}")
    lea.context.clear_cookies()
    lea.open("/accounts/login/")
    lea.fill({"Your e-mail address": lea.email, "Password": PASSWORD})
    pages.press(re.compile("^Sign in$"))
    pages.look("the second step at the door")
    pages.send("the second step without its code", 422)
    pages.done()


def test_an_invitation(amina, visitor):
    host, looking = amina
    host.open(HOME)
    guest, pages = visitor("Ida Brandt")
    invite(host, guest.email, "Kindergartens of Linden")
    link = guest.link_from_letter(containing="/join/")
    pages.at(link)
    pages.send("a seat without a name", 422)
    looking.at(link, 403)
    guest.fill({"Your name": guest.name})
    pages.press("Take the seat")
    guest.context.clear_cookies()
    pages.at(link, 409)
    pages.at("/join/no-such-invitation/", 404)
    other, declining = visitor("Eva Brandt")
    host.open(HOME)
    invite(host, other.email, "Beekeepers of Linden")
    other.open(other.link_from_letter(containing="/join/"))
    declining.press("No, thank you")
    declining.look("an invitation is declined")
    for each in (pages, looking, declining):
        each.done()


def test_too_many_tries_and_something_broken(visitor):
    """The last: from here on the door makes everybody of this machine wait."""
    lea, pages = visitor("Max Brandt")
    broken = render_to_string("500.html")  # it needs nothing of the house, which cannot be asked to break
    lea.page.route("**/broken", lambda route: route.fulfill(status=500, content_type="text/html", body=broken))
    pages.at("/broken", 500)
    for _ in range(30):
        lea.open("/accounts/login/")
        lea.fill({"Your e-mail address": "amina@clean-air.example", "Password": "guessed"})
        with lea.page.expect_navigation() as coming:
            lea.press(re.compile("^Sign in$"), lea.main)
        if coming.value.status == 429:
            break
    assert coming.value.status == 429
    pages.look("too many tries")
    pages.done()
