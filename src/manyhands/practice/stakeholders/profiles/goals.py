"""Which of our goals fit what drives an actor. The goals belong to a room above, which says once where they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

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


Source = Callable[[Actor], Iterable[GoalWords]]
_sources: list[Source] = []


def register_goals(source: Source) -> None:
    """Say which goals the coalition works for; called once, by the room that knows them."""
    if source not in _sources:
        _sources.append(source)


def goals(actor: Actor) -> list[GoalWords]:
    """Every goal that the coalition works for now."""
    return [goal for source in _sources for goal in source(actor)]


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
