"""Which records of a list are one organization? For a person to look at: nothing is ever merged here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from manyhands.analysis.matching import evidence
from manyhands.analysis.matching.index import MOST_TOGETHER, Index, _all_pairs, build_index
from manyhands.analysis.matching.likeness import Likeness, alike
from manyhands.analysis.matching.records import Prepared, Record, prepared
from manyhands.analysis.tables import BadInput

Ints = NDArray[np.int64]

METHOD = evidence.METHOD
#: Pairs below are not worth a person's time.
WORTH_A_LOOK = 0.8
#: While somebody types, what is less alike is shown too.
WORTH_A_GLANCE = 0.6
_LOWEST = 0.5
#: Two different names shared by many rows each are compared in no more pairs than this.
_MOST_OF_TWO_NAMES = 25
_AT_A_TIME = 500_000
_BEGINS_ALIKE = 0.65
_NUMBER = "the same official number"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one organization.

    Attributes
    ----------
    a, b : int
        Positions in the list, ``a`` before ``b``.
    score : float
        0 to 1; see :func:`~manyhands.analysis.matching.evidence.weighed`.
    reasons : tuple of str
    """

    a: int
    b: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """One record of an index that may be the organization asked for; see `Pair`."""

    record: int
    score: float
    reasons: tuple[str, ...]


def find_duplicates(records: Iterable[Record] | Index, *, at_least: float = WORTH_A_LOOK) -> tuple[Pair, ...]:
    """Find the pairs of a list that are worth a person's look.

    Parameters
    ----------
    records : iterable of Record, or Index
    at_least : float
        Lowest score, 0.5 to 1.

    Returns
    -------
    tuple of Pair
        Highest score first, then in the order of the list.

    Raises
    ------
    BadInput
        If ``at_least`` is out of range.

    Notes
    -----
    Rows that share one name, number or domain with more than 49 others are each compared with the ten that
    follow only: three hundred branches under one name are no news.

    Examples
    --------
    >>> found = find_duplicates([
    ...     Record("Linden Family Clinic, Inc."), Record("Guild of Nurses"), Record("The Linden Famly Clinic"),
    ...     Record("Guild of Nurses, Northern Chapter"),
    ... ])
    >>> [(pair.a, pair.b, round(pair.score, 2), pair.reasons) for pair in found]
    [(0, 2, 0.96, ('"family" is written "famly"',))]
    """
    if not _LOWEST <= at_least <= 1:
        raise BadInput(f"The lowest score to show is {at_least:g}; it must be between {_LOWEST:g} and 1.")
    index = records if isinstance(records, Index) else build_index(records)
    found: dict[tuple[int, int], Pair] = {}
    for a, b, likeness in _compared(index, at_least):
        _keep(found, index, a, b, likeness, at_least)
    for groups in (index.by_identifier, index.by_address, index.by_domain):
        for group in groups.values():
            for a, b in _all_pairs(group):
                if (a, b) not in found:
                    one, other = index.records[a], index.records[b]
                    _keep(found, index, a, b, _likeness(one, other, index), at_least)
    return tuple(sorted(found.values(), key=lambda pair: (-pair.score, pair.a, pair.b)))


def match_one(
    record: Record,
    index: Index,
    *,
    at_least: float = WORTH_A_GLANCE,
    most: int = 10,
    still_typing: bool = False,
) -> tuple[Match, ...]:
    """Which records of an index may be this one? Quick enough to ask at every key.

    Parameters
    ----------
    record : Record
    index : Index
    at_least : float
        Lowest score.
    most : int
        Most matches to give.
    still_typing : bool
        Also give records whose name begins with what stands in ``record.name``, from four letters on.

    Returns
    -------
    tuple of Match
        Highest score first, then in the order of the index.

    Examples
    --------
    >>> index = build_index([Record("Linden Clinic", "12-3"), Record("Guild of Nurses")])
    >>> [(match.record, round(match.score, 2)) for match in match_one(Record("linden clinc"), index)]
    [(0, 0.93)]
    >>> match_one(Record("Guild of", ""), index, still_typing=True)[0].reasons
    ('begins with what is typed',)
    """
    one = prepared(record)
    if not one.name.plain and not one.identifier and not one.domain and not one.address:
        return ()
    likeness: dict[int, Likeness] = {}
    rows: dict[int, Likeness] = {}
    for at in index.names_near(one) if one.name.plain else []:
        for row in index.records_of[at][:MOST_TOGETHER]:
            if at not in likeness:
                likeness[at] = _likeness(one, index.records[row], index)
            # The same core under another legal form is as alike, but not the same: looked at anew.
            is_same = one.name.core == index.cores[at]
            rows[row] = _likeness(one, index.records[row], index) if is_same else likeness[at]
    for value, group in (
        (one.identifier, index.by_identifier),
        (one.address, index.by_address),
        (one.domain, index.by_domain),
    ):
        for row in group.get(value, ())[:MOST_TOGETHER] if value else ():
            if row not in rows:
                rows[row] = _likeness(one, index.records[row], index)
    found = []
    for row, of_names in rows.items():
        score, reasons = evidence.weighed(of_names, one, index.records[row])
        begins = still_typing and len(one.name.plain) >= 4 and index.records[row].name.plain.startswith(one.name.plain)
        if begins and score < _BEGINS_ALIKE:
            score, reasons = _BEGINS_ALIKE, ("begins with what is typed",)
        if score >= at_least:
            found.append(Match(row, score, reasons))
    return tuple(sorted(found, key=lambda match: (-match.score, match.record))[:most])


