"""The second fence: PostgreSQL itself refuses rows of any coalition but the one we are inside.

Our own queries already filter. This is for the day that somebody forgets: raw SQL, a join, a new manager.
SQLite has no such thing; there the first fence stands alone.
"""

from typing import Any

from django.apps import apps
from django.db import connections

from .models import CoalitionOwned

VARIABLE = "manyhands.coalition"
POLICY = "one_coalition_at_a_time"


def fenced_tables() -> list[str]:
    """Every table whose rows a coalition owns."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, CoalitionOwned) and model._meta.managed and not model._meta.proxy
    )


def build_fence(using: str = "default", **kwargs: Any) -> None:
    """After each migration, so that a new table is fenced the day it appears. Safe to repeat."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    present = set(connection.introspection.table_names())
    here = f"current_setting('{VARIABLE}', true)"
    # In brackets of their own both are worked out once for a statement, not once for a row. And PostgreSQL can tell how
    # many rows to expect: with a comparison of texts it took the fence for one that lets a hundredth through, and
    # chose for big tables the way that suits a few rows.
    number = f"(SELECT nullif(nullif({here}, ''), '*')::bigint)"
    allowed = f"coalition_id = {number} OR (SELECT {here} = '*')"
    with connection.cursor() as cursor:
        for table in fenced_tables():
            if table not in present:
                continue
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {quoted} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {quoted} FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS {POLICY} ON {quoted}")
            cursor.execute(f"CREATE POLICY {POLICY} ON {quoted} USING ({allowed}) WITH CHECK ({allowed})")
