"""The same deed in two connections at once: hands go up once, one speaks at a time, and nothing is cut off unseen."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from manyhands.practice.alignment.hands import actions
from manyhands.practice.alignment.models import SpeakingTurn

from .conftest import begin

pytestmark = pytest.mark.django_db(transaction=True)


class Attempt(Thread):
    """A deed in a connection of its own; ``came_to`` says how it ended."""

    def __init__(self, world, ready: Barrier, deed: Callable[[], object]) -> None:
        super().__init__()
        self.world, self.ready, self.deed, self.came_to = world, ready, deed, ""

    def run(self) -> None:
        try:
            self.ready.wait(timeout=10)
            with self.world.inside():
                self.deed()
            self.came_to = "done"
        except actions.Refused:
            self.came_to = "refused"
        except Exception as error:  # shown by the assertions below
            self.came_to = repr(error)
        finally:
            connection.close()


def run_both(world, *deeds: Callable[[], object]) -> list[str]:
    ready = Barrier(len(deeds))
    attempts = [Attempt(world, ready, deed) for deed in deeds]
    for attempt in attempts:
        attempt.start()
    for attempt in attempts:
        attempt.join(timeout=30)
    return sorted(attempt.came_to for attempt in attempts)


@pytest.fixture
def world(transactional_db, clean_air):
    with clean_air.inside():
        yield clean_air


@pytest.fixture
def queue(world):
    return begin(world).queue


def test_two_browsers_raise_two_hands_and_one_person_in_two_browsers_raises_one(world, queue):
    # S2-30
    def hand(who):
        return lambda: actions.raise_hand(actor=world.actor[who], queue=queue)

    assert run_both(world, hand("rosa"), hand("omar")) == ["done", "done"]
    assert run_both(world, hand("joan"), hand("joan")) == ["done", "done"]
    assert SpeakingTurn.objects.count() == 3


def test_of_two_who_call_on_different_people_at_once_one_is_told(world, queue):
    # S2-30
    def call(by, who):
        return lambda: actions.call_on(actor=world.actor[by], queue=queue, seat=world.seat[who])

    assert run_both(world, call("mei", "rosa"), call("amina", "omar")) == ["done", "refused"]
    assert SpeakingTurn.objects.get().is_speaking


def test_a_hand_and_the_end_at_once_leave_no_hand_up(world, queue):
    # S2-30
    came_to = run_both(
        world,
        lambda: actions.raise_hand(actor=world.actor["rosa"], queue=queue),
        lambda: actions.close_hands(actor=world.actor["mei"], queue=queue),
    )
    assert came_to in (["done", "done"], ["done", "refused"])
    assert not SpeakingTurn.objects.filter(ended_at=None).exists()
