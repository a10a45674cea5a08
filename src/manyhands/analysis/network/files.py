"""Opening a file of ties, and one of the actors they are between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from manyhands.analysis.identifiers import distinct
from manyhands.analysis.network.ties import Floats, Ties
from manyhands.analysis.tables import BadInput, check_names, read_table

if TYPE_CHECKING:
    import pyarrow as pa

#: What the column with the ids may be called in a list of actors, the first that is there being taken.
ID_COLUMNS = ("id", "actor", "node", "name")


def read_ties(path: str | Path, actors: str | Path | None = None, *, is_directed: bool = False) -> Ties:
    """Read ties from a table with the columns ``source``, ``target`` and, if there are strengths, ``weight``.

    Parameters
    ----------
    path : path
        CSV or Parquet.
    actors : path, optional
        A table with all actors, in a column ``id`` (or ``actor``, ``node``, ``name``, or the only one).
    is_directed : bool

    Returns
    -------
    Ties

    Raises
    ------
    BadInput
        With one sentence that says what is wrong and in which row, the header being row 1.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "ties.csv")
    ...     _ = file.write_text("source,target,weight\\nClinic,Guild,2\\nGuild,Union,1\\n")
    ...     read_ties(file)
    Ties(3 actors, 2 ties)
    """

    def check_header(names: Sequence[str]) -> None:
        check_names(names)
        for wanted in ("source", "target"):
            if wanted not in names:
                raise BadInput(f"There is no column {wanted!r}; a file of ties has source, target and maybe weight.")

    table, _ = read_table(path, check_header)
    weight = _numbers(table["weight"], "weight") if "weight" in table.column_names else None
    listed = None if actors is None else _ids(_actor_table(actors))
    return Ties.between(table["source"], table["target"], weight, actors=listed, is_directed=is_directed)


def read_figures(path: str | Path, column: str, actors: Sequence[str]) -> list[float | None]:
    """One column of a list of actors as numbers, in the order of ``actors``; None where the cell is blank.

    Raises
    ------
    BadInput
        If there is no such column, or a cell is neither blank nor a number.
    """
    table = _actor_table(path)
    if column not in table.column_names:
        raise BadInput(f"There is no column {column!r} in the list of actors.")
    given: dict[str, float | None] = {}
    ids, position = distinct(_ids(table), "actor")
    for row, (name, cell) in enumerate(zip(ids[position].tolist(), table[column].to_pylist(), strict=True)):
        text = (cell or "").strip()
        given[name] = _number(text, column, row) if text else None
    return [given.get(name) for name in actors]


def _actor_table(path: str | Path) -> pa.Table:
    def check_header(names: Sequence[str]) -> None:
        check_names(names)
        if len(names) > 1 and not any(wanted in names for wanted in ID_COLUMNS):
            raise BadInput("The list of actors has no column 'id'.")

    return read_table(path, check_header)[0]


def _ids(table: pa.Table) -> pa.ChunkedArray:
    names = table.column_names
    return table[next((wanted for wanted in ID_COLUMNS if wanted in names), names[0])]


def _numbers(column: pa.ChunkedArray, name: str) -> Floats:
    """A column of text as numbers, or a sentence with the row of the first that is none."""
    cells = [(cell or "").strip() for cell in column.to_pylist()]
    try:
        return np.array([float(cell) for cell in cells], dtype=np.float64)
    except ValueError:
        return np.array([_number(cell, name, row) for row, cell in enumerate(cells)], dtype=np.float64)


def _number(text: str, name: str, row: int) -> float:
    if not text:
        raise BadInput(f"Row {row + 2}: the {name} is blank.")
    try:
        value = float(text)
    except ValueError:
        raise BadInput(f"Row {row + 2}: the {name} {text[:40]!r} is not a number.") from None
    if not np.isfinite(value):
        raise BadInput(f"Row {row + 2}: the {name} {text[:40]!r} is not a number.")
    return value
