"""Tasks: exactly one accountable person, who said yes; no step is skipped; nobody verifies their own work."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.plans import actions, personal, queries
from manyhands.practice.plans.models import Assignment, Task
from manyhands.practice.plans.rules import TASK_STEPS

from . import factories

DEEDS = {
    "start": (actions.start_task, {}, {"accepted", "blocked"}, "doing"),
    "block": (actions.block_task, {"note": "no key"}, {"doing"}, "blocked"),
    "finish": (actions.finish_task, {}, {"doing"}, "done"),
    "verify": (actions.verify_task, {}, {"done"}, "verified"),
    "send back": (actions.send_back_task, {}, {"done"}, "doing"),
    "drop": (actions.drop_task, {}, {"accepted", "doing", "blocked"}, "dropped"),
}


def task_in(world, goal, state):
    """Rosa's task in a state that follows its acceptance."""
    task, rosa, amina = factories.accepted_task(world, goal), world.actor["rosa"], world.actor["amina"]
    way = {
        "accepted": [],
        "doing": ["start"],
        "blocked": ["start", "block"],
        "done": ["start", "finish"],
        "verified": ["start", "finish", "verify"],
        "dropped": ["drop"],
    }
    for step in way[state]:
        deed, words, _, _ = DEEDS[step]
        deed(actor=amina if step in {"verify", "drop"} else rosa, task=task, **words)
    return Task.objects.get(pk=task.pk)


@pytest.mark.parametrize("state", ["accepted", "doing", "blocked", "done", "verified", "dropped"])
def test_no_step_is_skipped(clean_air, state):
    with clean_air.inside():
        goal = factories.adopted_goal(clean_air)
        for name, (deed, words, possible, then) in DEEDS.items():
            task = task_in(clean_air, goal, state)
            actor = clean_air.actor["amina" if name in {"verify", "send back", "drop"} else "rosa"]
            if state in possible:
                deed(actor=actor, task=task, **words)
                assert Task.objects.get(pk=task.pk).state == then
                assert then in TASK_STEPS[state]
            else:
                with pytest.raises(actions.NotNow):
                    deed(actor=actor, task=task, **words)
                assert Task.objects.get(pk=task.pk).state == state


def test_nobody_is_accountable_without_saying_yes(clean_air):
    with clean_air.inside():
        task = factories.task(clean_air, factories.adopted_goal(clean_air))
        offer = actions.offer_task(actor=clean_air.actor["amina"], task=task, seat=clean_air.seat["omar"])
        assert Task.objects.get().state == "offered"
        with pytest.raises(PermissionDenied):
            actions.start_task(actor=clean_air.actor["omar"], task=task)
        with pytest.raises(PermissionDenied):
            actions.accept_task(actor=clean_air.actor["amina"], assignment=offer)
        actions.decline_task(actor=clean_air.actor["omar"], assignment=offer, reason="Away until May")
        assert Task.objects.get().state == "unowned"
        with pytest.raises(actions.NotNow):
            actions.accept_task(actor=clean_air.actor["omar"], assignment=offer)
        again = actions.offer_task(actor=clean_air.actor["amina"], task=task, seat=clean_air.seat["omar"])
        actions.accept_task(actor=clean_air.actor["omar"], assignment=again)
        actions.start_task(actor=clean_air.actor["omar"], task=task)
        assert Task.objects.get().state == "doing"


def test_there_is_one_accountable_person(clean_air):
    with clean_air.inside():
        task = factories.accepted_task(clean_air, factories.adopted_goal(clean_air))
        with pytest.raises(actions.TakenAlready):
            actions.take_on_task(actor=clean_air.actor["ben"], task=task)
        with pytest.raises(actions.TakenAlready):
            actions.offer_task(actor=clean_air.actor["amina"], task=task, seat=clean_air.seat["omar"])
        actions.offer_task(actor=clean_air.actor["amina"], task=task, seat=clean_air.seat["omar"], part="R")
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.create(task=task, seat=clean_air.seat["ben"], offered_by=clean_air.seat["ben"])
        assert task.assignments.filter(part="A").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_on_at_once(clean_air):
    """The real race, on both databases: each in a thread and a connection of its own."""
    with clean_air.inside():
        task = factories.task(clean_air, factories.adopted_goal(clean_air))
    ready, ends = threading.Barrier(2), []

    def take_on(who: str) -> None:
        try:
            with clean_air.inside():
                ready.wait(timeout=10)
                actions.take_on_task(actor=clean_air.actor[who], task=task)
                ends.append("taken")
        except actions.TakenAlready:
            ends.append("too late")
        finally:
            connection.close()

    racers = [threading.Thread(target=take_on, args=[who]) for who in ("ben", "rosa")]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(timeout=30)
    assert sorted(ends) == ["taken", "too late"]
    with clean_air.inside():
        assert Assignment.objects.filter(part="A", acceptance="accepted").count() == 1
        assert Task.objects.get().state == "accepted"


def test_nobody_verifies_their_own_work(clean_air):
    with clean_air.inside():
        task = task_in(clean_air, factories.adopted_goal(clean_air), "done")
        with pytest.raises(PermissionDenied):
            actions.verify_task(actor=clean_air.actor["rosa"], task=task)
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(verified_by=clean_air.seat["rosa"])
        actions.verify_task(actor=clean_air.actor["ben"], task=task)
        facts = LedgerEntry.objects.filter(kind="plans.TaskMoved").order_by("id").values_list("facts", flat=True)
        assert [fact["now"] for fact in facts] == ["doing", "done", "verified"]


def test_handing_back_lets_somebody_else_take_it(clean_air):
    with clean_air.inside():
        task = task_in(clean_air, factories.adopted_goal(clean_air), "blocked")
        actions.hand_back_task(actor=clean_air.actor["rosa"], task=task, reason="New job")
        assert Task.objects.get().state == "unowned"
        actions.take_on_task(actor=clean_air.actor["ben"], task=task)
        with pytest.raises(PermissionDenied):
            actions.start_task(actor=clean_air.actor["rosa"], task=task)


def test_tasks_need_an_adopted_goal_and_its_own_objective(clean_air):
    from manyhands.practice.governance.tests import factories as governance

    with clean_air.inside():
        proposed = governance.in_phase(clean_air, "react", kind="goal").goal
        with pytest.raises(actions.NotNow):
            factories.task(clean_air, proposed)
        with pytest.raises(actions.NotNow):
            factories.objective(clean_air, proposed)
        goal, other = factories.adopted_goal(clean_air), factories.adopted_goal(clean_air, "Buses")
        with pytest.raises(actions.NotYours):
            factories.task(clean_air, goal, objective=factories.objective(clean_air, other))


def test_forgetting_a_person_changes_no_count(clean_air):
    with clean_air.inside():
        goal = factories.adopted_goal(clean_air)
        task = factories.task(clean_air, goal)
        offer = actions.offer_task(actor=clean_air.actor["amina"], task=task, seat=clean_air.seat["omar"])
        actions.decline_task(actor=clean_air.actor["omar"], assignment=offer, reason="Ill until May")
        factories.accepted_task(clean_air, goal, "omar")
        seats = [clean_air.seat["omar"].pk]
        before = queries.goal_progress(clean_air.actor["amina"])[0]
        assert "Ill until May" in str(queries.about_seats(seats))
        personal.erase(seats)
        after = queries.goal_progress(clean_air.actor["amina"])[0]
        assert (before.count_tasks, before.count_unowned) == (after.count_tasks, after.count_unowned) == (2, 1)
        assert Assignment.objects.count() == 2
        assert "Ill until May" not in str(queries.about_seats(seats))
