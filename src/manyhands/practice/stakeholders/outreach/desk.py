"""What reaching out puts on the desks of those who look after allies."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting, register_awaiting

from .. import policies
from ..models import Contact, Input
from . import queries, rules

AT_ONCE = 5


def awaiting(actor: Actor) -> Iterable[Awaiting]:
    """Letters without an answer for two weeks, days we waited for, and what we owe an answer to."""
    if actor.seat_id is None:
        return
    yield from _SILENT_OR_BACK(actor)
    yield from _OWED(actor)


def register() -> None:
    """Put both on people's desks."""
    register_awaiting(_SILENT_OR_BACK, lambda actor, _moment: [_to_try_again(actor)])
    register_awaiting(_OWED, lambda actor, _moment: [_to_be_told(actor)])


def _to_try_again(actor: Actor) -> QuerySet[Any]:
    if not policies.reach_out.holds(actor):
        return queries.in_hand().none()
    today = localdate()
    silent = Q(stage="contacted", last_outcome=Contact.Outcome.NO_ANSWER, last_on__lte=today - rules.NO_ANSWER_FOR)
    back = Q(stage="parked", not_before__lte=today, never_because="")
    return queries.in_hand().filter(silent | back, looked_after_by_id=actor.seat_id, member=None, next_step_on=None)


def _silent_or_back(actor: Actor, allies: list[Any]) -> Iterable[Awaiting]:
    slug = slug_of(actor.coalition_id)
    for ally in allies:
        is_back = ally.stage == "parked"
        days = queries.days_since(ally.last_on)
        yield Awaiting(
            kind=_("An ally you look after"),
            title=ally.name,
            text=_("You wanted to come back to them about now.")
            if is_back
            else _("No answer for %(n)s days. Call, or try other words?") % {"n": days},
            url=address_of("stakeholders:ally_contacts", slug, ally.pk),
            action=_("Plan the next step") if is_back else _("Try again"),
        )


def _to_be_told(actor: Actor) -> QuerySet[Input]:
    if not policies.reach_out.holds(actor):
        return Input.objects.none()
    mine = Q(by_seat_id=actor.seat_id) | Q(stakeholder__looked_after_by_id=actor.seat_id)
    return queries.inputs(actor).filter(queries.unanswered(), mine)


def _owed(actor: Actor, inputs: list[Input]) -> Iterable[Awaiting]:
    slug = slug_of(actor.coalition_id)
    for heard in inputs:
        is_heard = heard.state == Input.State.HEARD
        yield Awaiting(
            kind=_("They told us something"),
            title=heard.stakeholder.name,
            text=heard.text[:140],
            note=_("not decided yet") if is_heard else _("decided, not told"),
            url=address_of("stakeholders:answer_input", slug, heard.pk),
            action=_("Say what became of it") if is_heard else _("Tell them"),
        )


_SILENT_OR_BACK = Waits(
    lambda actor, _moment: _to_try_again(actor).order_by("last_on", "pk")[:AT_ONCE], _silent_or_back
)
_OWED = Waits(lambda actor, _moment: _to_be_told(actor).order_by("on", "pk")[:AT_ONCE], _owed)
