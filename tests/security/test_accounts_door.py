"""The door: passwords, wrong tries, limits, closed registration, resets, and what a stranger can find out."""

import re
import statistics
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from manyhands.foundation.accounts.links import make_link, open_door
from manyhands.foundation.accounts.models import Person, SecurityEvent, SignInLink
from manyhands.foundation.jobs.worker import run_waiting

pytestmark = pytest.mark.django_db
PASSWORD = "three words together"
LOGIN = "/accounts/login/"


@pytest.fixture
def lea(db) -> Person:
    person = Person.objects.create_user("lea@example.org", PASSWORD, name="Lea")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def letters() -> dict[str, list]:
    """Does the waiting work; the letters that went out by it, by subject."""
    mail.outbox.clear()
    run_waiting()
    found: dict[str, list] = {}
    for letter in mail.outbox:
        found.setdefault(letter.subject, []).append(letter)
    return found


def path_in(letter) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body).group(1)


def sign_in(client, password=PASSWORD, email="lea@example.org", **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def who(client) -> str | None:
    return client.session.get("_auth_user_id")


def kinds(person) -> list[str]:
    return list(SecurityEvent.objects.filter(person=person).order_by("id").values_list("kind", flat=True))


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


# Signing up -----------------------------------------------------------------------------------------

NEW = {"name": "Noor", "email": "noor@example.org", "password1": "a lamp beside a river"}


def closed(settings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"open_registration": False})


def test_signing_up_needs_the_address_proven(client):
    assert client.post("/accounts/signup/", NEW)["Location"] == "/accounts/confirm-email/"
    assert who(client) is None
    person = Person.objects.get(email=NEW["email"])
    assert person.name == "Noor"
    [letter] = letters()["Is this your e-mail address?"]
    sign_in(client, NEW["password1"], NEW["email"])
    assert who(client) is None
    confirm = path_in(letter)
    client.get(confirm)  # a mail scanner
    assert not EmailAddress.objects.get(user=person).verified
    assert client.post(confirm).status_code == 302
    assert EmailAddress.objects.get(user=person).verified
    sign_in(client, NEW["password1"], NEW["email"])
    assert who(client) == str(person.pk)


def test_signing_up_with_a_taken_address_looks_the_same(client, lea):
    taken = client.post("/accounts/signup/", {**NEW, "email": lea.email})
    fresh = Client().post("/accounts/signup/", NEW)
    assert (taken.status_code, taken["Location"]) == (fresh.status_code, fresh["Location"])
    assert Person.objects.filter(email=lea.email).count() == 1
    assert set(letters()) == {"You already have an account", "Is this your e-mail address?"}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "No\x00or"),
        ("name", "x" * 121),
        ("email", "noor"),
        ("email", "noor\x00@example.org"),
        ("password1", "short"),
        ("password1", "password123"),
        ("password1", "x" * 1001),
    ],
)
def test_a_refused_sign_up_comes_back_filled_without_the_password(client, field, typed):
    answer = client.post("/accounts/signup/", {**NEW, field: typed})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "invalid-feedback" in text
    assert NEW["password1"] not in text
    if field != "email":
        assert f'value="{NEW["email"]}"' in text
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["ليلى", "\u202eabc", "O'Neill; DROP TABLE", "<b>x</b>", "𝕏 👩‍👩‍👧", "={1+1}"])
def test_naughty_names_stay_as_they_are(client, name):
    client.post("/accounts/signup/", {**NEW, "name": name})
    assert Person.objects.get().name == name


def test_where_registration_is_closed_only_the_invited_address_comes_in(client, settings, rf):
    closed(settings)
    assert "Come in by invitation" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", NEW)
    assert not Person.objects.exists()

    client.get(LOGIN)
    session = client.session
    request = rf.get("/")
    request.session = session
    open_door(request, "invited@example.org")
    session.save()
    client.cookies["sessionid"] = session.session_key
    refused = client.post("/accounts/signup/", NEW)
    assert refused.status_code == 422
    assert "invited@example.org" in refused.content.decode()
    assert client.post("/accounts/signup/", {**NEW, "email": "invited@example.org"}).status_code == 302
    person = Person.objects.get()
    assert EmailAddress.objects.get(user=person).verified
    assert who(client) == str(person.pk)


