"""Who asks is found with one question, anew at each request, and nobody is taken for somebody else."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands.foundation.accounts.actions import sign_out_everywhere
from manyhands.foundation.accounts.callers import Caller
from manyhands.foundation.accounts.models import Person, Session
from manyhands.foundation.accounts.recognizing import AuthenticationBackend, SessionStore, recognizing

PAGE = "/c/clean-air/members/"


@pytest.fixture
def ben(client, clean_air):
    client.force_login(clean_air.user["ben"])
    return clean_air.user["ben"]


def asked_about_people(client) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(PAGE).status_code == 200
    return [query["sql"] for query in asked if "accounts_" in query["sql"]]


def test_session_and_person_come_with_one_question(client, ben):
    client.get(PAGE)
    (only,) = asked_about_people(client)
    assert "accounts_session" in only
    assert "accounts_person" in only


def test_a_session_knows_who_is_signed_in_with_it(client, clean_air):
    client.get("/")
    assert not Session.objects.exclude(person=None).exists()
    for who in ("ben", "rosa"):
        client.force_login(clean_air.user[who])
        assert Session.objects.get(session_key=client.session.session_key).person == clean_air.user[who]
    client.logout()
    assert not Session.objects.exists()


def test_whoever_may_not_sign_in_any_more_is_nobody_at_the_next_request(client, ben):
    assert client.get(PAGE).status_code == 200
    Person.objects.filter(pk=ben.pk).update(is_active=False)
    assert client.get(PAGE).status_code == 302


def test_a_session_ends_when_the_person_signs_out_everywhere(client, ben):
    client.get(PAGE)
    assert Session.objects.filter(person=ben).exists()
    Person.objects.filter(pk=ben.pk).update(sign_in_generation=ben.sign_in_generation + 1)
    assert client.get(PAGE).status_code == 302, "it carries the number it began with"


def test_only_whom_the_session_names_is_given_out(clean_air, client, ben):
    session = Session.objects.get(person=ben)
    Session.objects.filter(pk=session.pk).update(person=clean_air.user["rosa"])  # as no code of ours writes it
    response = client.get(PAGE)
    assert response.wsgi_request.user == ben


def test_nobody_is_held_after_the_request_or_given_out_twice(clean_air, ben, client):
    store, backend = SessionStore(client.session.session_key), AuthenticationBackend()
    with recognizing():
        assert store.load()[SESSION_KEY] == str(ben.pk)
        with CaptureQueriesContext(connection) as asked:
            assert backend.get_user(ben.pk) == ben
        assert len(asked) == 0
        with CaptureQueriesContext(connection) as asked:
            assert backend.get_user(ben.pk) == ben
        assert len(asked) == 1, "given out once; the next time it is asked"
        store.load()
    Person.objects.filter(pk=ben.pk).update(is_active=False)
    with recognizing():
        assert backend.get_user(ben.pk) is None
        store.load()
        assert backend.get_user(ben.pk) is None


def test_everything_ends_also_what_was_never_listed(clean_air, ben, client, rf):
    from manyhands.foundation.access.rules import Visitor

    other = SessionStore()
    other[SESSION_KEY] = str(ben.pk)
    other.save()
    sign_out_everywhere(actor=Visitor(ben.pk), by=Caller("", ""))
    assert not Session.objects.filter(person=ben).exists()
