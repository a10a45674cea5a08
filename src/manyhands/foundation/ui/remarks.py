"""What should be known before something is done with a row, said by rooms that the row's own room knows nothing of.

Decisions show proposals; common ground knows which members want things that conflict. Neither imports the other: the
second remarks, the first shows what is remarked.

    register_remark("proposal", Remarks(rows=_pairs, tell=_which_still_conflict))

A page asks for the rows of all sources in one statement with its own (`access/together.py`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest


@dataclass(frozen=True)
class Remark:
    """One thing to know first: a heading, a few lines, and where there is more."""

    title: Any
    text: Any = ""
    lines: list[Any] = field(default_factory=list)
    url: str = ""
    action: Any = ""
    is_grave: bool = True


@dataclass(frozen=True)
class Remarks:
    """One source: which rows it must know, or None where it has nothing to say, and what it says of them."""

    rows: Callable[[HttpRequest, Any], QuerySet[Any] | None]
    tell: Callable[[HttpRequest, Any, QuerySet[Any]], Iterable[Remark]]


#: Every source, by the kind of row it remarks on.
SOURCES: dict[str, list[Remarks]] = {}


def register_remark(kind: str, source: Remarks) -> None:
    """Let a room say what should be known about rows of a kind; called once, when a room is set up."""
    sources = SOURCES.setdefault(kind, [])
    if source not in sources:
        sources.append(source)


class RemarksOn:
    """What this person should know before they do something with this row."""

    def __init__(self, kind: str, request: HttpRequest, row: Any) -> None:
        self._request, self._row = request, row
        asked = ((source, source.rows(request, row)) for source in SOURCES.get(kind, []))
        self._asked = [(source, rows) for source, rows in asked if rows is not None]

    @property
    def questions(self) -> list[QuerySet[Any]]:
        """What the sources must know, not asked yet."""
        return [rows for _source, rows in self._asked]

    def told(self) -> list[Remark]:
        return [remark for source, rows in self._asked for remark in source.tell(self._request, self._row, rows)]
