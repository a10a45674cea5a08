"""The life of a negotiation, what terms must be, and when two clashes make a trade. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

#: What the best options of a party, one of each issue, are worth together; and how far rounding may lead off.
FULL, ROUNDING = Decimal(100), Decimal(1)
#: More is a table that nobody can overlook, and a search that nobody can wait for.
MOST_ISSUES, MOST_OPTIONS, MOST_PARTIES = 12, 10, 30
#: An agreement that names no day is looked at again after half a year.
LOOK_AGAIN_DAYS = 182


class NegotiationState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PROPOSED = "proposed"
    AGREED = "agreed"
    NO_DEAL = "no deal"
    REVIEWED = "reviewed"


#: Packages on the table may be taken off again, when a party tells the mediator something new.
NEGOTIATION_STEPS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"open"}),
    "open": frozenset({"proposed", "no deal"}),
    "proposed": frozenset({"open", "agreed", "no deal"}),
    "agreed": frozenset({"reviewed"}),
    "no deal": frozenset({"reviewed"}),
    "reviewed": frozenset(),
}


class UnfitTerms(ValueError):
    """Terms that cannot be counted: what is wrong, and for the total how much there is."""

    def __init__(self, what: str, found: Decimal = Decimal(0)) -> None:
        super().__init__(what)
        self.what, self.found = what, found


def check_terms(
    options: Mapping[int, Collection[int]],
    points: Mapping[int, Decimal],
    walk_away: Decimal | None,
    red_lines: Collection[int] = (),
) -> None:
    """Refuse terms that cannot be counted.

    Parameters
    ----------
    options
        For each issue, its options.
    points
        For each option, what it is worth; the best of each issue are 100 together, give or take one.
    walk_away
        What no deal is worth, from 0 to 100.
    red_lines
        Options that cannot be accepted.

    Examples
    --------
    >>> hours, noise = [1, 2], [3, 4]
    >>> told = {1: Decimal(70), 2: Decimal(0), 3: Decimal(30), 4: Decimal(10)}
    >>> check_terms({1: hours, 2: noise}, told, Decimal(20))
    >>> check_terms({1: hours, 2: noise}, {**told, 1: Decimal(60)}, Decimal(20))
    Traceback (most recent call last):
        ...
    manyhands.practice.alignment.compromise.rules.UnfitTerms: total
    >>> check_terms({1: hours, 2: noise}, told, None)
    Traceback (most recent call last):
        ...
    manyhands.practice.alignment.compromise.rules.UnfitTerms: no walk-away
    >>> check_terms({1: hours, 2: noise}, told, Decimal(20), red_lines=[3, 4])
    Traceback (most recent call last):
        ...
    manyhands.practice.alignment.compromise.rules.UnfitTerms: everything is a red line
    """
    known = {option for own in options.values() for option in own}
    if set(points) != known or not set(red_lines) <= known:
        raise UnfitTerms("options")
    if any(not value.is_finite() or value < 0 for value in points.values()):
        raise UnfitTerms("negative")
    total = best_total(options, points)
    if abs(total - FULL) > ROUNDING:
        raise UnfitTerms("total", total)
    if walk_away is None:
        raise UnfitTerms("no walk-away")
    if not walk_away.is_finite() or walk_away < 0:
        raise UnfitTerms("negative walk-away")
    if walk_away > total:
        raise UnfitTerms("high walk-away", total)
    if any(set(own) <= set(red_lines) for own in options.values()):
        raise UnfitTerms("everything is a red line")


def best_total(options: Mapping[int, Collection[int]], points: Mapping[int, Decimal]) -> Decimal:
    """What the best options are worth together, one of each issue."""
    return sum((max(points[option] for option in own) for own in options.values()), Decimal(0))


@dataclass(frozen=True)
class Side:
    """What one priority is to one member: above zero it serves it, below zero it gets in its way; 1 to 3."""

    priority: int
    organization: int
    weight: int


@dataclass(frozen=True)
class Trade:
    """Two members could give way to each other: each where it matters less to it."""

    one: int
    other: int
    one_gives: int
    other_gives: int


def trades(sides: Iterable[Side]) -> list[Trade]:
    """Pairs of clashing priorities in which two members could trade.

    Two members stand on opposite sides of two priorities. They can trade if the first cares more about one of them
    and the second more about the other: each gives way where it cares less.

    Examples
    --------
    Shops want long hours very much and mind a quiet street a little; for the homes it is the other way round:

    >>> shops, homes, hours, quiet = 1, 2, 10, 20
    >>> trades([Side(hours, shops, 3), Side(hours, homes, -1), Side(quiet, shops, -1), Side(quiet, homes, 3)])
    [Trade(one=1, other=2, one_gives=20, other_gives=10)]

    Both care most about the same thing, so there is nothing to trade:

    >>> trades([Side(hours, shops, 3), Side(hours, homes, -3), Side(quiet, shops, -1), Side(quiet, homes, 1)])
    []
    """
    by_member: dict[int, dict[int, int]] = {}
    for side in sides:
        by_member.setdefault(side.organization, {})[side.priority] = side.weight
    found = []
    for one, other in combinations(sorted(by_member), 2):
        mine, theirs = by_member[one], by_member[other]
        apart = sorted(p for p in mine.keys() & theirs.keys() if mine[p] * theirs[p] < 0)
        for a, b in combinations(apart, 2):
            one_prefers = abs(mine[a]) - abs(mine[b])
            other_prefers = abs(theirs[a]) - abs(theirs[b])
            if one_prefers * other_prefers < 0:
                wanted, given = (a, b) if one_prefers > 0 else (b, a)
                found.append(Trade(one, other, one_gives=given, other_gives=wanted))
    return found
