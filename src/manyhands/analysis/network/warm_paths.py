r"""Warm paths: through whom to reach someone, along ties that people have agreed to vouch for.

A tie's strength is how sure we are that one would introduce us to the other, above 0 and at most 1. A chain
is as warm as the product of its ties, so that one weak tie cools it all:

.. math:: \text{warmth} = \prod_i w_i

The warmest chain is the shortest where a tie is :math:`-\ln w` long.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import igraph
import numpy as np

from manyhands.analysis.network.ties import Flags, Ties
from manyhands.analysis.tables import BadInput

METHOD = "warm path 1"
#: Added to the length of each tie, so that of two equally warm chains the one with fewer people wins.
_A_STEP = 1e-9


class NoPath(StrEnum):
    """Why there is no chain. Nobody is named: who has not agreed is nobody's business."""

    UNCONNECTED = "unconnected"
    NOT_AGREED = "only through people who have not agreed"
    AVOIDED = "only through people to avoid"


@dataclass(frozen=True)
class Introduction:
    """One chain of introductions.

    Attributes
    ----------
    chain : tuple of str
        From one of ours to the target, both included.
    warmth : float
        Product of the strengths along it, above 0 and at most 1; 1 if the target is one of ours.
    weakest : tuple of str or None
        The two sides of the weakest tie, the first of several; None if the chain has no tie.
    """

    chain: tuple[str, ...]
    warmth: float
    weakest: tuple[str, str] | None

    @property
    def through(self) -> tuple[str, ...]:
        """Those in between, in order."""
        return self.chain[1:-1]


@dataclass(frozen=True)
class Introductions:
    """The chains to one actor, the warmest first.

    Attributes
    ----------
    target : str
    chains : tuple of Introduction
        Empty if there is none.
    reason : NoPath or None
        Why there is none.
    without : tuple of (str, Introduction or None)
        For each one in between on the warmest chain, the warmest that avoids that person; None if there
        is none.
    """

    target: str
    chains: tuple[Introduction, ...]
    reason: NoPath | None
    without: tuple[tuple[str, Introduction | None], ...]
    method: str = METHOD

    @property
    def best(self) -> Introduction | None:
        """The warmest."""
        return self.chains[0] if self.chains else None


def introductions(
    ties: Ties,
    starts: Collection[str],
    target: str,
    *,
    agreed: Collection[str] | None = None,
    avoid: Collection[str] = (),
    number: int = 3,
) -> Introductions:
    """The warmest chains of introductions from any of ours to one actor.

    Parameters
    ----------
    ties : Ties
        With strengths above 0 and at most 1. Directed ties are walked from source to target.
    starts : collection of str
        Ours: those we can ask at once. They need no consent.
    target : str
        Whom to reach. Needs no consent to be named: its name is what was asked for.
    agreed : collection of str, optional
        Those who agreed to be shown on a path; only they stand in between. Without it everyone agreed.
    avoid : collection of str
        Those not to go through, nor to start from.
    number : int
        Chains at most; none goes through the same actor twice.

    Returns
    -------
    Introductions
        Equally warm chains stand with the shorter first.

    Raises
    ------
    BadInput
        If a strength is above 1, an actor is unknown, or the target is to be avoided.

    Examples
    --------
    >>> ties = Ties.between(["us", "us", "b", "a", "c"], ["a", "b", "c", "t", "t"], [0.9, 0.9, 0.9, 0.5, 0.8])
    >>> found = introductions(ties, ["us"], "t")
    >>> [(chain.chain, round(chain.warmth, 3)) for chain in found.chains]
    [(('us', 'b', 'c', 't'), 0.648), (('us', 'a', 't'), 0.45)]
    >>> introductions(ties, ["us"], "t", agreed=["b"]).reason
    <NoPath.NOT_AGREED: 'only through people who have not agreed'>

    Sources
    -------
    E. W. Dijkstra, Numerische Mathematik 1, 1959; J. Y. Yen, Management Science 17, 1971.
    """
    if len(ties) and ties.weight.max() > 1:
        raise BadInput("A strength above 1 cannot be part of a warm path; divide levels by the highest level.")
    goal = ties.position(target)
    ours = {ties.position(each) for each in starts}
    shunned = {ties.position(each) for each in avoid}
    if goal in shunned:
        raise BadInput(f"{target!r} cannot be both reached and avoided.")
    willing = np.ones(len(ties.actors), dtype=bool)
    if agreed is not None:
        willing[:] = False
        willing[[ties.position(each) for each in agreed]] = True
    ours -= shunned
    if goal in ours:
        return Introductions(target, (Introduction((str(ties.actors[goal]),), 1.0, None),), None, ())
    walk = _Walk(ties, ours, goal)
    chains = walk.warmest(_open(willing, shunned), number)
    if not chains:
        return Introductions(target, (), _reason(walk, willing, shunned), ())
    without = []
    for between in chains[0].through:
        others = walk.warmest(_open(willing, shunned | {ties.position(between)}), 1)
        without.append((between, others[0] if others else None))
    return Introductions(target, tuple(chains), None, tuple(without))


