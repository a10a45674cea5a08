"""What should be known before something is done with a row, said by rooms that the row's own room knows nothing of.

Decisions show proposals; common ground knows which members want things that conflict. Neither imports the other: the
second remarks, the first shows what is remarked.

    register_remark("proposal", lambda request, proposal: [Remark("Two pairs still conflict", …)])
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

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


Source = Callable[[HttpRequest, Any], Iterable[Remark]]
#: Every source, by the kind of row it remarks on.
SOURCES: dict[str, list[Source]] = {}


def register_remark(kind: str, source: Source) -> None:
    """Let a room say what should be known about rows of a kind; called once, when a room is set up."""
    sources = SOURCES.setdefault(kind, [])
    if source not in sources:
        sources.append(source)


def remarks_on(kind: str, request: HttpRequest, row: Any) -> list[Remark]:
    """What this person should know before they do something with this row."""
    return [remark for source in SOURCES.get(kind, []) for remark in source(request, row)]
