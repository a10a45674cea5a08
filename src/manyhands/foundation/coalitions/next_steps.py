"""What a young coalition can do next. Each room may add a step of its own; the desk shows them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, QuerySet

from manyhands.foundation.access.rules import Actor

from .models import Coalition


@dataclass(frozen=True)
class NextStep:
    """One step: a heading, why it helps, where to do it, and whether it has been done.

    ``done_by`` are rows of which one is enough. ``needs`` are rows without which there is no such step yet. Those of
    all rooms are asked for in one query.
    """

    order: int
    title: Any
    text: Any
    url: str
    action: Any
    is_done: bool = False
    done_by: QuerySet | None = field(default=None, compare=False)
    needs: QuerySet | None = field(default=None, compare=False)


Source = Callable[[Actor], Iterable[NextStep]]
_sources: list[Source] = []


def register_next_step(source: Source) -> None:
    """Let a room name steps; called once, when the room is set up.

    ``source(actor)`` runs inside the coalition and gives the steps that this actor may do; it asks nothing itself.
    Use ``order`` 10 for inviting, 20 for allies, 30 for the first question, 40 for decisions, 50 for plans.
    """
    if source not in _sources:
        _sources.append(source)


def next_steps(actor: Actor) -> list[NextStep]:
    """Every step that this actor may do, in order, those that are done too. One query."""
    return Steps(actor).in_order()


class Steps:
    """The steps of one actor, and the question which of them are done, to be asked with others."""

    def __init__(self, actor: Actor) -> None:
        self._steps = sorted((step for source in _sources for step in source(actor)), key=lambda step: step.order)
        rows = {f"done_{at}": step.done_by for at, step in enumerate(self._steps)}
        rows |= {f"possible_{at}": step.needs for at, step in enumerate(self._steps)}
        asked = {name: Exists(of) for name, of in rows.items() if of is not None}
        here = Coalition.objects.filter(pk=actor.coalition_id) if asked else Coalition.objects.none()
        self.question: QuerySet[Any, Any] = here.values(**asked)

    def in_order(self) -> list[NextStep]:
        """Every step, in order, those that are done too."""
        found: dict[str, Any] = next(iter(self.question), {})
        return [
            replace(step, is_done=bool(found.get(f"done_{at}", step.is_done)))
            for at, step in enumerate(self._steps)
            if found.get(f"possible_{at}", True)
        ]
