"""What waits for people in their plans, on the desk and among a young coalition's first steps."""

from datetime import datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject, lazy
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.next_steps import NextStep
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting, register_awaiting
from manyhands.practice.governance import queries as governance

from . import policies, sentences
from .models import Assignment, Objective, Task

#: Tasks due within this many days wait on the desk.
SOON = timedelta(days=14)


def awaiting(actor: Actor) -> list[Awaiting]:
    """Offers to answer, tasks of one's own that are due soon, tasks to verify, tasks that nobody has."""
    return [item for part in (_OFFERS, _DUE_SOON, _NOBODY_HAS) for item in part(actor)]


def register_desk() -> None:
    """Put all three on people's desks."""
    register_awaiting(_OFFERS, lambda actor, _moment: [offers_to(actor)])
    register_awaiting(_DUE_SOON, lambda actor, _moment: [_own_soon(actor)])
    register_awaiting(_NOBODY_HAS, lambda actor, _moment: [_unowned(actor)])


def offers_to(actor: Actor) -> QuerySet[Assignment]:
    """Parts in tasks that were offered to this actor and wait for an answer."""
    rows = Assignment.objects.filter(seat_id=actor.seat_id, acceptance="offered").exclude(task__state__in=Task.OVER)
    return rows.select_related("task__goal", "offered_by")


def _offers(actor: Actor, offers: list[Assignment]) -> list[Awaiting]:
    slug = slug_of(actor.coalition_id)
    return [
        Awaiting(
            kind=_("A task offered to you"),
            note=_due(offer.task),
            title=offer.task.title,
            text=sentences.offered(offer),
            url=address_of("plans:task", slug, offer.task_id),
            action=_("Accept or decline"),
            due=_moment(offer.task),
        )
        for offer in offers
    ]


def _own_soon(actor: Actor) -> QuerySet[Task]:
    mine = Q(assignments__seat_id=actor.seat_id, assignments__part="A", assignments__acceptance="accepted")
    return Task.objects.filter(mine, state__in=["accepted", "doing", "blocked"], due_on__lte=localdate() + SOON)


def _due_soon(actor: Actor, tasks: list[Task]) -> list[Awaiting]:
    slug = slug_of(actor.coalition_id)
    return [
        Awaiting(
            kind=_("A task of yours"),
            note=_due(task),
            title=task.title,
            text=_("It is stuck: %(note)s") % {"note": task.note} if task.state == "blocked" else task.done_when,
            url=address_of("plans:task", slug, task.pk),
            action=_("Say how it goes"),
            due=_moment(task),
        )
        for task in tasks
    ]


def _unowned(actor: Actor) -> QuerySet[Task]:
    return Task.objects.filter(state="unowned") if actor.has_any("coordinator") else Task.objects.none()


def _nobody_has(actor: Actor, waiting: list[Task]) -> list[Awaiting]:
    """For coordinators: one line for all of them, so that it does not drown the rest."""
    if not waiting:
        return []
    slug = slug_of(actor.coalition_id)
    first = waiting[0]
    return [
        Awaiting(
            kind=ngettext("A task nobody has", "Tasks nobody has", len(waiting)),
            note=_due(first),
            title=first.title,
            text=ngettext(
                "Offer it to someone, or take it on.",
                "%(n)d tasks wait for someone. This one is due first.",
                len(waiting),
            )
            % {"n": len(waiting)},
            url=address_of("plans:task", slug, first.pk),
            action=_("Find someone"),
            due=_moment(first),
        )
    ]


_OFFERS = Waits(lambda actor, _moment: offers_to(actor), _offers)
_DUE_SOON = Waits(lambda actor, _moment: _own_soon(actor).select_related("goal"), _due_soon)
_NOBODY_HAS = Waits(
    lambda actor, _moment: _unowned(actor).order_by(F("due_on").asc(nulls_last=True), "id")[:50],
    _nobody_has,
)


def _due(task: Task) -> str:
    return _("due %(day)s") % {"day": date_format(task.due_on, "j F")} if task.due_on else ""


def _moment(task: Task) -> datetime | None:
    return make_aware(datetime.combine(task.due_on, time(23, 59))) if task.due_on else None


def next_steps(actor: Actor) -> list[NextStep]:
    """What a young coalition can do here: give its first goal a plan."""
    if not policies.set_objective.holds(actor):
        return []
    ours, slug = governance.adopted_goals(), slug_of(actor.coalition_id)
    goal = SimpleLazyObject(lambda: ours.first())  # named only to those who have not done it
    why = _("Say how you measure “%(goal)s”, and who does what by when.")
    return [
        NextStep(
            order=50,
            title=_("Give your goal a plan"),
            text=lazy(lambda: why % {"goal": goal.title}, str)(),
            url=lazy(lambda: address_of("plans:goal", slug, goal.pk), str)(),
            action=_("Open the plan"),
            done_by=Objective.objects.all(),
            needs=ours,
        )
    ]
