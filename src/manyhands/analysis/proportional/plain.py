"""The plain vote, to compare with: what most people want, again and again, until there is no room."""

from __future__ import annotations

from collections.abc import Iterable

from manyhands.analysis.proportional.ballots import Ballots


def plain_vote(ballots: Ballots, *, must_haves: Iterable[int] = (), already: Iterable[int] = ()) -> tuple[int, ...]:
    """Take candidates by support, each that still fits the budget.

    With costs this is the rule most cities use for participatory budgeting ("greedy"). Where people gave
    points or ranks and the file tells the totals, those count instead of the number of approvals.

    Returns
    -------
    tuple of int
        In the order taken. Candidates that nobody approves are never taken.

    Examples
    --------
    Six of ten get everything:

    >>> from manyhands.analysis.proportional.ballots import approval_ballots
    >>> asked = approval_ballots(["ab"] * 6 + ["cd"] * 4, 2)
    >>> [asked.candidates[each] for each in plain_vote(asked)]
    ['a', 'b']
    """
    taken = set(must_haves) | set(already)
    left = ballots.budget - ballots.cost_of(taken)
    support = list(ballots.points) if ballots.points else [ballots.support(at) for at in range(len(ballots.candidates))]
    found: list[int] = []
    for candidate in sorted(range(len(support)), key=lambda at: (-support[at], at)):
        if support[candidate] and candidate not in taken and ballots.costs[candidate] <= left:
            found.append(candidate)
            left -= ballots.costs[candidate]
    return tuple(found)
