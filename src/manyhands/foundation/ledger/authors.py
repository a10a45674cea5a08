"""Whose names stand in the book. The ledger keeps ids; the room that knows seats lends the names."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

AuthorNames = Callable[[list[int] | None], QuerySet]
_names: list[AuthorNames] = []
SOMEONE = _("Someone who left")


def register_author_names(names: AuthorNames) -> None:
    """Called once: ``names([4, 7])`` are rows such as ``(4, "Amina, Parents of Linden")``, of all seats for ``None``.

    Runs inside a coalition. The rows are a question not asked yet, so that a page can ask it with others.
    """
    if names not in _names:
        _names.append(names)


def author_rows(seat_ids: list[int] | None = None) -> list[QuerySet]:
    """The questions what to call these seats now; everyone who ever sat here without ids."""
    return [names(seat_ids) for names in _names]


def author_names(seat_ids: list[int] | None = None) -> dict[int, str]:
    """What to call these seats now; everyone who ever sat here without ids."""
    return {seat_id: name for rows in author_rows(seat_ids) for seat_id, name in rows}


AllNames = Callable[[], dict[str, dict[int, str]]]
_all: list[AllNames] = []


def register_all_names(names: AllNames) -> None:
    """Called once by the room that can name several kinds of fact in one query: ``{"seat_id": {4: …}, …}``.

    For pages that need everyone's name anyway, such as the book with its filter by author.
    """
    if names not in _all:
        _all.append(names)


def all_names() -> dict[str, dict[int, str]]:
    """Every name there is, by fact; ``seat_id`` is always among them."""
    known = {fact: found for names in _all for fact, found in names().items()}
    return known if "seat_id" in known else {**known, "seat_id": author_names()}
