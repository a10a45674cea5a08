"""Who gives what for what, measured from what each party would have chosen alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from manyhands.analysis.packages.negotiation import Negotiation, Package, Party


@dataclass(frozen=True)
class Concession:
    """One party gives way to another on one issue.

    Attributes
    ----------
    issue : int
    costs : Fraction
        Points that the party which gives way loses against its favourite option.
    brings : Fraction
        Points that the other gains, against that same option.
    """

    issue: int
    costs: Fraction
    brings: Fraction


@dataclass(frozen=True)
class Exchange:
    """Two parties that give way to each other.

    Attributes
    ----------
    one, other : int
        Parties.
    one_gives, other_gives : tuple of Concession
        Neither is empty; what the other wants most comes first.
    """

    one: int
    other: int
    one_gives: tuple[Concession, ...]
    other_gives: tuple[Concession, ...]


def favourites(party: Party) -> tuple[int, ...]:
    """The option worth most to a party on each issue; the first of equal ones. Its own red lines are out."""
    found = []
    for issue, own in enumerate(party.points):
        open_to = [at for at in range(len(own)) if (issue, at) not in party.red_lines] or list(range(len(own)))
        found.append(max(open_to, key=lambda at: (own[at], -at)))
    return tuple(found)


def concessions(asked: Negotiation, package: Package, giving: int, getting: int) -> tuple[Concession, ...]:
    """Where one party loses against its favourite and the other is better off than with that favourite."""
    giver, getter = asked.parties[giving], asked.parties[getting]
    wanted = favourites(giver)
    found = []
    for issue, option in enumerate(package.options):
        costs = giver.points[issue][wanted[issue]] - giver.points[issue][option]
        brings = getter.points[issue][option] - getter.points[issue][wanted[issue]]
        if costs > 0 and brings > 0:
            found.append(Concession(issue, costs, brings))
    return tuple(sorted(found, key=lambda each: (-each.brings, each.issue)))


def exchanges(asked: Negotiation, package: Package) -> tuple[Exchange, ...]:
    """Every pair of parties in which both give way to the other on something.

    Examples
    --------
    >>> from manyhands.analysis.packages.negotiation import Terms, negotiation
    >>> asked = negotiation(
    ...     {"hours": ["long", "short"], "noise": ["loud", "quiet"]},
    ...     {
    ...         "shops": Terms({"hours": {"long": 80, "short": 0}, "noise": {"loud": 20, "quiet": 0}}),
    ...         "homes": Terms({"hours": {"long": 0, "short": 30}, "noise": {"loud": 0, "quiet": 70}}),
    ...     },
    ... )
    >>> [found] = exchanges(asked, asked.package([0, 1]))
    >>> [(asked.issues[each.issue].name, int(each.costs), int(each.brings)) for each in found.one_gives]
    [('noise', 20, 70)]
    >>> [(asked.issues[each.issue].name, int(each.costs), int(each.brings)) for each in found.other_gives]
    [('hours', 30, 80)]
    """
    found = []
    for one in range(len(asked.parties)):
        for other in range(one + 1, len(asked.parties)):
            gives = concessions(asked, package, one, other)
            gets = concessions(asked, package, other, one)
            if gives and gets:
                found.append(Exchange(one, other, gives, gets))
    return tuple(found)
