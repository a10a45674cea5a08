"""Pieces of names that are rare enough to tell: what two writings of one name still share.

A slip of the keyboard spoils the few pieces that touch it; another order of words spoils those across words.
So a name is cut at *every* letter, and each cut goes on just until the piece is rare (VGRAM: Li, Wang and Yang,
VLDB 2007). Common beginnings give longer pieces, and no piece is shared by many, so that the work grows with
the number of names and not with its square.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

#: Lengths of pieces, tried from the shortest. The blank before and after a name counts as a letter.
SIZES = (3, 4, 5, 6, 8)
#: A piece in more names than this is not rare yet.
MOST_SHARED = 100
_BITS = 22  # a hash of a piece; two pieces that fall together only cost a comparison
_LOWER = (1 << _BITS) - 1
_PARTS = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_END = 10


def pieces(texts: Sequence[str]) -> list[tuple[Ints, Ints]]:
    """Every piece of every text, for each of `SIZES`: its number and the text it is of, -1 where it would leave one.

    Parameters
    ----------
    texts : sequence of str
        Without line feeds.

    Returns
    -------
    list of (number, row)
        Arrays as long as all texts together, less the size. A number has 25 bits; those of different sizes
        differ.

    Examples
    --------
    >>> number, row = pieces(["ab", "ab"])[0]  # " ab", "ab ", and three that would run on
    >>> row.tolist(), bool(number[0] == number[5])
    ([0, 0, -1, -1, -1, 1, 1, -1], True)
    """
    letters = np.frombuffer("".join(f" {text} \n" for text in texts).encode("utf-32-le"), dtype=np.uint32)
    ends = letters == _END
    row = np.cumsum(ends) - ends
    letters = letters.astype(np.uint64)
    found = []
    step, spread, again = _PARTS
    mixed, leaves, length = np.zeros(len(letters), np.uint64), np.zeros(len(letters), bool), 0
    for at, size in enumerate(SIZES):
        room = max(0, len(letters) - size + 1)
        mixed, leaves = mixed[:room].copy(), leaves[:room].copy()
        while length < size:
            mixed *= step
            mixed += letters[length : length + room]
            leaves |= ends[length : length + room]
            length += 1
        number = mixed * spread
        number ^= number >> np.uint64(29)
        number *= again
        number >>= np.uint64(64 - _BITS)
        found.append((number.astype(np.int64) | (at << _BITS), np.where(leaves, -1, row[:room])))
    return found


def telling_pieces(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """The shortest rare piece from each letter of each text.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    number, row : arrays
        Each piece of a text once, sorted by number and then by row.

    Examples
    --------
    Six pieces each; " li", "lin", "ind" and "nde" are in both.

    >>> number, row = telling_pieces(["linden", "lindem"])
    >>> len(number), np.bincount(np.unique(number, return_counts=True)[1]).tolist()
    (12, [0, 4, 4])
    """
    open_ = None
    kept = []
    for number, row in pieces(texts):
        inside = row >= 0
        once = distinct((number[inside] << 32) | row[inside])
        # Pieces of one size differ in the lower bits alone.
        shared = np.bincount((once >> 32) & _LOWER, minlength=_LOWER + 1)
        open_ = np.ones(len(number), bool) if open_ is None else open_[: len(number)].copy()
        take = open_ & inside & (shared[number & _LOWER] <= MOST_SHARED)
        open_ &= ~take
        kept.append((number[take] << 32) | row[take])
    both = distinct(np.concatenate(kept))
    return both >> 32, both & 0xFFFFFFFF


def distinct(numbers: Ints) -> Ints:
    """Sorted, each once; quicker than ``np.unique``.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    numbers = np.sort(numbers)
    if not len(numbers):
        return numbers
    return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))]
