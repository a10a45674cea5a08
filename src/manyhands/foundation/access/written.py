"""Questions of every page, written as SQL once and not at every asking.

Django writes a question's SQL anew each time it is asked. For the counts beside the rooms that took three times as long
as the answer (docs/decisions/0011-quick-pages.md). Here the words are kept and only who asks, and when, is filled in.
Nothing of an answer is kept.

    open_proposals = WrittenOnce(lambda actor, now: Proposal.objects.filter(closes_at__gt=now).values_list("pk"))
    open_proposals.ask(actor)

The function gets an actor whose ids are blanks, so no person's id can stay in the words. It runs for each coalition and
each set of roles once, may ask nothing itself, and may not leave a moment in the words; all of this is refused.
"""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NoReturn

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, DateTimeField, Expression, Field, QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import get_language

from manyhands.foundation.tenancy.scope import current_coalition_id, fence_value

from .asking import cursor_for_kept_words
from .rules import Actor

#: Sets of words that one process keeps for one question: coalitions times kinds of seats.
MOST = 500
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")
IDS = ("seat_id", "organization_id", "person_id")


class NotFixed(TypeError):
    """The words of a question depended on something that is different the next time."""


class Blank(Expression):
    """A place in a question where a value is filled in when it is asked."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (_Hole(self.name, self.output_field),)


class _Hole:
    def __init__(self, name: str, field: Field) -> None:
        self.name, self.field = name, field


MOMENT_OF_ASKING = Blank("now", DateTimeField())
Words = tuple[str, tuple[Any, ...]] | None


class _Written:
    """Words with holes, for each coalition, kind of seat and day."""

    def __init__(self, ask: Callable[[Any, Any], Any]) -> None:
        self._ask = ask
        self._kept: dict[tuple[Any, ...], Words] = {}

    def _rows(self, actor: Actor) -> list[tuple[Any, ...]]:
        connection = connections[DEFAULT_DB_ALIAS]
        kind = _kind_of(actor, connection)
        words = _kept_or(self._kept, kind, lambda: self._write(actor, connection))
        if words is None:
            return []
        values = _values_of(actor)
        sql, parts = words
        with cursor_for_kept_words(connection) as cursor:
            cursor.execute(sql, [_filled(part, values, connection) for part in parts])
            return cursor.fetchall()

    def _write(self, actor: Actor, connection: Any) -> Words:
        with connection.execute_wrapper(_refuse):
            return self._words(self._ask(_nobody(actor), MOMENT_OF_ASKING), connection)

    def _words(self, asked: Any, connection: Any) -> Words:
        raise NotImplementedError


class WrittenOnce(_Written):
    """One question about what concerns an actor; its rows come as plain tuples."""

    def ask(self, actor: Actor) -> list[tuple[Any, ...]]:
        """The rows for this actor, inside their coalition, as they are now."""
        return self._rows(actor)

    def _words(self, asked: QuerySet | None, connection: Any) -> Words:
        return _words_of(asked, connection) if asked is not None else None


class WhichExist(_Written):
    """Of several groups of questions, which have any row for an actor? One query for all."""

    def ask(self, actor: Actor) -> list[bool]:
        """For each group, in order, whether one of its questions has a row."""
        return [bool(found) for row in self._rows(actor) for found in row]

    def _words(self, asked: list[list[QuerySet]], connection: Any) -> Words:
        columns, parts = [], []
        for group in asked:
            written = [_words_of(rows.order_by().values("pk"), connection) for rows in group]
            some = [words for words in written if words is not None]
            columns.append(" OR ".join(f"EXISTS ({sql})" for sql, _parts in some) or "1 = 0")
            parts += [part for _sql, its_parts in some for part in its_parts]
        return (f"SELECT {', '.join(columns)}", tuple(parts)) if columns else None


class _Rows:
    """Questions whose rows are wanted as models, with what `select_related` adds.

    Django takes the rows apart as always; only the writing of the SQL is left out. Words belong to the coalition
    inside which they were written, and to the day.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], tuple[QuerySet, Any, Words]] = {}

    def _filled(self, key: tuple[Any, ...], write: Callable[[], QuerySet], values: dict[str, Any]) -> QuerySet:
        connection = connections[DEFAULT_DB_ALIAS]
        rows, compiler, words = _kept_or(self._kept, key, lambda: self._write(write, connection))
        if words is None:
            return rows.none()
        sql, parts = words
        filled = tuple(_filled(part, values, connection) for part in parts)
        mine = copy(compiler)  # a compiler belongs to one connection, and a connection to one thread
        mine.connection, mine.as_sql = connection, lambda *_how, **_else: (sql, filled)
        again = rows.all()
        again.query.get_compiler = lambda *_how, **_else: mine
        return again

    @staticmethod
    def _write(write: Callable[[], QuerySet], connection: Any) -> tuple[QuerySet, Any, Words]:
        with connection.execute_wrapper(_refuse):
            rows = write()
            compiler = rows.query.get_compiler(connection=connection)
            return rows, compiler, _words_of(rows, connection, compiler)


