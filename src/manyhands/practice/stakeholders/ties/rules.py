"""How ties are read: which way round, what two sides make together, how sure an introduction is. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..rules import folded

__all__ = [
    "APART",
    "HIGHEST_LEVEL",
    "LONG_AGO_DAYS",
    "SAVED",
    "STRONG",
    "Agreed",
    "agreed",
    "in_order",
    "is_long_ago",
    "is_symmetric",
    "labels",
    "numbered",
    "opens_doors",
    "sureness",
]

HIGHEST_LEVEL = 5
#: Two sides that are this far apart see different things, and that is worth a talk.
APART = 2
#: A tie that nobody has seen alive for so long is shown as such.
LONG_AGO_DAYS = 365
#: From here on the scale of 1 to 5 an actor counts as strong, or as caring.
STRONG = 3.0

#: Pages whose views can be saved, by their word in the address, and the parts of the address that a view remembers.
SAVED = {
    "network": ("kind", "level", "state", "q", "on", "actor", "from", "to", "avoid"),
    "allies": ("view", "q", "sector", "stance", "stage", "keeper", "sort", "chart", "target", "ally"),
}

_SYMMETRIC = frozenset({"works with", "knows", "opposes"})


def is_symmetric(kind: str) -> bool:
    """Is the tie the same from both ends?

    >>> is_symmetric("works with"), is_symmetric("funds")
    (True, False)
    """
    return kind in _SYMMETRIC


def opens_doors(kind: str) -> bool:
    """Could one side introduce us to the other? Those who stand against each other could not.

    >>> opens_doors("knows"), opens_doors("funds"), opens_doors("opposes")
    (True, True, False)
    """
    return kind != "opposes"


def in_order(one_id: int, other_id: int, kind: str) -> tuple[int, int]:
    """The two ends as they are kept: a tie that is the same from both ends is kept once, the smaller number first.

    >>> in_order(9, 4, "works with"), in_order(9, 4, "funds")
    ((4, 9), (9, 4))
    """
    return (other_id, one_id) if is_symmetric(kind) and other_id < one_id else (one_id, other_id)


@dataclass(frozen=True)
class Agreed:
    """What a tie counts as, with what each side has said."""

    state: str  # "claimed", "confirmed" or "disputed"
    level: int  # 0 to 5


def agreed(one: int | None, other: int | None, claimed: int) -> Agreed:
    """What two sides make together, each naming a level from 0 to 5, or None while it has said nothing.

    - Nobody of the two has spoken: the level that somebody claimed.
    - One has: what that side says. It is still a claim.
    - Both name the same level, or levels next to each other: confirmed. The lower one counts, for that much both
      vouch for.
    - They are two or more apart, or one says there is no contact at all: they see it differently. The lower counts.

    >>> agreed(None, None, 3), agreed(4, None, 3)
    (Agreed(state='claimed', level=3), Agreed(state='claimed', level=4))
    >>> agreed(3, 3, 1), agreed(3, 4, 1)
    (Agreed(state='confirmed', level=3), Agreed(state='confirmed', level=3))
    >>> agreed(1, 4, 1), agreed(0, 1, 1), agreed(0, 0, 3)
    (Agreed(state='disputed', level=1), Agreed(state='disputed', level=0), Agreed(state='confirmed', level=0))
    >>> agreed(6, 1, 1)
    Traceback (most recent call last):
        ...
    ValueError: A level runs from 0 to 5.
    """
    said = [level for level in (one, other) if level is not None]
    if any(not 0 <= level <= HIGHEST_LEVEL for level in [*said, claimed]):
        raise ValueError("A level runs from 0 to 5.")
    if len(said) < 2:
        return Agreed("claimed", said[0] if said else claimed)
    low, high = min(said), max(said)
    differ = high - low >= APART or (low == 0 < high)
    return Agreed("disputed" if differ else "confirmed", low)


def sureness(level: int) -> float:
    """How sure we are that one side would introduce us to the other, above 0 and at most 1: level over highest level.

    >>> sureness(5), sureness(2)
    (1.0, 0.4)
    """
    return level / HIGHEST_LEVEL


def is_long_ago(seen_on: date, today: date) -> bool:
    """Was the tie last seen alive more than a year ago?

    >>> is_long_ago(date(2024, 1, 1), date(2025, 6, 1)), is_long_ago(date(2025, 1, 1), date(2025, 6, 1))
    (True, False)
    """
    return (today - seen_on).days > LONG_AGO_DAYS


def labels(names: Mapping[int, str]) -> dict[int, str]:
    """What each is called in a file: its name, and its number where several bear the name.

    >>> labels({3: "Guild", 5: "GUILD", 9: "Clinic"})
    {3: 'Guild #3', 5: 'GUILD #5', 9: 'Clinic'}
    """
    bearers: dict[str, int] = {}
    for name in names.values():
        bearers[folded(name)] = bearers.get(folded(name), 0) + 1
    return {key: f"{name} #{key}" if bearers[folded(name)] > 1 else name for key, name in names.items()}


_NUMBERED = re.compile(r"(.+) #(\d{1,18})")


def numbered(label: str) -> tuple[str, int] | None:
    """The name and the number of a label that has one.

    >>> numbered("guild #3"), numbered("Local #12 of the union")
    (('guild', 3), None)
    """
    found = _NUMBERED.fullmatch(label)
    return (found[1], int(found[2])) if found else None