def _open(willing: Flags, shunned: Collection[int]) -> Flags:
    """Who may stand in between."""
    may = willing.copy()
    may[list(shunned)] = False
    return may


def _reason(walk: _Walk, willing: Flags, shunned: Collection[int]) -> NoPath:
    """What would have to change for there to be a chain."""
    if walk.warmest(_open(np.ones_like(willing), shunned), 1):
        return NoPath.NOT_AGREED
    if shunned and walk.warmest(np.ones_like(willing), 1):
        return NoPath.AVOIDED
    return NoPath.UNCONNECTED


@dataclass(frozen=True, eq=False)
class _Walk:
    """Looking for chains from any of ours to one actor."""

    ties: Ties
    ours: set[int]
    goal: int

    def warmest(self, may: Flags, number: int) -> list[Introduction]:
        """The warmest chains whose middle is allowed; a further actor, tied to all of ours, is where they begin."""
        if not self.ours or number < 1:
            return []
        n = len(self.ties.actors)
        is_ours = np.zeros(n, dtype=bool)
        is_ours[list(self.ours)] = True
        # A chain never leads through the target or back through ours, so such ties are left out.
        source, target = self.ties.source, self.ties.target
        if not self.ties.is_directed:
            source, target = np.concatenate([source, target]), np.concatenate([target, source])
        weight = np.resize(self.ties.weight, len(source))
        starts = (may | is_ours)[source] & (source != self.goal)
        ends = (target == self.goal) | (may & ~is_ours)[target]
        kept = starts & ends
        source, target, weight = source[kept], target[kept], weight[kept]
        doors = np.array(sorted(self.ours), dtype=np.int64)
        pairs = np.column_stack([np.append(source, np.full(len(doors), n)), np.append(target, doors)])
        length = np.append(-np.log(weight) + _A_STEP, np.zeros(len(doors)))
        graph = igraph.Graph(n=n + 1, edges=pairs, directed=True)
        if not math.isfinite(graph.distances(n, self.goal)[0][0]):
            return []
        found = graph.get_k_shortest_paths(n, to=self.goal, k=number, weights=length.tolist())
        strength = {(int(a), int(b)): float(w) for a, b, w in zip(source, target, weight, strict=True)}
        chains = [self._chain([int(each) for each in path[1:]], strength) for path in found]
        return sorted(chains, key=lambda each: (-round(each.warmth, 12), len(each.chain), each.chain))

    def _chain(self, path: Sequence[int], strength: dict[tuple[int, int], float]) -> Introduction:
        steps = list(pairwise(path))
        weakest = min(steps, key=lambda step: strength[step])
        names = self.ties.actors
        return Introduction(
            chain=tuple(str(names[each]) for each in path),
            warmth=math.prod(strength[step] for step in steps),
            weakest=(str(names[weakest[0]]), str(names[weakest[1]])),
        )
