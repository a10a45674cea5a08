"""The two tables of MACTOR: who can make whom do what, and where each actor stands on each objective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.tables import BadInput, read_table

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

#: Influence of one actor on another: 0 none, 1 on its ways of working, 2 its projects, 3 its mission, 4 its existence.
INFLUENCE_RANGE = (0.0, 4.0)
#: Position on an objective: minus against, 0 does not care, plus for; up to 4, at which its existence is at stake.
POSITION_RANGE = (-4.0, 4.0)
MOST_ACTORS = 500


@dataclass(frozen=True, eq=False)
class RatedMatrix:
    """A table of ratings, as one rater filled it in or as several did together.

    Attributes
    ----------
    rows, columns : tuple of str
        Names.
    values : (rows, columns) array of float
        The rating, or the median of several; NaN where nobody rated. Never leaves the library.
    spread : (rows, columns) array of float
        Highest less lowest rating; 0 for one rater, NaN where nobody rated.
    raters : (rows, columns) array of int
        How many rated.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Floats
    spread: Floats
    raters: Counts

    def missing(self) -> list[tuple[str, str]]:
        """Pairs that nobody rated, an actor with itself left out."""
        return [
            (self.rows[row], self.columns[column])
            for row, column in zip(*np.nonzero(np.isnan(self.values)), strict=True)
            if self.rows[row] != self.columns[column]
        ]


def rated(rows: Sequence[str], columns: Sequence[str], values: object) -> RatedMatrix:
    """The table of one rater, from values in memory; NaN or None is "not rated".

    >>> rated(["Clinic", "Guild"], ["parks"], [[2], [None]]).missing()
    [('Guild', 'parks')]
    """
    table = np.array(values, dtype=np.float64).reshape(len(rows), len(columns))
    return RatedMatrix(
        tuple(rows), tuple(columns), table, np.where(np.isnan(table), np.nan, 0.0), (~np.isnan(table)).astype(np.int64)
    )


def combined(tables: Sequence[RatedMatrix]) -> RatedMatrix:
    """The tables of several raters as one: the median of those who rated each pair, with its spread.

    A pair that one rater left blank rests on the others; blank is never counted as zero.

    Parameters
    ----------
    tables : sequence of RatedMatrix
        At least one, all with the same names; their order may differ.

    Returns
    -------
    RatedMatrix
        In the order of the first.

    Raises
    ------
    BadInput
        If a name is in one table only.

    Examples
    --------
    >>> pair, parks = ["Clinic", "Guild"], ["parks"]
    >>> several = combined([rated(pair, parks, [[1], [2]]), rated(pair, parks, [[4], [None]])])
    >>> several.values.tolist(), several.spread.tolist(), several.raters.tolist()
    ([[2.5], [2.0]], [[3.0], [0.0]], [[2], [1]])
    """
    first = tables[0]
    layers = np.stack([aligned(table, first.rows, first.columns).values for table in tables])
    known = ~np.isnan(layers)
    raters = known.sum(axis=0).astype(np.int64)
    none = raters == 0
    filled = np.where(none, 0.0, layers)  # so that no all-blank pair warns; blanked again below
    middle = np.where(none, np.nan, np.nanmedian(filled, axis=0))
    spread = np.where(none, np.nan, np.nanmax(filled, axis=0) - np.nanmin(filled, axis=0))
    return RatedMatrix(first.rows, first.columns, middle, spread, raters)


def aligned(table: RatedMatrix, rows: Sequence[str], columns: Sequence[str]) -> RatedMatrix:
    """The same table with its rows and columns in a given order.

    Raises
    ------
    BadInput
        If the names are not the same on both sides; names the first that is missing.
    """
    for given, wanted in ((table.rows, rows), (table.columns, columns)):
        for name in wanted:
            if name not in given:
                raise BadInput(f"{name[:60]!r} is in one table but not in the next; all must have the same names.")
        for name in given:
            if name not in wanted:
                raise BadInput(f"{name[:60]!r} is in one table but not in the first; all must have the same names.")
    order = np.ix_([table.rows.index(name) for name in rows], [table.columns.index(name) for name in columns])
    return RatedMatrix(tuple(rows), tuple(columns), table.values[order], table.spread[order], table.raters[order])


