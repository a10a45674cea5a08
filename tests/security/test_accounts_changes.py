"""What one changes about the own account: a password that was forgotten or is old, and the address."""

import pytest
from django.test import Client

from manyhands.foundation.accounts.links import make_link
from manyhands.foundation.accounts.models import Person, SignInLink
from manyhands.foundation.jobs.worker import run_waiting

from .accounts import PASSWORD, letters, path_in, sign_in

pytestmark = pytest.mark.django_db


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
