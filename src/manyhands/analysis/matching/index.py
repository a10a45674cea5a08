"""Where to look for the same organization: an index of a whole list, made once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.matching.grams import distinct, pieces, telling_pieces
from manyhands.analysis.matching.records import Prepared, Record, prepared

Ints = NDArray[np.int64]

#: A pair of names must share this part of the weight of the rarest pieces of one of them to be compared.
SHARED_WEIGHT = 0.2
#: So many of the rarest pieces of a name are looked at when a whole list is compared with itself.
RAREST = 16
#: Rows under one number, one domain, one name are compared with each other up to this many.
MOST_TOGETHER = 50
#: Names that differ from each other are looked at as pairs in stretches of this many, so that memory stays small.
_STRETCH = 100_000
#: A word in at least this many names is a word of its own, not a slip of another.
_COMMON = 5


@dataclass(frozen=True, eq=False)
class Index:
    """A list of organizations, ready to be searched; can be pickled and kept.

    Attributes
    ----------
    records : tuple of Prepared
    cores : tuple of str
        Each different name once, as its telling words.
    core_of : (records,) array
        Which of them a record has.
    records_of : tuple of tuple of int
        Records with each name.
    piece, first, holder : arrays
        Rare pieces of names, sorted; ``holder[first[at]:first[at + 1]]`` are the names with ``piece[at]``.
    common : frozenset of str
        Words in five names or more.
    """

    records: tuple[Prepared, ...]
    cores: tuple[str, ...]
    core_of: Ints
    records_of: tuple[tuple[int, ...], ...]
    piece: Ints
    first: Ints
    holder: Ints
    common: frozenset[str]
    by_order: dict[str, list[int]] = field(repr=False)
    by_short: dict[str, list[int]] = field(repr=False)
    by_initials: dict[str, list[int]] = field(repr=False)
    by_identifier: dict[str, list[int]] = field(repr=False)
    by_domain: dict[str, list[int]] = field(repr=False)
    by_address: dict[str, list[int]] = field(repr=False)

    def pairs_of_names(self) -> tuple[Ints, Ints]:
        """Which different names are worth comparing, as positions in ``cores``; each pair once, in order.

        Two names are if they share a fifth of the weight of the rarest pieces of one of them (a piece in few
        names weighs more), if they are the same words in another order, or one is the other's first letters.
        """
        exact = [pair for group in self.by_order.values() if len(group) > 1 for pair in _all_pairs(group)]
        exact += self.pairs_by_short_form()
        shift = max(1, len(self.cores).bit_length())
        packed = [np.array([(a << shift) | b for a, b in exact], dtype=np.int64), *self._sharing(shift)]
        both = distinct(np.concatenate(packed))
        return both >> shift, both & ((1 << shift) - 1)

    def pairs_by_short_form(self) -> list[tuple[int, int]]:
        """Names of which one may be the other's short form, which no likeness of letters tells."""
        return [
            (min(a, b), max(a, b))
            for short, holders in self.by_short.items()
            for a in holders[:MOST_TOGETHER]
            for b in self.by_initials.get(short, [])[:MOST_TOGETHER]
            if a != b
        ]

    def _sharing(self, shift: int) -> Iterable[Ints]:
        """Packed pairs that share enough rare pieces, one stretch of names after the other."""
        number = len(self.cores)
        held = np.diff(self.first)
        at = np.repeat(np.arange(len(self.piece)), held)
        shared = held[at] > 1
        at, name, many = at[shared], self.holder[shared], held[at[shared]]
        # The rarest pieces of each name: sorted by name and then by how many have the piece.
        packed = np.sort((name << 34) | (many << 27) | np.arange(len(name))) if len(name) < 1 << 27 else None
        order = np.lexsort((many, name)) if packed is None else packed & ((1 << 27) - 1)
        rank = np.empty(len(name), dtype=np.int64)
        starts = np.concatenate(([0], np.cumsum(np.bincount(name, minlength=number))))
        rank[order] = np.arange(len(name)) - starts[name[order]]
        keep = rank < RAREST
        at, name, many = at[keep], name[keep], many[keep]
        weight = np.rint(np.log(number / many + 1) * 128).astype(np.int64)
        whole = np.bincount(name, weights=weight, minlength=number).astype(np.float64)
        for begin in range(0, number, _STRETCH):
            yield self._stretch(at, name, weight, whole, shift, begin)

    def _stretch(self, at: Ints, name: Ints, weight: Ints, whole: NDArray[np.float64], shift: int, begin: int) -> Ints:
        found: list[Ints] = [np.empty(0, dtype=np.int64)]
        lead = np.flatnonzero((name >= begin) & (name < begin + _STRETCH))
        step = 1
        while len(lead):
            lead = lead[lead + step < len(at)]
            lead = lead[at[lead] == at[lead + step]]
            # The weight rides along in the lowest bits, so that one sort brings a pair's pieces together.
            found.append((((name[lead] << shift) | name[lead + step]) << 12) | weight[lead])
            step += 1
        both = np.sort(np.concatenate(found))
        if not len(both):
            return both
        pair = both >> 12
        begins = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1])))
        together = np.add.reduceat(both & 4095, begins)
        pair = pair[begins]
        least = np.minimum(whole[pair >> shift], whole[pair & ((1 << shift) - 1)])
        return np.asarray(pair[together >= SHARED_WEIGHT * least])

    def names_near(self, one: Prepared, most: int = 40) -> list[int]:
        """Names worth comparing with one that may not be in the list, as positions in ``cores``; best first."""
        name = one.name
        exact = self.by_order.get(name.in_any_order, [])[:MOST_TOGETHER]
        if len(name.words) == 1:
            exact = exact + self.by_initials.get(name.words[0], [])[:MOST_TOGETHER]
        for short in {name.short, name.initials if len(name.words) > 2 else ""} - {""}:
            exact = exact + self.by_short.get(short, [])[:MOST_TOGETHER]
        wanted = np.unique(np.concatenate([number[row >= 0] for number, row in pieces([name.core])]))
        found = np.searchsorted(self.piece, wanted)
        found = found[found < len(self.piece)] if len(self.piece) else found[:0]
        found = found[np.isin(self.piece[found], wanted)]
        if not len(found):
            return list(dict.fromkeys(exact))
        many = self.first[found + 1] - self.first[found]
        holders = np.concatenate([self.holder[self.first[at] : self.first[at + 1]] for at in found])
        weights = np.repeat(np.log(len(self.cores) / many + 1), many)
        names, place = np.unique(holders, return_inverse=True)
        order = np.argsort(-np.bincount(place, weights=weights), kind="stable")[:most]
        return list(dict.fromkeys([*exact, *names[order].tolist()]))


