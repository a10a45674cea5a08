"""How large an agenda may be, and how counts of people are told so that nobody can be worked out. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["DEFAULT_SIZE", "MOST_PLACES", "MOST_TO_SPEND", "STEP", "WAYS", "Priced", "told_number"]

#: Ways of choosing, in the order in which they are shown. The first is the one to compare with.
WAYS = ("plain", "equal-shares", "pav", "phragmen")

#: A longer agenda is a list of everything.
MOST_PLACES = 20
DEFAULT_SIZE = 5

#: Counts are told in steps of so many people.
STEP = 5


#: More than any budget, and few enough signs for a page.
MOST_TO_SPEND = Decimal(999_999_999)


@dataclass(frozen=True)
class Priced:
    """What each of some things costs, how much there is in all, and what must be in."""

    budget: Decimal
    unit: str
    costs: Mapping[int, Decimal]
    must_haves: tuple[int, ...] = ()

    def spent(self, things: Iterable[int]) -> Decimal:
        return sum((self.costs[each] for each in things), Decimal(0))

    def amount(self, value: Decimal) -> str:
        """
        >>> hours = Priced(Decimal(40), "hours", {})
        >>> hours.amount(Decimal("40.00")), hours.amount(Decimal("2.50"))
        ('40 hours', '2.5 hours')
        """
        shown = f"{value:,f}"
        shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
        return f"{shown} {self.unit}".strip()


def told_number(count: int, of: int) -> int | None:
    """A count of people as it may be told: "at least so many", or None where nothing may be said.

    Rounded down to a whole step, and never so near to all who could be counted that it would say how the last few
    answered. Exact counts could be taken from each other, and from the counts beside each statement, until few are
    left: those who agree with one statement of an agenda and not with another, for instance.

    Parameters
    ----------
    count
        How many.
    of
        Among how many they were counted.

    Examples
    --------
    >>> told_number(40, 100), told_number(43, 100), told_number(98, 100), told_number(100, 100)
    (40, 40, 95, 95)
    >>> told_number(4, 100), told_number(9, 9), told_number(10, 10)
    (None, None, 5)
    """
    told = max(0, min(count, of - STEP)) // STEP * STEP
    return told or None
