"""A person who has just come in by a link, as people do."""

import re

import pytest
from django.core import mail

from manyhands.foundation.accounts.links import make_link
from manyhands.foundation.accounts.models import Person


@pytest.fixture
def person(db) -> Person:
    return Person.objects.create_user("lea@example.org", name="Lea")


@pytest.fixture
def signed_in_person(client, person) -> Person:
    client.post(make_link(person))
    assert client.session["_auth_user_id"] == str(person.pk)
    return person


@pytest.fixture
def letters(db, django_capture_on_commit_callbacks):
    """Does the waiting work and gives the letters that went out since the last time."""
    from manyhands.foundation.jobs.worker import run_waiting

    def read() -> list:
        mail.outbox.clear()
        run_waiting()
        return list(mail.outbox)

    return read


@pytest.fixture
def address_in():
    """The path of the one link in a letter."""

    def find(letter) -> str:
        return re.search(r"https?://[^/\s]+(/\S+)", letter.body.split("\n-- ")[0]).group(1)

    return find
