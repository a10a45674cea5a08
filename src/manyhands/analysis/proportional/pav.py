"""Proportional approval voting: a voter's second success counts half, the third a third, and so on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.proportional.ballots import Ballots, Group
from manyhands.analysis.proportional.pav_solver import solve_with_milp

#: Branch and bound looks at this many part choices before it hands over to mixed-integer programming.
MOST_NODES = 20_000
#: Ballots times candidates times part choices: with very many ballots, fewer part choices are looked at.
MOST_WORK = 2_000_000_000
_MOST_EXACT = 2**61


@dataclass(frozen=True)
class Optimum:
    """The best choice found, and whether nothing better can exist.

    Attributes
    ----------
    chosen : tuple of int
        Ascending.
    proved : bool
        False if the search was cut off: then there may be a better one.
    """

    chosen: tuple[int, ...]
    proved: bool


def pav_score(ballots: Ballots, chosen: Collection[int]) -> Fraction:
    r"""The sum over voters of :math:`w_i (1 + 1/2 + \dots + 1/s_i)`, where *s* is how many each is served.

    Examples
    --------
    Lackner and Skowron's running example.

    >>> from manyhands.analysis.proportional.ballots import approval_ballots
    >>> asked = approval_ballots(["ab"] * 3 + ["ac"] * 3 + ["ad"] * 2 + ["bcf", "e", "f", "g"], 4)
    >>> str(pav_score(asked, [asked.position(name) for name in "abcf"]))
    '83/6'
    """
    wanted = frozenset(chosen)
    score = Fraction(0)
    for group in ballots.groups:
        served = len(wanted.intersection(group.approves))
        score += group.weight * sum((Fraction(1, place) for place in range(1, served + 1)), Fraction(0))
    return score / ballots.weight_unit


def sequential_pav(ballots: Ballots, *, must_haves: Iterable[int] = (), already: Iterable[int] = ()) -> tuple[int, ...]:
    """Add, one after the other, the candidate that raises the PAV score most for what it costs.

    Returns
    -------
    tuple of int
        In the order added. What no longer fits is passed over; what raises the score by nothing is left out.

    Examples
    --------
    >>> from manyhands.analysis.proportional.ballots import approval_ballots
    >>> asked = approval_ballots(["ab"] * 3 + ["ac"] * 3 + ["ad"] * 2 + ["bcf", "e", "f", "g"], 4)
    >>> [asked.candidates[each] for each in sequential_pav(asked)]
    ['a', 'b', 'c', 'f']
    """
    taken = set(must_haves) | set(already)
    left = ballots.budget - ballots.cost_of(taken)
    groups = _voting(ballots)
    served = [len(taken.intersection(group.approves)) for group in groups]
    finest = lcm(*range(1, max((len(group.approves) for group in groups), default=0) + 1))
    gain = [0] * len(ballots.candidates)
    supporters: list[list[int]] = [[] for _ in ballots.candidates]
    for at, group in enumerate(groups):
        for candidate in group.approves:
            supporters[candidate].append(at)
            gain[candidate] += group.weight * finest // (served[at] + 1)
    added: list[int] = []
    while True:
        fits = [at for at in range(len(gain)) if gain[at] and at not in taken and ballots.costs[at] <= left]
        if not fits:
            return tuple(added)
        best = min(fits, key=lambda at: (-_worth(gain[at], ballots.costs[at]), at))
        for at in supporters[best]:
            group = groups[at]
            less = group.weight * (finest // (served[at] + 1) - finest // (served[at] + 2))
            for candidate in group.approves:
                gain[candidate] -= less
            served[at] += 1
        added.append(best)
        taken.add(best)
        left -= ballots.costs[best]


def best_by_pav(ballots: Ballots, *, must_haves: Iterable[int] = (), most_nodes: int = MOST_NODES) -> Optimum:
    """The choice with the highest PAV score of all.

    Parameters
    ----------
    ballots : Ballots
    must_haves : iterable of int
        In the choice, whatever they do to the score.
    most_nodes : int
        How long to search by branch and bound, in whole numbers, before HiGHS takes over.

    Returns
    -------
    Optimum
        By branch and bound: of equal choices the one that comes first in the stated order. By HiGHS: one
        within a billionth of the best score; equal ones as it meets them, the same every time.

    Notes
    -----
    The score of a choice with more in it is at most the score now plus what each addition would gain now,
    because a gain never grows. That bounds every branch.

    Examples
    --------
    >>> from manyhands.analysis.proportional.ballots import approval_ballots
    >>> asked = approval_ballots(["ab"] * 3 + ["ac"] * 3 + ["ad"] * 2 + ["bcf", "e", "f", "g"], 4)
    >>> best = best_by_pav(asked)
    >>> [asked.candidates[each] for each in best.chosen], best.proved
    (['a', 'b', 'c', 'f'], True)
    """
    fixed = tuple(sorted(set(must_haves)))
    groups = _voting(ballots)
    sequential = tuple(sorted({*fixed, *sequential_pav(ballots, must_haves=fixed)}))
    if not groups:
        return Optimum(sequential, True)
    longest = max(len(group.approves) for group in groups)
    finest = lcm(*range(1, longest + 1))
    if finest * sum(group.weight for group in groups) * (longest + 1) < _MOST_EXACT:
        nodes = min(most_nodes, MOST_WORK // (len(groups) * len(ballots.candidates)))
        found = _Search(ballots, groups, fixed, sequential, finest, nodes).run()
        if found is not None:
            return Optimum(found, True)
    chosen, proved = solve_with_milp(ballots, groups, fixed)
    if chosen is None or pav_score(ballots, chosen) < pav_score(ballots, sequential):
        return Optimum(sequential, False)
    return Optimum(chosen, proved)


def _voting(ballots: Ballots) -> list[Group]:
    return [group for group in ballots.groups if group.weight and group.approves]


def _worth(gain: int, cost: Fraction) -> Fraction:
    """Gain for each unit of cost; what costs nothing is worth more than anything else."""
    return Fraction(gain) / cost if cost else Fraction(gain) * 10**30


class _Search:
    """Depth first, the earlier candidate in before it is out, so that the first best one found is kept."""

    def __init__(
        self,
        ballots: Ballots,
        groups: list[Group],
        fixed: tuple[int, ...],
        sequential: tuple[int, ...],
        finest: int,
        most_nodes: int,
    ) -> None:
        self.costs = [int(cost * ballots.money_unit) for cost in ballots.costs]
        self.same_cost = ballots.all_cost_the_same
        self.approves = np.zeros((len(ballots.candidates), len(groups)), dtype=np.int64)
        for at, group in enumerate(groups):
            self.approves[list(group.approves), at] = 1
        weight = np.array([group.weight for group in groups], dtype=np.int64)
        longest = int(self.approves.sum(axis=0).max(initial=0))
        # What one more is worth to each group, by how many it has: shape (longest + 1, groups).
        self.worth = np.array([[each * finest // (have + 1) for each in weight.tolist()] for have in range(longest)])
        self.worth = np.vstack([self.worth.reshape(-1, len(groups)), np.zeros((1, len(groups)), dtype=np.int64)])
        self.open = [at for at in range(len(self.costs)) if self.approves[at].any() and at not in set(fixed)]
        self.served = self.approves[list(fixed)].sum(axis=0)
        self.left = int(ballots.budget * ballots.money_unit) - sum(self.costs[at] for at in fixed)
        self.best: tuple[int, ...] | None = None
        self.in_now = list(fixed)
        start = int(pav_score(ballots, fixed) * finest * ballots.weight_unit)
        # One less than a score that is known to be reached, so that equal ones are still found.
        self.best_score = int(pav_score(ballots, sequential) * finest * ballots.weight_unit) - 1
        self.score = start
        self.nodes = most_nodes

    def run(self) -> tuple[int, ...] | None:
        """The best choice, or None if the search was cut off."""
        if not self.open:
            return tuple(sorted(self.in_now))
        return self.best if self._visit(0) else None

    def _visit(self, at: int) -> bool:
        self.nodes -= 1
        if self.nodes < 0:
            return False
        if self.score > self.best_score:
            self.best, self.best_score = tuple(sorted(self.in_now)), self.score
        rest = [each for each in self.open[at:] if self.costs[each] <= self.left]
        if not rest:
            return True
        now: NDArray[np.int64] = np.take_along_axis(self.worth, self.served[None, :], axis=0)[0]
        gains = self.approves[rest] @ now
        if self.score + self._most(rest, gains) <= self.best_score:
            return True
        first = rest[0]
        following = self.open.index(first, at) + 1
        gain = int(gains[0])
        self.served += self.approves[first]
        self.score += gain
        self.left -= self.costs[first]
        self.in_now.append(first)
        whole = self._visit(following)
        self.in_now.pop()
        self.left += self.costs[first]
        self.score -= gain
        self.served -= self.approves[first]
        return whole and self._visit(following)

    def _most(self, rest: list[int], gains: NDArray[np.int64]) -> int:
        """At most so much can be gained: the best gains that fit, the last of them in part."""
        if self.same_cost:
            cost = self.costs[rest[0]]
            room = len(rest) if cost == 0 else self.left // cost
            return int(np.sort(gains)[::-1][:room].sum())
        pairs = sorted(
            ((int(gain), self.costs[each]) for each, gain in zip(rest, gains, strict=True)),
            key=lambda pair: -(pair[0] / pair[1]) if pair[1] else float("-inf"),
        )
        left, most = self.left, 0
        for gain, cost in pairs:
            if cost > left:
                return most + -(-gain * left // cost)
            most += gain
            left -= cost
        return most
