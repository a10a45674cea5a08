"""What tests of profiles begin with."""

import pytest

from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.profiles import actions


@pytest.fixture
def clinic(clean_air):
    """An ally without a seat, looked after by Rosa."""
    with clean_air.inside():
        return allies.add_ally(
            actor=clean_air.actor["amina"],
            looked_after_by=clean_air.seat["rosa"],
            name="Eastside Clinic",
            sector="Health",
            city="Linden",
        )


@pytest.fixture
def ines(clean_air):
    """A person who never joined."""
    with clean_air.inside():
        return allies.add_ally(
            actor=clean_air.actor["amina"],
            name="Ines Roth",
            kind="person",
            email="Ines@harbor.example",
            note="Shy.",
            note_purpose="To invite her",
            note_source="Ben",
        )


@pytest.fixture
def guild(clean_air):
    """The record of Joan's organization, the Market Traders' Guild."""
    with clean_air.inside():
        return actions.list_member(actor=clean_air.actor["joan"], organization=clean_air.organization["joan"])
