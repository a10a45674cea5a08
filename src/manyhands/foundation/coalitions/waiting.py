"""What waits for a person, told in two halves: which rows to ask for, and what to say of them.

    due_soon = Waits(rows=_own_soon, tell=_due_soon)
    register_awaiting(due_soon, lambda actor, _moment: [_own_soon(actor)])

A part of the desk that asks for its rows by itself costs a query. Of parts that only say which rows they need, the desk
asks all in one statement (`access/together.py`), and what else stands on it beside them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.written import RowsForActor
from manyhands.foundation.ui.awaiting import Awaiting, with_something


@dataclass(frozen=True)
class Waits:
    """One kind of thing that may wait for an actor; as a source for `register_awaiting` it asks for its own rows.

    ``rows(actor, now)`` is written once for all actors of a kind, by the rules of `access/written`.
    """

    rows: Callable[[Any, Any], QuerySet[Any, Any]]
    tell: Callable[[Actor, list[Any]], Iterable[Awaiting]]
    _written: RowsForActor = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_written", RowsForActor(self.rows))

    def question(self, actor: Actor) -> QuerySet[Any, Any]:
        """The rows for this actor, not asked yet."""
        return self._written.rows(actor)

    def __call__(self, actor: Actor) -> list[Awaiting]:
        return list(self.tell(actor, list(self.question(actor))))


def awaiting(actor: Actor, *beside: QuerySet[Any, Any]) -> list[Awaiting]:
    """Everything that waits for this actor, what is due soonest first, what has no date last.

    Two queries: which parts have something, and what. The second one answers the questions ``beside`` as well.
    """
    sources = with_something(actor)
    asked = {source: source.question(actor) for source in sources if isinstance(source, Waits)}
    ask_together(*asked.values(), *beside)
    found = [
        item
        for source in sources
        for item in (source.tell(actor, list(asked[source])) if isinstance(source, Waits) else source(actor))
    ]
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda item: item.due or far)
