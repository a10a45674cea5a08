"""Who approves what, what each candidate costs, and how much there is to share out: exact numbers only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm

from manyhands.analysis.tables import BadInput

#: What a number may be given as. A float is taken as its shortest decimal: 0.1 is one tenth.
Number = int | float | str | Fraction


def exact(value: Number, what: str) -> Fraction:
    """The number as a fraction.

    Raises
    ------
    BadInput
        If it is no finite number, or is below zero. ``what`` begins the sentence.

    Examples
    --------
    >>> exact(0.1, "A cost"), exact("2/3", "A cost")
    (Fraction(1, 10), Fraction(2, 3))
    """
    try:
        number = value if isinstance(value, Fraction) else Fraction(str(value).strip())
    except (ValueError, ZeroDivisionError):
        raise BadInput(f"{what} must be a number, not {str(value)[:40]!r}.") from None
    if number < 0:
        raise BadInput(f"{what} must not be below zero, but is {str(value)[:40]}.")
    return number


@dataclass(frozen=True)
class Group:
    """Voters with the same ballot, whom every rule treats as one.

    Attributes
    ----------
    approves : tuple of int
        Positions of candidates, ascending.
    weight : int
        Of all of them together, in units of ``Ballots.weight_unit``.
    voters : tuple of int
        Their positions.
    """

    approves: tuple[int, ...]
    weight: int
    voters: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Ballots:
    """Approval ballots, with costs and a budget or a number of seats.

    Attributes
    ----------
    candidates : tuple of str
        In the stated order: of two that are equal in everything, the earlier one goes first.
    costs : tuple of Fraction
        1 for each if a number is to be chosen.
    budget : Fraction
        What all costs together must not exceed; the number of seats if each costs 1.
    voters : tuple of str
        Names, or numbers from 1.
    approvals : tuple of frozenset of int
        Positions of the candidates that each voter approves.
    weights : tuple of Fraction
        1 for each unless given.
    points : tuple of Fraction or None
        The total each candidate got, if people gave points or ranks; used by the plain vote only.

    See Also
    --------
    approval_ballots : makes and checks it.
    """

    candidates: tuple[str, ...]
    costs: tuple[Fraction, ...]
    budget: Fraction
    voters: tuple[str, ...]
    approvals: tuple[frozenset[int], ...]
    weights: tuple[Fraction, ...]
    points: tuple[Fraction, ...] | None = None

    def __repr__(self) -> str:
        return f"Ballots({len(self.voters)} voters, {len(self.candidates)} candidates, budget {self.budget})"

    @property
    def all_cost_the_same(self) -> bool:
        """Whether this is a choice of a number, not of projects with costs."""
        return len(set(self.costs)) <= 1

    @cached_property
    def money_unit(self) -> int:
        """One divided by this is the finest amount: costs and budget times it are whole."""
        return lcm(*(cost.denominator for cost in self.costs), self.budget.denominator)

    @cached_property
    def weight_unit(self) -> int:
        """One divided by this is the finest weight."""
        return lcm(*(weight.denominator for weight in self.weights))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Voters by ballot, in order of their first voter; empty ballots and weights of zero included."""
        found: dict[frozenset[int], list[int]] = {}
        for voter, ballot in enumerate(self.approvals):
            found.setdefault(ballot, []).append(voter)
        unit = self.weight_unit
        return tuple(
            Group(tuple(sorted(ballot)), sum(int(self.weights[voter] * unit) for voter in voters), tuple(voters))
            for ballot, voters in found.items()
        )

    def total_weight(self, count_empty: bool) -> int:
        """Weight of all who share the budget, in units of ``weight_unit``."""
        return sum(group.weight for group in self.groups if group.approves or count_empty)

    def support(self, candidate: int) -> Fraction:
        """Weight of the voters who approve a candidate."""
        together = sum(group.weight for group in self.groups if candidate in group.approves)
        return Fraction(together, self.weight_unit)

    def cost_of(self, chosen: Iterable[int]) -> Fraction:
        """What these candidates cost together."""
        return sum((self.costs[each] for each in chosen), Fraction(0))

    def served(self, chosen: Collection[int]) -> tuple[int, ...]:
        """How many of the chosen each voter approves."""
        wanted = frozenset(chosen)
        return tuple(len(ballot & wanted) for ballot in self.approvals)

    def position(self, name: str) -> int:
        """Where a candidate stands in the stated order.

        Raises
        ------
        BadInput
            If there is no such candidate.
        """
        try:
            return self.candidates.index(name)
        except ValueError:
            raise BadInput(f"There is no candidate {name[:60]!r}.") from None

    def with_budget(self, budget: Number) -> Ballots:
        """The same ballots with another budget, or another number to choose."""
        return replace(self, budget=exact(budget, "The budget"))

    def in_order(self, names: Sequence[str]) -> Ballots:
        """The same with another stated order; candidates not named follow in the old order.

        Examples
        --------
        >>> approval_ballots([["a"], ["b"]], 1, candidates=["a", "b", "c"]).in_order(["c"]).candidates
        ('c', 'a', 'b')
        """
        if len(set(names)) < len(names):
            raise BadInput("The order of candidates names one of them more than once.")
        first = [self.position(name) for name in names]
        order = first + [at for at in range(len(self.candidates)) if at not in set(first)]
        place = {old: new for new, old in enumerate(order)}
        return replace(
            self,
            candidates=tuple(self.candidates[old] for old in order),
            costs=tuple(self.costs[old] for old in order),
            approvals=tuple(frozenset(place[old] for old in ballot) for ballot in self.approvals),
            points=None if self.points is None else tuple(self.points[old] for old in order),
        )


