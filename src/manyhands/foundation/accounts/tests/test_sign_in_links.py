"""A link signs in once, for a short time, only by its button, and only who it was made for."""

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from manyhands.foundation.accounts.links import make_link
from manyhands.foundation.accounts.models import Person, SecurityEvent, SignInLink
from manyhands.foundation.jobs.models import JobRun

pytestmark = pytest.mark.django_db
ASK = "/accounts/link/"


def who(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_opening_a_link_does_nothing_and_its_button_signs_in_once(client, person):
    link = make_link(person, next_url="/accounts/data/")
    for _scanner in range(3):
        assert client.get(link).status_code == 200
    assert who(client) is None
    answer = client.post(link)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/data/")
    assert who(client) == str(person.pk)
    other = Client()
    assert other.post(link).status_code == 410
    assert other.get(link).status_code == 410
    assert who(other) is None


def test_the_secret_is_nowhere_in_the_database(client, person, letters, address_in):
    client.post(ASK, {"email": person.email})
    [letter] = letters()
    secret = address_in(letter).split("/")[-2]
    assert not SignInLink.objects.filter(fingerprint__contains=secret).exists()
    assert secret not in str(list(JobRun.objects.values()))
    assert person.email not in str(list(JobRun.objects.values()))  # nor does the list of jobs remember to whom


def test_an_old_link_is_refused_and_offers_a_new_one(client, person):
    link = make_link(person, valid_for=timedelta(minutes=15))
    SignInLink.objects.update(expires_at=now() - timedelta(seconds=1))
    answer = client.post(link)
    assert answer.status_code == 410
    assert "Send me a new link" in answer.content.decode()
    assert who(client) is None


def test_a_made_up_link_is_refused(client):
    assert client.get("/accounts/link/abc/").status_code == 410
    assert client.post("/accounts/link/" + "x" * 3000 + "/").status_code == 410


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(client, person, letters):
    known = client.post(ASK, {"email": person.email})
    unknown = client.post(ASK, {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [str(m) for m in get_messages(known.wsgi_request)] == [str(m) for m in get_messages(unknown.wsgi_request)]
    runs = JobRun.objects.filter(name__endswith="send_letter")
    assert {frozenset(run.arguments) for run in runs} == {frozenset(runs[0].arguments)}
    assert runs.count() == 2
    subjects = {letter.to[0]: letter.subject for letter in letters()}
    assert subjects[person.email] == "Your sign-in link"
    assert subjects["nobody@example.org"] == "There is no account with this address"


def test_links_lead_to_our_own_pages_only(client, person):
    for elsewhere in ["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)", "x" * 600]:
        answer = client.post(make_link(person, next_url=elsewhere))
        assert answer["Location"] == "/", elsewhere
        client.post(reverse("account_logout"))


def test_asking_is_limited_by_address_and_by_place(client, person):
    answers = [client.post(ASK, {"email": person.email}).status_code for _ in range(6)]
    assert answers == [302] * 4 + [429] * 2
    assert client.post(ASK, {"email": "other@example.org"}).status_code == 302
    many = [client.post(ASK, {"email": f"n{n}@example.org"}).status_code for n in range(25)]
    assert many[-1] == 429
    refused = client.post(ASK, {"email": person.email}).content.decode()
    assert "Wait a few minutes" in refused
    assert person.email in refused


@pytest.mark.parametrize("typed", ["", "not an address", "a\x00b@example.org", "a" * 300 + "@example.org", "@", "‮@x"])
def test_a_bad_address_is_refused_with_a_sentence_and_comes_back(client, typed):
    answer = client.post(ASK, {"email": typed})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert not JobRun.objects.exists()


def test_a_link_takes_away_a_password_that_a_stranger_may_have_set(client):
    """Somebody signs up with an address that is not theirs and waits; its owner comes in by a link."""
    person = Person.objects.create_user("owner@example.org", "the stranger's password")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    client.post(make_link(person))
    assert who(client) == str(person.pk)
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    assert SecurityEvent.objects.filter(person=person, kind="password_dropped").exists()


def test_a_link_leaves_the_password_of_a_proven_address_alone(client, person):
    client.post(make_link(person))
    person.set_password("three words together")
    person.save()
    Client().post(make_link(person))
    person.refresh_from_db()
    assert person.has_usable_password()


def test_somebody_else_is_signed_out_first(client, signed_in_person):
    other = Person.objects.create_user("mia@example.org", name="Mia")
    link = make_link(other)
    assert "will be signed out first" in client.get(link).content.decode()
    client.post(link)
    assert who(client) == str(other.pk)


def test_the_session_key_changes_at_sign_in(client, person):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post(make_link(person))
    assert client.session.session_key != before


def test_demo_links_work_again_but_only_in_demo_mode_for_invented_people(client, person, settings):
    with pytest.raises(ValueError, match="invented"):
        make_link(person, purpose="demo")
    person.is_invented = True
    person.save()
    with pytest.raises(ValueError, match="invented"):
        make_link(person, purpose="demo")
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"mode": "demo"})
    link = make_link(person, purpose="demo", valid_for=timedelta(days=30))
    for _time in range(2):
        visitor = Client()
        assert visitor.post(link).status_code == 302
        assert who(visitor) == str(person.pk)
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"mode": "production"})
    assert Client().post(link).status_code == 410


def test_a_closed_account_has_no_links(client, person):
    link = make_link(person)
    person.is_active = False
    person.save()
    assert client.post(link).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_comes_in(person):
    link = make_link(person)
    start, came_in = threading.Barrier(2), []

    def press() -> None:
        visitor = Client()
        start.wait()
        came_in.append(visitor.post(link).status_code)
        connections.close_all()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection")
    both = [threading.Thread(target=press) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(came_in) == [302, 410]
