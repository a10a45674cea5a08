"""What tests of the table begin with."""

import pytest

from manyhands.practice.stakeholders import actions


@pytest.fixture
def clinic(clean_air):
    """An ally that is no member."""
    with clean_air.inside():
        return actions.add_ally(actor=clean_air.actor["amina"], name="Northside Clinic", sector="Health", city="Linden")
