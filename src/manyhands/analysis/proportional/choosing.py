"""One function for all methods, and one answer: what is chosen, whom it serves, and who is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from manyhands.analysis.proportional.audit import Audit, audit
from manyhands.analysis.proportional.ballots import Ballots
from manyhands.analysis.proportional.equal_shares import Shares, equal_shares
from manyhands.analysis.proportional.pav import best_by_pav, pav_score, sequential_pav
from manyhands.analysis.proportional.phragmen import phragmen
from manyhands.analysis.proportional.plain import plain_vote
from manyhands.analysis.suppression import SMALLEST_SHOWN
from manyhands.analysis.tables import BadInput

Method = Literal["equal-shares", "pav", "seq-pav", "phragmen", "plain"]
Completion = Literal["phragmen", "pav", "utilitarian", "none"]
METHODS: tuple[Method, ...] = get_args(Method)
COMPLETIONS: tuple[Completion, ...] = get_args(Completion)

#: Printed beside every answer. The number changes when the rule does.
NAMES: dict[Method, str] = {
    "equal-shares": "equal shares 1",
    "pav": "proportional approval voting 1",
    "seq-pav": "sequential proportional approval voting 1",
    "phragmen": "sequential Phragmén 1",
    "plain": "plain vote 1",
}
_COMPLETED: dict[Completion, str] = {
    "phragmen": ", completed by Phragmén",
    "pav": ", completed by sequential PAV",
    "utilitarian": ", completed by support",
    "none": "",
}


@dataclass(frozen=True)
class Step:
    """One candidate and why it is in.

    Attributes
    ----------
    candidate : int
    because : str
        "must have", "bought" (by Equal Shares), "completed", or the method.
    price : Fraction or None
        Equal Shares: the most a supporter of weight 1 paid. Phragmén: the load reached.
    """

    candidate: int
    because: str
    price: Fraction | None = None


@dataclass(frozen=True, eq=False)
class Choice:
    """What a method chose.

    Attributes
    ----------
    method : str
        Name, version and completion.
    ballots : Ballots
        What it was computed from, in the stated order.
    steps : tuple of Step
        In the order chosen, where the method has one.
    served : (voters,) tuple of int
        How many of the chosen each voter approves.
    score : Fraction
        The PAV score of the choice, whatever the method.
    audit : Audit
    shares : Shares or None
        For Equal Shares: prices and what each voter had left before completion.
    proved : bool or None
        For PAV: whether no choice has a higher score.
    """

    method: str
    ballots: Ballots
    steps: tuple[Step, ...]
    served: tuple[int, ...]
    score: Fraction
    audit: Audit
    shares: Shares | None = None
    proved: bool | None = None

    @property
    def positions(self) -> tuple[int, ...]:
        """The chosen candidates as positions, ascending."""
        return tuple(sorted(step.candidate for step in self.steps))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen candidates, in the stated order."""
        return tuple(self.ballots.candidates[at] for at in self.positions)

    @property
    def left_out(self) -> tuple[str, ...]:
        """All others, in the stated order."""
        taken = set(self.positions)
        return tuple(name for at, name in enumerate(self.ballots.candidates) if at not in taken)

    @property
    def spent(self) -> Fraction:
        """What the chosen cost together; their number if each costs 1."""
        return self.ballots.cost_of(self.positions)


def choose(
    ballots: Ballots,
    method: Method = "equal-shares",
    *,
    completion: Completion = "phragmen",
    must_haves: Sequence[str] = (),
    by_money: bool | None = None,
    count_empty: bool = False,
    smallest_shown: int = SMALLEST_SHOWN,
) -> Choice:
    """Choose goals, agenda items or projects, and say who is left with less than they are owed.

    Parameters
    ----------
    ballots : Ballots
    method : {"equal-shares", "pav", "seq-pav", "phragmen", "plain"}
    completion : {"phragmen", "pav", "utilitarian", "none"}
        What fills up the choice where Equal Shares stops early: Phragmén starting from the money left,
        sequential PAV, or what has most support.
    must_haves : sequence of str
        In whatever the ballots say. Everyone pays for them alike; what is left is shared out.
    by_money : bool, optional
        For Equal Shares, see :func:`equal_shares`. Without it: only where costs differ.
    count_empty : bool
        Whether those who approve nothing hold a share that nobody can use. Without it they are as if absent.
    smallest_shown : int
        Groups of fewer voters are not named in the audit.

    Returns
    -------
    Choice

    Raises
    ------
    BadInput
        If there is no such method, a must-have is unknown, or the must-haves alone exceed the budget.

    Examples
    --------
    >>> from manyhands.analysis.proportional.ballots import approval_ballots
    >>> asked = approval_ballots(["cd"] * 3 + ["ab"] * 2 + ["ac"] * 2 + ["bd"], 3, candidates="abcd")
    >>> found = choose(asked, "equal-shares")
    >>> found.method, found.chosen, found.left_out
    ('equal shares 1, completed by Phragmén', ('a', 'c', 'd'), ('b',))
    """
    if method not in METHODS:
        raise BadInput(f"There is no method {method!r}; there are {', '.join(METHODS)}.")
    if completion not in COMPLETIONS:
        raise BadInput(f"There is no completion {completion!r}; there are {', '.join(COMPLETIONS)}.")
    fixed = tuple(dict.fromkeys(ballots.position(name) for name in must_haves))
    if ballots.cost_of(fixed) > ballots.budget:
        raise BadInput(f"What must be in costs {ballots.cost_of(fixed)}, but there is only {ballots.budget}.")
    steps = [Step(each, "must have") for each in fixed]
    name, shares, proved = NAMES[method], None, None
    if method == "equal-shares":
        if by_money is None:
            by_money = not ballots.all_cost_the_same
        shares = equal_shares(ballots, must_haves=fixed, by_money=by_money, count_empty=count_empty)
        steps += [Step(each.candidate, "bought", each.price) for each in shares.purchases]
        completed = _completed(ballots, completion, [step.candidate for step in steps], shares)
        steps += completed
        name += (", satisfaction by cost" if by_money else "") + _COMPLETED[completion]
    elif method == "pav":
        best = best_by_pav(ballots, must_haves=fixed)
        steps += [Step(each, method) for each in best.chosen if each not in fixed]
        proved = best.proved
    elif method == "seq-pav":
        steps += [Step(each, method) for each in sequential_pav(ballots, must_haves=fixed)]
    elif method == "phragmen":
        steps += [Step(each.candidate, method, each.load) for each in phragmen(ballots, must_haves=fixed)]
    else:
        steps += [Step(each, method) for each in plain_vote(ballots, must_haves=fixed)]
    chosen = [step.candidate for step in steps]
    return Choice(
        name,
        ballots,
        tuple(steps),
        ballots.served(chosen),
        pav_score(ballots, chosen),
        audit(ballots, chosen, count_empty=count_empty, smallest_shown=smallest_shown),
        shares,
        proved,
    )


def _completed(ballots: Ballots, completion: Completion, taken: list[int], shares: Shares) -> list[Step]:
    if completion == "phragmen":
        found = phragmen(ballots, already=taken, money=shares.left)
        return [Step(each.candidate, "completed", each.load) for each in found]
    if completion == "pav":
        return [Step(each, "completed") for each in sequential_pav(ballots, already=taken)]
    if completion == "utilitarian":
        return [Step(each, "completed") for each in plain_vote(ballots, already=taken)]
    return []
