"""Is a like-minded group left with less than it is owed?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.proportional.ballots import Ballots
from manyhands.analysis.suppression import LOWEST, SMALLEST_SHOWN

#: Sets of candidates that the search for a group looks at before it gives up.
MOST_NODES = 50_000
_MOST_EXACT = 2**61


@dataclass(frozen=True)
class LeftOut:
    """The largest group that agrees on something, is large enough to afford it, and has less.

    Attributes
    ----------
    agree_on : tuple of int
        All candidates that everyone in the group approves.
    owed : int
        How many of them the group could buy with its own part of the budget.
    most_served : int
        How many of the chosen the best served of them approves: fewer than ``owed``.
    weight : Fraction
        Of the group.
    members : tuple of int or None
        Positions of the voters; None if they are too few to be shown.
    people : int or None
        How many voters; None if they are too few to be shown.
    """

    agree_on: tuple[int, ...]
    owed: int
    most_served: int
    weight: Fraction
    members: tuple[int, ...] | None
    people: int | None


@dataclass(frozen=True)
class Audit:
    """Whether a choice does justice to every like-minded group.

    Attributes
    ----------
    jr : bool or None
        Justified representation: no group that could buy a candidate it agrees on is left with nothing.
    ejr : bool or None
        Extended: no group that could buy l of them is left with fewer than l for each of its members.
        None if the search was cut off before it found a group: then it is not known.
    left_out : LeftOut or None
        The largest group found that speaks against it.
    complete : bool
        Whether every group was looked at. If not, there may be a larger one.
    """

    jr: bool | None
    ejr: bool | None
    left_out: LeftOut | None
    complete: bool


def audit(
    ballots: Ballots,
    chosen: Collection[int],
    *,
    count_empty: bool = False,
    smallest_shown: int = SMALLEST_SHOWN,
    most_nodes: int = MOST_NODES,
) -> Audit:
    r"""Look for the largest group that is owed more than it got.

    A group *S* is owed *l* if all of it approve some set *T* of *l* candidates and its part of the budget
    pays for them: :math:`w(S)/w(N) \cdot B \ge c(T)`. It is left out if none of its members approves *l*
    of the chosen. With the same cost for all this is extended justified representation (Aziz et al. 2017).

    Parameters
    ----------
    ballots : Ballots
    chosen : collection of int
    count_empty : bool
        Whether those who approve nothing count among all, as for the rule that was used.
    smallest_shown : int
        Groups of fewer voters are not named; 0 where voters are organizations that vote in the open.
    most_nodes : int
        How many sets *T* to look at.

    Returns
    -------
    Audit
        Of equally large groups the one that is owed more; then the one that agrees on earlier candidates.

    Raises
    ------
    ValueError
        If ``smallest_shown`` is 1 or 2.

    Examples
    --------
    Sixty want a to e, forty want v to z. The plain vote gives all five seats to the sixty:

    >>> from manyhands.analysis.proportional.ballots import approval_ballots
    >>> asked = approval_ballots(["abcde"] * 60 + ["vwxyz"] * 40, 5)
    >>> found = audit(asked, range(5)).left_out
    >>> found.people, found.owed, found.most_served, found.members[0]
    (40, 2, 0, 60)
    """
    if 0 < smallest_shown < LOWEST:
        raise ValueError(f"fewer than {LOWEST} people may never be shown")
    search = _Search(ballots, frozenset(chosen), ballots.total_weight(count_empty), most_nodes)
    complete = search.run()
    if search.best is None:
        return Audit(True if complete else None, True if complete else None, None, complete)
    weight, owed, at = search.best
    members = tuple(sorted(voter for group in at for voter in search.groups[group].voters))
    agree_on = set(search.groups[at[0]].approves).intersection(*(search.groups[each].approves for each in at))
    shown = len(members) >= smallest_shown
    jr = False if search.without_anything else (True if complete else None)
    return Audit(
        jr,
        False,
        LeftOut(
            tuple(sorted(agree_on)),
            owed,
            max(search.served[each] for each in at),
            Fraction(weight, ballots.weight_unit),
            members if shown else None,
            len(members) if shown else None,
        ),
        complete,
    )


class _Search:
    """Every set of candidates that enough voters agree on; adding to a set only ever loses voters."""

    def __init__(self, ballots: Ballots, chosen: frozenset[int], sharing: int, most_nodes: int) -> None:
        money = ballots.money_unit
        self.groups = [group for group in ballots.groups if group.weight and group.approves]
        self.served = [len(chosen.intersection(group.approves)) for group in self.groups]
        self.costs = [int(cost * money) for cost in ballots.costs]
        self.budget = int(ballots.budget * money)
        self.sharing = sharing
        kind = np.int64 if sum(group.weight for group in self.groups) < _MOST_EXACT else object
        self.weight = np.array([group.weight for group in self.groups], dtype=kind)
        self.have: NDArray[np.int64] = np.array(self.served, dtype=np.int64)
        self.approves = np.zeros((len(self.costs), len(self.groups)), dtype=bool)
        for at, group in enumerate(self.groups):
            self.approves[list(group.approves), at] = True
        self.nodes = most_nodes
        self.best: tuple[int, int, list[int]] | None = None
        self.without_anything = False

    def run(self) -> bool:
        """Look everywhere; False if it was cut off."""
        everyone = np.ones(len(self.groups), dtype=bool)
        # First single candidates: that settles whether a group has nothing at all.
        for candidate in range(len(self.costs)):
            backing = self.approves[candidate] & (self.have == 0)
            if self._enough(backing, self.costs[candidate]):
                self.without_anything = True
                self._note(backing, 1)
        return self._extend(everyone, 0, 0, 0)

    def _enough(self, backing: NDArray[np.bool_], cost: int) -> bool:
        return bool(backing.any()) and int(self.weight[backing].sum()) * self.budget >= cost * self.sharing

    def _note(self, backing: NDArray[np.bool_], owed: int) -> None:
        weight = int(self.weight[backing].sum())
        if self.best is None or (weight, owed) > self.best[:2]:
            self.best = (weight, owed, np.flatnonzero(backing).tolist())

    def _extend(self, backing: NDArray[np.bool_], size: int, cost: int, start: int) -> bool:
        for candidate in range(start, len(self.costs)):
            both = backing & self.approves[candidate]
            together = cost + self.costs[candidate]
            if not self._enough(both, together):
                continue
            if self.best is not None and int(self.weight[both].sum()) < self.best[0]:
                continue
            self.nodes -= 1
            if self.nodes < 0:
                return False
            wanting = both & (self.have < size + 1)
            if self._enough(wanting, together):
                self._note(wanting, size + 1)
            if not self._extend(both, size + 1, together, candidate + 1):
                return False
        return True
