"""Keeps the database's `manyhands.coalition` in step with `inside(...)`.

The value is sent with the first statement that needs it, and only when it has changed: a page asks three times under
another value, and each would be a way to the database and back of its own. A rollback makes PostgreSQL forget values
set within it, so after one we send it again.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from time import monotonic
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations
from psycopg.types.datetime import TimestamptzLoader

from manyhands.foundation.tenancy.scope import fence_value

#: Statements that PostgreSQL takes together with another one. Savepoints and work on tables go alone.
ORDINARY = ("SELECT", "(SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
_PLACE = re.compile(r"%[s%]")
#: PostgreSQL's number for `timestamptz`.
MOMENTS = 1184
#: A connection that answered so many seconds ago is taken to be well; one that rested longer is asked first.
WELL_FOR = 1.0
#: Plans one connection keeps. With those of six pages its process took 15 to 25 MB, without any 19.
PLANS_KEPT = 60


class CursorThatKeepsPlans(base.CursorMixin, psycopg.RawCursor):
    """Sends words and values apart, so that PostgreSQL plans the words once and not at every asking.

    It takes words with PostgreSQL's own places ($1); psycopg would look for its own (%s) at each asking of long words.
    """

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        return super().execute(_numbered(query), params, **how)


class DatabaseOperations(operations.DatabaseOperations):
    """Tells also of words and values that were sent apart what they are together."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        if isinstance(cursor, CursorThatKeepsPlans):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with the coalition fence."""

    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told: str | None = None
        self.answered_at = 0.0
        self.execute_wrappers.append(self._tell_then_run)

    def _tell_then_run(self, execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
        answer = self._run(execute, sql, params, many, context)
        self.answered_at = monotonic()
        return answer

    def _run(self, execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
        wanted = fence_value()
        if self.told == wanted or self.connection is None or _begins(sql, "ROLLBACK"):
            return execute(sql, params, many, context)
        cursor = context["cursor"].cursor
        goes_alone = isinstance(cursor, (psycopg.ServerCursor, CursorThatKeepsPlans))
        if many or goes_alone or not _begins(sql, *ORDINARY):
            self._tell(wanted)
            return execute(sql, params, many, context)
        self.told = None  # should the statement fail, PostgreSQL forgets what came with it
        result = execute(f"{_telling(wanted)}; {sql}", params, many, context)
        cursor.nextset()
        self.told = wanted
        return result

    def _tell(self, wanted: str) -> None:
        with self.connection.cursor() as plain:
            plain.execute(_telling(wanted))
        self.told = wanted

    def cursor_that_keeps_plans(self) -> Any:
        """For words that many pages ask with other values; see `asking.py`."""
        self.ensure_connection()
        cursor = CursorThatKeepsPlans(self.connection)
        # Django loads moments by a class of its own, in Python; psycopg's is several times as quick, and gives the same
        # as long as the connection's zone is UTC.
        cursor.adapters.register_loader(MOMENTS, TimestamptzLoader)
        # The stubs know neither that class as psycopg's own nor this way to a cursor that wrappers see.
        return self._prepare_cursor(cursor)  # type: ignore[attr-defined, call-arg]

    def close_if_health_check_failed(self) -> None:
        """Asked at the beginning of every request, and again only where nothing was heard for a while."""
        if self.answered_at < monotonic() - WELL_FOR:
            super().close_if_health_check_failed()

    def is_usable(self) -> bool:
        """The answer comes back with the fence drawn."""
        if self.connection is None:
            return False
        try:
            self._tell(fence_value())
        except psycopg.Error:
            return False
        return True

    def connect(self) -> None:
        self.told = None
        super().connect()
        # Django's own cursors never keep a plan, so this is about `cursor_that_keeps_plans` alone.
        self.connection.prepare_threshold, self.connection.prepared_max = 1, PLANS_KEPT
        with self.connection.cursor() as plain:
            # What a page asks at once is long and soon answered. Where PostgreSQL overrates the work, as it does before
            # it has looked at new tables, it compiled the words of one goal's page for three seconds, at each asking.
            plain.execute("SET jit = off")

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self.told = None

    def _savepoint_rollback(self, sid: str) -> Any:
        # Forget only afterwards: until the rollback is done, PostgreSQL takes no statement but that one.
        try:
            return super()._savepoint_rollback(sid)  # type: ignore[misc]  # the stubs leave it out
        finally:
            self.told = None


@lru_cache(maxsize=200)
def _numbered(sql: str) -> str:
    """Django's words with PostgreSQL's places.

    >>> _numbered("SELECT %s, 'ten %%' WHERE a = %s")
    "SELECT $1, 'ten %' WHERE a = $2"
    """
    numbers = count(1)
    return _PLACE.sub(lambda found: "%" if found.group() == "%%" else f"${next(numbers)}", sql)


def _telling(value: str) -> str:
    """An id, a star or nothing: `tenancy.scope` lets in no other."""
    return f"SELECT set_config('manyhands.coalition', '{value}', false)"


def _begins(sql: Any, *words: str) -> bool:
    return isinstance(sql, str) and sql.startswith(words)
