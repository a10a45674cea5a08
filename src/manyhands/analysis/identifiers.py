"""Names of people, actors, statements and groups as they stand in files, made comparable.

pyarrow is loaded where a file was read: a page that draws a network has names in a list, and a web process that has
pyarrow holds 30 MB more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.tables import BadInput

if TYPE_CHECKING:
    import pyarrow as pa

#: A whole number as a spreadsheet writes it.
WITH_DECIMALS = r"^(-?[0-9]+)\.0+$"
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
    >>> import pyarrow as pa
    >>> tidy(pa.array(["0.0", " 12 ", "1.50", None, "north"])).to_pylist()
    ['0', '12', '1.50', '', 'north']
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(names, pa.ChunkedArray):
        names = names.combine_chunks()
    trimmed = pc.fill_null(pc.utf8_trim_whitespace(names), "")
    return pc.replace_substring_regex(trimmed, pattern=WITH_DECIMALS, replacement=r"\1")


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
    listed, codes = _coded_by_arrow(names) if _is_long(names) else _coded(names)
    # Only the distinct ids are looked at as text; there are far fewer of them than rows.
    found, same = np.unique(np.asarray(listed, dtype=np.str_), return_inverse=True)
    order = natural_order(found)
    place = np.empty(len(found), dtype=np.int64)
    place[order] = np.arange(len(found))
    if (codes < 0).any() or (found == "").any() or (np.char.str_len(found) > LONGEST_ID).any():
        _refuse_strange(found, same, codes, kind)
    return found[order], place[same][codes]


def _is_long(names: Any) -> bool:
    """Whether this is a column of pyarrow's or of NumPy's; told without loading pyarrow."""
    return isinstance(names, np.ndarray) or type(names).__module__.partition(".")[0] == "pyarrow"


def _coded(names: Sequence[Any]) -> tuple[list[str], NDArray[np.int64]]:
    """Each distinct name, tidied, and where each given one stands among them; -1 where there is none."""
    numbers: dict[Any, int] = {None: -1}
    codes = [numbers.setdefault(name, len(numbers) - 1) for name in names]
    texts = (str(name).strip() for name in numbers if name is not None)
    return [re.sub(WITH_DECIMALS, r"\1", text) for text in texts], np.array(codes, dtype=np.int64)


def _coded_by_arrow(names: Any) -> tuple[list[str], NDArray[np.int64]]:
    """The same of many names, quickly."""
    import pyarrow as pa

    is_whole = isinstance(names, np.ndarray) and np.issubdtype(names.dtype, np.integer)
    column = pa.array(names) if is_whole else text_array(names)
    coded = (column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column).dictionary_encode()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return tidy(coded.dictionary.cast(pa.string())).to_pylist(), codes


def _refuse_strange(found: NDArray[np.str_], same: NDArray[np.int64], codes: NDArray[np.int64], kind: str) -> NoReturn:
    """Say in which row an id is missing or no id at all."""
    position = np.append(same, -1)[codes]
    missing = np.flatnonzero(np.isin(position, [-1, *np.flatnonzero(found == "")]))
    if missing.size:
        raise BadInput(f"Row {missing[0] + 2}: the {kind} id is blank.")
    endless = np.flatnonzero(np.char.str_len(found) > LONGEST_ID)
    row = int(np.flatnonzero(np.isin(position, endless))[0])
    raise BadInput(f"Row {row + 2}: the {kind} id is longer than {LONGEST_ID} characters.")


def text_array(names: Any) -> pa.Array:
    """Any sequence of ids as a pyarrow string array."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(names, (pa.Array, pa.ChunkedArray)):
        return names if pa.types.is_string(names.type) else pc.cast(names, pa.string())
    return pa.array([None if name is None else str(name) for name in names], type=pa.string())
