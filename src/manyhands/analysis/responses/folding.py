"""Folding a log of answers: of several by one person to one statement, the latest stays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

Whole = NDArray[np.int64]


def latest(
    person: NDArray[np.integer[Any]],
    statement: NDArray[np.integer[Any]],
    answer: NDArray[Any],
    when: ArrayLike | None,
    shape: tuple[int, int],
) -> csr_array:
    """One cell for each person and statement that met, holding the latest answer.

    Parameters
    ----------
    person, statement : (n,) arrays of int
        Row and column of each answer.
    answer : (n,) array
        What each cell shall hold.
    when : (n,) array_like of number, optional
        Time of each answer. Without it (and between equal times) the later in order counts.
    shape : (int, int)
        How many people and statements there are.

    Returns
    -------
    (people, statements) scipy.sparse.csr_array of int8
        Columns in order within each row.

    Examples
    --------
    >>> rows, columns = np.array([0, 0, 1]), np.array([1, 1, 0])
    >>> latest(rows, columns, np.array([1, -1, 1]), None, (2, 2)).toarray().tolist()
    [[0, -1], [1, 0]]
    """
    cell, chosen = last_of_each(person.astype(np.int64) * shape[1] + statement, when, shape[0] * shape[1])
    rows = cell // max(shape[1], 1)
    indptr = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=shape[0]))))
    # In place, for here the most memory is held: what is left of each cell is its column.
    rows *= shape[1]
    cell -= rows
    return csr_array((answer[chosen].astype(np.int8), cell.astype(np.int32), indptr), shape=shape)


def last_of_each(cell: Whole, when: ArrayLike | None, cells: int) -> tuple[Whole, Whole]:
    """The distinct cells in order, and where in the log the latest answer of each stands.

    Parameters
    ----------
    cell : (n,) array of int
        0 ... cells - 1, in the order of the log.
    when : (n,) array_like of number, optional
        Without it (and between equal times) the later in order counts.
    cells : int

    Returns
    -------
    cell : (m,) array of int
    position : (m,) array of int

    Examples
    --------
    >>> cell, position = last_of_each(np.array([5, 2, 5]), [30, 10, 20], 9)
    >>> cell.tolist(), position.tolist()
    ([2, 5], [1, 0])
    """
    # Both sorts are stable, so equal times keep the order given and the last of a cell is the latest.
    time = None if when is None else np.asarray(when)
    if time is None or (time[1:] >= time[:-1]).all():  # a log is in the order of time as a rule
        cell, order = _sorted(cell, cells)
    else:
        order = np.lexsort((time, cell))
        cell = cell[order]
    last = np.append(cell[1:] != cell[:-1], True) if len(cell) else np.zeros(0, dtype=bool)
    cell = cell[last]  # one after the other, so that never all four are held
    order = order[last]
    return cell, order


def _sorted(cell: Whole, cells: int) -> tuple[Whole, Whole]:
    """Cells in order, and where each came from; equal ones keep their order.

    Number and origin are sorted as one whole number, many times faster than sorting positions by number.
    """
    bits = max(len(cell) - 1, 0).bit_length()
    if cells.bit_length() + bits > 62:
        order = np.argsort(cell, kind="stable")
        return cell[order], order
    both = cell << bits
    both |= np.arange(len(cell))
    both.sort()
    order = both & ((1 << bits) - 1)
    both >>= bits
    return both, order
