"""Who may do what with objectives, measurements and tasks. One function, one sentence each."""

from manyhands.foundation.access.rules import Actor, permission
from manyhands.practice.stakeholders.models import ProfileEntry
from manyhands.practice.stakeholders.profiles.queries import visible_to

from .models import Assignment, Measurement, Objective, Task

#: Those who plan and do the work; observers and guests read.
WORKERS = ("representative", "alternate", "coordinator", "facilitator")


@permission("Set or change an objective of a shared goal.")
def set_objective(actor: Actor, *about: object) -> bool:
    return actor.has_any(*WORKERS)


@permission("Enter a measurement.")
def measure(actor: Actor, objective: Objective) -> bool:
    return actor.has_any(*WORKERS)


@permission("Correct a measurement; the old one is kept.")
def correct_measurement(actor: Actor, measurement: Measurement) -> bool:
    entered_it = actor.seat_id is not None and actor.seat_id == measurement.entered_by_id
    return entered_it or actor.has_any("coordinator")


@permission("Add a task to a plan.")
def add_task(actor: Actor, *about: object) -> bool:
    return actor.has_any(*WORKERS)


@permission("Change the words, the day or the place of a task.")
def change_task(actor: Actor, task: Task, *about: object) -> bool:
    return actor.has_any("coordinator") or actor.seat_id in _concerned(task)


@permission("Offer a part in a task to someone.")
def offer_task(actor: Actor, task: Task, *about: object) -> bool:
    return actor.has_any(*WORKERS)


@permission("Take on a task that nobody has.")
def take_on_task(actor: Actor, task: Task) -> bool:
    return actor.has_any(*WORKERS)


@permission("Accept or decline a part in a task that was offered to oneself.")
def answer_offer(actor: Actor, assignment: Assignment) -> bool:
    return actor.seat_id is not None and actor.seat_id == assignment.seat_id


@permission("Say that a task one has a part in is under way, stuck or done, or hand it back.")
def work_on_task(actor: Actor, task: Task) -> bool:
    return actor.seat_id in _workers(task)


@permission("Verify that somebody else's task is done, or send it back.")
def verify_task(actor: Actor, task: Task) -> bool:
    return actor.has_any(*WORKERS) and actor.seat_id != task.done_by_id


@permission("Drop a task.")
def drop_task(actor: Actor, task: Task) -> bool:
    return actor.has_any("coordinator") or actor.seat_id in _concerned(task)


def _workers(task: Task) -> set[int]:
    """Seats that have accepted to do the work or to answer for it."""
    parts = task.assignments.filter(part__in=["A", "R"], acceptance="accepted")
    return set(parts.values_list("seat_id", flat=True))


def _concerned(task: Task) -> set[int]:
    accountable = task.assignments.filter(part="A", acceptance="accepted").values_list("seat_id", flat=True)
    return {task.added_by_id, *accountable}


@permission("Write words that link an actor's own motive to a goal.")
def frame_message(actor: Actor, motive: ProfileEntry | None = None) -> bool:
    return actor.has_any(*WORKERS) and (motive is None or visible_to(actor).filter(pk=motive.pk).exists())