def the_one(matches: Iterable[Match], *, sure: float = 0.9, apart: float = 0.1) -> Match | None:
    """The one match that an import may take as the same without asking; None if a person should decide.

    Ask `match_one` with a low ``at_least`` for this, so that a record which shares only a number or an address
    is seen too.

    Parameters
    ----------
    matches : iterable of Match
    sure : float
        Lowest score of it.
    apart : float
        How far the second must be behind.

    Examples
    --------
    One name fits one record and the e-mail address another: nobody can tell.

    >>> index = build_index([Record("BobCo"), Record("Cindy", domain="bobco@null.example")])
    >>> the_one(match_one(Record("BobCo", domain="bobco@null.example"), index, at_least=0)) is None
    True
    >>> the_one(match_one(Record("BobCo"), index)).record
    0
    """
    best = sorted(matches, key=lambda match: (-match.score, match.record))
    if not best or best[0].score < sure or (len(best) > 1 and best[0].score - best[1].score < apart):
        return None
    elsewhere = any("the same e-mail address" in each.reasons or _NUMBER in each.reasons[0] for each in best[1:])
    return None if elsewhere else best[0]


def _compared(index: Index, at_least: float) -> Iterator[tuple[int, int, Likeness]]:
    """Records that have one name, then those whose different names are alike enough to go on with."""
    for core, rows in zip(index.cores, index.records_of, strict=True):
        if len(rows) > 1 and core:
            ordered = rows
            if len(rows) > MOST_TOGETHER:  # those most likely the same stand side by side
                ordered = tuple(sorted(rows, key=lambda row: (_nearness(index.records[row]), row)))
            for a, b in _all_pairs(ordered):
                yield min(a, b), max(a, b), _likeness(index.records[min(a, b)], index.records[max(a, b)], index)
    has_places = any(record.place for record in index.records)
    # Names below this come above `at_least` by nothing but a number, an address or a domain, looked at apart.
    floor = 1 - (1 - at_least) / evidence.SAME_PLACE if has_places else at_least
    enough = 100 * floor
    cores = np.array(index.cores, dtype=object)
    ordered_words = np.array([" ".join(sorted(core.split())) for core in index.cores], dtype=object)
    ones, others = index.pairs_of_names()
    for begin in range(0, len(ones), _AT_A_TIME):
        one, other = ones[begin : begin + _AT_A_TIME], others[begin : begin + _AT_A_TIME]
        is_alike = _ratios(cores, one, other, enough) > 0
        low = np.flatnonzero(~is_alike)
        is_alike[low] = _ratios(ordered_words, one[low], other[low], enough) > 0
        yield from _looked_at(zip(one[is_alike].tolist(), other[is_alike].tolist(), strict=True), index, floor)
    yield from _looked_at(index.pairs_by_short_form(), index, floor)


def _ratios(texts: NDArray[np.object_], one: Ints, other: Ints, enough: float) -> NDArray[np.uint8]:
    """Plain ratio of many pairs of texts, 0 to 100; 0 below ``enough``."""
    pairs = texts[one].tolist(), texts[other].tolist()
    return np.asarray(process.cpdist(*pairs, scorer=fuzz.ratio, score_cutoff=enough, dtype=np.uint8))


def _looked_at(pairs: Iterable[tuple[int, int]], index: Index, floor: float) -> Iterator[tuple[int, int, Likeness]]:
    """The records behind pairs of names that are alike enough, each pair with its likeness."""
    for x, y in pairs:
        rows, other_rows = index.records_of[x], index.records_of[y]
        likeness = _likeness(index.records[rows[0]], index.records[other_rows[0]], index, floor)
        if likeness.score >= floor:
            for a, b in _some_of(rows, other_rows, index):
                yield min(a, b), max(a, b), likeness


def _some_of(rows: tuple[int, ...], others: tuple[int, ...], index: Index) -> list[tuple[int, int]]:
    if len(rows) * len(others) <= _MOST_OF_TWO_NAMES:
        return [(a, b) for a in rows for b in others]
    rows, others = rows[:MOST_TOGETHER], others[:MOST_TOGETHER]
    near = sorted(
        ((index.records[a].place != index.records[b].place, a, b) for a in rows for b in others),
    )
    return [(a, b) for _, a, b in near[:_MOST_OF_TWO_NAMES]]


def _nearness(record: Prepared) -> tuple[str, str, str, str]:
    return record.identifier, record.address, record.domain, record.place


def _likeness(one: Prepared, other: Prepared, index: Index, floor: float = 0.0) -> Likeness:
    places = {word for place in (one.place, other.place) for word in place.split()}
    return alike(one.name, other.name, index.common, places, floor=floor)


def _keep(
    found: dict[tuple[int, int], Pair], index: Index, a: int, b: int, likeness: Likeness, at_least: float
) -> None:
    score, reasons = evidence.weighed(likeness, index.records[a], index.records[b])
    if score >= at_least:
        found[a, b] = Pair(a, b, score, reasons)