def build_index(records: Iterable[Record]) -> Index:
    """Make a list ready to be searched.

    Parameters
    ----------
    records : iterable of Record

    Returns
    -------
    Index
        About 25 pieces for each name; grows with the number of names.

    Examples
    --------
    >>> index = build_index([Record("Linden Clinic"), Record("The Linden Clinic, Inc."), Record("Guild")])
    >>> index.cores, index.records_of
    (('linden clinic', 'guild'), ((0, 1), (2,)))
    """
    ready = tuple(prepared(record) for record in records)
    position: dict[str, int] = {}
    rows: list[list[int]] = []
    core_of = np.empty(len(ready), dtype=np.int64)
    for row, each in enumerate(ready):
        at = position.setdefault(each.name.core, len(position))
        if at == len(rows):
            rows.append([])
        rows[at].append(row)
        core_of[row] = at
    cores = tuple(position)
    number, holder = telling_pieces(cores)
    begins = np.flatnonzero(np.concatenate(([True], number[1:] != number[:-1]))) if len(number) else number
    words = Counter(word for core in cores for word in set(core.split()))
    by_order, by_short, by_initials = defaultdict(list), defaultdict(list), defaultdict(list)
    for at, of in enumerate(rows):
        name = ready[of[0]].name
        by_order[name.in_any_order].append(at)
        if len(name.words) > 2:
            by_initials[name.initials].append(at)
        elif len(name.words) == 1 and 2 < len(name.words[0]) < 9:
            by_short[name.words[0]].append(at)
        for short in {ready[row].name.short for row in of} - {"", name.initials}:
            by_initials[short].append(at)
    return Index(
        records=ready,
        cores=cores,
        core_of=core_of,
        records_of=tuple(map(tuple, rows)),
        piece=number[begins],
        first=np.concatenate((begins, [len(number)])).astype(np.int64),
        holder=holder,
        common=frozenset(word for word, many in words.items() if many >= _COMMON),
        by_order=dict(by_order),
        by_short=dict(by_short),
        by_initials=dict(by_initials),
        by_identifier=_by([each.identifier for each in ready]),
        by_domain=_by([each.domain for each in ready]),
        by_address=_by([each.address for each in ready]),
    )


def _by(values: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row, value in enumerate(values):
        if value:
            found[value].append(row)
    return dict(found)


def _all_pairs(group: Sequence[int]) -> list[tuple[int, int]]:
    """Every two of a group; of a large one each with the few that follow it, in order."""
    reach = len(group) if len(group) <= MOST_TOGETHER else 10
    return [
        (group[at], group[other])
        for at in range(len(group))
        for other in range(at + 1, min(len(group), at + 1 + reach))
    ]
