"""The phases of a live round, and the code by which phones find it. Pure."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

__all__ = ["ANSWERS_WAIT", "HANDS", "LETTERS", "LIVE_STEPS", "new_code", "next_phase", "silent_until"]

#: Writing in silence comes first; "show" may go back to it once more.
LIVE_STEPS: Mapping[str, frozenset[str]] = {
    "silent": frozenset({"show"}),
    "show": frozenset({"silent", "respond"}),
    "respond": frozenset({"overlaps", "over"}),
    "overlaps": frozenset({"over"}),
    "over": frozenset(),
}
#: While people write and read together nobody answers yet.
ANSWERS_WAIT = frozenset({"silent", "show"})
#: What this room is called where hands go up.
HANDS = "live"
#: Without those that look alike when read aloud or from afar.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_code(taken: frozenset[str] = frozenset()) -> str:
    """Five letters and digits that no other live round here has. It only finds the page; one still has to sign in.

    >>> code = new_code()
    >>> len(code), set(code) <= set(LETTERS)
    (5, True)
    """
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(5))
        if code not in taken:
            return code


def next_phase(phase: str) -> str:
    """What comes after, on the usual way.

    >>> [next_phase(each) for each in ("silent", "show", "respond", "overlaps", "over")]
    ['show', 'respond', 'overlaps', 'over', '']
    """
    order = list(LIVE_STEPS)
    at = order.index(phase) + 1
    return order[at] if at < len(order) else ""


def silent_until(began: datetime, minutes: int) -> datetime:
    """When the silence is meant to end; nothing happens by itself then.

    >>> silent_until(datetime(2026, 3, 2, 19, 0), 5)
    datetime.datetime(2026, 3, 2, 19, 5)
    """
    return began + timedelta(minutes=minutes)
