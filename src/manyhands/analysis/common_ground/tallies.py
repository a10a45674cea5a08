"""Counting answers by group: one pass over the answers, whole numbers throughout."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.responses import AGREE, DISAGREE, Responses

Counts = NDArray[np.int64]
#: Answers counted at a time, so that memory does not grow with the conversation.
_STRETCH = 4_000_000


@dataclass(frozen=True, eq=False)
class Tallies:
    """Answers to each statement in each group; every array has shape (groups, statements)."""

    agree: Counts
    disagree: Counts
    passed: Counts

    @property
    def seen(self) -> Counts:
        """How many answered at all, passes included."""
        return self.agree + self.disagree + self.passed

    @property
    def total(self) -> Tallies:
        """All rows together, as one row."""
        return Tallies(
            self.agree.sum(axis=0, keepdims=True),
            self.disagree.sum(axis=0, keepdims=True),
            self.passed.sum(axis=0, keepdims=True),
        )

    def rows(self, which: slice) -> Tallies:
        """Some of the groups."""
        return Tallies(self.agree[which], self.disagree[which], self.passed[which])

    def columns(self, which: Counts) -> Tallies:
        """Some of the statements, by position."""
        return Tallies(self.agree[:, which], self.disagree[:, which], self.passed[:, which])


def tally(responses: Responses, group_of: NDArray[np.int64], groups: int) -> Tallies:
    """Count agreement, disagreement and passes by group and statement.

    Parameters
    ----------
    responses : Responses
    group_of : (people,) array of int
        0 ... groups - 1, or -1 for a person in no group.
    groups : int
        How many groups there are.

    Returns
    -------
    Tallies
        With ``groups + 1`` rows: the last one counts the people in no group.

    Examples
    --------
    >>> asked = Responses.from_dense([[1, 0], [-1, float("nan")], [1, 1]])
    >>> counted = tally(asked, np.array([0, 0, -1]), 1)
    >>> counted.agree.tolist(), counted.passed.tolist(), counted.seen.tolist()
    ([[1, 0], [1, 1]], [[0, 1], [0, 0]], [[2, 1], [1, 1]])
    """
    votes = responses.votes
    statements = votes.shape[1]
    shape = (groups + 1, statements, 3)
    counted = np.zeros(int(np.prod(shape)), dtype=np.int64)
    base = np.where(group_of < 0, groups, group_of).astype(np.int64) * statements
    indptr = votes.indptr
    start = 0
    while start < len(base):
        # As many whole people as fit the stretch, at least one.
        stop = int(np.searchsorted(indptr, indptr[start] + _STRETCH, side="right")) - 1
        stop = min(max(stop, start + 1), len(base))
        part = slice(int(indptr[start]), int(indptr[stop]))
        cell = np.repeat(base[start:stop], np.diff(indptr[start : stop + 1]))
        cell = (cell + votes.indices[part]) * 3 + (votes.data[part] + 1)
        counted += np.bincount(cell, minlength=len(counted))
        start = stop
    table = counted.reshape(shape)
    return Tallies(table[..., AGREE + 1], table[..., DISAGREE + 1], table[..., 1])
