"""Asking what comes first, answering for a member, and closing the round."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.foundation.ledger.spine import record

from .. import policies
from ..models import Priority, PriorityAnswer, PriorityCandidate, PriorityRound, VisionClause
from ..vision.queries import adopted
from . import queries, rules
from .events import PriorityAnswered, PriorityRoundClosed, PriorityRoundOpened

__all__ = [
    "NoVision",
    "Refused",
    "RoundIsClosed",
    "answer_candidate",
    "close_priority_round",
    "open_priority_round",
]


class Refused(Exception):
    """It cannot be done as asked; the sentence says why."""


class NoVision(Refused):
    """No vision has been adopted, and a round on what comes first begins with it."""


class RoundIsClosed(Refused):
    """The round takes no more answers."""


@transaction.atomic
def open_priority_round(
    *, actor: Actor, question: str, priorities: Sequence[Priority], answer_by: date | None = None
) -> PriorityRound:
    """Ask every member what comes first, beginning with the vision that is adopted now.

    Who: coordinators and facilitators (`policies.ask_what_comes_first`).
    Refuses: without an adopted vision (`NoVision`); no words, no candidates, too many, one that is reached, a day that
        has passed, while another round is open (`Refused`).
    Tells: `PriorityRoundOpened`.
    """
    require(actor, policies.ask_what_comes_first)
    Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id)  # two at once make one
    vision = adopted()
    if vision is None:
        raise NoVision(_("No vision has been adopted yet, and this begins with it."))
    if PriorityRound.objects.filter(state=PriorityRound.State.OPEN).exists():
        raise Refused(_("Another round on what comes first is open. Close it first."))
    if not question.strip():
        raise Refused(_("There are no words yet. A few are enough."))
    if not 1 <= len(priorities) <= rules.MOST_CANDIDATES:
        raise Refused(_("Choose between one and %(n)d priorities.") % {"n": rules.MOST_CANDIDATES})
    if any(each.state == Priority.State.REACHED for each in priorities):
        raise Refused(_("One of these is reached already. Look at the list again."))
    if answer_by is not None and answer_by < localdate():
        raise Refused(_("That day has passed. Choose a later one, or none."))
    round = PriorityRound.objects.create(
        question=question.strip(), vision=vision, answer_by=answer_by, opened_by_id=actor.seat_id
    )
    PriorityCandidate.objects.bulk_create(
        PriorityCandidate(round=round, priority=priority, position=at)
        for at, priority in enumerate(sorted(priorities, key=lambda each: each.pk), start=1)
    )
    opened = PriorityRoundOpened(priority_round_id=round.pk, vision_id=vision.pk, candidates=len(priorities))
    record(opened, by=actor, about=round)
    return round


@transaction.atomic
def answer_candidate(
    *, actor: Actor, candidate: PriorityCandidate, is_priority: bool, clause_ids: Sequence[int]
) -> PriorityAnswer:
    """Say for one's organization whether a candidate is a priority, and which clauses it serves; again changes it.

    Who: those who speak for a member (`policies.say_what_comes_first`).
    Refuses: a closed round (`RoundIsClosed`); an organization that is no member now, a clause that the round's vision
        does not have (`Refused`).
    Tells: `PriorityAnswered`.
    """
    require(actor, policies.say_what_comes_first, candidate)
    round = _lock(candidate.round_id)
    if not round.is_open:
        raise RoundIsClosed(_("This round is closed. Everything you said before is counted."))
    if not voting_organizations().filter(pk=actor.organization_id or 0).exists():
        raise Refused(_("Your organization is not a member at the moment, so it has no voice here."))
    known = set(VisionClause.objects.filter(vision_id=round.vision_id).values_list("pk", flat=True))
    if not known.issuperset(clause_ids):
        raise Refused(_("One of these clauses is not in the vision. Look at the card again."))
    said = {
        "is_priority": is_priority,
        "clause_ids": sorted(set(clause_ids)),
        "by_seat_id": actor.seat_id,
        "answered_at": now(),
    }
    own = {"candidate": candidate, "organization_id": actor.organization_id}
    answer, _is_new = PriorityAnswer.objects.update_or_create(**own, defaults=said)
    answered = PriorityAnswered(
        priority_round_id=round.pk, priority_id=candidate.priority_id, organization_id=actor.organization_id or 0
    )
    record(answered, by=actor, about=round)
    return answer


@transaction.atomic
def close_priority_round(*, actor: Actor, round: PriorityRound) -> PriorityRound:
    """Take no more answers, and count what members said.

    Who: coordinators and facilitators (`policies.ask_what_comes_first`).
    Refuses: a round that is closed (`RoundIsClosed`).
    Tells: `PriorityRoundClosed`.
    """
    require(actor, policies.ask_what_comes_first, round)
    round = _lock(round.pk)
    if not round.is_open:
        raise RoundIsClosed(_("This round was closed before."))
    round.payload = queries.count(round)
    round.state, round.closed_at, round.closed_by_id = PriorityRound.State.CLOSED, now(), actor.seat_id
    round.save(update_fields=["payload", "state", "closed_at", "closed_by"])
    closed = PriorityRoundClosed(priority_round_id=round.pk, organizations=round.payload["answered"])
    record(closed, by=actor, about=round)
    return round


def _lock(round_id: int) -> PriorityRound:
    return PriorityRound.objects.select_for_update(no_key=True).get(pk=round_id)
