"""Names of people, statements and groups as they stand in files, made comparable."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from manyhands.analysis.tables import BadInput

#: An id longer than this is a cell that slipped into the wrong column, not an id.
LONGEST_ID = 200


def tidy(names: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Trim blanks and write whole numbers without decimals, as spreadsheets like to add them.

    Parameters
    ----------
    names : pyarrow string array
        Ids as they stand in the file; a missing one is null or blank.

    Returns
    -------
    pyarrow string array
        The same length; missing ids are the empty string.

    Examples
    --------
    >>> tidy(pa.array(["0.0", " 12 ", "1.50", None, "north"])).to_pylist()
    ['0', '12', '1.50', '', 'north']
    """
    if isinstance(names, pa.ChunkedArray):
        names = names.combine_chunks()
    trimmed = pc.fill_null(pc.utf8_trim_whitespace(names), "")
    return pc.replace_substring_regex(trimmed, pattern=r"^(-?[0-9]+)\.0+$", replacement=r"\1")


def natural_order(names: NDArray[np.str_]) -> NDArray[np.int64]:
    """Positions that sort ids as people would: 2 before 10, numbers before words.

    Parameters
    ----------
    names : (n,) array of str

    Returns
    -------
    (n,) array of int

    Examples
    --------
    >>> natural_order(np.array(["10", "9", "b", "a"])).tolist()
    [1, 0, 3, 2]
    """
    names = np.asarray(names, dtype=np.str_)
    # Eighteen digits is what fits an integer; longer numbers are ordered as words.
    whole = np.char.isdecimal(names) & (np.char.str_len(names) <= 18)
    number = np.zeros(len(names), dtype=np.int64)
    number[whole] = names[whole].astype(np.int64)
    return np.lexsort((names, number, ~whole)).astype(np.int64)


def merged(
    known: NDArray[np.str_], more: NDArray[np.str_]
) -> tuple[NDArray[np.str_], NDArray[np.int64], NDArray[np.int64]]:
    """Put further ids among those known, in natural order, without sorting those known again.

    Parameters
    ----------
    known : (n,) array of str
        Distinct, in natural order.
    more : (m,) array of str
        Distinct, in natural order; some may be known.

    Returns
    -------
    together : (n + new,) array of str
        All of them in natural order; ``known`` itself if nothing is new.
    moved : (n,) array of int
        Where each of ``known`` stands among them.
    place : (m,) array of int
        Where each of ``more`` stands among them.

    Examples
    --------
    >>> together, moved, place = merged(np.array(["1", "9", "b"]), np.array(["9", "10", "a"]))
    >>> together.tolist(), moved.tolist(), place.tolist()
    (['1', '9', '10', 'a', 'b'], [0, 1, 4], [1, 2, 3])
    """
    at = np.array([bisect_left(known, _rank(str(name)), key=_rank) for name in more.tolist()], dtype=np.int64)
    is_new = np.ones(len(more), dtype=bool)
    inside = np.flatnonzero(at < len(known))
    is_new[inside] = known[at[inside]] != more[inside]
    points = at[is_new]
    if not len(points):
        return known, np.arange(len(known)), at
    # As wide as the widest of both, lest a long id be cut off.
    wide = known.astype(np.promote_types(known.dtype, more.dtype))
    moved = np.arange(len(known)) + np.searchsorted(points, np.arange(len(known)), side="right")
    place = at + np.cumsum(is_new) - is_new
    return np.insert(wide, points, more[is_new]), moved, place


def _rank(name: str) -> tuple[bool, int, str]:
    """The key by which `natural_order` sorts, for one id."""
    whole = name.isdecimal() and len(name) <= 18
    return (not whole, int(name) if whole else 0, str(name))


def distinct(names: Any, kind: str) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """Distinct ids in natural order, and where each given name stands among them.

    Parameters
    ----------
    names : sequence of str or int, or a pyarrow array
        None may be blank.
    kind : str
        What the ids name, for the sentence of the error.

    Returns
    -------
    ids : (m,) array of str
    position : (n,) array of int

    Raises
    ------
    BadInput
        If an id is blank or longer than 200 characters.

    Examples
    --------
    >>> ids, position = distinct(["10", "9", "10"], "statement")
    >>> ids.tolist(), position.tolist()
    (['9', '10'], [1, 0, 1])
    """
    coded = _column(names).dictionary_encode()
    # Only the distinct ids are looked at as text; there are far fewer of them than rows.
    listed = tidy(coded.dictionary.cast(pa.string()))
    found, same = np.unique(np.asarray(listed.to_pylist(), dtype=np.str_), return_inverse=True)
    order = natural_order(found)
    place = np.empty(len(found), dtype=np.int64)
    place[order] = np.arange(len(found))
    if coded.null_count or (found == "").any() or (np.char.str_len(found) > LONGEST_ID).any():
        _refuse_strange(found, same, coded.indices, kind)
    codes = coded.indices.to_numpy(zero_copy_only=False)
    return found[order], place[same][codes]


def _refuse_strange(found: NDArray[np.str_], same: NDArray[np.int64], indices: pa.Array, kind: str) -> NoReturn:
    """Say in which row an id is missing or no id at all."""
    position = np.append(same, -1)[indices.fill_null(-1).to_numpy(zero_copy_only=False)]
    missing = np.flatnonzero(np.isin(position, [-1, *np.flatnonzero(found == "")]))
    if missing.size:
        raise BadInput(f"Row {missing[0] + 2}: the {kind} id is blank.")
    endless = np.flatnonzero(np.char.str_len(found) > LONGEST_ID)
    row = int(np.flatnonzero(np.isin(position, endless))[0])
    raise BadInput(f"Row {row + 2}: the {kind} id is longer than {LONGEST_ID} characters.")


def _column(names: Any) -> pa.Array:
    """Ids as one pyarrow array, of whole numbers if they are that and else of text."""
    if isinstance(names, np.ndarray) and np.issubdtype(names.dtype, np.integer):
        return pa.array(names)
    column = text_array(names)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def text_array(names: Any) -> pa.Array:
    """Any sequence of ids as a pyarrow string array."""
    if isinstance(names, (pa.Array, pa.ChunkedArray)):
        return names if pa.types.is_string(names.type) else pc.cast(names, pa.string())
    return pa.array([None if name is None else str(name) for name in names], type=pa.string())
