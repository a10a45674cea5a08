"""Moves many rows from one table to another inside the database, without leaving the coalition."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.db.models import F, Value

from .models import CoalitionOwned, WrongCoalition
from .scope import current_coalition_id


def copy_rows(rows: models.QuerySet, into: type[CoalitionOwned], fields: Mapping[str, Any]) -> int:
    """Copy rows of this coalition into another table, as one statement; all of them or none.

    Parameters
    ----------
    rows
        From the ordinary manager of a :class:`CoalitionOwned` model.
    into
        The model that gets a row for each.
    fields
        For each field of ``into`` but its key and its coalition: the name of a field of ``rows``, or a ``Value``.

    Returns
    -------
    int
        How many rows were copied.

    Raises
    ------
    WrongCoalition
        If either table is not a coalition's own.
    ValueError
        If a field of ``into`` is left out: the database would refuse it, or fill it with nothing.
    """
    if not (issubclass(rows.model, CoalitionOwned) and issubclass(into, CoalitionOwned)):
        raise WrongCoalition("Only rows that a coalition owns are copied here.")
    meant = {field.attname: field for field in into._meta.concrete_fields if not field.primary_key}
    names = {field.name: field.attname for field in meant.values()}
    given = {names.get(name, name): source for name, source in fields.items()}
    if missing := set(meant) - set(given) - {"coalition_id"}:
        raise ValueError(f"Say what becomes of {', '.join(sorted(missing))}.")
    here = current_coalition_id()
    given["coalition_id"] = Value(here, output_field=models.BigIntegerField())
    sources = {f"copied_{name}": F(source) if isinstance(source, str) else source for name, source in given.items()}
    chosen = rows.filter(coalition_id=here).annotate(**sources).order_by("pk").values_list(*sources)
    select, parameters = chosen.query.sql_with_params()
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(meant[name].column)) for name in given)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(into._meta.db_table)} ({columns}) {select}", parameters)
        return int(cursor.rowcount)


def insert_rows(into: type[CoalitionOwned], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Insert many rows at once, several times faster than ``bulk_create``, through the same gate.

    Parameters
    ----------
    into
        The model that gets the rows.
    fields
        Names of what each row holds, in order; ``thing_id`` for a link. Every other field gets its default.
    rows
        One value for each field: text, numbers, booleans, None; what JSON can hold for a JSONField.

    Returns
    -------
    int
        How many rows were inserted.

    Raises
    ------
    WrongCoalition
        If a link points outside the coalition we are inside.
    """
    if not issubclass(into, CoalitionOwned):
        raise WrongCoalition("Only rows that a coalition owns are inserted here.")
    if not rows:
        return 0
    meant = {field.attname: field for field in into._meta.concrete_fields if not field.primary_key}
    columns = [list(column) for column in zip(*rows, strict=True)]
    for name, column in zip(fields, columns, strict=True):
        _pass_the_gate(meant[name], column)
        if isinstance(meant[name], models.JSONField):
            column[:] = ["{}" if value == {} else json.dumps(value) for value in column]
    constants = {"coalition_id": current_coalition_id()}
    for name, field in meant.items():
        if name not in fields and name != "coalition_id":
            constants[name] = field.get_db_prep_save(field.get_default(), connection)
    quote = connection.ops.quote_name
    target = f"{quote(into._meta.db_table)} ({', '.join(quote(str(meant[n].column)) for n in (*fields, *constants))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = [(meant[name].rel_db_type if meant[name].is_relation else meant[name].db_type) for name in fields]
            arrays = ", ".join(f"%s::{_plain_type(str(kind(connection)))}[]" for kind in types)
            fixed = "".join(", %s" for _name in constants)
            statement = f"INSERT INTO {target} SELECT given.*{fixed} FROM unnest({arrays}) AS given"  # noqa: S608
            cursor.execute(statement, [*constants.values(), *columns])
        else:
            marks = ", ".join("%s" for _name in (*fields, *constants))
            fixed_values = tuple(constants.values())
            statement = f"INSERT INTO {target} VALUES ({marks})"  # noqa: S608
            cursor.executemany(statement, [(*row, *fixed_values) for row in zip(*columns, strict=True)])
    return len(rows)


def _pass_the_gate(field: models.Field, column: list[Any]) -> None:
    linked = field.related_model
    if not (isinstance(linked, type) and issubclass(linked, CoalitionOwned)):
        return
    wanted = {value for value in column if value is not None}
    if wanted and linked.objects.filter(pk__in=wanted).count() != len(wanted):
        raise WrongCoalition(f"{field.name} reaches outside coalition {current_coalition_id()}")


def _plain_type(kind: str) -> str:
    """``varchar(300)`` as the type of an array's parts; the column itself keeps the limit."""
    return kind.split("(")[0]
