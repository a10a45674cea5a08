"""How many voices a concern has, as far as that may be told, and which comes first. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: As printed beside the ranking. See docs/methods/concern-voices.md.
METHOD = "concern voices 1"
#: Counts of people are told in steps of so many, and below it not at all.
STEP = 5


@dataclass(frozen=True)
class Voices:
    """Who shares a concern: organizations that told us, and people as far as they may be counted."""

    organizations: int = 0
    #: "At least so many": a whole step, or None where there are fewer than five or that is all that may be said.
    people: int | None = None

    @property
    def told(self) -> int:
        """What it is ranked by: nothing but what everybody reads."""
        return self.organizations + (self.people or 0)


def voices(*, organizations: int, persons: int, seats: int, seats_of: int, agreed: Sequence[int]) -> Voices:
    """How many share a concern, so that nobody is counted twice and no few can be worked out.

    Those who answer rounds may be those who sit here, and those who answered one round may have answered another. So
    of the counts from rounds and from the table only the largest is taken. It is told in whole steps of five, and of
    the table never so near to all that it would say who is not among them.

    Parameters
    ----------
    organizations
        How many organizations told us. They told it as such, and are named elsewhere.
    persons
        How many single persons told us.
    seats
        How many people at the table share it, of ``seats_of``.
    agreed
        For each statement of a closed round: how many at least agree, as its finding shows it.

    Examples
    --------
    >>> voices(organizations=2, persons=0, seats=3, seats_of=20, agreed=[])
    Voices(organizations=2, people=None)
    >>> voices(organizations=0, persons=1, seats=6, seats_of=20, agreed=[41, 12]).people
    40
    >>> voices(organizations=0, persons=0, seats=9, seats_of=10, agreed=[]).people
    5
    >>> voices(organizations=1, persons=0, seats=0, seats_of=20, agreed=[]).told
    1
    """
    table = max(0, min(seats, seats_of - STEP))
    known = persons + max([table, *agreed])
    told = known // STEP * STEP
    return Voices(organizations, told or None)


def agreed_at_least(groups: Sequence[Mapping[str, Any]]) -> int:
    """How many at least agree with a statement, from what its round's finding shows of each group of opinion.

    >>> agreed_at_least([{"seen": 40, "parts": [{"answers": ["agree"], "count": 30}], "mostly": "", "over": 0},
    ...                  {"seen": 20, "parts": [], "mostly": "agree", "over": 80},
    ...                  {"seen": None, "parts": [], "mostly": "", "over": 0}])
    46
    """
    least = 0
    for group in groups:
        exact = [part["count"] for part in group["parts"] if list(part["answers"]) == ["agree"]]
        if exact:
            least += int(exact[0])
        elif group["seen"] and group["mostly"] == "agree":
            least += int(group["seen"]) * int(group["over"]) // 100
    return least
