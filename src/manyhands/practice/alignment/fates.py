"""What became of statements: where each stands now, what was found of it, and what rests on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from manyhands.foundation.access.together import ask_together

from .models import Finding, Statement, VisionClause, VisionRound
from .vision import queries as vision


@dataclass(frozen=True)
class Fate:
    """One statement's way so far. Says nothing that the results page does not say to everyone."""

    statement: Statement
    #: Its place among the ranked, once there are results it may be ranked in.
    rank: int | None = None
    agreed: bool = False
    parts: bool = False
    too_few: bool = False
    is_counted: bool = False
    clauses: list[VisionClause] = field(default_factory=list)
    #: Statements of later rounds that repeat it.
    kept_as: list[Statement] = field(default_factory=list)


def fates(round: VisionRound, statements: Iterable[Statement]) -> list[Fate]:
    """What became of statements of one round, in the order given. One query, beside that for the statements."""
    rows = list(statements)
    keys = [each.pk for each in rows]
    findings = Finding.objects.filter(round=round) if round.has_results else Finding.objects.none()
    sources, repeats = vision.sources_of(keys), Statement.objects.filter(kept_from_id__in=keys).select_related("round")
    ask_together(findings, sources, repeats)
    finding = next(iter(findings), None)
    payload = (
        finding.payload if finding is not None and finding.payload["is_enough"] else {"statements": [], "parted": []}
    )
    found = {row["id"]: row for row in payload["statements"]}
    clauses: dict[int, list[VisionClause]] = {}
    for source in sources:
        clauses.setdefault(source.statement_id, []).append(source.clause)
    kept: dict[int, list[Statement]] = {}
    for later in repeats:
        kept.setdefault(later.kept_from_id or 0, []).append(later)
    made = []
    for each in rows:
        row = found.get(each.pk)
        made.append(
            Fate(
                each,
                rank=row["rank"] if row else None,
                agreed=bool(row and row["agreed"]),
                parts=each.pk in payload["parted"],
                too_few=bool(row and row["too_few"]),
                is_counted=row is not None,
                clauses=clauses.get(each.pk, []),
                kept_as=kept.get(each.pk, []),
            )
        )
    return made
