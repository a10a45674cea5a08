"""What tests of reaching out begin with."""

import re

import pytest
from django.core import mail

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.outreach import actions


@pytest.fixture
def clinic(clean_air):
    """An ally nobody has spoken with, looked after by Rosa."""
    with clean_air.inside():
        return allies.add_ally(
            actor=clean_air.actor["amina"],
            looked_after_by=clean_air.seat["rosa"],
            name="Eastside Clinic",
            sector="Health",
        )


@pytest.fixture
def ines(clean_air):
    """A person who never joined, looked after by Rosa."""
    with clean_air.inside():
        return allies.add_ally(
            actor=clean_air.actor["amina"], looked_after_by=clean_air.seat["rosa"], name="Ines Roth", kind="person"
        )


@pytest.fixture
def script(clean_air):
    """Words for those who care for children's health."""
    with clean_air.inside():
        return actions.write_script(
            actor=clean_air.actor["ben"], name="At your gate", text="38 children cough.", motive="children's health"
        )


@pytest.fixture
def menu(clean_air):
    """Three things somebody could do."""
    with clean_air.inside():
        return [
            actions.write_menu_item(actor=clean_air.actor["ben"], text=text, kind=kind)
            for text, kind in [("One Saturday at a gate", "hours"), ("A room", "space"), ("A quote", "voice")]
        ]


@pytest.fixture
def secret_of(clean_air):
    """Let the letter leave, and read the secret in its link."""

    def read(invitation) -> str:
        run_waiting()
        letter = next(letter for letter in reversed(mail.outbox) if invitation.email in letter.to)
        return re.search(r"/join/([\w-]+)", str(letter.body)).group(1)

    return read
