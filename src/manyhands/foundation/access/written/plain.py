"""Questions whose rows come as plain tuples, or as yes and no."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.tenancy.asking import cursor_for_kept_words

from .blanks import MOMENT_OF_ASKING
from .words import Words, filled, kept_or, kind_of, nobody, refuse, values_of, words_of


class _Written(ABC):
    """Words with holes, for each coalition, kind of seat and day."""

    def __init__(self, ask: Callable[[Any, Any], Any]) -> None:
        self._ask = ask
        self._kept: dict[tuple[Any, ...], Words] = {}

    def _rows(self, actor: Actor) -> list[tuple[Any, ...]]:
        connection = connections[DEFAULT_DB_ALIAS]
        kind = kind_of(actor, connection)
        words = kept_or(self._kept, kind, lambda: self._write(actor, connection))
        if words is None:
            return []
        values = values_of(actor)
        sql, parts = words
        with cursor_for_kept_words(connection) as cursor:
            cursor.execute(sql, filled(parts, values, connection))
            return cursor.fetchall()

    def _write(self, actor: Actor, connection: Any) -> Words:
        with connection.execute_wrapper(refuse):
            return self._words(self._ask(nobody(actor), MOMENT_OF_ASKING), connection)

    @abstractmethod
    def _words(self, asked: Any, connection: Any) -> Words:
        """What is asked, as SQL with holes."""


class WrittenOnce(_Written):
    """One question about what concerns an actor; its rows come as plain tuples."""

    def ask(self, actor: Actor) -> list[tuple[Any, ...]]:
        """The rows for this actor, inside their coalition, as they are now."""
        return self._rows(actor)

    def _words(self, asked: QuerySet | None, connection: Any) -> Words:
        return words_of(asked, connection) if asked is not None else None


class WhichExist(_Written):
    """Of several groups of questions, which have any row for an actor? One query for all."""

    def ask(self, actor: Actor) -> list[bool]:
        """For each group, in order, whether one of its questions has a row."""
        return [bool(found) for row in self._rows(actor) for found in row]

    def _words(self, asked: list[list[QuerySet]], connection: Any) -> Words:
        columns, parts = [], []
        for group in asked:
            written = [words_of(rows.order_by().values("pk"), connection) for rows in group]
            some = [words for words in written if words is not None]
            columns.append(" OR ".join(f"EXISTS ({sql})" for sql, _parts in some) or "1 = 0")
            parts += [part for _sql, its_parts in some for part in its_parts]
        return (f"SELECT {', '.join(columns)}", tuple(parts)) if columns else None
