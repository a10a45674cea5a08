"""What each side says of a tie: confirmed, seen differently, or told by one side only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from manyhands.analysis.identifiers import distinct
from manyhands.analysis.network.ties import Ties
from manyhands.analysis.tables import BadInput

METHOD = "both sides 1"
#: 0 no interaction, 1 networking, 2 cooperation, 3 coordination, 4 coalition, 5 collaboration (Frey, 2006).
HIGHEST_LEVEL = 5
#: Answers this far apart, or one of them 0, are a finding of their own.
APART = 2


class Agreement(StrEnum):
    """How the two answers compare."""

    CONFIRMED = "confirmed"  # both say there is a tie, at most one level apart
    MISMATCH = "seen differently"  # two or more levels apart, or one side says there is none
    ONE_SIDE = "one side only"  # the other has not answered
    NONE = "no tie"  # nobody who answered says there is one


@dataclass(frozen=True)
class TwoSides:
    """One pair and what each says.

    Attributes
    ----------
    one, other : str
    one_says, other_says : int or None
        Level 0 to 5; None if that side has not answered.
    agreement : Agreement
    """

    one: str
    other: str
    one_says: int | None
    other_says: int | None
    agreement: Agreement

    @property
    def either(self) -> int:
        """The higher answer: what is there if one is believed."""
        return max(self.one_says or 0, self.other_says or 0)

    @property
    def both(self) -> int | None:
        """The lower answer: what both vouch for; None if one has not answered."""
        if self.one_says is None or self.other_says is None:
            return None
        return min(self.one_says, self.other_says)


@dataclass(frozen=True)
class RatedTies:
    """All pairs that anyone rated, in natural order.

    Attributes
    ----------
    pairs : tuple of TwoSides
    actors : tuple of str
    answered : tuple of str
        Those who rated at least one tie.
    """

    pairs: tuple[TwoSides, ...]
    actors: tuple[str, ...]
    answered: tuple[str, ...]
    method: str = METHOD

    @property
    def mismatches(self) -> tuple[TwoSides, ...]:
        """Those seen differently, the widest first."""
        found = [pair for pair in self.pairs if pair.agreement is Agreement.MISMATCH]
        return tuple(sorted(found, key=lambda pair: -abs((pair.one_says or 0) - (pair.other_says or 0))))

    def ties(self, *, confirmed: bool = False) -> Ties:
        """The network if either side is believed, or only what both confirm; the weight is the level.

        Show both: the truth lies between them, and the difference is what is not known.
        """
        level = [(pair, (pair.both or 0) if confirmed else pair.either) for pair in self.pairs]
        kept = [(pair.one, pair.other, each) for pair, each in level if each]
        return Ties.between(
            [one for one, _, _ in kept],
            [other for _, other, _ in kept],
            [float(each) for _, _, each in kept],
            actors=list(self.actors),
        )


def both_sides(
    rater: Any, rated: Any, level: ArrayLike, *, actors: Any = None, answered: Collection[str] | None = None
) -> RatedTies:
    """Put the two answers about each tie side by side.

    Parameters
    ----------
    rater, rated : sequence of str or int
        Who answers, about the tie to whom. Of several answers the last row counts.
    level : (m,) array_like of int
        0 to 5. An answer of 0 says that there is no tie, which is not the same as no answer.
    actors : sequence of str or int, optional
        All there are; without it, all who occur.
    answered : collection of str, optional
        Those who filled in the whole list, so that whom they did not rate counts as 0. Without it, what is
        not rated is not known.

    Raises
    ------
    BadInput
        If a level is no whole number from 0 to 5, someone rates a tie to itself, or an id is blank or not
        in the list of actors.

    Examples
    --------
    >>> found = both_sides(["a", "b", "a", "c"], ["b", "a", "c", "b"], [4, 1, 3, 0])
    >>> [(pair.one, pair.other, pair.agreement.value) for pair in found.pairs]
    [('a', 'b', 'seen differently'), ('a', 'c', 'one side only'), ('b', 'c', 'no tie')]
    >>> found.ties(), found.ties(confirmed=True)
    (Ties(3 actors, 2 ties), Ties(3 actors, 1 ties))
    """
    levels = np.asarray(level, dtype=np.float64)
    if not len(rater) == len(rated) == len(levels):
        raise BadInput("Each answer needs one who rates, one who is rated, and a level.")
    strange = np.flatnonzero(~(np.isfinite(levels) & (levels >= 0) & (levels <= HIGHEST_LEVEL) & (levels % 1 == 0)))
    if strange.size:
        raise BadInput(f"Row {strange[0] + 2}: the level must be a whole number from 0 to {HIGHEST_LEVEL}.")
    # The same checks of ids as for any network, and the same order of actors.
    names = Ties.between(rater, rated, actors=actors, is_directed=True).actors
    place = {name: position for position, name in enumerate(names.tolist())}
    raters, start = distinct(rater, "rating actor's")
    others, end = distinct(rated, "rated actor's")
    said: dict[tuple[int, int], int] = {}
    for one, other, each in zip(raters[start].tolist(), others[end].tolist(), levels.tolist(), strict=True):
        said[place[one], place[other]] = int(each)
    whole = set() if answered is None else {place[str(name)] for name in answered if str(name) in place}
    keys = sorted({(min(pair), max(pair)) for pair in said})
    pairs = []
    for low, high in keys:
        one = said.get((low, high), 0 if low in whole else None)
        other = said.get((high, low), 0 if high in whole else None)
        pairs.append(TwoSides(str(names[low]), str(names[high]), one, other, _compare(one, other)))
    voices = sorted({pair[0] for pair in said} | whole)
    return RatedTies(tuple(pairs), tuple(names.tolist()), tuple(str(names[each]) for each in voices))


def _compare(one: int | None, other: int | None) -> Agreement:
    if not one and not other:
        return Agreement.NONE
    if one is None or other is None:
        return Agreement.ONE_SIDE
    if min(one, other) == 0 or abs(one - other) >= APART:
        return Agreement.MISMATCH
    return Agreement.CONFIRMED
