"""Our shared goals, as far as this part needs them. They belong to a room beside this one.

Rooms of one row do not know each other, so a definition keeps the ids of goals, and a room above that knows both says
here once where goals are found.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from manyhands.foundation.access.rules import Actor


@dataclass(frozen=True)
class KnownGoal:
    """A goal of the coalition: what it is called, where its plan is, and how far it has come."""

    pk: int
    title: str
    url: str
    #: Percent of the way by what was measured, or None while nobody can tell.
    percent: int | None = None


Source = Callable[[Actor], Iterable[KnownGoal]]
_sources: list[Source] = []


def register_goals(source: Source) -> None:
    """Say which goals the coalition works for; called once, by a room that knows them."""
    if source not in _sources:
        _sources.append(source)


def goals(actor: Actor) -> dict[int, KnownGoal]:
    """Every goal that the coalition works for now, by its id."""
    return {goal.pk: goal for source in _sources for goal in source(actor)}
