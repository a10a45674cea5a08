"""The two layouts in which Polis hands out a conversation, and what each must hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import csc_array

from manyhands.analysis.identifiers import LONGEST_ID, distinct, natural_order, tidy
from manyhands.analysis.responses.matrix import Responses
from manyhands.analysis.tables import BadInput

#: Names each column of a votes file may have, the first being Polis's own.
EVENT_COLUMNS = {
    "comment-id": ("comment-id", "comment_id", "statement_id", "statement-id", "tid"),
    "voter-id": ("voter-id", "voter_id", "participant_id", "participant-id", "pid"),
    "vote": ("vote",),
    "timestamp": ("timestamp", "modified", "created"),
}
#: Columns of a participants-votes file that tell of the person, not of a statement.
ABOUT_THE_PERSON = ("participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")


def header_kind(names: Sequence[str]) -> str:
    """Tell the layout from the column names.

    Returns
    -------
    str
        ``"events"`` for a votes file, ``"participants"`` for a participants-votes file.

    Raises
    ------
    BadInput
        If it is neither, naming the columns that are missing.

    Examples
    --------
    >>> header_kind(["timestamp", "datetime", "comment-id", "voter-id", "vote"])
    'events'
    >>> header_kind(["comment-id", "vote"])
    Traceback (most recent call last):
    ...
    manyhands.analysis.tables.BadInput: The column 'voter-id' is missing.
    """
    if "participant" in names:
        return "participants"
    missing = [name for name in ("comment-id", "voter-id", "vote") if not set(EVENT_COLUMNS[name]) & set(names)]
    if not missing:
        return "events"
    if len(missing) == 3:
        raise BadInput(
            "The header has neither a 'participant' column (participants-votes.csv) "
            "nor 'comment-id', 'voter-id' and 'vote' (votes.csv)."
        )
    listed = " and ".join(repr(name) for name in missing)
    raise BadInput(f"The column {listed} is missing." if len(missing) == 1 else f"{listed} are missing.")


def from_events(table: pa.Table, groups_from: str | None) -> Responses:
    """Fold a log of votes: the latest of each person on each statement counts."""
    votes = _votes(table[_column(table, "vote")], "vote")
    missing = np.flatnonzero(votes == _BLANK)
    if missing.size:
        raise BadInput(f"Row {missing[0] + 2}: the vote is blank; the file may be cut short.")
    when_column = _column(table, "timestamp")
    when = _times(table[when_column], when_column) if when_column else None
    voters = table[_column(table, "voter-id")]
    found = Responses.from_answers(voters, table[_column(table, "comment-id")], votes, when=when)
    if groups_from is None:
        return found
    named = _groups(table[groups_from], groups_from)
    ids, position = distinct(voters, "voter")
    # As with votes, the last row of a person tells the group; it must not change on the way.
    of_person = np.empty(len(ids), dtype=named.dtype)
    of_person[position] = named
    differs = np.flatnonzero(of_person[position] != named)
    if differs.size:
        person = ids[position[differs[0]]]
        raise BadInput(f"Row {differs[0] + 2}: the column {groups_from!r} puts {str(person)!r} in two groups.")
    return Responses(found.votes, found.people, found.statements, of_person)


def from_participants(table: pa.Table, groups_from: str | None, *, check_last_row: bool) -> Responses:
    """Take one row per person and one column per statement."""
    people, position = distinct(table["participant"], "participant")
    if len(people) < table.num_rows:
        seen_before = np.ones(len(position), dtype=bool)
        seen_before[np.unique(position, return_index=True)[1]] = False
        row = int(np.flatnonzero(seen_before)[0])
        raise BadInput(f"Row {row + 2}: participant {str(people[position[row]])!r} is there twice.")
    names = _statement_columns(table.column_names, groups_from)
    if not names:
        raise BadInput("There is no column for any statement.")
    statements = np.asarray(tidy(pa.array(names)).to_pylist(), dtype=np.str_)
    _check_names(statements)
    columns = [_votes(table[name], name) for name in names]
    if check_last_row:
        _check_complete(table, columns)
    groups = None
    if groups_from is not None:
        groups = np.empty(len(people), dtype=object)
        groups[position] = _groups(table[groups_from], groups_from)
        groups = np.asarray(groups.tolist(), dtype=np.str_)
    order = natural_order(statements)
    votes = _stack([columns[at] for at in order], position)
    return Responses(votes, people, statements[order], groups)


def _statement_columns(names: list[str], groups_from: str | None) -> list[str]:
    """All columns after the last that tells of the person; before it anyone may add their own."""
    about = {*ABOUT_THE_PERSON, groups_from}
    start = names.index("n-disagree") + 1 if "n-disagree" in names else 0
    return [name for name in names[start:] if name not in about]


def _check_names(statements: NDArray[np.str_]) -> None:
    if (statements == "").any():
        raise BadInput("One column has no name in the header.")
    longest = max(statements, key=len)
    if len(longest) > LONGEST_ID:
        raise BadInput(f"The column name {longest[:40]!r}... is too long to be a statement id.")
    ids, count = np.unique(statements, return_counts=True)
    if (count > 1).any():
        raise BadInput(f"The header names the statement {str(ids[count > 1][0])!r} more than once.")


def _check_complete(table: pa.Table, columns: list[NDArray[np.int8]]) -> None:
    """A last line without an end whose own counts do not add up was cut in the middle."""
    given = sum(int(column[-1] != _BLANK) for column in columns)
    if "n-votes" not in table.column_names:
        return
    told = str(table["n-votes"][table.num_rows - 1].as_py()).strip()
    if told.isdecimal() and int(told) != given:
        raise BadInput(f"Row {table.num_rows + 1}: it says {told} votes but holds {given}; the file is cut short.")


#: Stands for "not seen" while a column is read; no vote has this value.
_BLANK = np.int8(9)


def _votes(column: pa.ChunkedArray, name: str) -> NDArray[np.int8]:
    """One column of votes as numbers, blanks as 9. Few distinct texts occur, so each is read once."""
    coded = column.combine_chunks().dictionary_encode()
    values = np.empty(len(coded.dictionary), dtype=np.int8)
    for at, text in enumerate(coded.dictionary.to_pylist()):
        values[at] = _vote(text, name, coded, at)
        if at > 100:  # each true spelling of -1, 0, 1 and blank is one of a handful
            raise BadInput(f"The column {name!r} does not hold votes.")
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    read: NDArray[np.int8] = np.append(values, _BLANK)[codes]
    return read


def _vote(text: str | None, name: str, coded: Any, at: int) -> np.int8:
    tidied = (text or "").strip()
    if tidied in ("", "NaN", "nan"):
        return _BLANK
    try:
        number = float(tidied)
    except ValueError:
        number = float("nan")
    if number not in (-1.0, 0.0, 1.0):
        row = pc.index(coded.indices, at).as_py() + 2
        what = "a vote" if name == "vote" else f"the vote in column {name[:40]!r}"
        raise BadInput(f"Row {row}: {what} must be -1, 0 or 1, not {tidied[:40]!r}.")
    return np.int8(number)


def _times(column: pa.ChunkedArray, name: str) -> NDArray[np.float64]:
    """Milliseconds since 1970; a float keeps them exactly for the next 280,000 years."""
    try:
        times = pc.cast(tidy(column), pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        texts = tidy(column).to_pylist()
        row, text = next((at, text) for at, text in enumerate(texts) if not _is_number(text))
        raise BadInput(f"Row {row + 2}: the {name} must be a number, not {text[:40]!r}.") from None
    # "nan" and "inf" are numbers to a computer, but no moment: sorted by time they would outlive every later vote.
    endless = np.flatnonzero(~np.isfinite(times))
    if endless.size:
        row = int(endless[0])
        text = tidy(column)[row].as_py()
        raise BadInput(f"Row {row + 2}: the {name} must be a moment in time, not {text[:40]!r}.")
    return np.asarray(times, dtype=np.float64)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _groups(column: pa.ChunkedArray, name: str) -> NDArray[np.str_]:
    coded = tidy(column).dictionary_encode()
    listed = np.asarray(["" if text.lower() == "nan" else text for text in coded.dictionary.to_pylist()])
    if not any(listed):
        raise BadInput(f"The column {name!r} is blank in every row, so there are no groups to take from it.")
    longest = max(listed, key=len)
    if len(longest) > LONGEST_ID:
        raise BadInput(f"The group {longest[:40]!r}... in column {name!r} is too long to be a group.")
    named: NDArray[np.str_] = listed[coded.indices.to_numpy(zero_copy_only=False)]
    return named


def _column(table: pa.Table, name: str) -> str | None:
    return next((each for each in EVENT_COLUMNS[name] if each in table.column_names), None)


def _stack(columns: list[NDArray[np.int8]], position: NDArray[np.int64]) -> Any:
    """Columns of votes as one sparse table whose rows are people in natural order."""
    seen = [np.flatnonzero(column != _BLANK) for column in columns]
    data = np.concatenate([column[rows] for column, rows in zip(columns, seen, strict=True)])
    rows = position[np.concatenate(seen)].astype(np.int32)
    indptr = np.concatenate(([0], np.cumsum([len(rows) for rows in seen])))
    table = csc_array((data, rows, indptr), shape=(len(position), len(columns)))
    return table.tocsr()
