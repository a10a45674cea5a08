"""Every role and every deed of plans."""

import pytest

from manyhands.foundation.access.rules import REGISTRY
from manyhands.practice.plans import policies
from manyhands.practice.plans.models import Assignment, Measurement, Task

#: Rosa is accountable; Amina added the task and coordinates; Ben entered the measurement.
EVERYONE = ("amina", "ben", "mei", "rosa", "olu", "gus")
WORKERS = {"amina", "ben", "mei", "rosa"}
MAY = {
    "set_objective": WORKERS,
    "measure": WORKERS,
    "correct_measurement": {"amina", "ben"},
    "add_task": WORKERS,
    "change_task": {"amina", "rosa"},
    "offer_task": WORKERS,
    "take_on_task": WORKERS,
    "answer_offer": {"rosa"},
    "work_on_task": {"rosa"},
    "verify_task": {"amina", "ben", "mei"},
    "drop_task": {"amina", "rosa"},
    "frame_message": WORKERS,
}


@pytest.mark.parametrize("deed", MAY)
def test_who_may(clean_air, deed):
    from . import factories

    with clean_air.inside():
        task = factories.accepted_task(clean_air, factories.adopted_goal(clean_air))
        task.done_by = clean_air.seat["rosa"]
        about = {
            "measure": None,
            "frame_message": None,
            "correct_measurement": Measurement(entered_by=clean_air.seat["ben"]),
            "answer_offer": Assignment.objects.get(),
        }.get(deed, task)
        needed = getattr(policies, deed)
        assert {who for who in EVERYONE if needed.holds(clean_air.actor[who], about)} == MAY[deed]
        assert Task.objects.count() == 1


def test_no_deed_is_forgotten_here():
    assert {name.split(".")[1] for name in REGISTRY if name.startswith("plans.")} == set(MAY)
