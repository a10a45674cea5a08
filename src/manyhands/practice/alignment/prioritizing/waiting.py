"""What of rounds on what comes first awaits somebody: to answer for a member, or to close when everyone has."""

from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.foundation.ui.awaiting import Awaiting, register_awaiting

from .. import policies
from ..models import PriorityAnswer, PriorityCandidate, PriorityRound


def register() -> None:
    """Put it on people's desks."""
    register_awaiting(awaiting, lambda _actor, _moment: [_open()])


def _open() -> QuerySet[PriorityRound]:
    return PriorityRound.objects.filter(state=PriorityRound.State.OPEN)


def awaiting(actor: Actor) -> list[Awaiting]:
    """Who asks one's organization what comes first; for those who lead, that all have answered."""
    round = _open().select_related("opened_by").first()
    if round is None:
        return []
    of = PriorityCandidate.objects.filter(round=round).count()
    said = PriorityAnswer.objects.filter(candidate__round=round)
    found = []
    if policies.say_what_comes_first.holds(actor):
        left = of - said.filter(organization_id=actor.organization_id).count()
        if left and voting_organizations().filter(pk=actor.organization_id or 0).exists():
            found.append(_to_answer(actor, round, left))
    if policies.ask_what_comes_first.holds(actor) and not found:
        members = voting_organizations()
        if said.filter(organization__in=members).count() >= of * members.count():
            found.append(_to_close(actor, round))
    return found


def _to_answer(actor: Actor, round: PriorityRound, left: int) -> Awaiting:
    who = round.opened_by.name if round.opened_by else _("Somebody who has left")
    text = ngettext(
        "%(who)s asks: %(n)d priority waits for your organization’s word.",
        "%(who)s asks: %(n)d priorities wait for your organization’s word.",
        left,
    )
    return Awaiting(
        kind=_("What comes first"),
        title=round.question,
        text=text % {"who": who, "n": left},
        url=_address(actor, round),
        action=_("Begin with our vision"),
        due=_end_of(round),
    )


def _to_close(actor: Actor, round: PriorityRound) -> Awaiting:
    return Awaiting(
        kind=_("What comes first"),
        title=round.question,
        text=_("Every member has answered. Close the round, and everyone sees what came of it."),
        url=_address(actor, round),
        action=_("Look and close"),
    )


def _address(actor: Actor, round: PriorityRound) -> str:
    return reverse("alignment:priority_round", args=[slug_of(actor.coalition_id), round.pk])


def _end_of(round: PriorityRound) -> Any:
    return make_aware(datetime.combine(round.answer_by, time(23, 59))) if round.answer_by else None
