"""The best set of invitations, by looking at all that could be it: for few candidates only."""

from __future__ import annotations

import numpy as np

from manyhands.analysis.coverage.value import Integers, Value


def best_value(value: Value, capacity: int, *, at_least: float = 0.0) -> float:
    """Largest value of any set of so many candidates.

    Every set is looked at, save those that cannot be better than the best found so far: what the candidates
    still to come add together is at most the sum of their largest gains now.

    Parameters
    ----------
    at_least : float
        A value that some set is known to have.
    """
    order = sorted(range(len(value.gives)), key=lambda at: -value.gain(at, value.now))
    best = at_least

    def look(start: int, left: int, counts: Integers, total: float) -> None:
        nonlocal best
        best = max(best, total)
        rest = order[start:]
        if not left or not rest:
            return
        gains = np.array([value.gain(at, counts) for at in rest])
        for step, at in enumerate(rest):
            others = np.sort(gains[step:])[::-1][:left]
            if total + others.sum() <= best + 1e-12:
                return
            counts[value.gives[at]] += 1
            look(start + step + 1, left - 1, counts, total + float(gains[step]))
            counts[value.gives[at]] -= 1

    look(0, capacity, value.now.copy(), 0.0)
    return best