class RowsOfWords(_Rows):
    """One question whose rows are wanted as models. Blanks are filled by name."""

    def __init__(self, ask: Callable[[], QuerySet]) -> None:
        super().__init__()
        self._ask = ask

    def ask(self, **values: Any) -> list[Any]:
        """The rows for these values."""
        return list(self.rows(**values))

    def rows(self, **values: Any) -> QuerySet:
        """The same, not asked yet, to be asked with others (`together.py`). It cannot be narrowed any more."""
        return self._filled(_where(connections[DEFAULT_DB_ALIAS]), self._ask, values)


class RowsForActor(_Rows):
    """One question about what concerns an actor, with its rows as models; see :class:`WrittenOnce` for its rules."""

    def __init__(self, ask: Callable[[Any, Any], QuerySet]) -> None:
        super().__init__()
        self._ask = ask

    def rows(self, actor: Actor) -> QuerySet:
        """The rows for this actor, not asked yet, to be read or asked with others. It cannot be narrowed any more."""
        key = _kind_of(actor, connections[DEFAULT_DB_ALIAS])
        return self._filled(key, lambda: self._ask(_nobody(actor), MOMENT_OF_ASKING), _values_of(actor))


def _kind_of(actor: Actor, connection: Any) -> tuple[Any, ...]:
    """What of an actor may stay in words: their roles, and which ids they have at all."""
    if actor.coalition_id != current_coalition_id():
        raise ValueError("An actor asks inside their own coalition.")
    return actor.roles, *(getattr(actor, name) is None for name in IDS), *_where(connection)


def _nobody(actor: Actor) -> Any:
    """An actor of this kind, whose ids are blanks."""
    blanks = {name: Blank(name, BigIntegerField()) for name in IDS if getattr(actor, name) is not None}
    return replace(actor, **blanks)  # type: ignore[arg-type]


def _values_of(actor: Actor) -> dict[str, Any]:
    return {"now": now(), **{name: getattr(actor, name) for name in IDS}}


def _where(connection: Any) -> tuple[Any, ...]:
    """What words may hold besides ids: the coalition, the day, the language of a label, the kind of database."""
    return fence_value(), localdate(), get_language(), connection.vendor


def _kept_or(kept: dict[tuple[Any, ...], Any], key: tuple[Any, ...], write: Callable[[], Any]) -> Any:
    found = kept.get(key, kept)  # another thread may take it out at any moment
    if found is not kept:
        return found
    if len(kept) >= MOST:
        for old in list(kept)[: MOST // 2]:
            kept.pop(old, None)
    return kept.setdefault(key, write())


def _filled(part: Any, values: dict[str, Any], connection: Any) -> Any:
    return part.field.get_db_prep_value(values[part.name], connection) if isinstance(part, _Hole) else part


def _words_of(rows: QuerySet, connection: Any, compiler: Any = None) -> Words:
    compiler = compiler or rows.query.get_compiler(connection=connection)
    try:
        sql, parts = compiler.as_sql(with_col_aliases=True)
    except EmptyResultSet:
        return None
    for part in parts:
        if _is_moment(part) or not isinstance(part, _Hole | str | int | float | date):
            raise NotFixed(f"These words hold a value that changes: {part!r}.")
    return sql, tuple(parts)


def _is_moment(part: Any) -> bool:
    """PostgreSQL is given moments as such, SQLite as text."""
    return isinstance(part, datetime) or (isinstance(part, str) and bool(MOMENT.match(part)))


def _refuse(*_about: Any) -> NoReturn:
    raise NotFixed("While a question is written, no other may be asked: its answer would stay in the words.")
