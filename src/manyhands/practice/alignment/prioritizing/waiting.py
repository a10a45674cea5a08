"""What of rounds on what comes first awaits somebody: to answer for a member, or to close when everyone has."""

from datetime import datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting, register_awaiting

from .. import policies
from ..models import PriorityAnswer, PriorityCandidate, PriorityRound


def register() -> None:
    """Put both on people's desks."""
    register_awaiting(to_answer, lambda actor, _moment: [_unanswered(actor)])
    register_awaiting(to_close, lambda actor, _moment: [_answered_by_all(actor)])


def _unanswered(actor: Actor) -> QuerySet[PriorityCandidate]:
    """What one's own organization, if it has a voice now, has not answered."""
    if not policies.say_what_comes_first.holds(actor):
        return PriorityCandidate.objects.none()
    own = PriorityAnswer.objects.filter(candidate=OuterRef("pk"), organization_id=actor.organization_id)
    voice = voting_organizations().filter(pk=actor.organization_id or 0)
    return PriorityCandidate.objects.filter(~Exists(own), Exists(voice), round__state=PriorityRound.State.OPEN)


def _answered_by_all(actor: Actor) -> QuerySet[PriorityRound]:
    """Rounds in which no member has a candidate left."""
    if not policies.ask_what_comes_first.holds(actor):
        return PriorityRound.objects.none()
    said = PriorityAnswer.objects.filter(candidate=OuterRef("pk"), organization=OuterRef(OuterRef("pk")))
    left = PriorityCandidate.objects.filter(~Exists(said), round=OuterRef(OuterRef("pk")))
    return PriorityRound.objects.filter(~Exists(voting_organizations().filter(Exists(left))), state="open")


#: Who asks one's organization what comes first, and how much is left.
to_answer = Waits(
    lambda actor, _moment: _unanswered(actor).select_related("round__opened_by"),
    lambda actor, left: [_to_answer(actor, left[0].round, len(left))] if left else [],
)

#: For those who lead: that every member has answered.
to_close = Waits(
    lambda actor, _moment: _answered_by_all(actor), lambda actor, rounds: [_to_close(actor, round) for round in rounds]
)


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
    return address_of("alignment:priority_round", slug_of(actor.coalition_id), round.pk)


def _end_of(round: PriorityRound) -> Any:
    return make_aware(datetime.combine(round.answer_by, time(23, 59))) if round.answer_by else None
