"""From the letter to the seat, as the invited person meets it in the browser."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils.timezone import now

from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import actions
from manyhands.foundation.coalitions.models import Invitation, Organization, Seat
from manyhands.foundation.jobs.worker import run_waiting

NEW = "/c/clean-air/invitations/new/"
ASKED = {"email": "ana@clinic.example", "organization_name": "Valley Clinic", "standing": "representative"}


@pytest.fixture
def link(clean_air) -> str:
    with clean_air.inside():
        actions.invite(actor=clean_air.actor["amina"], email="ana@clinic.example", organization_name="Valley Clinic")
    run_waiting()
    return re.search(r"/join/[\w-]+/", mail.outbox[-1].body).group()


def test_a_coordinator_sends_a_letter_and_sees_it_wait(clean_air, client):
    client.force_login(clean_air.user["amina"])
    assert client.get(NEW).status_code == 200
    assert client.post(NEW, ASKED).url == "/c/clean-air/invitations/"
    assert "Being sent" in client.get("/c/clean-air/invitations/").text
    run_waiting()
    page = client.get("/c/clean-air/invitations/").text
    assert "ana@clinic.example" in page
    assert "Waiting" in page
    assert "ana@clinic.example" in client.get("/c/clean-air/invitations/?format=csv").text


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        ({"email": "not an address"}, 422, "Enter a valid email address."),
        ({"standing": "king"}, 422, "king is not one of the available choices"),
        ({"message": "x" * 2001}, 422, "at most 2000 characters"),
        ({"message": "a\x00b"}, 422, "Null characters are not allowed."),
        ({"email": "ben@clean-air.example"}, 409, "already has a seat"),
        ({"standing": "alternate", "organization_name": ""}, 409, "stands in for an organization"),
    ],
)
def test_a_wrong_invitation_comes_back_filled_and_nothing_is_written(clean_air, client, wrong, status, says):
    client.force_login(clean_air.user["amina"])
    answer = client.post(NEW, {"message": "Please come", **ASKED, **wrong})
    assert answer.status_code == status
    assert says in answer.text
    assert "Valley Clinic" in answer.text or "organization_name" in wrong
    with clean_air.inside():
        assert not Invitation.objects.exists()
        assert Organization.objects.count() == 6


def test_the_invited_person_takes_their_seat_without_a_password(clean_air, link, client):
    page = client.get(link)
    assert page.status_code == 200
    assert "Clean Air for Kids" in page.text
    assert "Valley Clinic" in page.text
    assert "no-store" in page["Cache-Control"]
    assert client.post(link, {"name": "Ana"}).url == "/c/clean-air/"
    assert client.get("/c/clean-air/members/").status_code == 200
    assert client.get("/c/clean-air/settings/").status_code == 403
    with clean_air.inside():
        assert Seat.objects.get(name="Ana").organization.name == "Valley Clinic"


def test_looking_at_the_page_uses_nothing_up(clean_air, link, client):
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert client.head(link).status_code == 405
    assert not Person.objects.filter(email="ana@clinic.example").exists()


def test_without_a_name_the_form_comes_back(clean_air, link, client):
    answer = client.post(link, {"name": "   "})
    assert answer.status_code == 422
    assert not Person.objects.filter(email="ana@clinic.example").exists()


def test_they_see_only_this_coalition(clean_air, safe_streets, link, client):
    client.post(link, {"name": "Ana"})
    assert client.get("/c/safe-streets/members/").status_code == 404


def test_used_twice(clean_air, link, client):
    client.post(link, {"name": "Ana"})
    client.logout()
    for answer in (client.get(link), client.post(link, {"name": "Mallory"})):
        assert answer.status_code == 409
        assert "already used" in answer.text


def test_expired(clean_air, link, client):
    with clean_air.inside():
        Invitation.objects.update(expires_at=now() - timedelta(seconds=1))
    for answer in (client.get(link), client.post(link, {"name": "Ana"})):
        assert answer.status_code == 410
        assert "too old" in answer.text


def test_tampered(clean_air, link, client):
    for broken in (link[:-2] + "/", "/join/x/", "/join/%00/"):
        answer = client.get(broken)
        assert answer.status_code == 404
        assert "We do not know this link" in answer.text


def test_forwarded_to_someone_who_is_signed_in(clean_air, safe_streets, link, client):
    client.force_login(safe_streets.user["zed"])
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 403
        assert "another e-mail address" in answer.text
    assert client.get("/c/clean-air/members/").status_code == 404


def test_whoever_has_an_account_signs_in_first_and_comes_back(clean_air, link, client):
    ana = Person.objects.create_user("ana@clinic.example", name="Ana")
    assert "Your seat is waiting" in client.post(link, {"name": "Mallory"}).text
    assert f"next={link}" in client.get(link).text
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    client.force_login(ana)
    assert "Your name" not in client.get(link).text
    assert client.post(link).url == "/c/clean-air/"


def test_no_thank_you(clean_air, link, client):
    assert "Thank you for answering" in client.post(link + "decline/").text
    assert client.post(link + "decline/").status_code == 410
    assert client.get(link + "decline/").status_code == 405
    client.force_login(clean_air.user["amina"])
    assert "Declined" in client.get("/c/clean-air/invitations/").text


def test_send_again_and_take_back_by_button(clean_air, link, client):
    with clean_air.inside():
        pk = Invitation.objects.get().pk
    client.force_login(clean_air.user["amina"])
    too_soon = client.post(f"/c/clean-air/invitations/{pk}/resend/")
    assert (too_soon.status_code, "a moment ago" in too_soon.text) == (409, True)
    assert client.post(f"/c/clean-air/invitations/{pk}/withdraw/").url == "/c/clean-air/invitations/"
    assert client.post(f"/c/clean-air/invitations/{pk}/withdraw/").status_code == 409
    assert client.post("/c/clean-air/invitations/999/withdraw/").status_code == 404


def test_members_without_the_office_meet_a_sentence_and_outsiders_nothing(clean_air, safe_streets, client):
    client.force_login(clean_air.user["ben"])
    for path in (NEW, "/c/clean-air/invitations/"):
        answer = client.get(path)
        assert (answer.status_code, "your role does not allow this" in answer.text) == (403, True)
    client.force_login(safe_streets.user["zed"])
    assert client.get(NEW).status_code == 404
