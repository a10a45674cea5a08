"""Keeps the database's `manyhands.coalition` in step with `inside(...)`.

The value is sent just before the first statement that needs it, and only when it has changed. A rollback makes
PostgreSQL forget values set within it, so after one we send it again.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

from manyhands.foundation.tenancy.scope import fence_value


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with the coalition fence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told: str | None = None
        self.execute_wrappers.append(self._tell_then_run)

    def _tell_then_run(self, execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
        wanted = fence_value()
        if self.told != wanted and self.connection is not None and not self._is_rollback(sql):
            with self.connection.cursor() as plain:
                plain.execute("SELECT set_config('manyhands.coalition', %s, false)", (wanted,))
            self.told = wanted
        return execute(sql, params, many, context)

    @staticmethod
    def _is_rollback(sql: Any) -> bool:
        return isinstance(sql, str) and sql.startswith("ROLLBACK")

    def connect(self) -> None:
        self.told = None
        super().connect()

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
