"""The words of a question: who may share them, what may stand in them, and where they are kept."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NoReturn

from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField, QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import get_language

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.tenancy.scope import current_coalition_id, fence_value

from .blanks import Blank, Hole

#: Sets of words that one process keeps for one question: coalitions times kinds of seats.
MOST = 500
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")
IDS = ("seat_id", "organization_id", "person_id")

#: The SQL, and its values with holes among them; None where there can be no rows.
Words = tuple[str, tuple[Any, ...]] | None


class NotFixed(TypeError):
    """The words of a question depended on something that is different the next time."""


def kind_of(actor: Actor, connection: Any) -> tuple[Any, ...]:
    """What of an actor may stay in words: their roles, and which ids they have at all."""
    if actor.coalition_id != current_coalition_id():
        raise ValueError("An actor asks inside their own coalition.")
    return actor.roles, *(getattr(actor, name) is None for name in IDS), *where(connection)


def nobody(actor: Actor) -> Any:
    """An actor of this kind, whose ids are blanks."""
    blanks = {name: Blank(name, BigIntegerField()) for name in IDS if getattr(actor, name) is not None}
    return replace(actor, **blanks)  # type: ignore[arg-type]


def values_of(actor: Actor) -> dict[str, Any]:
    return {"now": now(), **{name: getattr(actor, name) for name in IDS}}


def where(connection: Any) -> tuple[Any, ...]:
    """What words may hold besides ids: the coalition, the day, the language of a label, the kind of database."""
    return fence_value(), localdate(), get_language(), connection.vendor


def kept_or(kept: dict[tuple[Any, ...], Any], key: tuple[Any, ...], write: Callable[[], Any]) -> Any:
    found = kept.get(key, kept)  # another thread may take it out at any moment
    if found is not kept:
        return found
    if len(kept) >= MOST:
        for old in list(kept)[: MOST // 2]:
            kept.pop(old, None)
    return kept.setdefault(key, write())


def filled(parts: tuple[Any, ...], values: dict[str, Any], connection: Any) -> tuple[Any, ...]:
    """The values of a question as they go to the database."""
    return tuple([part.filled(values, connection) if isinstance(part, Hole) else part for part in parts])


def words_of(rows: QuerySet, connection: Any, compiler: Any = None) -> Words:
    compiler = compiler or rows.query.get_compiler(connection=connection)
    try:
        sql, parts = compiler.as_sql(with_col_aliases=True)
    except EmptyResultSet:
        return None
    for part in parts:
        if _is_moment(part) or not isinstance(part, Hole | str | int | float | date):
            raise NotFixed(f"These words hold a value that changes: {part!r}.")
    return sql, tuple(parts)


def _is_moment(part: Any) -> bool:
    """PostgreSQL is given moments as such, SQLite as text."""
    return isinstance(part, datetime) or (isinstance(part, str) and bool(MOMENT.match(part)))


def refuse(*_about: Any) -> NoReturn:
    raise NotFixed("While a question is written, no other may be asked: its answer would stay in the words.")
