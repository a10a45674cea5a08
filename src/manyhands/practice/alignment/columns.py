"""Answers as columns of numbers: millions of them in tens of megabytes. Pure."""

import hashlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

__all__ = ["READ_AT_ONCE", "Columns", "agreed_with", "as_numbers", "fingerprint", "in_columns", "number_of"]

#: Participants, statements and answers (1, 0, -1): three of one length.
Columns = tuple[Sequence[int], Sequence[int], Sequence[int]]

#: Rows that are fetched, and held as objects, at the same time.
READ_AT_ONCE = 20_000


def in_columns(rows: Iterable[tuple[int, int, int]]) -> Columns:
    """Rows of participant, statement and answer as three columns.

    >>> people, statements, answers = in_columns(iter([(4, 7, 1), (5, 7, -1)]))
    >>> people.tolist(), statements.tolist(), answers.tolist()
    ([4, 5], [7, 7], [1, -1])
    >>> [len(column) for column in in_columns([])]
    [0, 0, 0]
    """
    people, statements, answers = array("q"), array("q"), array("b")
    rows = iter(rows)
    while stretch := list(islice(rows, READ_AT_ONCE)):
        for column, values in zip((people, statements, answers), zip(*stretch, strict=True), strict=True):
            column.extend(values)
    return people, statements, answers


def as_numbers(answers: Columns) -> tuple[Any, Any, Any]:
    """The same columns as arrays to be counted with; those of `in_columns` are not copied."""
    import numpy as np  # where it is used: a web process never needs it

    people, statements, given = answers
    return np.asarray(people, np.int64), np.asarray(statements, np.int64), np.asarray(given, np.int8)


def number_of(column: Any) -> int:
    """How many different ones there are.

    >>> number_of([4, 5, 4]), number_of([])
    (2, 0)
    """
    import numpy as np

    return len(np.unique(column))


def agreed_with(answers: Columns, at_least: int) -> int:
    """With how many statements at least so many agree.

    >>> agreed_with(([1, 2, 1, 2], [7, 7, 8, 8], [1, 1, 1, 0]), 2)
    1
    """
    import numpy as np

    _people, statements, given = as_numbers(answers)
    return int((np.unique(statements[given == 1], return_counts=True)[1] >= at_least).sum())


def fingerprint(answers: Columns, groups: Mapping[int, str]) -> str:
    """The same answers and groups have the same one, in whatever order they come; others have another.

    >>> one = fingerprint(([1, 2], [7, 8], [1, -1]), {1: "shops"})
    >>> one == fingerprint(([2, 1], [8, 7], [-1, 1]), {1: "shops"})
    True
    >>> one == fingerprint(([1, 2], [8, 7], [1, -1]), {1: "shops"}), one == fingerprint(([1, 2], [7, 8], [1, -1]), {})
    (False, False)
    """
    import numpy as np

    people, statements, given = as_numbers(answers)
    order = np.lexsort((given, statements, people))
    mark = hashlib.sha256(f"{len(people)} {sorted(groups.items())!r}".encode())
    for column in (people, statements, given):
        mark.update(column[order].tobytes())
    return mark.hexdigest()
