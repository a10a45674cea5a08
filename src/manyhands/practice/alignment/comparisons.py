"""Bridges between groups, and how alike organizations answered, as a page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from manyhands.foundation.coalitions.models import Organization

from .asked import Asked
from .findings import Shown
from .models import Statement, VisionRound
from .rules import StatementState

#: Pairs shown on each side before one opens the table.
FEW = 5


@dataclass(frozen=True)
class Bridge:
    """A statement that groups accept which otherwise disagree, and who wrote it where statements carry names."""

    row: Shown
    author: str = ""


def with_authors(round: VisionRound, payload: Mapping[str, Any]) -> QuerySet[Statement]:
    """The statements that bridge, with who wrote them; none in a round without names."""
    if round.is_anonymous:
        return Statement.objects.none()
    written = Statement.objects.filter(pk__in=payload.get("bridging", []), state=StatementState.LIVE)
    return written.filter(author__isnull=False).select_related("author__organization")


def bridges(
    payload: Mapping[str, Any], shown: list[Shown], written: Iterable[Statement], most: int = 5
) -> list[Bridge]:
    """The statements that bridge most, and by name the authors of those that come `with_authors`."""
    by_id = {row.id: row for row in shown}
    keys = [key for key in payload.get("bridging", []) if key in by_id][:most]
    authors = {each.pk: each.author.label for each in written if each.author}
    return [Bridge(by_id[key], authors.get(key, "")) for key in keys]


@dataclass(frozen=True)
class ShownPair:
    """Two organizations, and how alike they answered."""

    one: str
    other: str
    shared: int
    percent: int | None


@dataclass(frozen=True)
class ShownPairs:
    """All pairs, the most alike first, those of whom nothing can be said last."""

    rows: list[ShownPair]

    @property
    def known(self) -> list[ShownPair]:
        return [row for row in self.rows if row.percent is not None]

    @property
    def nearest(self) -> list[ShownPair]:
        return self.known[:FEW]

    @property
    def farthest(self) -> list[ShownPair]:
        """The least alike, beginning with those farthest apart; none that also stands among the most alike."""
        return self.known[FEW:][::-1][:FEW]


def organization_pairs(payload: Mapping[str, Any], members: list[Asked]) -> ShownPairs:
    """Each two organizations, the most alike first, those of whom nothing can be said last.

    Asks the database only for the names of those who are members no more.
    """
    found = payload.get("pairs") or []
    names = {each.organization.pk: each.organization.name for each in members}
    gone = {pk for one, other, *_rest in found for pk in (one, other)} - names.keys()
    if gone:
        names |= dict(Organization.objects.filter(pk__in=gone).values_list("pk", "name"))
    rows = [
        ShownPair(names[one], names[other], shared, None if same is None else round(100 * same / shared))
        for one, other, shared, same in found
        if one in names and other in names
    ]
    return ShownPairs(rows)