# Resetting and changing -------------------------------------------------------------------------------


def test_a_forgotten_password_is_replaced_by_letter_once(client, lea):
    elsewhere = Client()
    sign_in(elsewhere)  # before asking: a later sign-in makes the letter useless, as it should
    for address in (lea.email, "nobody@example.org"):
        answer = client.post("/accounts/password/reset/", {"email": address})
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/reset/done/")
    make_link(lea)
    sent = letters()
    assert set(sent) == {"Choose a new password", "There is no account with this address"}
    path = path_in(sent["Choose a new password"][0])
    form = client.get(path, follow=True).redirect_chain[-1][0]
    assert path.split("-", 1)[1].rstrip("/") not in form, "the secret leaves the address bar"
    assert client.post(form, {"password1": "short", "password2": "short"}).status_code == 422
    new = "another three words"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert elsewhere.get("/accounts/").status_code == 302, "other devices are signed out"
    assert not SignInLink.objects.filter(person=lea).exists(), "waiting links die"
    assert "Your password was changed" in letters()
    assert "This link no longer works" in Client().get(path).content.decode()
    assert sign_in(Client()).status_code == 422
    assert sign_in(Client(), new).status_code == 302


def test_resetting_is_limited(client, lea):
    answers = [client.post("/accounts/password/reset/", {"email": lea.email}).status_code for _ in range(6)]
    assert answers[-1] == 429


def test_changing_the_password_needs_the_old_one_and_keeps_this_device(client, lea):
    sign_in(client)
    other = Client()
    sign_in(other)
    new = "another three words"
    page = "/accounts/password/change/"
    wrong = client.post(page, {"oldpassword": "no", "password1": new, "password2": new})
    assert wrong.status_code == 422
    assert new not in wrong.content.decode()
    right = client.post(page, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (right.status_code, right["Location"]) == (302, "/accounts/signing-in/")
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").status_code == 302
    assert lea.usersession_set.filter(ip__endswith=".0").count() == lea.usersession_set.count()


def test_a_first_password_can_be_set_after_a_link(client):
    person = Person.objects.create_user("mia@example.org")
    client.force_login(person)
    assert client.get("/accounts/password/set/")["Location"].startswith("/accounts/prove/")
    client.post(make_link(person))
    assert client.post("/accounts/password/set/", {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    assert sign_in(Client(), email=person.email).status_code == 302
    assert "A password was set" in letters()


def test_the_address_changes_only_when_the_new_one_says_so_and_the_old_one_is_told(client, lea):
    sign_in(client)
    page = "/accounts/email/"
    asked = client.post(page, {"email": "new@example.org", "action_add": ""})
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    done = client.post(asked["Location"], {"password": PASSWORD})
    assert done.status_code == 302
    lea.refresh_from_db()
    assert lea.email == "lea@example.org"
    [letter] = letters()["Is this your e-mail address?"]
    assert letter.to == ["new@example.org"]
    assert "new@example.org" in client.get(page).content.decode()
    client.post(path_in(letter))
    lea.refresh_from_db()
    assert lea.email == "new@example.org"
    [notice] = letters()["Your e-mail address was changed"]
    assert notice.to == ["lea@example.org"]
    assert sign_in(Client()).status_code == 422
    assert sign_in(Client(), email="new@example.org").status_code == 302


def test_an_address_of_somebody_else_cannot_be_taken(client, lea):
    other = Person.objects.create_user("mia@example.org")
    client.post(make_link(other))
    client.post("/accounts/email/", {"email": lea.email, "action_add": ""})
    run_waiting()
    other.refresh_from_db()
    assert other.email == "mia@example.org"
    assert client.post("/accounts/email/", {"email": "not one", "action_add": ""}).status_code == 422


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
