"""A second step stands behind every first one: password, link, and only a passkey alone counts as both."""

import json
import re
import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as house
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from manyhands.foundation.accounts.links import make_link
from manyhands.foundation.accounts.models import Person, SecurityEvent
from manyhands.foundation.jobs.worker import run_waiting

from .accounts import PASSWORD, who

pytestmark = pytest.mark.django_db
STEP = "/accounts/second-step/authenticate/"


def code_for(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def secret(client, lea, django_capture_on_commit_callbacks) -> str:
    """Lea sets up an app, the way the page leads; gives the app's secret. She is signed out after."""
    client.post("/accounts/login/", {"login": lea.email, "password": PASSWORD})
    page = "/accounts/second-step/app/"
    asked = client.get(page)
    assert asked["Location"].startswith("/accounts/reauthenticate/"), "a borrowed phone must not do this"
    client.post(asked["Location"], {"password": PASSWORD})
    text = client.get(page).content.decode()
    assert '<svg viewBox="0 0 ' in text
    assert "style=" not in text
    found = re.search(r'class="secret">(\w+)<', text).group(1)
    wrong = client.post(page, {"code": "000000"})
    assert wrong.status_code == 422
    assert "not right" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"code": code_for(found)})["Location"] == "/accounts/second-step/codes/"
    client.post("/accounts/logout/")
    return found


def test_after_a_password_comes_the_code(client, lea, secret):
    answer = client.post("/accounts/login/", {"login": lea.email, "password": PASSWORD, "next": "/accounts/data/"})
    assert answer["Location"] == STEP
    assert who(client) is None
    refused = client.post(STEP, {"code": "12"})
    assert refused.status_code == 422
    assert who(client) is None
    answer = client.post(STEP, {"code": code_for(secret, 1)})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/data/")
    assert who(client) == str(lea.pk)


def test_after_a_link_comes_the_code_too(client, lea, secret):
    answer = client.post(make_link(lea, next_url="/accounts/data/"))
    assert answer["Location"] == STEP
    assert who(client) is None
    assert client.get("/accounts/").status_code == 302
    assert client.post(STEP, {"code": code_for(secret, 1)})["Location"] == "/accounts/data/"
    assert who(client) == str(lea.pk)


def test_resetting_the_password_does_not_go_round_the_second_step(client, lea, secret):
    client.post("/accounts/password/reset/", {"email": lea.email})
    mail.outbox.clear()
    run_waiting()
    letter = next(letter for letter in mail.outbox if "new password" in letter.subject)
    path = re.search(r"https?://[^/\s]+(/\S+)", letter.body).group(1)
    form = client.get(path, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "another three words", "password2": "another three words"})
    client.post("/accounts/login/", {"login": lea.email, "password": "another three words"})
    assert who(client) is None


def test_the_same_code_works_once(client, lea, secret):
    code = code_for(secret, 1)
    for visitor, comes_in in ((client, True), (Client(), False)):
        visitor.post(make_link(lea))
        visitor.post(STEP, {"code": code})
        assert (who(visitor) == str(lea.pk)) is comes_in


def test_guessing_codes_is_paused(client, lea, secret):
    client.post(make_link(lea))
    answers = [client.post(STEP, {"code": f"00000{n}"}).status_code for n in range(7)]
    assert answers[-1] == 429
    assert client.post(STEP, {"code": code_for(secret, 1)}).status_code == 429
    assert "failed" in SecurityEvent.objects.filter(person=lea).values_list("kind", flat=True)


def test_a_recovery_code_works_once(client, lea, secret):
    codes = Authenticator.objects.get(user=lea, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    for visitor, comes_in in ((client, True), (Client(), False)):
        visitor.post(make_link(lea))
        visitor.post(STEP, {"code": codes[0]})
        assert (who(visitor) == str(lea.pk)) is comes_in


def test_the_secret_is_locked_at_rest_and_opens_with_a_former_key(client, lea, secret, settings):
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    settings.SECRET_KEY_FALLBACKS = [house.SECRET_KEY]
    settings.SECRET_KEY = "quite another key, long enough to be one"
    app = Authenticator.objects.get(user=lea, type="totp").wrap()
    assert app.validate_code(code_for(secret, 1))
    settings.SECRET_KEY_FALLBACKS = []
    assert not Authenticator.objects.get(user=lea, type="totp").wrap().validate_code(code_for(secret))


def test_the_person_hears_of_every_change(client, lea, secret, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    run_waiting()
    assert "A second step was added" in {letter.subject for letter in mail.outbox}
    client.post(make_link(lea))
    client.post(STEP, {"code": code_for(secret, 1)})
    stop = "/accounts/second-step/app/stop/"
    asked = client.get(stop)
    client.post(asked["Location"], {"password": PASSWORD})
    assert client.get(stop).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(stop).status_code == 302
    assert not Authenticator.objects.filter(user=lea).exists()
    mail.outbox.clear()
    run_waiting()
    assert "A second step was taken away" in {letter.subject for letter in mail.outbox}
    kinds = set(SecurityEvent.objects.filter(person=lea).values_list("kind", flat=True))
    assert {"factor_added", "factor_removed", "signed_in"} <= kinds


@pytest.mark.parametrize(
    "page",
    ["app/", "codes/new/", "passkeys/add/"],
)
def test_second_steps_are_changed_only_by_who_proves_it(client, page):
    """Somebody without a password, on a phone left open."""
    person = Person.objects.create_user("mia@example.org")
    client.force_login(person)
    for method in (client.get, client.post):
        assert method(f"/accounts/second-step/{page}")["Location"].startswith("/accounts/prove/")


def test_nobody_touches_the_passkeys_of_others(client, lea, secret):
    theirs = Authenticator.objects.get(user=lea, type="totp").pk
    mia = Person.objects.create_user("mia@example.org")
    client.post(make_link(mia))
    for page in (f"passkeys/{theirs}/", f"passkeys/{theirs}/remove/", "app/stop/", "codes/", "codes/download/"):
        assert client.get(f"/accounts/second-step/{page}").status_code == 404, page


SHAPED = {"id": "eA", "rawId": "eA", "type": "public-key", "clientExtensionResults": {}}
SAID = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "x"}
MANGLED = ["", "{}", "[]", "null", "7", '{"id": 1}', "\x00", "x" * 5000]
MANGLED += [json.dumps({**SHAPED, "response": said}) for said in ({}, SAID, {**SAID, "attestationObject": "AA"})]


@pytest.mark.parametrize("sent", MANGLED)
def test_a_mangled_new_passkey_is_refused(client, sent):
    person = Person.objects.create_user("mia@example.org")
    client.post(make_link(person))
    page = "/accounts/second-step/passkeys/add/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"name": "Mine", "credential": sent}).status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("sent", MANGLED)
def test_a_mangled_passkey_is_refused(client, lea, sent):
    answer = client.post("/accounts/second-step/passkeys/sign-in/", {"credential": sent})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert who(client) is None


def test_an_operator_helps_who_lost_everything(client, lea, secret):
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("take_away_second_step", "nobody@example.org")
    call_command("take_away_second_step", lea.email, stdout=StringIO())
    mail.outbox.clear()
    run_waiting()
    assert "A second step was taken away" in {letter.subject for letter in mail.outbox}
    client.post(make_link(lea))
    assert who(client) == str(lea.pk)
    with pytest.raises(CommandError, match="no second step"):
        call_command("take_away_second_step", lea.email)
