"""What tests of rounds on what comes first begin with: an adopted vision of four clauses, and three priorities."""

import pytest

from manyhands.practice.alignment.models import Vision, VisionClause
from manyhands.practice.alignment.prioritizing import actions
from manyhands.practice.alignment.success import actions as success
from manyhands.practice.alignment.tests.factories import open_round
from manyhands.practice.alignment.vision import actions as visions

CLAUSES = ("Every gate is safe.", "The air is clean.", "Shops do not lose.", "Pupils have a say.")
TITLES = ("Vans leave early", "Trees on twelve streets", "A pupils’ hour")
PEOPLE = ("amina", "ben", "mei", "rosa", "omar", "joan")


def adopt(world, texts):
    """A vision from a round of its own, adopted."""
    round = open_round(world)
    first = round.statements.first()
    made = visions.begin_vision(actor=world.actor["mei"], round=round)
    for text in texts:
        visions.write_clause(actor=world.actor["mei"], vision=made, text=text, sources=[first])
    return visions.adopt_vision(actor=world.actor["mei"], vision=made)


@pytest.fixture
def vision(inside):
    return adopt(inside, CLAUSES)


@pytest.fixture
def priorities(inside):
    return [
        success.nominate_priority(actor=inside.actor["ben"], title=title, horizon="short", why="Because.")
        for title in TITLES
    ]


@pytest.fixture
def asked(inside, vision, priorities):
    return actions.open_priority_round(
        actor=inside.actor["mei"], question="What comes first this year?", priorities=priorities
    )


def clause(text):
    return VisionClause.objects.get(vision__state=Vision.State.ADOPTED, text=text)


def say(world, who, candidate, is_priority, *texts):
    """One member’s answer, with clauses by their text."""
    ids = list(
        VisionClause.objects.filter(vision_id=candidate.round.vision_id, text__in=texts).values_list("pk", flat=True)
    )
    return actions.answer_candidate(
        actor=world.actor[who], candidate=candidate, is_priority=is_priority, clause_ids=ids
    )