def approval_ballots(
    approvals: Sequence[Iterable[str]],
    budget: Number,
    *,
    candidates: Sequence[str] | None = None,
    costs: Sequence[Number] | None = None,
    weights: Sequence[Number] | None = None,
    voters: Sequence[str] | None = None,
    points: Sequence[Number] | None = None,
) -> Ballots:
    """Check ballots and make them ready to count.

    Parameters
    ----------
    approvals : sequence of iterables of str
        What each voter approves. An empty ballot is kept.
    budget : number
        How many to choose; with ``costs``, how much may be spent.
    candidates : sequence of str, optional
        In the order that decides ties. Without it: as they first appear.
    costs, points : sequences of number, optional
        One for each candidate.
    weights : sequence of number, optional
        One for each voter; 1 each if not given.
    voters : sequence of str, optional
        Names; numbers from 1 if not given.

    Returns
    -------
    Ballots

    Raises
    ------
    BadInput
        If there is no voter or no candidate; if a name comes twice or is unknown; if lengths differ; if
        a number is negative or no number; if more are to be chosen than there are.

    Examples
    --------
    >>> approval_ballots(["ab", "ac", "b"], 2)
    Ballots(3 voters, 3 candidates, budget 2)
    """
    given = [list(ballot) for ballot in approvals]
    names = list(candidates) if candidates is not None else list(dict.fromkeys(name for own in given for name in own))
    if not given:
        raise BadInput("There are no ballots.")
    if not names:
        raise BadInput("There is nothing to choose from.")
    place = {name: at for at, name in enumerate(names)}
    if len(place) < len(names):
        raise BadInput("Two candidates have the same name.")
    for kind, values, number in (("cost", costs, len(names)), ("weight", weights, len(given))):
        if values is not None and len(values) != number:
            raise BadInput(f"There are {len(values)} {kind}s, but there must be {number}.")
    if voters is not None and len(voters) != len(given):
        raise BadInput(f"There are {len(voters)} names of voters, but {len(given)} ballots.")
    ballots = tuple(_ballot(own, place, at) for at, own in enumerate(given, start=1))
    total = exact(budget, "The budget")
    if costs is None and (total.denominator != 1 or total > len(names)):
        raise BadInput(f"{total} cannot be chosen out of {len(names)}.")
    weight = tuple(exact(each, "A weight") for each in weights or [1] * len(given))
    if not sum(weight):
        raise BadInput("All voters have weight zero.")
    return Ballots(
        tuple(names),
        tuple(exact(each, "A cost") for each in costs or [1] * len(names)),
        total,
        tuple(voters or map(str, range(1, len(given) + 1))),
        ballots,
        weight,
        None if points is None else tuple(exact(each, "A score") for each in points),
    )


def _ballot(own: Sequence[str], place: dict[str, int], voter: int) -> frozenset[int]:
    for name in own:
        if name not in place:
            raise BadInput(f"Ballot {voter} approves {str(name)[:40]!r}, which is not a candidate.")
    if len(set(own)) < len(own):
        raise BadInput(f"Ballot {voter} approves the same candidate more than once.")
    return frozenset(place[name] for name in own)
