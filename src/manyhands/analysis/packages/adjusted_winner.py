"""Adjusted Winner: two parties divide issues so that both get the same, and at most one is split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from manyhands.analysis.packages.negotiation import FULL, ROUNDING, Number, number
from manyhands.analysis.tables import BadInput

#: Printed beside every answer. The number changes when the rule does.
METHOD = "adjusted winner 1"


@dataclass(frozen=True)
class Division:
    """Who gets what.

    Attributes
    ----------
    method : str
    parties : (str, str)
    items : tuple of str
    shares : tuple of Fraction
        What the first party gets of each; the rest is the other's. At most one is neither 0 nor 1.
    points : (Fraction, Fraction)
        What each gets, of 100. Equal.
    split : str or None
        The item that has to be divided or shared.
    """

    method: str
    parties: tuple[str, str]
    items: tuple[str, ...]
    shares: tuple[Fraction, ...]
    points: tuple[Fraction, Fraction]
    split: str | None


def adjusted_winner(points: Mapping[str, Mapping[str, Number]]) -> Division:
    """Divide items between two parties so that both are equally well off.

    Everything goes to whoever gives it more points. Then the party that has more hands items over, first
    the one where its points are smallest against the other's, until both have the same.

    Parameters
    ----------
    points : dict
        For each of the two parties, points by item, 100 in all give or take one; stretched to 100 exactly.

    Returns
    -------
    Division
        Envy-free, equitable and efficient if both told the truth (Brams and Taylor 1996).

    Raises
    ------
    BadInput
        If there are not two parties, they do not speak of the same items, a number is negative or none, or
        points do not add up to 100.

    Notes
    -----
    An item worth the same to both goes first to the party that is named first. Equal ratios: the earlier
    item moves first. An item that nobody wants goes to the second party.

    Examples
    --------
    >>> found = adjusted_winner({"ann": {"house": 70, "boat": 30}, "ben": {"house": 50, "boat": 50}})
    >>> [str(share) for share in found.shares], found.split, [str(each) for each in found.points]
    (['5/6', '0'], 'house', ['175/3', '175/3'])
    """
    if len(points) != 2:
        raise BadInput(f"Adjusted Winner is for two parties, not {len(points)}.")
    names = tuple(points)
    items = tuple(points[names[0]])
    for name in names:
        odd = set(points[name]) ^ set(items)
        if odd or not items:
            raise BadInput(f"Both parties must give points to the same items; see {min(odd, default='')[:60]!r}.")
    mine, yours = (_hundred(name, points[name], items) for name in names)
    shares = [Fraction(int(one >= other and one > 0)) for one, other in zip(mine, yours, strict=True)]
    totals = [_total(mine, shares), _total(yours, [1 - share for share in shares])]
    leader = 0 if totals[0] >= totals[1] else 1
    ahead, behind = (mine, yours) if leader == 0 else (yours, mine)
    held = [at for at in range(len(items)) if shares[at] == 1 - leader and ahead[at] > 0]
    gap = totals[leader] - totals[1 - leader]
    split = None
    for at in sorted(held, key=lambda at: (_ratio(ahead[at], behind[at]), at)):
        if gap <= 0:
            break
        moved = min(Fraction(1), gap / (ahead[at] + behind[at]))
        shares[at] += moved if leader else -moved
        gap -= moved * (ahead[at] + behind[at])
        split = items[at] if moved < 1 else None
    ends = (_total(mine, shares), _total(yours, [1 - share for share in shares]))
    return Division(METHOD, (names[0], names[1]), items, tuple(shares), ends, split)


def _hundred(name: str, told: Mapping[str, Number], items: tuple[str, ...]) -> list[Fraction]:
    own = [number(told[item], f"What {name} gives to {item[:60]!r}") for item in items]
    total = sum(own, Fraction(0))
    if abs(total - FULL) > ROUNDING:
        raise BadInput(f"The points of {name} must add up to 100, but add up to {float(total):g}.")
    return [value * FULL / total for value in own]


def _total(own: list[Fraction], shares: list[Fraction]) -> Fraction:
    return sum((value * share for value, share in zip(own, shares, strict=True)), Fraction(0))


def _ratio(ahead: Fraction, behind: Fraction) -> tuple[int, Fraction]:
    """How much more it is worth to the one who has it; last of all what the other does not want."""
    return (0, ahead / behind) if behind else (1, ahead)
