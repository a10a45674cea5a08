"""Signing up: whose address it is, what is refused, and where only the invited come in."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from manyhands.foundation.accounts.links import open_door
from manyhands.foundation.accounts.models import Person

from .accounts import LOGIN, letters, path_in, sign_in, who

pytestmark = pytest.mark.django_db
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
