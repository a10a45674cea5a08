"""What tests of concerns begin with: allies who told us something, and an agenda of five that is kept."""

import pytest

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.outreach import actions as outreach

from ...agenda import actions as agendas
from ...agenda.tests.conftest import closed_round, sixty_forty


@pytest.fixture
def told(inside):
    """``told("Wheelchair Users", "The hill is too steep.")`` writes down what an ally told us."""

    def tell(name, text, kind="organization"):
        ally = allies.add_ally(actor=inside.actor["amina"], looked_after_by=inside.seat["rosa"], name=name, kind=kind)
        return outreach.hear_input(actor=inside.actor["rosa"], stakeholder=ally, text=text)

    return tell


@pytest.fixture
def kept(inside):
    """A round that sixty and forty answered, with an agenda of five kept as the suggestion."""
    round = closed_round(inside, sixty_forty, 100)
    agendas.ask_for_agenda(actor=inside.actor["mei"], round=round, size=5)
    run_waiting()
    return agendas.keep_agenda(actor=inside.actor["mei"], round=round, size=5, method="equal-shares")
