"""What can be asked about overlaps and visions. Every function reads; none writes."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.together import ask_together

from ..models import ClauseSource, Overlap, OverlapVoice, Statement, Vision, VisionClause, VisionRound
from ..rules import StatementState
from .rules import Voices


def voices(overlap: Overlap) -> Voices:
    """The voices on one shared sentence. For counting it; a page shows only what `Shown` says."""
    counts = OverlapVoice.objects.filter(overlap=overlap).aggregate(
        yes=Count("pk", filter=Q(fits=True)), no=Count("pk", filter=Q(fits=False))
    )
    return Voices(counts["yes"], counts["no"])


@dataclass(frozen=True)
class Shown:
    """One shared sentence as a page shows it: no figure before it was counted, none under five after."""

    overlap: Overlap
    statements: list[Statement]
    #: How many have spoken; the direction only once it was counted.
    spoken: int
    counted: Voices | None
    #: What this person said: fits, not quite, or nothing yet.
    mine: bool | None = None

    @property
    def same_day(self) -> bool:
        """Written and found true on one day."""
        validated = self.overlap.validated_at
        return validated is not None and all(each.written_at.date() == validated.date() for each in self.statements)


def overlaps(round: VisionRound, actor: Actor | None = None) -> list[Shown]:
    """What is alike in a round, with the statements behind each sentence. One query."""
    rows: QuerySet[Any] = Overlap.objects.filter(round=round).annotate(
        fits=Count("voices", filter=Q(voices__fits=True)), not_quite=Count("voices", filter=Q(voices__fits=False))
    )
    rows = rows.order_by("position", "id")
    behind = Statement.objects.filter(round=round, overlap__isnull=False, state=StatementState.LIVE)
    behind = behind.select_related("author")
    own = OverlapVoice.objects.none()
    if actor is not None and actor.seat_id is not None:
        own = OverlapVoice.objects.filter(overlap__round=round, participant__seat_id=actor.seat_id)
    ask_together(rows, behind, own)
    by_overlap: dict[int, list[Statement]] = {}
    for each in behind:
        by_overlap.setdefault(each.overlap_id or 0, []).append(each)
    said = {voice.overlap_id: voice.fits for voice in own}
    found = []
    for row in rows:
        counted = Voices(row.fits, row.not_quite)
        found.append(
            Shown(
                row,
                by_overlap.get(row.pk, []),
                counted.spoken,
                counted if row.counted_at is not None else None,
                said.get(row.pk),
            )
        )
    return found


def alone(round: VisionRound) -> QuerySet[Statement]:
    """Statements that stand under no shared sentence."""
    return Statement.objects.filter(round=round, state=StatementState.LIVE, overlap=None).order_by("position", "pk")


@dataclass(frozen=True)
class Traced:
    """One clause with the contributions behind it."""

    clause: VisionClause
    statements: list[Statement] = field(default_factory=list)


def clauses(vision: Vision) -> list[Traced]:
    """Every clause with its sources, in their order. Two queries."""
    sources = ClauseSource.objects.select_related("statement__author", "statement__round").order_by(
        "statement__position", "statement_id"
    )
    rows = VisionClause.objects.filter(vision=vision).prefetch_related(Prefetch("sources", queryset=sources))
    return [Traced(row, [source.statement for source in row.sources.all()]) for row in rows]


def visions_for(actor: Actor) -> QuerySet[Vision]:
    """Every vision, newest first."""
    return Vision.objects.select_related("round")


def adopted() -> Vision | None:
    """The vision in force. For rooms in which priorities start from it."""
    return adopted_rows().first()


def adopted_rows() -> QuerySet[Vision]:
    """The same, not asked yet, so that a page can ask it with others."""
    return Vision.objects.filter(state=Vision.State.ADOPTED).select_related("round")[:1]


def sources_of(statements: list[int]) -> QuerySet[ClauseSource]:
    """Which clauses each of these statements stands behind: the trace the other way."""
    return ClauseSource.objects.filter(statement_id__in=statements).select_related("clause__vision")
