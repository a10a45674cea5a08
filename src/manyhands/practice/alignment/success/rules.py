"""When a definition is asked for again, and how short and long stand to each other. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

#: Each member is asked once a year whether this is still what success means to it.
CONFIRM_AFTER = timedelta(days=365)
HORIZONS = ("short", "medium", "long")


def is_due(confirmed_on: date, today: date) -> bool:
    """Has nobody said for a year that this is still so?

    >>> is_due(date(2025, 3, 9), date(2026, 3, 9)), is_due(date(2025, 3, 10), date(2026, 3, 9))
    (True, False)
    """
    return confirmed_on + CONFIRM_AFTER <= today


@dataclass(frozen=True)
class Share:
    """One horizon: how many things it has, what part of all they are, and which members they serve."""

    horizon: str
    count: int
    percent: int | None
    members: list[int]


def balance(things: Iterable[tuple[str, Iterable[int]]]) -> list[Share]:
    """How short and long stand to each other, and whom each horizon serves.

    Parameters
    ----------
    things
        The horizon of each, and the members it serves.

    Returns
    -------
    list of Share
        Always short, medium, long. Percent is None while there is nothing at all.

    Examples
    --------
    >>> [(each.horizon, each.count, each.percent, each.members) for each in
    ...     balance([("short", [1, 2]), ("short", [2]), ("long", [3])])]
    [('short', 2, 67, [1, 2]), ('medium', 0, 0, []), ('long', 1, 33, [3])]
    >>> balance([])[0].percent is None
    True
    """
    rows = [(horizon, set(members)) for horizon, members in things]
    found = []
    for horizon in HORIZONS:
        own = [members for at, members in rows if at == horizon]
        percent = round(100 * len(own) / len(rows)) if rows else None
        found.append(Share(horizon, len(own), percent, sorted(set[int]().union(*own))))
    return found
