"""Every triangle of a network, found once, however many ties its hubs have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from manyhands.analysis.network.ties import Integers

#: Two-step paths looked at in one go: about 200 MB with all that is worked out from them.
_AT_ONCE = 1_000_000


@dataclass(frozen=True, eq=False)
class Triangles:
    """Some triangles of a network.

    Attributes
    ----------
    corners : three (t,) arrays of int
        Positions of the actors.
    opposite : three (t,) arrays of int
        The tie opposite to each corner.
    """

    corners: tuple[Integers, Integers, Integers]
    opposite: tuple[Integers, Integers, Integers]

    def end(self, start: int, stop: int, low: Integers) -> Integers:
        """The tie between two corners as seen from the first: its number, plus m if seen from its higher side."""
        tie = self.opposite[3 - start - stop]
        return np.where(low[tie] == self.corners[start], tie, tie + len(low))


@dataclass(frozen=True, eq=False)
class UpwardTies:
    """Ties turned towards the better connected side, so that even the hub of a star has few to look at.

    No actor then has more than sqrt(2 m) of them.

    Attributes
    ----------
    n : int
        Actors.
    low, high : (m,) array of int
        The two sides of each tie.

    Sources
    -------
    N. Chiba and T. Nishizeki, SIAM Journal on Computing 14, 1985.
    """

    n: int
    low: Integers
    high: Integers

    @cached_property
    def _sorted(self) -> tuple[Integers, Integers, Integers]:
        """Start, stop and number of each tie, by start and then by stop."""
        degree = np.bincount(self.low, minlength=self.n) + np.bincount(self.high, minlength=self.n)
        rank = np.empty(self.n, dtype=np.int64)
        rank[np.argsort(degree, kind="stable")] = np.arange(self.n)
        upward = rank[self.low] < rank[self.high]
        start, stop = np.where(upward, self.low, self.high), np.where(upward, self.high, self.low)
        order = np.argsort(start * self.n + stop)
        return start[order], stop[order], order

    @cached_property
    def _begins(self) -> Integers:
        """Where the ties of each actor begin among the sorted ones, and after the last where they end."""
        return np.searchsorted(self._sorted[0], np.arange(self.n + 1)).astype(np.int64)

    @cached_property
    def _onward(self) -> Integers:
        """Two-step paths up to the end of each sorted tie."""
        lengths = np.diff(self._begins)[self._sorted[1]]
        return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)

    @property
    def two_step_paths(self) -> int:
        """How many there are to look at."""
        return int(self._onward[-1])

    def triangles(self) -> Iterator[Triangles]:
        """Every triangle once, some at a time.

        Examples
        --------
        >>> ties = UpwardTies(4, np.array([0, 0, 1, 2]), np.array([1, 2, 2, 3]))
        >>> [sorted(int(corner[0]) for corner in found.corners) for found in ties.triangles()]
        [[0, 1, 2]]
        """
        m = len(self.low)
        start, stop, order = self._sorted
        onward, begin = self._onward, 0
        key = start * self.n + stop
        while begin < m:
            finish = max(int(np.searchsorted(onward, onward[begin] + _AT_ONCE, side="right")) - 1, begin + 1)
            count = np.diff(onward[begin : finish + 1])
            first = np.repeat(np.arange(begin, finish), count)
            second = np.arange(len(first)) - np.repeat(onward[begin:finish] - onward[begin], count)
            second += np.repeat(self._begins[stop[begin:finish]], count)
            wanted = start[first] * self.n + stop[second]
            third = np.minimum(np.searchsorted(key, wanted), m - 1)
            closed = key[third] == wanted
            first, second, third = first[closed], second[closed], third[closed]
            begin = finish
            if len(first):
                corners = (start[first], stop[first], stop[second])
                yield Triangles(corners, (order[second], order[third], order[first]))
