"""Everything about me in one file; and erasing me, which changes no tally."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.test import Client

from manyhands.foundation.access.rules import Visitor
from manyhands.foundation.accounts import actions, personal_data
from manyhands.foundation.accounts.links import make_link
from manyhands.foundation.accounts.models import Person, SecurityEvent, SignInLink
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.tenancy.scope import current_coalition_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def rooms(clean_air, monkeypatch):
    """Two rooms that keep something, and a finder that knows Ben's seat."""
    erased: list = []
    seat = clean_air.seat["ben"].pk
    monkeypatch.setattr(personal_data, "REGISTER", {})
    monkeypatch.setattr(actions, "REGISTER", personal_data.REGISTER)
    monkeypatch.setattr(personal_data, "_checks", [])
    ben, home = clean_air.user["ben"].pk, clean_air.coalition
    monkeypatch.setattr(
        personal_data, "_finders", [lambda person_id: [(home.pk, home.name, [seat])] if person_id == ben else []]
    )
    personal_data.register_personal_data(
        "votes",
        export=lambda seats: {"cast": len(seats), "inside": current_coalition_id()},
        erase=lambda seats: erased.append((current_coalition_id(), seats)),
    )
    return erased


def visitor(person: Person) -> Visitor:
    return Visitor(person.pk)


def test_the_file_holds_the_account_and_every_room(client, clean_air, rooms, letters):
    ben = clean_air.user["ben"]
    client.post(make_link(ben), HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    answer = client.post("/accounts/data/download/")
    assert answer.status_code == 200
    assert 'attachment; filename="about-you-' in answer["Content-Disposition"]
    found = json.loads(answer.content)
    assert found["account"]["email"] == ben.email
    assert found["account"]["security_events"][0]["kind"] == "signed_in"
    assert found["account"]["devices"][0]["browser"] == "Firefox, Linux"
    seat = clean_air.seat["ben"].pk
    assert found["coalitions"] == [
        {"coalition": "Clean Air for Kids", "seats": [seat], "votes": {"cast": 1, "inside": clean_air.coalition.pk}}
    ]
    text = answer.content.decode()
    assert "argon2" not in text
    assert '"password":' not in text
    assert "Your data was downloaded" in {letter.subject for letter in letters()}
    assert SecurityEvent.objects.filter(person=ben, kind="data_exported").count() == 1


def test_who_has_no_password_proves_it_by_a_fresh_link(client, person):
    client.force_login(person)
    answer = client.post("/accounts/data/download/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/prove/?next=%2Faccounts%2Fdata%2Fdownload%2F")
    client.post(make_link(person))
    back = client.get("/accounts/data/download/")  # where the link leads: the page with the button
    assert (back.status_code, back["Location"]) == (302, "/accounts/data/")
    assert client.post("/accounts/data/download/").status_code == 200


def test_who_has_a_password_is_asked_for_it(client, person):
    person.set_password("three words together")
    person.save()
    client.force_login(person)
    answer = client.get("/accounts/data/erase/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    wrong = client.post(answer["Location"], {"password": "not this one"})
    assert wrong.status_code == 422
    assert "not your password" in wrong.content.decode()
    assert "not this one" not in wrong.content.decode()
    right = client.post(answer["Location"], {"password": "three words together"})
    assert (right.status_code, right["Location"]) == (302, "/accounts/data/erase/")
    assert client.get("/accounts/data/erase/").status_code == 200


def test_erasing_takes_everything_that_names_the_person(client, clean_air, rooms, letters):
    ben = clean_air.user["ben"]
    client.post(make_link(ben))
    make_link(ben)
    elsewhere = Client()
    elsewhere.force_login(ben)
    address = ben.email
    letters()
    refused = client.post("/accounts/data/erase/", {"typed": "somebody@example.org"})
    assert refused.status_code == 422
    assert "somebody@example.org" in refused.content.decode()
    assert rooms == []
    answer = client.post("/accounts/data/erase/", {"typed": f"  {address.upper()} "})
    assert answer.status_code == 302
    ben.refresh_from_db()
    assert ben.email == f"erased-{ben.pk}@erased.invalid"
    assert (ben.name, ben.language, ben.time_zone, ben.is_active) == ("", "", "", False)
    assert ben.erased_at is not None
    assert not ben.has_usable_password()
    for kept in (EmailAddress, Authenticator, UserSession):
        assert not kept.objects.filter(user=ben).exists()
    assert not SignInLink.objects.filter(person=ben).exists()
    assert list(SecurityEvent.objects.filter(person=ben).values_list("kind", flat=True)) == ["erased"]
    assert rooms == [(clean_air.coalition.pk, [clean_air.seat["ben"].pk])]
    assert [(letter.to, letter.subject) for letter in letters()] == [([address], "Your account is erased")]
    assert address not in str(list(JobRun.objects.values()))
    for stale in (client, elsewhere):
        assert stale.get("/accounts/").status_code == 302
    assert str(ben) == "someone who left"


def test_erasing_is_refused_while_something_must_be_settled(client, clean_air, rooms):
    ben = clean_air.user["ben"]
    personal_data.register_erasure_check(lambda person_id: ["Make somebody else a coordinator of Clean Air."])
    client.post(make_link(ben))
    answer = client.post("/accounts/data/erase/", {"typed": ben.email})
    assert answer.status_code == 409
    assert "Make somebody else a coordinator" in answer.content.decode()
    with pytest.raises(actions.CannotErase):
        actions.erase_oneself(actor=visitor(ben))
    ben.refresh_from_db()
    assert ben.erased_at is None


def test_the_last_operator_stays(person):
    person.is_operator = True
    person.save()
    with pytest.raises(actions.CannotErase, match="Nobody else"):
        actions.erase_oneself(actor=visitor(person))


def test_a_room_that_fails_leaves_everything_as_it_was(clean_air, rooms):
    def fail(seats):
        raise RuntimeError("the room is on fire")

    ben = clean_air.user["ben"]
    before = ben.email
    personal_data.register_personal_data("fire", export=list, erase=fail)
    with pytest.raises(RuntimeError):
        actions.erase_oneself(actor=visitor(ben))
    ben.refresh_from_db()
    assert (ben.email, ben.erased_at) == (before, None)


@pytest.mark.parametrize(
    "deed",
    [
        lambda actor: actions.change_profile(actor=actor, name="x", language="", time_zone=""),
        lambda actor: actions.end_session(actor=actor, session_id=1),
        lambda actor: actions.sign_out_everywhere(actor=actor),
        lambda actor: actions.export_everything(actor=actor),
        lambda actor: actions.erase_oneself(actor=actor),
    ],
)
def test_nobody_acts_for_nobody(deed):
    with pytest.raises(PermissionDenied):
        deed(Visitor())
