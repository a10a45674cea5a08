"""Offering parts in tasks, and answering: nobody is made accountable without saying yes."""

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.coalitions.rules import NoSuchStep, check_step
from manyhands.foundation.ledger.spine import record
from manyhands.practice.plans import policies
from manyhands.practice.plans.events import OfferAnswered, TaskOffered
from manyhands.practice.plans.models import Assignment, Task
from manyhands.practice.plans.rules import TASK_STEPS
from manyhands.practice.plans.steps import locked

from .refusals import NotNow, TakenAlready


@transaction.atomic
def offer_task(*, actor: Actor, task: Task, seat: Seat, part: str = "A") -> Assignment:
    """Offer someone a part in a task; it is theirs once they accept.

    Who: representatives, alternates, coordinators, facilitators (`policies.offer_task`).
    Refuses: a second accountable person, or the same part twice (`TakenAlready`); a task that is over, or a seat that
        was left (`NotNow`).
    Tells: `TaskOffered`.
    """
    require(actor, policies.offer_task, task, seat)
    task = locked(task)
    if task.state in Task.OVER or seat.left_at is not None:
        raise NotNow
    offered = _assign(actor, task, seat.pk, Assignment.Part(part))
    if offered.part == Assignment.Part.ACCOUNTABLE:
        _step(task, "offered")
    record(TaskOffered(task_id=task.pk, assignment_id=offered.pk, part=offered.part), by=actor, about=task)
    return offered


@transaction.atomic
def take_on_task(*, actor: Actor, task: Task) -> Assignment:
    """Become accountable for a task that nobody has: an offer to oneself, accepted at once.

    Who: representatives, alternates, coordinators, facilitators (`policies.take_on_task`).
    Refuses: a task that someone has or was offered (`TakenAlready`), or that is over (`NotNow`).
    Tells: `OfferAnswered`.
    """
    require(actor, policies.take_on_task, task)
    task = locked(task)
    if task.state in Task.OVER:
        raise NotNow
    mine = _assign(actor, task, actor.seat_id or 0, Assignment.Part.ACCOUNTABLE)
    _step(task, "offered")
    return _answer(actor, task, mine, Assignment.Acceptance.ACCEPTED)


@transaction.atomic
def accept_task(*, actor: Actor, assignment: Assignment) -> Assignment:
    """Say yes to a part in a task.

    Who: the person it was offered to (`policies.answer_offer`).
    Refuses: an offer that was answered or taken back (`NotNow`).
    Tells: `OfferAnswered`.
    """
    require(actor, policies.answer_offer, assignment)
    task, mine = _open_offer(assignment)
    return _answer(actor, task, mine, Assignment.Acceptance.ACCEPTED)


@transaction.atomic
def decline_task(*, actor: Actor, assignment: Assignment, reason: str = "") -> Assignment:
    """Say no to a part in a task, with a reason or without.

    Who: the person it was offered to (`policies.answer_offer`).
    Refuses: an offer that was answered or taken back (`NotNow`).
    Tells: `OfferAnswered`.
    """
    require(actor, policies.answer_offer, assignment)
    task, mine = _open_offer(assignment)
    return _answer(actor, task, mine, Assignment.Acceptance.DECLINED, reason)


@transaction.atomic
def hand_back_task(*, actor: Actor, task: Task, reason: str = "") -> Assignment:
    """Give back a task that one cannot go on with; it waits for someone else.

    Who: those who accepted to do it or to answer for it (`policies.work_on_task`).
    Refuses: a task that is over (`NotNow`).
    Tells: `OfferAnswered`.
    """
    require(actor, policies.work_on_task, task)
    assert actor.seat_id is not None  # only a seat can have a part in a task
    task = locked(task)
    mine = task.assignments.filter(seat_id=actor.seat_id, acceptance="accepted").order_by("part").first()
    if mine is None or task.state in Task.OVER:
        raise NotNow
    return _answer(actor, task, mine, Assignment.Acceptance.HANDED_BACK, reason)


def _assign(actor: Actor, task: Task, seat_id: int, part: Assignment.Part) -> Assignment:
    """A new offer. The database itself refuses a second accountable person, whoever was faster."""
    try:
        with transaction.atomic():
            return Assignment.objects.create(task=task, seat_id=seat_id, part=part, offered_by_id=actor.seat_id)
    except IntegrityError:
        raise TakenAlready from None


def _open_offer(assignment: Assignment) -> tuple[Task, Assignment]:
    task = locked(assignment.task)
    offer = Assignment.objects.get(pk=assignment.pk)
    if offer.acceptance != Assignment.Acceptance.OFFERED or task.state in Task.OVER:
        raise NotNow
    return task, offer


def _answer(actor: Actor, task: Task, mine: Assignment, answer: Assignment.Acceptance, reason: str = "") -> Assignment:
    mine.acceptance, mine.answered_at, mine.reason = answer, now(), reason.strip()
    mine.save(update_fields=["acceptance", "answered_at", "reason"])
    if mine.part == Assignment.Part.ACCOUNTABLE:
        _step(task, "accepted" if answer == Assignment.Acceptance.ACCEPTED else "unowned")
    fact = OfferAnswered(task_id=task.pk, assignment_id=mine.pk, part=mine.part, answer=answer.value)
    record(fact, by=actor, about=task)
    return mine


def _step(task: Task, state: str) -> None:
    try:
        check_step(TASK_STEPS, task.state, state)
    except NoSuchStep:
        raise NotNow from None
    task.state = state
    task.save(update_fields=["state"])
