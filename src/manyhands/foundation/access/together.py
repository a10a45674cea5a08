"""Several questions of one page, asked of the database in one statement.

    goals, tasks = Goal.objects.filter(state="adopted"), Task.objects.filter(seat_id=actor.seat_id)[:10]
    ask_together(goals, tasks)  # each holds its rows now, as if it had been asked alone

A page that needs rows of eight kinds waits for the database eight times, though no answer depends on another. Here the
questions become the branches of one UNION ALL. Django writes each branch and takes its rows apart as always; only the
columns are laid side by side, text under text and days under days, so that every value comes back as it would alone.

A question with ``prefetch_related`` asks for those rows when it is read; `hang_on` takes rows that were asked together
instead. A question that was asked already is left as it is.
"""

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from manyhands.foundation.tenancy.asking import cursor_for_kept_words

from .written import is_written

#: Types of a database that may stand in one column, by the one that holds them all.
WIDER = {
    "varchar": "text",
    "char": "text",
    "smallint": "bigint",
    "integer": "bigint",
    "serial": "bigint",
    "bigserial": "bigint",
    "smallserial": "bigint",
}


#: Statements that one process keeps; the longest, a desk's, has 50,000 letters.
MOST_KEPT = 100


def ask_together(*asked: QuerySet[Any, Any]) -> None:
    """Have each of these questions hold its rows, for one statement in all."""
    branches = [_Branch(rows) for rows in asked if rows._result_cache is None]
    branches = [branch for branch in branches if branch.can_have_rows]
    if not branches:
        return
    if len({branch.database for branch in branches}) > 1:
        raise ValueError("Questions to different databases cannot be asked together.")
    sql, where = _laid_side_by_side(branches)
    with cursor_for_kept_words(connections[branches[0].database]) as cursor:
        cursor.execute(sql, [value for branch in branches for value in branch.values])
        # A database may give the branches in any order; within one, rows stand as that branch numbered them.
        found: list[list[Row]] = [[] for _branch in branches]
        for row in sorted(cursor.fetchall(), key=itemgetter(0, 1)):
            found[row[0]].append(row)
    for branch, rows, own in zip(branches, found, where, strict=True):
        branch.hold(rows, own)


def hang_on(name: str, parents: Iterable[Any], children: Iterable[Any]) -> list[Any]:
    """These parents, each with the children that point at it under ``name``, as `prefetch_related` gives them."""
    found, of = list(parents), defaultdict(list)
    if not found:
        return found
    relation = getattr(type(found[0]), name).rel
    for child in children:
        of[getattr(child, relation.field.attname)].append(child)
    for parent in found:
        held = getattr(parent, name).get_queryset()
        held._result_cache, held._prefetch_done = of[parent.pk], True
        for child in of[parent.pk]:
            relation.field.set_cached_value(child, parent)
        if not hasattr(parent, "_prefetched_objects_cache"):
            parent._prefetched_objects_cache = {}
        parent._prefetched_objects_cache[relation.cache_name] = held
    return found


Row = tuple[Any, ...]
Column = tuple[str, int]  # a type, and which of the columns of that type


_kept: dict[tuple[str, ...], tuple[str, list[list[int]]]] = {}


def _laid_side_by_side(branches: "list[_Branch]") -> tuple[str, list[list[int]]]:
    """All branches as one statement, and in which of its columns each finds its own.

    What is kept for each branch is kept for all together, too.
    """
    key = tuple([branch.sql for branch in branches])
    found = _kept.get(key)
    if found is not None:
        return found
    for branch in branches:
        branch.places = _places(branch.compiler)
    columns = _columns(branches)
    sql = " UNION ALL ".join(branch.select(at, columns) for at, branch in enumerate(branches))
    where = {column: at for at, column in enumerate(columns, 2)}
    found = sql, [[where[column] for column in branch.places] for branch in branches]
    if all(is_written(branch.rows) for branch in branches):
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = found
    return found


class _Branch:
    """One question: its words, and where its columns stand among those of all."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self.rows = rows
        self.database = rows.db
        self.can_have_rows = True
        self.connection = connections[self.database]
        self.compiler = rows.query.get_compiler(using=self.database)
        try:
            self.sql, self.values = self.compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            self.can_have_rows, rows._result_cache = False, []
            return
        self.places: dict[Column, str] = {}

    def select(self, at: int, columns: list[Column]) -> str:
        quote = self.connection.ops.quote_name
        taken = (
            quote(self.places[column]) if column in self.places else f"CAST(NULL AS {column[0]})" for column in columns
        )
        # Only Django's own words stand here; what people wrote is among the values.
        return f"SELECT {at}, ROW_NUMBER() OVER (), {', '.join(taken)} FROM ({self.sql}) {quote(f'asked{at}')}"  # noqa: S608

    def hold(self, found: list[Row], own: list[int]) -> None:
        """Have Django make of these rows, in these columns, what it makes of its own."""
        of_row = itemgetter(*own) if len(own) > 1 else lambda row: (row[own[0]],)
        results = [[of_row(row) for row in found]]
        self.compiler.execute_sql = lambda *_how, **_else: results
        again = self.rows._chain()  # type: ignore[attr-defined]
        again.query.get_compiler = lambda *_how, **_else: self.compiler
        self.rows._result_cache = list(again._iterable_class(again))


def _columns(branches: list[_Branch]) -> list[Column]:
    """The columns that hold the rows of every branch."""
    return sorted({column for branch in branches for column in branch.places})


def _places(compiler: Any) -> dict[Column, str]:
    """Where each column of a question stands, and what it is called in the question's own words."""
    seen: dict[str, int] = {}
    places: dict[Column, str] = {}
    for expression, _words, name in compiler.select[: compiler.col_count]:
        kind = _kind(expression.output_field, compiler.connection)
        places[kind, seen.setdefault(kind, 0)] = name
        seen[kind] += 1
    return places


_kinds: dict[tuple[type, str], str] = {}


def _kind(field: Any, connection: Any) -> str:
    """The type of a column without its length; looked up once for each class of field."""
    while field.remote_field is not None:
        field = field.target_field
    key = type(field), connection.vendor
    if key not in _kinds:
        kind = field.db_type(connection).partition("(")[0].strip().lower()
        _kinds[key] = WIDER.get(kind, kind)
    return _kinds[key]
