"""What PostgreSQL does once for many rows instead of once for each row: proving links, and packing what only waits.

A foreign key is proven row by row, and 100,000 rows of a list that all point at one coalition and one import cost more
than half as much as writing them. For links named here triggers take the key's place: what many new rows point at is
looked up once for a statement, a link that changes when it changes, and nothing goes while something points at it.
They hold what they found until the transaction ends, as a foreign key does, so nothing vanishes meanwhile. They look
through the fence, so that a link into another coalition is refused too; a foreign key does not see the fence.

SQLite keeps its foreign keys.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections, models, transaction

from .fence import VARIABLE

_links: dict[type[models.Model], list[models.ForeignKey]] = {}
_packed: list[tuple[type[models.Model], str]] = []


def prove_together(model: type[models.Model], *names: str) -> None:
    """Let these links of a table that takes many rows at once be proven once for a statement.

    Worth it where many rows point at few others. Call it when the room is ready, before tables are made.
    """
    _links[model] = [_link(model, name) for name in names]


def pack_quickly(model: type[models.Model], name: str) -> None:
    """Let a long text that waits here for some minutes be packed by lz4, where PostgreSQL was built with it."""
    _packed.append((model, name))


def build_wholesale(using: str = "default", **kwargs: Any) -> None:
    """After each migration, when all tables are there. Safe to repeat."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    present = set(connection.introspection.table_names())
    quote = connection.ops.quote_name
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for model, name in _packed:
            column = next(str(field.column) for field in model._meta.concrete_fields if field.name == name)
            if model._meta.db_table in present:
                cursor.execute(
                    f"DO $$ BEGIN ALTER TABLE {quote(model._meta.db_table)} ALTER {quote(column)} SET COMPRESSION lz4; "
                    "EXCEPTION WHEN feature_not_supported THEN NULL; END $$"
                )
        for model, links in _links.items():
            tables = {model._meta.db_table, *(link.related_model._meta.db_table for link in links)}
            if tables <= present:
                for words in _triggers(model._meta.db_table, links, quote):
                    cursor.execute(words)
                for link in links:
                    for name in _foreign_keys(cursor, model._meta.db_table, str(link.column)):
                        cursor.execute(f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(name)}")


def _link(model: type[models.Model], name: str) -> models.ForeignKey:
    field = model._meta.get_field(name)
    if not isinstance(field, models.ForeignKey):
        raise TypeError(f"{model._meta.label}.{name} is no link.")
    return field


def _foreign_keys(cursor: Any, table: str, column: str) -> list[str]:
    """Names of the foreign keys that begin at this column alone."""
    cursor.execute(
        "SELECT conname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND conkey = ARRAY[attnum] "
        "WHERE contype = 'f' AND conrelid = %s::regclass AND attname = %s",
        [table, column],
    )
    return [name for (name,) in cursor.fetchall()]


def _triggers(table: str, links: list[models.ForeignKey], quote: Any) -> Iterator[str]:
    """Everything that takes the place of the foreign keys of a table, in statements that may be repeated."""
    columns = [quote(str(link.column)) for link in links]
    parents = [(quote(link.related_model._meta.db_table), quote(str(link.target_field.column))) for link in links]
    proofs = "".join(
        f"IF cardinality(named.{column}) > (SELECT count(*) FROM "  # noqa: S608  names of our own tables
        f"(SELECT 1 FROM {parent} WHERE {key} = ANY(named.{column}) FOR KEY SHARE) AS held) "
        f"THEN {_refuse(table, column, parent)} END IF; "
        for column, (parent, key) in zip(columns, parents, strict=True)
    )
    each = ", ".join(f"array_agg(DISTINCT {c}) FILTER (WHERE {c} IS NOT NULL) AS {c}" for c in columns)
    yield from _function(
        f"{table}_links_of_new_rows",
        f"DECLARE named record; BEGIN SELECT {each} INTO named FROM "  # noqa: S608  names of our own tables
        f"(SELECT DISTINCT {', '.join(columns)} FROM new_rows) AS shared; {proofs}RETURN NULL; END",
        f"AFTER INSERT ON {quote(table)} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
        quote,
    )
    for link, column, (parent, key) in zip(links, columns, parents, strict=True):
        yield from _function(
            f"{table}_{link.column}_moves",
            f"BEGIN PERFORM 1 FROM {parent} WHERE {key} = NEW.{column} FOR KEY SHARE; IF NOT FOUND THEN "
            f"{_refuse(table, column, parent)} END IF; RETURN NULL; END",
            f"AFTER UPDATE OF {column} ON {quote(table)} FOR EACH ROW "
            f"WHEN (NEW.{column} IS DISTINCT FROM OLD.{column} AND NEW.{column} IS NOT NULL)",
            quote,
        )
        # At the end of the transaction, so that rows may go in any order; over all coalitions, wherever we are then.
        yield from _function(
            f"{table}_{link.column}_stays",
            f"DECLARE here text := current_setting('{VARIABLE}', true); "  # noqa: S608  names of our own tables
            f"BEGIN PERFORM set_config('{VARIABLE}', '*', true); "
            f"IF EXISTS (SELECT FROM {quote(table)} WHERE {column} = OLD.{key}) AND NOT EXISTS "
            f"(SELECT FROM {parent} WHERE {key} = OLD.{key}) THEN {_refuse(table, column, parent)} END IF; "
            f"PERFORM set_config('{VARIABLE}', coalesce(here, ''), true); RETURN NULL; END",
            f"AFTER DELETE OR UPDATE OF {key} ON {parent} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
            quote,
            kind="CONSTRAINT TRIGGER",
        )


def _refuse(table: str, column: str, parent: str) -> str:
    """As a foreign key would, so that programs take it for what it is."""
    said = f"{table}.{column} points at no row of {parent}, or one that something still points at would go"
    return f"RAISE foreign_key_violation USING MESSAGE = $said${said.replace(chr(34), '')}$said$, TABLE = '{table}';"


def _function(name: str, body: str, when: str, quote: Any, *, kind: str = "TRIGGER") -> tuple[str, str, str]:
    quoted = quote(name[:63])
    table = when.partition(" ON ")[2].split(" ")[0]
    return (
        f"CREATE OR REPLACE FUNCTION {quoted}() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$",
        f"DROP TRIGGER IF EXISTS {quoted} ON {table}",
        f"CREATE {kind} {quoted} {when} EXECUTE FUNCTION {quoted}()",
    )
