"""Whom to invite next: the set of candidates that together add most."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from manyhands.analysis.coverage.best_set import best_value
from manyhands.analysis.coverage.value import PARTS, Someone, Value, Wanted, Weights, check
from manyhands.analysis.identifiers import natural_order
from manyhands.analysis.tables import BadInput

METHOD = "invite next 1"
#: Up to this many candidates that differ the best set is worked out too, to say how near the choice is.
EXACT_UP_TO = 20
#: Less than this is nothing: what is left of sums of floats.
_NOTHING = 1e-12


@dataclass(frozen=True)
class Pick:
    """One candidate to invite, and what it adds to those chosen before it.

    Attributes
    ----------
    id : str
    gain : float
        What it adds, 0 to 1; the sum of the four parts.
    coverage, reach, assets, warmth : float
        The parts, weights included.
    first_voice_in, second_voice_in : tuple of (str, str)
        Sector and place of the fields where it would be the first or second to speak; one of the two is
        empty if only one list is looked at.
    newly_reaches : tuple of str
        Constituencies that nobody reaches yet.
    newly_brings : tuple of str
        Assets that nobody brings yet.
    path : float or None
        Warmth of the best path to it; None if there is none.
    """

    id: str
    gain: float
    coverage: float
    reach: float
    assets: float
    warmth: float
    first_voice_in: tuple[tuple[str, str], ...]
    second_voice_in: tuple[tuple[str, str], ...]
    newly_reaches: tuple[str, ...]
    newly_brings: tuple[str, ...]
    path: float | None


@dataclass(frozen=True)
class Invitations:
    """Whom to invite next.

    Attributes
    ----------
    picks : tuple of Pick
        In the order in which they were chosen; fewer than the capacity if nobody else would add anything.
    capacity : int
    considered : int
        Candidates among whom was chosen.
    left_out : int
        Candidates marked "not now" or "never".
    value : float
        What the picks add together.
    at_least : float
        Share of the best possible value that the picks are sure to reach: never below 1 - 1/e, 63 %.
    best : float or None
        The best possible value, where it was worked out: up to twenty candidates that differ.
    weights : Weights
    """

    picks: tuple[Pick, ...]
    capacity: int
    considered: int
    left_out: int
    value: float
    at_least: float
    best: float | None
    weights: Weights
    method: str = METHOD

    @property
    def share_of_best(self) -> float | None:
        """Value over best possible value, 1 if nothing can be added; None where the best is not known."""
        if self.best is None:
            return None
        return 1.0 if self.best <= _NOTHING else min(self.value / self.best, 1.0)


def invite_next(
    members: Sequence[Someone],
    candidates: Sequence[Someone],
    wanted: Wanted,
    capacity: int,
    *,
    weights: Weights | None = None,
    not_now: Collection[str] = (),
    never: Collection[str] = (),
) -> Invitations:
    r"""Choose whom to invite so that the set as a whole adds most, not each by itself.

    The candidate that adds most to those already chosen is taken, again and again. As the value is monotone
    and submodular (`value`), the choice is worth at least :math:`1 - (1 - 1/k)^k \geq 1 - 1/e` of the best
    possible set of *k*. Candidates who add equally much are taken in natural order of their ids.

    Parameters
    ----------
    members : sequence of Someone
        Those who are there; what they give is not counted again.
    candidates : sequence of Someone
    wanted : Wanted
    capacity : int
        How many invitations can be looked after, 0 or more.
    weights : Weights, optional
    not_now, never : collection of str
        Ids that are not to be invited. They are not in the answer in any form but their number.

    Returns
    -------
    Invitations

    Raises
    ------
    BadInput
        If someone is there twice, the capacity is below 0, or a weight or warmth is out of range.

    Notes
    -----
    The value knows only what was declared and chosen as wanted. That somebody adds nothing new is no reason
    not to invite them; and whom one invites remains a decision of people.

    Examples
    --------
    Two clinics are alike; after the first, the union adds more than the second:

    >>> people = [
    ...     Someone("Clinic A", sectors=["health"], assets=["rooms"]),
    ...     Someone("Clinic B", sectors=["health"], assets=["rooms"]),
    ...     Someone("Union", sectors=["work"]),
    ... ]
    >>> wanted = Wanted(sectors=["health", "work", "youth"], assets=["rooms"])
    >>> found = invite_next([], people, wanted, 2)
    >>> [pick.id for pick in found.picks], found.picks[1].first_voice_in
    (['Clinic A', 'Union'], (('work', ''),))
    >>> found.share_of_best
    1.0

    Sources
    -------
    G. L. Nemhauser, L. A. Wolsey and M. L. Fisher, Mathematical Programming 14, 1978 (the guarantee);
    M. Minoux, Optimization Techniques, 1978 (looking again only where it can matter); J. Leskovec and
    others, KDD 2007 (the bound from the data).
    """
    if capacity < 0:
        raise BadInput("The number of invitations must be 0 or more.")
    used = weights or Weights()
    shut = {*not_now, *never}
    there = [each for each in candidates if each.id not in shut]
    order = natural_order(np.array([each.id for each in there], dtype=np.str_)).tolist()
    check(members, there)
    eligible = _no_more_alike_than(capacity, [there[at] for at in order])
    value = Value(members, eligible, wanted, used, capacity)
    chosen = greedy(value, capacity)
    picks, counts, total = [], value.now.copy(), 0.0
    for at in chosen:
        picks.append(_pick(value, eligible[at], at, counts))
        counts[value.gives[at]] += 1
        total += picks[-1].gain
    best = best_value(value, capacity, at_least=total) if len(eligible) <= EXACT_UP_TO else None
    return Invitations(
        picks=tuple(picks),
        capacity=capacity,
        considered=len(there),
        left_out=len(candidates) - len(there),
        value=total,
        at_least=_at_least(value, chosen, capacity, total),
        best=best,
        weights=used,
    )


def _no_more_alike_than(number: int, candidates: Sequence[Someone]) -> list[Someone]:
    """The first so many of those who give exactly the same on an equally warm path.

    No set of that size can hold more of them, and one is as good as another; so leaving the others out changes
    neither what is chosen nor what the best set is worth. A long list mostly consists of few kinds.
    """
    taken: Counter[Hashable] = Counter()
    kept = []
    for who in candidates:
        given = (who.sectors, who.places, who.constituencies, who.assets)
        kind = (*map(frozenset, given), who.warmth or 0.0)
        if taken[kind] < number:
            taken[kind] += 1
            kept.append(who)
    return kept


def greedy(value: Value, capacity: int) -> list[int]:
    """Positions of the candidates taken, each the one that adds most to those before; equal ones by position.

    What a candidate adds only shrinks as others are taken. So its last known gain is a ceiling, and whoever
    stays on top after a second look is the one to take, whatever the others would add now.
    """
    counts = value.now.copy()
    queue = [(-round(value.gain(at, counts), 12), at, 0) for at in range(len(value.gives))]
    heapq.heapify(queue)
    chosen: list[int] = []
    while queue and len(chosen) < capacity:
        loss, at, looked = heapq.heappop(queue)
        if -loss <= _NOTHING:
            break
        if looked < len(chosen):
            heapq.heappush(queue, (-round(value.gain(at, counts), 12), at, len(chosen)))
            continue
        chosen.append(at)
        counts[value.gives[at]] += 1
    return chosen


def _at_least(value: Value, chosen: Sequence[int], capacity: int, total: float) -> float:
    """The better of two bounds: the one that always holds, and the one these candidates allow.

    No set can add more than what was chosen and, on top of it, the largest gains that are left.
    """
    always = 1 - (1 - 1 / capacity) ** capacity if capacity else 1.0
    counts, taken = value.counts(chosen), set(chosen)
    left = (value.gain(at, counts) for at in range(len(value.gives)) if at not in taken)
    ceiling = total + math.fsum(heapq.nlargest(capacity, left))
    return max(always, total / ceiling) if ceiling > _NOTHING else 1.0


def _pick(value: Value, who: Someone, at: int, counts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Pick:
    parts = dict(zip(PARTS, value.gains(at, counts).tolist(), strict=True))
    new: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for element in value.gives[at].tolist():
        kind, name, other = value.elements[element]
        new.setdefault((kind, int(counts[element])), []).append((name, other))
    return Pick(
        id=who.id,
        gain=math.fsum(parts.values()),
        **parts,
        first_voice_in=tuple(new.get(("coverage", 0), ())),
        second_voice_in=tuple(new.get(("coverage", 1), ())),
        newly_reaches=tuple(name for name, _ in new.get(("reach", 0), ())),
        newly_brings=tuple(name for name, _ in new.get(("assets", 0), ())),
        path=who.warmth,
    )
