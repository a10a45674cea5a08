"""What can be asked about rounds on what comes first. Every function reads; none gives a figure before the close."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.coalitions.queries import voting_organizations

from .. import rules as round_rules
from ..models import Priority, PriorityAnswer, PriorityCandidate, PriorityRound, VisionClause
from . import rules
from .rules import Counted


def priority_rounds() -> QuerySet[PriorityRound]:
    """Every round, newest first, with how many candidates it has."""
    rows = PriorityRound.objects.select_related("vision", "opened_by__organization")
    return rows.annotate(count_candidates=Count("candidates", distinct=True)).order_by("-pk")


def open_round() -> PriorityRound | None:
    """The one that is open now."""
    return PriorityRound.objects.filter(state=PriorityRound.State.OPEN).first()


def may_stand() -> QuerySet[Priority]:
    """Priorities that members can be asked about, those nominated first before others."""
    return Priority.objects.exclude(state=Priority.State.REACHED).order_by("pk")


def clauses(round: PriorityRound) -> QuerySet[VisionClause]:
    """The clauses of the vision that the round began from, in their order."""
    return VisionClause.objects.filter(vision_id=round.vision_id).order_by("position", "pk")


def candidates(round: PriorityRound) -> QuerySet[PriorityCandidate]:
    """What members are asked about, with its words, in the order of the round."""
    return PriorityCandidate.objects.filter(round=round).select_related("priority").order_by("position", "pk")


def own_rows(actor: Actor, round: PriorityRound) -> QuerySet[PriorityAnswer]:
    """What one's own organization said so far."""
    if actor.organization_id is None:
        return PriorityAnswer.objects.none()
    rows = PriorityAnswer.objects.filter(candidate__round=round, organization_id=actor.organization_id)
    return rows.select_related("by_seat")


def own_answers(actor: Actor, round: PriorityRound) -> dict[int, PriorityAnswer]:
    """The same by candidate. One query."""
    return {row.candidate_id: row for row in own_rows(actor, round)}


@dataclass(frozen=True)
class Deck:
    """The card for one organization: what is asked now, what it said of it before, and how far it has come."""

    card: PriorityCandidate | None
    given: PriorityAnswer | None
    done: int
    of: int
    left: list[PriorityCandidate] = field(default_factory=list)

    @property
    def dots(self) -> tuple[int, int, int]:
        return round_rules.dots(self.done, self.of)


def deck(actor: Actor, round: PriorityRound, *, asked: int | None = None, after: int | None = None) -> Deck:
    """The candidate asked for, or the next that the organization has not answered, in an order of its own. Two queries.

    Each organization has another order, always the same, so that nothing stands first for everyone. ``after`` skips.
    """
    rows = {each.pk: each for each in candidates(round)}
    given = own_answers(actor, round)
    order = round_rules.card_order(rows, f"priority round {round.pk}, organization {actor.organization_id}")
    left = [pk for pk in order if pk not in given]
    chosen = asked if asked in rows else None
    if chosen is None and after in rows:
        chosen = next((pk for pk in order[order.index(after) + 1 :] if pk not in given), None)
    elif chosen is None:
        chosen = left[0] if left else None
    return Deck(
        card=rows[chosen] if chosen is not None else None,
        given=given.get(chosen) if chosen is not None else None,
        done=len(rows) - len(left),
        of=len(rows),
        left=[rows[pk] for pk in left],
    )


@dataclass(frozen=True)
class Turnout:
    """Who has said something: members by name, which is open, and never what they said."""

    finished: list[Organization]
    begun: list[Organization]
    silent: list[Organization]

    @property
    def of(self) -> int:
        return len(self.finished) + len(self.begun) + len(self.silent)


def members_asked(round: PriorityRound) -> QuerySet[Organization]:
    """Every member with a vote, with of how many candidates it has said something in ``count_answers``."""
    said = PriorityAnswer.objects.filter(candidate__round=round, organization=OuterRef("pk")).order_by()
    often = Subquery(said.values("organization").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return voting_organizations().annotate(count_answers=Coalesce(often, 0)).order_by("name", "pk")


def turnout(members: Iterable[Any], of: int) -> Turnout:
    """How far these `members_asked` have come, asked about ``of`` candidates."""
    found = Turnout([], [], [])
    for member in members:
        said = member.count_answers
        (found.finished if said >= of else found.begun if said else found.silent).append(member)
    return found


def count(round: PriorityRound) -> dict[str, Any]:
    """What members said, counted. For closing the round alone; a page reads what was kept."""
    rows = PriorityAnswer.objects.filter(candidate__round=round).order_by("pk")
    return rules.count(
        list(candidates(round).values_list("pk", flat=True)),
        list(clauses(round).values_list("pk", flat=True)),
        rows.values_list("candidate_id", "organization_id", "is_priority", "clause_ids"),
        voting_organizations().values_list("pk", flat=True),
    )


def counted(round: PriorityRound) -> list[Counted]:
    """What was kept when the round closed; nothing before."""
    return [] if round.is_open else rules.from_payload(round.payload)
