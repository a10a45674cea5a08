"""Adding tasks and moving them along."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.rules import NoSuchStep, check_step
from manyhands.foundation.ledger.spine import record
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.plans import policies
from manyhands.practice.plans.events import TaskAdded, TaskChanged, TaskMoved
from manyhands.practice.plans.models import Objective, Task
from manyhands.practice.plans.rules import TASK_STEPS
from manyhands.practice.plans.steps import locked

from .refusals import NotNow, NotYours


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    goal: SharedGoal,
    title: str,
    done_when: str = "",
    due_on: date | None = None,
    week_of: date | None = None,
    place: str = "",
    objective: Objective | None = None,
) -> Task:
    """Add a task to the plan of a goal. Nobody has it yet.

    Who: representatives, alternates, coordinators, facilitators (`policies.add_task`).
    Refuses: a goal that is not adopted (`NotNow`); an objective of another goal (`NotYours`).
    Tells: `TaskAdded`.
    """
    require(actor, policies.add_task, goal, objective)
    if goal.state != "adopted":
        raise NotNow(
            _("Tasks are added to goals that are adopted; this one is %(state)s.") % {"state": goal.get_state_display()}
        )
    if objective is not None and objective.goal_id != goal.pk:
        raise NotYours
    task = Task.objects.create(
        goal=goal,
        objective=objective,
        title=title,
        done_when=done_when,
        due_on=due_on,
        week_of=week_of,
        place=place,
        added_by_id=actor.seat_id,
    )
    record(TaskAdded(task_id=task.pk, goal_id=goal.pk), by=actor, about=task)
    return task


@transaction.atomic
def change_task(*, actor: Actor, task: Task, objective: Objective | None = None, **words: Any) -> Task:
    """Change the words, the day or the place of a task.

    Who: whoever added it, whoever is accountable, coordinators (`policies.change_task`).
    Refuses: a task that is verified or dropped (`NotNow`); an objective of another goal (`NotYours`).
    Tells: `TaskChanged`.
    """
    require(actor, policies.change_task, task, objective)
    task = locked(task)
    if task.state in {"verified", "dropped"}:
        raise NotNow
    if objective is not None and objective.goal_id != task.goal_id:
        raise NotYours
    task.objective = objective
    for name, value in words.items():
        if name not in {"title", "done_when", "due_on", "week_of", "place"}:
            raise TypeError(f"A task has no {name} that could be changed.")
        setattr(task, name, value)
    task.save()
    record(TaskChanged(task_id=task.pk), by=actor, about=task)
    return task


@transaction.atomic
def start_task(*, actor: Actor, task: Task) -> Task:
    """Say that work on a task is under way, or goes on after it was stuck.

    Who: those who accepted to do it or to answer for it (`policies.work_on_task`).
    Refuses: a task nobody has accepted, or one that is done (`NotNow`).
    Tells: `TaskMoved`.
    """
    require(actor, policies.work_on_task, task)
    task = locked(task)
    if task.state not in {"accepted", "blocked"}:
        raise NotNow
    return _move(actor, task, "doing", note="")


@transaction.atomic
def block_task(*, actor: Actor, task: Task, note: str) -> Task:
    """Say that a task is stuck, and on what.

    Who: those who accepted to do it or to answer for it (`policies.work_on_task`).
    Refuses: a task that is not under way, or no word on what it is stuck on (`NotNow`).
    Tells: `TaskMoved`.
    """
    require(actor, policies.work_on_task, task)
    if not note.strip():
        raise NotNow(_("Say what it is stuck on, so that someone can help."))
    return _move(actor, locked(task), "blocked", note=note.strip())


@transaction.atomic
def finish_task(*, actor: Actor, task: Task) -> Task:
    """Say that a task is done. Somebody else verifies it.

    Who: those who accepted to do it or to answer for it (`policies.work_on_task`).
    Refuses: a task that is not under way (`NotNow`).
    Tells: `TaskMoved`.
    """
    require(actor, policies.work_on_task, task)
    return _move(actor, locked(task), "done", done_by_id=actor.seat_id, done_at=now())


@transaction.atomic
def verify_task(*, actor: Actor, task: Task) -> Task:
    """Confirm that a task is done as its own words say.

    Who: members other than the one who did it (`policies.verify_task`).
    Refuses: a task that is not done (`NotNow`).
    Tells: `TaskMoved`.
    """
    require(actor, policies.verify_task, task)
    return _move(actor, locked(task), "verified", verified_by_id=actor.seat_id, verified_at=now())


@transaction.atomic
def send_back_task(*, actor: Actor, task: Task, note: str = "") -> Task:
    """Say that a task is not done yet; it goes on.

    Who: members other than the one who did it (`policies.verify_task`).
    Refuses: a task that is not done (`NotNow`).
    Tells: `TaskMoved`.
    """
    require(actor, policies.verify_task, task)
    task = locked(task)
    if task.state != "done":
        raise NotNow
    return _move(actor, task, "doing", note=note.strip(), done_by_id=None, done_at=None)


@transaction.atomic
def drop_task(*, actor: Actor, task: Task, note: str = "") -> Task:
    """Give a task up; it stays readable, with the reason.

    Who: whoever added it, whoever is accountable, coordinators (`policies.drop_task`).
    Refuses: a task that is done, verified or dropped (`NotNow`).
    Tells: `TaskMoved`.
    """
    require(actor, policies.drop_task, task)
    return _move(actor, locked(task), "dropped", note=note.strip())


def _move(actor: Actor, task: Task, state: str, **changes: Any) -> Task:
    """One step of the life cycle, written down."""
    was = task.state
    try:
        check_step(TASK_STEPS, was, state)
    except NoSuchStep:
        raise NotNow from None
    task.state = state
    for name, value in changes.items():
        setattr(task, name, value)
    task.save()
    record(TaskMoved(task_id=task.pk, was=was, now=state), by=actor, about=task)
    return task
