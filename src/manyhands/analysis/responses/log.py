"""Answers as they arrive: new, changed and withdrawn ones are taken in without reading the log again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from manyhands.analysis.identifiers import distinct, merged
from manyhands.analysis.responses.folding import last_of_each
from manyhands.analysis.responses.matrix import AGREE, DISAGREE, PASS, Responses
from manyhands.analysis.tables import BadInput

Whole = NDArray[np.int64]

#: Stands in a cell whose last event is that the answer was taken back. It is kept for its time: an older answer
#: that arrives late must not bring the withdrawn one to life.
_WITHDRAWN = np.int8(2)


@dataclass(frozen=True, eq=False)
class Change:
    """What the last batch changed.

    Attributes
    ----------
    people_before, statements_before : arrays of int
        Where each person and statement of the log before stands now.
    people : (changed,) array of int
        The people now, in order, of whom at least one event of the batch counted.
    """

    people_before: Whole
    statements_before: Whole
    people: Whole


@dataclass(frozen=True, eq=False)
class AnswerLog:
    """The latest event of each person on each statement, ready to take more. Never changed: `add` makes a new one.

    Attributes
    ----------
    people : (people,) array of str
    statements : (statements,) array of str
        Everyone and everything ever named, in natural order.
    cells : (people, statements) scipy.sparse.csr_array of int8
        1 agree, 0 pass, -1 disagree, 2 withdrawn; not stored where nothing ever happened.
    when : (cells.nnz,) array of float, or None
        Time of each stored cell, in the unit of the times given. None where the log has no times; then
        what arrives later counts.
    change : Change or None
        What the last `add` did; None for a log just begun.

    Notes
    -----
    ``AnswerLog.begin().add(first).add(second)`` holds exactly what ``AnswerLog.begin().add(first + second)``
    holds, wherever a log is cut: the event with the latest time counts, of equal times the later in order.
    A batch of *b* events costs *O(b log n + b s)* for looking up (*s* answers of a person) and one copy of the
    table; nothing is sorted but the batch.

    Examples
    --------
    >>> log = AnswerLog.begin().add(["ann", "ben"], [1, 1], [1, -1])
    >>> later = log.add(["ann", "cem", "ben"], [2, 1, 1], [0, 1, None])  # ben takes his answer back
    >>> later.responses
    Responses(3 people, 2 statements, 3 answers)
    >>> later.responses.votes_of_each.tolist(), log.responses.votes_of_each.tolist()
    ([2, 0, 1], [1, 1])
    """

    people: NDArray[np.str_]
    statements: NDArray[np.str_]
    cells: csr_array
    when: NDArray[np.float64] | None = None
    change: Change | None = None

    def __repr__(self) -> str:
        people, statements = self.cells.shape
        return f"AnswerLog({people} people, {statements} statements, {self.cells.nnz} cells)"

    @classmethod
    def begin(cls, *, all_people: Iterable[Any] = (), all_statements: Iterable[Any] = ()) -> AnswerLog:
        """A log without events. Ids given are kept even if nobody answers.

        Raises
        ------
        BadInput
            If an id is blank.

        Examples
        --------
        >>> AnswerLog.begin(all_statements=[1, 2])
        AnswerLog(0 people, 2 statements, 0 cells)
        """
        people, _ = distinct(list(all_people), "person")
        statements, _ = distinct(list(all_statements), "statement")
        return cls(people, statements, csr_array((len(people), len(statements)), dtype=np.int8))

    @classmethod
    def of(cls, responses: Responses) -> AnswerLog:
        """Go on from answers already folded, without times; the table is shared, not copied.

        Examples
        --------
        >>> AnswerLog.of(Responses.from_dense([[1, 0]])).add([0], [1], [-1]).responses.votes.toarray().tolist()
        [[1, -1]]
        """
        votes = responses.votes
        in_order = votes if votes.has_sorted_indices else votes.sorted_indices()
        return cls(responses.people, responses.statements, in_order)

    @cached_property
    def responses(self) -> Responses:
        """The answers that stand: withdrawn ones left out, all people and statements kept."""
        stands = self.cells.data != _WITHDRAWN
        if stands.all():
            return Responses(self.cells, self.people, self.statements)
        before = np.concatenate(([0], np.cumsum(stands)))
        parts = (self.cells.data[stands], self.cells.indices[stands], before[self.cells.indptr])
        return Responses(csr_array(parts, shape=self.cells.shape), self.people, self.statements)

    def add(
        self, people: Sequence[Any], statements: Sequence[Any], answers: ArrayLike, *, when: ArrayLike | None = None
    ) -> AnswerLog:
        """Take in a batch of events.

        Parameters
        ----------
        people, statements : (n,) sequences of str or int
            Who answered, and what; either may be new.
        answers : (n,) array_like of {1, 0, -1, None}
            Agree, pass, disagree; None or NaN takes back the answer that stands there, if any.
        when : (n,) array_like of number, optional
            Time of each event, in one unit throughout the log. An event older than the one that stands is
            ignored. A log has times in every batch or in none.

        Returns
        -------
        AnswerLog

        Raises
        ------
        BadInput
            If lengths differ, an id is blank, an answer is none of the four, a time is no number, or times
            are given in some batches only. Rows are counted as in a file, from 2.

        Examples
        --------
        >>> log = AnswerLog.begin().add(["a"], [7], [1], when=[20])
        >>> log.add(["a"], [7], [-1], when=[10]).responses.votes.toarray().tolist()  # older, so ignored
        [[1]]
        """
        answer = _events(answers)
        if not len(people) == len(statements) == len(answer):
            raise BadInput("There must be one person, one statement and one answer in every row.")
        time = self._times(when, len(answer))
        person_ids, person = distinct(people, "person")
        statement_ids, statement = distinct(statements, "statement")
        cell, chosen = last_of_each(person * len(statement_ids) + statement, time, len(person_ids) * len(statement_ids))
        own_row, own_column = np.divmod(cell, max(len(statement_ids), 1))
        all_people, people_before, row_of = merged(self.people, person_ids)
        all_statements, statements_before, column_of = merged(self.statements, statement_ids)
        table = _widened(self.cells, people_before, statements_before, (len(all_people), len(all_statements)))
        row, column = row_of[own_row], column_of[own_column]
        at, is_there = _places(table, row, column)
        counts = np.ones(len(at), dtype=bool)
        if time is not None and self.when is not None:
            counts[is_there] = time[chosen[is_there]] >= self.when[at[is_there]]
        change = Change(people_before, statements_before, np.unique(row[counts]))
        cells, times = _written(
            table, self.when, row, column, at, is_there & counts, ~is_there, answer[chosen],
            None if time is None else time[chosen],
        )  # fmt: skip
        return AnswerLog(all_people, all_statements, cells, times, change)

    def _times(self, when: ArrayLike | None, events: int) -> NDArray[np.float64] | None:
        if events and self.cells.nnz and (when is None) != (self.when is None):
            raise BadInput("A log has times in every batch or in none.")
        if when is None:
            return None
        try:
            time = np.asarray(when, dtype=np.float64)
        except (TypeError, ValueError):
            raise BadInput("A time must be a number.") from None
        if time.shape != (events,):
            raise BadInput("There must be one time for each answer.")
        if not np.isfinite(time).all():
            raise BadInput(f"Row {int(np.flatnonzero(~np.isfinite(time))[0]) + 2}: a time must be a number.")
        return time


def _events(answers: ArrayLike) -> NDArray[np.int8]:
    try:
        given = np.asarray(answers, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadInput("An answer must be 1, 0, -1 or None.") from None
    if given.ndim != 1:
        raise BadInput("There must be one person, one statement and one answer in every row.")
    taken_back = np.isnan(given)
    right = taken_back | (given == AGREE) | (given == PASS) | (given == DISAGREE)
    if not right.all():
        wrong = int(np.flatnonzero(~right)[0])
        raise BadInput(f"Row {wrong + 2}: a vote must be -1, 0 or 1, or None to take it back, not {given[wrong]:g}.")
    return np.where(taken_back, float(_WITHDRAWN), given).astype(np.int8)


def _widened(cells: csr_array, rows: Whole, columns: Whole, shape: tuple[int, int]) -> csr_array:
    """The same cells in a table with more rows and columns; their order in memory stays."""
    if cells.shape == shape:
        return cells
    indices = cells.indices
    if shape[1] != cells.shape[1]:
        indices = columns.astype(np.int32)[indices]
    number = np.zeros(shape[0], dtype=np.int64)
    number[rows] = np.diff(cells.indptr)
    return csr_array((cells.data, indices, np.concatenate(([0], np.cumsum(number)))), shape=shape)


def _places(table: csr_array, row: Whole, column: Whole) -> tuple[Whole, NDArray[np.bool_]]:
    """Where in memory each cell stands, or would have to be put in; and whether it is there. Only rows asked for
    are looked at."""
    rows, which = np.unique(row, return_inverse=True)
    start, length = table.indptr[rows].astype(np.int64), np.diff(table.indptr)[rows].astype(np.int64)
    ahead = np.cumsum(length) - length
    flat = np.repeat(start - ahead, length) + np.arange(int(length.sum()))
    stored = np.repeat(np.arange(len(rows)), length) * table.shape[1] + table.indices[flat]
    sought = which * table.shape[1] + column
    found = np.searchsorted(stored, sought)
    inside = found < len(stored)
    is_there = np.zeros(len(row), dtype=bool)
    is_there[inside] = stored[found[inside]] == sought[inside]
    return start[which] + found - ahead[which], is_there


def _written(
    table: csr_array,
    when: NDArray[np.float64] | None,
    row: Whole,
    column: Whole,
    at: Whole,
    over: NDArray[np.bool_],
    new: NDArray[np.bool_],
    answer: NDArray[np.int8],
    time: NDArray[np.float64] | None,
) -> tuple[csr_array, NDArray[np.float64] | None]:
    """A copy of the table, some cells written over and some put in."""
    data = table.data.astype(np.int8, copy=True)
    data[at[over]] = answer[over]
    indices, indptr = table.indices, table.indptr
    times = None
    if time is not None:
        times = np.zeros(0) if when is None else when.copy()
        times[at[over]] = time[over]
        times = np.insert(times, at[new], time[new])
    elif when is not None:  # an empty batch without times
        times = when
    if new.any():
        data = np.insert(data, at[new], answer[new])
        indices = np.insert(indices, at[new], column[new].astype(indices.dtype))
        more = np.bincount(row[new], minlength=table.shape[0])
        indptr = indptr + np.concatenate(([0], np.cumsum(more)))
    return csr_array((data, indices, indptr), shape=table.shape), times
