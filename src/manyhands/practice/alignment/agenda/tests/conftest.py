"""What tests of agendas begin with: a round in which sixty and forty people want different things."""

import pytest

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment.models import Participant, Response

from ...tests.factories import open_round

#: Of the sixty, then of the forty.
TOPICS = [f"{who} want sentence {at}." for who in ("Most", "Fewer") for at in range(5)]


def answered(round, answer, people) -> None:
    """So many people answer as ``answer(person, statement)`` says, None for not at all; written into the tables."""
    rows = Participant.objects.bulk_create(Participant(round=round, imported_id=f"p{n}") for n in range(people))
    statements = list(round.statements.filter(state="live"))
    given = [(row, one, answer(n, at)) for n, row in enumerate(rows) for at, one in enumerate(statements)]
    Response.objects.bulk_create(
        Response(participant=row, statement=one, answer=said) for row, one, said in given if said is not None
    )


def closed_round(world, answer, people, seeds=TOPICS, **options):
    """A round that so many people answered and that is closed, with its common ground worked out."""
    round = open_round(world, seeds=seeds, **options)
    answered(round, answer, people)
    rounds.close_round(actor=world.actor["amina"], round=round)
    run_waiting()
    round.refresh_from_db()
    return round


def sixty_forty(person, statement):
    return 1 if (person < 60) == (statement < 5) else -1


@pytest.fixture
def two_camps(inside):
    return closed_round(inside, sixty_forty, 100)
