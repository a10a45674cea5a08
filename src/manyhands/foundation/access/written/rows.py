"""Questions whose rows come as models, with what `select_related` adds.

Django takes the rows apart as always; only the writing of the SQL is left out. Words belong to the coalition inside
which they were written, and to the day.
"""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.tenancy.asking import cursor_for_kept_words

from .blanks import MOMENT_OF_ASKING
from .words import Words, filled, kept_or, kind_of, nobody, refuse, values_of, where, words_of


class _Rows:
    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], tuple[QuerySet, Any, Words, dict[int, Any]]] = {}

    def _filled(self, key: tuple[Any, ...], write: Callable[[], QuerySet], values: dict[str, Any]) -> QuerySet:
        connection = connections[DEFAULT_DB_ALIAS]
        rows, compiler, words, converters = kept_or(self._kept, key, lambda: self._write(write, connection))
        if words is None:
            return rows.none()
        sql, parts = words[0], filled(words[1], values, connection)
        mine = copy(compiler)  # a compiler belongs to one connection, and a connection to one thread
        mine.connection, mine.as_sql = connection, lambda *_how, **_else: (sql, parts)
        mine.execute_sql = lambda *_how, **_else: [_asked(sql, parts, connection)]
        mine.get_converters = lambda _columns: converters
        again = rows.all()
        again.query.get_compiler = lambda *_how, **_else: mine
        return again

    def _counted(self, key: tuple[Any, ...], write: Callable[[], QuerySet], values: dict[str, Any]) -> int:
        """How many there are. A question of its own with the same words, since their order costs nothing here."""
        connection = connections[DEFAULT_DB_ALIAS]
        words = kept_or(self._kept, (*key, "counted"), lambda: self._write(lambda: write().order_by(), connection))[2]
        if words is None:
            return 0
        sql = f"SELECT COUNT(*) FROM ({words[0]}) counted"  # noqa: S608  Django's own words
        return int(_asked(sql, filled(words[1], values, connection), connection)[0][0])

    @staticmethod
    def _write(write: Callable[[], QuerySet], connection: Any) -> tuple[QuerySet, Any, Words, dict[int, Any]]:
        with connection.execute_wrapper(refuse):
            rows = write()
            compiler = rows.query.get_compiler(connection=connection)
            words = words_of(rows, connection, compiler)
            columns = [column for column, *_rest in (compiler.select or [])[: compiler.col_count]] if words else []
            return rows, compiler, words, compiler.get_converters(columns)


def is_written(rows: QuerySet) -> bool:
    """Whether the words of these rows are kept, so that what is made of them may be kept as well."""
    return "get_compiler" in vars(rows.query)


def _asked(sql: str, parts: tuple[Any, ...], connection: Any) -> list[tuple[Any, ...]]:
    with cursor_for_kept_words(connection) as cursor:
        cursor.execute(sql, parts)
        return cursor.fetchall()


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
        return self._filled(where(connections[DEFAULT_DB_ALIAS]), self._ask, values)


class RowsForActor(_Rows):
    """One question about what concerns an actor, with its rows as models; see :class:`WrittenOnce` for its rules."""

    def __init__(self, ask: Callable[[Any, Any], QuerySet]) -> None:
        super().__init__()
        self._ask = ask

    def rows(self, actor: Actor) -> QuerySet:
        """The rows for this actor, not asked yet, to be read or asked with others. It cannot be narrowed any more."""
        key = kind_of(actor, connections[DEFAULT_DB_ALIAS])
        return self._filled(key, lambda: self._written(actor), values_of(actor))

    def first(self, actor: Actor, most: int, order: Sequence[Any]) -> QuerySet:
        """The first of them in this order, or in their own where none is named; each order has words of its own."""
        key = (*kind_of(actor, connections[DEFAULT_DB_ALIAS]), most, *order)

        def write() -> QuerySet:
            rows = self._written(actor)
            return (rows.order_by(*order) if order else rows)[:most]

        return self._filled(key, write, values_of(actor))

    def count(self, actor: Actor) -> int:
        """How many rows there are for this actor."""
        key = kind_of(actor, connections[DEFAULT_DB_ALIAS])
        return self._counted(key, lambda: self._written(actor), values_of(actor))

    def unwritten(self, actor: Actor) -> QuerySet:
        """The same as an ordinary question, which can be narrowed further."""
        return self._ask(actor, now())

    def _written(self, actor: Actor) -> QuerySet:
        return self._ask(nobody(actor), MOMENT_OF_ASKING)
