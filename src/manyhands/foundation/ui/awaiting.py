"""What awaits a person: every room that has something to ask of them registers itself here.

Most sources have nothing for most people, so all of them are asked in one query first whether they have anything; only
those that do are asked what, in `coalitions/waiting.py`. That query is written once (`access/written`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.written import WhichExist


@dataclass(frozen=True)
class Awaiting:
    """One thing that waits for one person: what kind, what about, and the one button that deals with it."""

    kind: str
    title: str
    url: str
    action: str
    text: str = ""
    note: str = ""
    due: datetime | None = None


Source = Callable[[Actor], Iterable[Awaiting]]
#: The rows without which a source has nothing, for an actor and a moment; see :class:`WhichExist` for its rules.
When = Callable[[Any, Any], Iterable[QuerySet]]
_sources: dict[Source, When | None] = {}


def register_awaiting(source: Source, when: When | None = None) -> None:
    """Let a room say what awaits an actor; called once, when the room is set up.

    With ``when``, the source is asked only if one of these rows is there: give all rows that can make it say
    something, and rather more than fewer. One that cannot tell beforehand leaves it out and is always asked.
    """
    _sources[source] = when


def with_something(actor: Actor) -> list[Source]:
    """The sources that may have something for this actor, in one query."""
    may_have = dict(zip((source for source, when in _sources.items() if when), _which.ask(actor), strict=True))
    return [source for source in _sources if may_have.get(source, True)]


_which = WhichExist(lambda actor, now: [list(when(actor, now)) for when in _sources.values() if when])
