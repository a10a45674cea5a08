"""Method of Equal Shares: everyone holds an equal part of the budget, and pays only for what they approve."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from manyhands.analysis.proportional.ballots import Ballots, Group


@dataclass(frozen=True)
class Purchase:
    """One candidate bought by those who approve it.

    Attributes
    ----------
    candidate : int
    price : Fraction
        The most that a supporter of weight 1 paid.
    per_satisfaction : Fraction
        The price for one unit of satisfaction, usually written ρ. The smallest is bought next.
    """

    candidate: int
    price: Fraction
    per_satisfaction: Fraction


@dataclass(frozen=True)
class Shares:
    """What Equal Shares bought by itself, and what each voter has left.

    Attributes
    ----------
    purchases : tuple of Purchase
        In the order bought.
    left : tuple of Fraction
        Money left, one for each voter.
    """

    purchases: tuple[Purchase, ...]
    left: tuple[Fraction, ...]


def equal_shares(
    ballots: Ballots,
    *,
    must_haves: Iterable[int] = (),
    by_money: bool = False,
    count_empty: bool = False,
) -> Shares:
    r"""Buy candidates until nobody's supporters can pay for one more.

    Every voter starts with the same part of the budget (of weight 2: twice that). A candidate of cost *c*
    is affordable at price *q* if its supporters, each paying *q* or all they have left, pay *c*:
    :math:`\sum_i w_i \min(b_i, q) = c`. The one with the lowest *q* per unit of satisfaction is bought.

    Parameters
    ----------
    ballots : Ballots
    must_haves : iterable of int
        Bought first, out of everyone's budget alike.
    by_money : bool
        Whether satisfaction with a candidate is its cost (usual where projects cost very different sums);
        otherwise each candidate counts 1.
    count_empty : bool
        Whether those who approve nothing hold a share too, which lowers everyone else's.

    Returns
    -------
    Shares
        It may stop with money left: that is no error, see :func:`~.choosing.choose` for completion.

    Notes
    -----
    All numbers are whole or fractions of whole numbers, so there is no rounding and a tie is a tie.
    Of equal prices the candidate that is earlier in the stated order is bought.

    Examples
    --------
    Example 2.12 of Lackner and Skowron: c is bought at 1/5, then a at 13/40.

    >>> from manyhands.analysis.proportional.ballots import approval_ballots
    >>> asked = approval_ballots(["cd"] * 3 + ["ab"] * 2 + ["ac"] * 2 + ["bd"], 3, candidates="abcd")
    >>> found = equal_shares(asked)
    >>> [(asked.candidates[each.candidate], str(each.price)) for each in found.purchases]
    [('c', '1/5'), ('a', '13/40')]
    >>> [str(left) for left in found.left]
    ['7/40', '7/40', '7/40', '1/20', '1/20', '0', '0', '3/8']
    """
    bought_first = set(must_haves)
    groups, unit, money = ballots.groups, ballots.weight_unit, ballots.money_unit
    costs = [int(cost * money) for cost in ballots.costs]
    to_share = int(ballots.budget * money) - sum(costs[each] for each in bought_first)
    sharing = ballots.total_weight(count_empty)
    # Amounts are whole numbers of which `finer` make one; `finer` grows so that they stay whole.
    finer = max(sharing, 1)
    amounts = [to_share if group.approves or count_empty else 0 for group in groups]
    supporters = _supporters(groups, len(costs))
    satisfaction = [cost if by_money else 1 for cost in costs]
    # A price never falls, because money only gets less: the last price known says whom to look at next.
    waiting = [
        (Fraction(0), candidate)
        for candidate in range(len(costs))
        if supporters[candidate] and costs[candidate] > 0 and candidate not in bought_first
    ]
    purchases: list[Purchase] = []
    for candidate in range(len(costs)):  # what costs nothing is bought by whoever wants it
        if costs[candidate] == 0 and supporters[candidate] and candidate not in bought_first:
            purchases.append(Purchase(candidate, Fraction(0), Fraction(0)))
    while waiting:
        _, candidate = heapq.heappop(waiting)
        holding = [(amounts[at], groups[at].weight) for at in supporters[candidate]]
        price = _price(holding, costs[candidate] * finer)
        if price is None:
            continue
        paid, payers = price
        each = Fraction(paid, payers * finer * satisfaction[candidate])
        if waiting and (each, candidate) > waiting[0]:
            heapq.heappush(waiting, (each, candidate))
            continue
        # The price is paid / (payers x finer): count in units that fine from now on.
        common = gcd(paid, payers)
        paid, payers = paid // common, payers // common
        if payers > 1:
            finer *= payers
            amounts = [amount * payers for amount in amounts]
        for at in supporters[candidate]:
            amounts[at] = max(0, amounts[at] - paid)
        true_price = Fraction(paid * unit, finer * money)
        worth = ballots.costs[candidate] if by_money else 1
        purchases.append(Purchase(candidate, true_price, true_price / worth))
    left = [Fraction(0)] * len(ballots.voters)
    for group, amount in zip(groups, amounts, strict=True):
        for voter in group.voters:
            left[voter] = Fraction(amount * unit, finer * money) * ballots.weights[voter]
    return Shares(tuple(purchases), tuple(left))


def _supporters(groups: Sequence[Group], candidates: int) -> list[list[int]]:
    """Positions of the groups that approve each candidate; weight zero cannot pay and is left out."""
    found: list[list[int]] = [[] for _ in range(candidates)]
    for at, group in enumerate(groups):
        if group.weight:
            for candidate in group.approves:
                found[candidate].append(at)
    return found


def _price(holding: list[tuple[int, int]], cost: int) -> tuple[int, int] | None:
    """What each supporter pays, as (paid, by how much weight), or None if they cannot afford it."""
    if sum(amount * weight for amount, weight in holding) < cost:
        return None
    holding.sort()
    payers = sum(weight for _, weight in holding)
    for amount, weight in holding:
        if amount * payers >= cost:  # this one and all richer ones can pay an equal part
            return cost, payers
        cost -= amount * weight
        payers -= weight
    raise AssertionError("those who can pay together were found unable to")  # pragma: no cover
