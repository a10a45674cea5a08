"""The door: passwords, wrong tries, limits, leaving, and what a stranger can find out."""

import re
import statistics
import time

import pytest
from django.test import Client

from manyhands.foundation.accounts.links import make_link
from manyhands.foundation.accounts.models import Person, SecurityEvent
from manyhands.foundation.jobs.worker import run_waiting

from .accounts import LOGIN, PASSWORD, kinds, letters, sign_in, who

pytestmark = pytest.mark.django_db


# Passwords ----------------------------------------------------------------------------------------


def test_a_password_opens_the_door_and_leads_on(client, lea):
    answer = client.post(LOGIN, {"login": "Lea@Example.org", "password": PASSWORD, "next": "/accounts/data/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/data/")
    assert who(client) == str(lea.pk)
    answer = Client().post(LOGIN, {"login": lea.email, "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_a_wrong_password_is_refused_alike_for_known_and_unknown(client, lea):
    known = sign_in(client, "wrong password")
    unknown = sign_in(client, "wrong password", "nobody@example.org")
    texts = [
        re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"|(lea|nobody)@', "", answer.content.decode())
        for answer in (known, unknown)
    ]
    assert known.status_code == unknown.status_code == 422
    assert texts[0] == texts[1]
    assert "do not belong together" in texts[0]
    assert 'value="lea@example.org"' in known.content.decode()
    assert "wrong password" not in known.content.decode()
    run_waiting()
    assert kinds(lea) == ["failed"]


def test_refusing_takes_as_long_for_an_unknown_address(client, lea, settings):
    """Argon2 is slow on purpose; an address nobody has must cost it too."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    lea.set_password(PASSWORD)
    lea.save()

    def cost(email: str) -> float:
        taken = []
        for _ in range(5):
            began = time.perf_counter()
            assert sign_in(client, "wrong password", email).status_code == 422
            taken.append(time.perf_counter() - began)
        return statistics.median(taken)

    known, unknown = cost(lea.email), cost("nobody@example.org")
    assert 0.5 < known / unknown < 2, (known, unknown)


def test_passwords_are_kept_with_argon2(settings):
    from manyhands.foundation.accounts import signing_in

    settings.PASSWORD_HASHERS = signing_in.PASSWORD_HASHERS
    assert Person(email="x@example.org").password == ""
    person = Person(email="x@example.org")
    person.set_password(PASSWORD)
    assert person.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("typed", ["", "\x00", "short", "x" * 1001, "x" * 200_000])
def test_odd_passwords_are_refused_with_a_sentence(client, lea, typed):
    assert sign_in(client, typed).status_code in {422}
    assert who(client) is None


def test_ten_megabytes_are_refused(client, lea):
    assert sign_in(client, "x" * 10_000_000).status_code == 422


# Wrong tries ----------------------------------------------------------------------------------------


def test_many_wrong_tries_pause_the_door_with_a_sentence(client, lea):
    answers = [sign_in(client, f"wrong {n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "pause for 15 minutes" in answers[-1].content.decode()
    assert 'value="lea@example.org"' in answers[-1].content.decode()
    assert sign_in(client).status_code == 429, "the right password does not end the pause"
    run_waiting()
    assert kinds(lea) == ["failed"] * 5 + ["locked"]


def test_a_stranger_elsewhere_does_not_lock_the_owner_out(client, lea):
    for n in range(6):
        sign_in(client, f"wrong {n}", REMOTE_ADDR="198.51.100.7")
    assert sign_in(client, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_many_places_together_are_paused_too(client, lea):
    answers = [sign_in(client, f"wrong {n}", REMOTE_ADDR=f"198.51.{n}.7").status_code for n in range(52)]
    assert answers[-1] == 429
    assert answers[40] == 422


def test_a_link_still_comes_in_while_passwords_are_paused(client, lea):
    for n in range(6):
        sign_in(client, f"wrong {n}")
    assert client.post(make_link(lea)).status_code == 302
    assert who(client) == str(lea.pk)


def test_what_a_caller_writes_about_itself_is_not_believed(client, lea, settings):
    answers = [sign_in(client, f"wrong {n}", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code for n in range(6)]
    assert answers[-1] == 429, "without proxies the header counts for nothing"


def test_behind_one_proxy_its_word_alone_is_believed(client, lea, settings):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"trusted_proxies": 1})
    invented = [
        sign_in(client, f"wrong {n}", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 198.51.100.7").status_code for n in range(6)
    ]
    assert invented[-1] == 429, "what stands before the proxy's own entry is whatever the caller wrote"
    assert sign_in(client, HTTP_X_FORWARDED_FOR="198.51.100.8").status_code == 302
    assert Client().get(LOGIN, HTTP_X_FORWARDED_FOR="nonsense\x00, '\"").status_code == 200


def test_where_from_is_kept_coarsely(client, lea):
    sign_in(client, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0 secret")
    event = SecurityEvent.objects.get(person=lea)
    assert (event.kind, event.network, event.browser) == ("signed_in", "203.0.113.0", "Firefox, Windows")
    session = lea.usersession_set.get()
    assert (session.ip, session.user_agent) == ("203.0.113.0", "Firefox, Windows")


# Leaving ----------------------------------------------------------------------------------------------


def test_signing_out_needs_a_press(client, lea):
    sign_in(client)
    client.get("/accounts/logout/")
    assert who(client) == str(lea.pk)
    client.post("/accounts/logout/")
    assert who(client) is None


def test_signing_out_everywhere_ends_every_session_and_link_but_this_one(client, lea):
    sign_in(client)
    listed, unlisted = Client(), Client()
    sign_in(listed)
    unlisted.force_login(lea)
    link = make_link(lea)
    assert client.post("/accounts/sessions/").status_code == 302
    assert client.get("/accounts/").status_code == 200
    for other in (listed, unlisted):
        assert other.get("/accounts/").status_code == 302
    assert Client().post(link).status_code == 410
    assert "You were signed out everywhere" in letters()
    assert lea.usersession_set.count() == 1


def test_one_device_is_signed_out_and_never_somebody_elses(client, lea):
    mia = Person.objects.create_user("mia@example.org")
    hers, other = Client(), Client()
    hers.post(make_link(mia))
    sign_in(client)
    sign_in(other)
    mine = lea.usersession_set.exclude(session_key=client.session.session_key).get()
    for odd in (str(mia.usersession_set.get().pk), "x", "9" * 40, "-1"):
        assert client.post("/accounts/sessions/", {"session": odd}).status_code == 404, odd
    assert hers.get("/accounts/").status_code == 200
    assert client.post("/accounts/sessions/", {"session": str(mine.pk)}).status_code == 302
    assert other.get("/accounts/").status_code == 302
    assert client.get("/accounts/").status_code == 200


def test_forms_without_their_token_are_refused(lea):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(LOGIN, {"login": lea.email, "password": PASSWORD}).status_code == 403
    assert strict.post(make_link(lea)).status_code == 403