def read_matrix(path: str | Path, lowest: float, highest: float) -> RatedMatrix:
    """Read a table whose first column names the actors and whose header names what they are rated on.

    Parameters
    ----------
    path : path
        CSV or Parquet, see :func:`manyhands.analysis.tables.read_table`.
    lowest, highest : float
        Ends of the scale, both allowed.

    Returns
    -------
    RatedMatrix
        With the blanks that the file has.

    Raises
    ------
    BadInput
        With one sentence: no column or row, a name that is blank or there twice, a cell that is no number,
        or a rating off the scale, with its row (the header is row 1) and column.
    """
    table, _ = read_table(path)
    columns = tuple(" ".join(name.split()) for name in table.column_names[1:])
    rows = tuple(" ".join((name or "").split()) for name in table.column(0).to_pylist()) if table.num_columns else ()
    if not columns or not rows:
        raise BadInput("The table needs a first column with names, at least one more column, and at least one row.")
    for at, name in enumerate(rows):
        if not name:
            raise BadInput(f"Row {at + 2}: the first column, which names the actor, is blank.")
        if name in rows[:at]:
            raise BadInput(f"Row {at + 2}: {name[:60]!r} is there a second time.")
    for at, name in enumerate(columns):
        if not name or name in columns[:at]:
            raise BadInput(f"Row 1: column {at + 2} has no name of its own.")
    values = np.empty((len(rows), len(columns)))
    for column, name in enumerate(columns):
        for row, text in enumerate(table.column(column + 1).to_pylist()):
            values[row, column] = _rating((text or "").strip(), lowest, highest, f"Row {row + 2}, column {name[:60]!r}")
    return rated(rows, columns, values)


def _rating(text: str, lowest: float, highest: float, where: str) -> float:
    if not text:
        return float("nan")
    try:
        value = float(text.replace("−", "-"))  # the minus sign that word processors write
    except ValueError:
        raise BadInput(f"{where}: {text[:40]!r} is not a number.") from None
    if not lowest <= value <= highest:  # also refuses "nan" and "inf"
        raise BadInput(f"{where}: {text[:40]} is not between {lowest:g} and {highest:g}.")
    return value


def checked_influence(table: RatedMatrix) -> RatedMatrix:
    """The table of influences, ready to compute with: square, complete, on its scale, and 0 on the diagonal.

    Raises
    ------
    BadInput
        If it is not square, has fewer than 3 or more than 500 actors, an actor influences itself, a pair
        is not rated, or a rating is not between 0 and 4.
    """
    for name in table.rows:
        if name not in table.columns:
            raise BadInput(f"The table of influences is not square: {name[:60]!r} has a row but no column.")
    for name in table.columns:
        if name not in table.rows:
            raise BadInput(f"The table of influences is not square: {name[:60]!r} has a column but no row.")
    if len(table.rows) < 3:
        raise BadInput(f"Not enough actors yet: MACTOR needs at least 3, and there are {len(table.rows)}.")
    if len(table.rows) > MOST_ACTORS:
        raise BadInput(f"There are {len(table.rows)} actors; MACTOR is for at most {MOST_ACTORS}.")
    table = aligned(table, table.rows, table.rows)
    own = np.diag(table.values)
    for name, value in zip(table.rows, own, strict=True):
        if value != 0 and not np.isnan(value):
            raise BadInput(f"The influence of {name[:60]!r} on itself must be 0 or blank, not {value:g}.")
    values = table.values.copy()
    np.fill_diagonal(values, 0.0)
    _refuse_missing(table, "influence")
    _refuse_off_scale(values, *INFLUENCE_RANGE)
    return RatedMatrix(table.rows, table.rows, values, table.spread, table.raters)


def checked_positions(table: RatedMatrix, actors: Sequence[str]) -> RatedMatrix:
    """The table of positions, with its rows in the order of the actors, complete and on its scale.

    Raises
    ------
    BadInput
        If its actors are not those of the table of influences, a position is not known, or one is not
        between -4 and 4.
    """
    for name in actors:
        if name not in table.rows:
            raise BadInput(f"{name[:60]!r} is in the table of influences but not in the table of positions.")
    for name in table.rows:
        if name not in actors:
            raise BadInput(f"{name[:60]!r} is in the table of positions but not in the table of influences.")
    table = aligned(table, actors, table.columns)
    _refuse_missing(table, "position")
    _refuse_off_scale(table.values, *POSITION_RANGE)
    return table


def _refuse_missing(table: RatedMatrix, kind: str) -> None:
    missing = table.missing()
    if missing:
        actor, other = missing[0]
        more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        raise BadInput(
            f"Not enough yet: the {kind} of {actor[:60]!r} on {other[:60]!r} is not rated{more}; "
            "a blank is not a zero, so write 0 where there is none."
        )


def _refuse_off_scale(values: Floats, lowest: float, highest: float) -> None:
    if not ((values >= lowest) & (values <= highest)).all():
        wrong = values[~((values >= lowest) & (values <= highest))][0]
        raise BadInput(f"A rating is {wrong:g}; the scale runs from {lowest:g} to {highest:g}.")
