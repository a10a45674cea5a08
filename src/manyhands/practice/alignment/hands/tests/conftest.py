"""What tests of hands begin with: a live round in which people read together, and six who are in the room."""

import pytest

from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment.live import actions as live_actions
from manyhands.practice.alignment.models import SpeakerQueue

PEOPLE = ("amina", "ben", "mei", "rosa", "omar", "joan")


def begin(world, *, is_anonymous=False, present=PEOPLE):
    """Mei holds a round; these are in the room, and the silence is over."""
    mei = world.actor["mei"]
    round = rounds.draft_round(actor=mei, question="How do we begin the school year?", is_anonymous=is_anonymous)
    live = live_actions.begin_live(actor=mei, round=round)
    for who in present:
        live_actions.join_live(actor=world.actor[who], live=live)
    return live_actions.turn_phase(actor=mei, live=live, phase="show")


@pytest.fixture
def live(inside):
    return begin(inside)


@pytest.fixture
def queue(live):
    return SpeakerQueue.objects.get(live=live)
