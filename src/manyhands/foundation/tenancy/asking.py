"""How words that stay the same while their values change are sent to the database.

PostgreSQL plans a statement before it answers it. For the 52,000 letters of what may wait on a desk that took 12 ms,
ten times as long as the answer (docs/decisions/0011-quick-pages.md). SQLite keeps by itself what it has read.
"""

from typing import Any


def cursor_for_kept_words(connection: Any) -> Any:
    """A cursor for words that will be asked again; where the database can keep their plan, it does."""
    make = getattr(connection, "cursor_that_keeps_plans", connection.cursor)
    return make()
