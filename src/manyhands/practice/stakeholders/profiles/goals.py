"""Which of our goals fit what drives an actor. The goals belong to a room above, which says once where they are."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from manyhands.foundation.access.rules import Actor

from . import rules


@dataclass(frozen=True)
class GoalWords:
    """One goal of the coalition: what it is called, everything it says, and its page."""

    title: str
    words: str
    url: str


@dataclass(frozen=True)
class Fit:
    """A goal, and the words it shares with what drives an actor."""

    goal: GoalWords
    shared: list[str]


@dataclass(frozen=True)
class GoalSource:
    """Where goals are, told in two halves: which rows to ask for, and what to say of them."""

    rows: Callable[[], QuerySet[Any]]
    tell: Callable[[Actor, Iterable[Any]], Iterable[GoalWords]]


_sources: list[GoalSource] = []


def register_goals(source: GoalSource) -> None:
    """Say which goals the coalition works for; called once, by the room that knows them."""
    if source not in _sources:
        _sources.append(source)


class Goals:
    """Every goal that the coalition works for now. Asks when it is read, or ``questions`` together with others."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._asked = [(source, source.rows()) for source in _sources]

    @property
    def questions(self) -> list[QuerySet[Any]]:
        return [rows for _source, rows in self._asked]

    def __iter__(self) -> Iterator[GoalWords]:
        return (goal for source, rows in self._asked for goal in source.tell(self._actor, rows))


def fits(goals: Iterable[GoalWords], texts: Iterable[str]) -> list[Fit]:
    """Goals that say some of the same words, those with the most first.

    >>> school = GoalWords("Clean air at schools", "Clean air at schools for every child", "/g/1/")
    >>> [fit.shared for fit in fits([school], ["Our children walk to school", "asthma"])]
    [['school', 'child']]
    >>> fits([school], ["Profits of the port"])
    []
    """
    said = " ".join(texts).casefold()
    found = []
    for goal in goals:
        stems = list(dict.fromkeys(rules.stem(word) for word in rules.telling_words(goal.words)))
        if shared := [stem for stem in stems if stem in said]:
            found.append(Fit(goal, shared))
    return sorted(found, key=lambda fit: -len(fit.shared))
