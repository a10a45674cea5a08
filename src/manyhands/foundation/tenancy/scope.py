"""Which coalition are we inside? No answer, no data."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: A coalition's id, EVERYWHERE for the few places that must look over all of them, or None.
_inside: ContextVar[int | str | None] = ContextVar("coalition_id", default=None)

EVERYWHERE = "*"


class NoCoalition(RuntimeError):
    """Coalition data was asked for without saying which coalition."""


@contextmanager
def inside(coalition_id: int) -> Iterator[None]:
    """Answer every question asked in this block for one coalition only.

    >>> with inside(4):
    ...     current_coalition_id()
    4
    >>> current_coalition_id()
    Traceback (most recent call last):
        ...
    manyhands.foundation.tenancy.scope.NoCoalition: Wrap this in `with inside(coalition_id):`.
    """
    if not isinstance(coalition_id, int):
        raise TypeError(f"A coalition is entered by its id, not by {coalition_id!r}.")
    token = _inside.set(coalition_id)
    try:
        yield
    finally:
        _inside.reset(token)


@contextmanager
def everywhere(why: str) -> Iterator[None]:
    """Look over all coalitions, for a stated reason. Only ``all_coalitions`` answers here, never ``objects``.

    For the house's own work: finding a person's seats, delivering the ledger. An architecture test lists who may.
    """
    if not why:
        raise ValueError("Say why all coalitions must be read.")
    token = _inside.set(EVERYWHERE)
    try:
        yield
    finally:
        _inside.reset(token)


def current_coalition_id() -> int:
    """The coalition we are inside.

    Raises
    ------
    NoCoalition
        Outside ``inside(...)``.
    """
    coalition_id = _inside.get()
    if not isinstance(coalition_id, int):
        raise NoCoalition("Wrap this in `with inside(coalition_id):`.")
    return coalition_id


def coalition_id_or_none() -> int | None:
    """The coalition we are inside, or None; for logs and for jobs that belong to the house itself."""
    coalition_id = _inside.get()
    return coalition_id if isinstance(coalition_id, int) else None


def fence_value() -> str:
    """What the database is told: an id, ``*`` for all, or nothing, which shows nothing."""
    value = _inside.get()
    return "" if value is None else str(value)
