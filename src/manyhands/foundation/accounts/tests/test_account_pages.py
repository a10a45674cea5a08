"""Every page of the room opens in our look, and says what it should to those who may not."""

import pytest
from django.urls import reverse

from manyhands.foundation.access.rules import Permission
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.accounts.urls import door, ours, second_step

FOR_ANYONE = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_inactive",
    "accounts:send_link",
    "accounts:link_sent",
]
FOR_ONESELF = [
    "accounts:you",
    "accounts:signing_in",
    "accounts:history",
    "accounts:data",
    "usersessions_list",
    "mfa_index",
    "mfa_list_webauthn",
    "account_set_password",
    "account_email",
    "account_logout",
    "accounts:prove",
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_ANYONE)
def test_a_page_at_the_door_is_ours(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "ui/manyhands.css" in text
    assert 'class="masthead masthead-slim"' in text
    assert "style=" not in text
    assert "{%" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_ONESELF)
def test_a_page_about_oneself_asks_who_it_is_and_then_opens(client, name, signed_in_person):
    stranger = client.__class__()
    answer = stranger.get(reverse(name))
    assert answer.status_code == 302
    if name != "account_logout":  # who is not signed in has nothing to sign out of, and is sent on
        assert answer["Location"].startswith("/accounts/login/?next=")
    answer = client.get(reverse(name))
    assert answer.status_code == 200, answer.headers
    text = answer.content.decode()
    assert "<h1" in text
    assert "style=" not in text


def test_every_address_has_a_guard_and_its_methods(client):
    for pattern in [*door, *ours, *second_step]:
        assert isinstance(pattern.callback.allows, Permission), pattern.name


@pytest.mark.django_db
def test_other_methods_are_refused(client):
    assert client.put("/accounts/login/").status_code == 405
    assert client.post("/accounts/confirm-email/").status_code == 405


@pytest.mark.django_db
def test_the_profile_is_kept_and_comes_back_filled_when_refused(client, signed_in_person):
    page = reverse("accounts:you")
    name = "ليلى \u202eevil <script>"
    answer = client.post(page, {"name": name, "language": "de", "time_zone": "Europe/Vienna"})
    assert answer.status_code == 302
    person = Person.objects.get(pk=signed_in_person.pk)
    assert (person.name, person.language, person.time_zone) == (name, "de", "Europe/Vienna")
    assert "<script>" not in client.get(page).content.decode().split("<main")[1]
    answer = client.post(page, {"name": "Half\x00way", "language": "de", "time_zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert "Europe/Vienna" in answer.content.decode()
    assert Person.objects.get(pk=signed_in_person.pk).name == name
    assert client.post(page, {"name": "x" * 121, "language": "", "time_zone": ""}).status_code == 422
    assert client.post(page, {"name": "x" * 10_000_000}).status_code == 422


@pytest.mark.django_db
def test_a_time_zone_that_no_longer_exists_breaks_nothing(client, signed_in_person):
    Person.objects.filter(pk=signed_in_person.pk).update(time_zone="../../etc/passwd")
    assert client.get(reverse("accounts:you")).status_code == 200
    Person.objects.filter(pk=signed_in_person.pk).update(time_zone="Europe")
    assert client.get(reverse("accounts:you")).status_code == 200
