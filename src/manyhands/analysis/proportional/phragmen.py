"""Sequential Phragmén: everyone earns at the same speed, and a candidate is bought once its supporters can pay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from manyhands.analysis.proportional.ballots import Ballots


@dataclass(frozen=True)
class Load:
    """One candidate and the load at which it was bought: the money its supporters had earned by then."""

    candidate: int
    load: Fraction


def phragmen(
    ballots: Ballots,
    *,
    must_haves: Iterable[int] = (),
    already: Iterable[int] = (),
    money: Sequence[Fraction] | None = None,
) -> tuple[Load, ...]:
    r"""Choose one after the other, so that the heaviest load of a voter grows as slowly as can be.

    If voters with weights :math:`w_i` carry loads :math:`x_i`, buying candidate *c* would bring its
    supporters all to :math:`(c + \sum w_i x_i) / \sum w_i`. The candidate with the lowest is bought.

    Parameters
    ----------
    ballots : Ballots
    must_haves : iterable of int
        In already, charged to nobody.
    already : iterable of int
        Chosen before, for instance by Equal Shares.
    money : (voters,) sequence of Fraction, optional
        What each voter has left from before, which is a head start (a load below zero).

    Returns
    -------
    tuple of Load
        In the order bought, without those chosen before. A candidate that no longer fits the budget is
        passed over. Nobody's candidates are never bought.

    Examples
    --------
    >>> from manyhands.analysis.proportional.ballots import approval_ballots
    >>> asked = approval_ballots(["ab"] * 6 + ["c"] * 4, 2)
    >>> [(asked.candidates[each.candidate], str(each.load)) for each in phragmen(asked)]
    [('a', '1/6'), ('c', '1/4')]
    """
    taken = set(must_haves) | set(already)
    left = ballots.budget - ballots.cost_of(taken)
    unit = ballots.weight_unit
    groups = [group for group in ballots.groups if group.weight and group.approves]
    load = [Fraction(0)] * len(groups)
    if money is not None:
        # Voters with the same ballot have the same money for each unit of weight.
        for at, group in enumerate(groups):
            voter = next(each for each in group.voters if ballots.weights[each])
            load[at] = -money[voter] / ballots.weights[voter]
    carried = [Fraction(0)] * len(ballots.candidates)  # of all supporters together
    weight = [0] * len(ballots.candidates)
    supporters: list[list[int]] = [[] for _ in ballots.candidates]
    for at, group in enumerate(groups):
        for candidate in group.approves:
            supporters[candidate].append(at)
            weight[candidate] += group.weight
            carried[candidate] += load[at] * group.weight
    bought: list[Load] = []
    open_to = [each for each in range(len(ballots.candidates)) if weight[each] and each not in taken]
    while open_to := [each for each in open_to if ballots.costs[each] <= left]:
        reached = {each: (ballots.costs[each] * unit + carried[each]) / weight[each] for each in open_to}
        best = min(open_to, key=lambda each: (reached[each], each))
        for at in supporters[best]:
            more = (reached[best] - load[at]) * groups[at].weight
            load[at] = reached[best]
            for candidate in groups[at].approves:
                carried[candidate] += more
        bought.append(Load(best, reached[best]))
        left -= ballots.costs[best]
        open_to.remove(best)
    return tuple(bought)
