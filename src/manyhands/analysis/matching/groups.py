"""Pairs put together to groups, without chains: that A is like B and B like C does not make A and C one."""

from __future__ import annotations

from collections.abc import Iterable

from manyhands.analysis.matching.finding import Pair


def groups_of(pairs: Iterable[Pair]) -> tuple[tuple[int, ...], ...]:
    """Groups of records that a person can look at together.

    Starting with the highest score, two groups become one if more than half of all pairs between them were found.
    So a record that is like two others, which have different numbers, does not pull these together.

    Parameters
    ----------
    pairs : iterable of Pair
        As :func:`~manyhands.analysis.matching.finding.find_duplicates` gives them.

    Returns
    -------
    tuple of tuple of int
        Records of each group in order, groups by their first record. Records without a partner are in none.

    Examples
    --------
    >>> def pair(a, b, score):
    ...     return Pair(a, b, score, ())
    >>> groups_of([pair(0, 1, 0.97), pair(1, 2, 0.9), pair(0, 2, 0.85), pair(2, 3, 0.8), pair(7, 8, 1.0)])
    ((0, 1, 2), (7, 8))
    """
    best_first = sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b))
    found = {(min(pair.a, pair.b), max(pair.a, pair.b)) for pair in best_first}
    group_of: dict[int, list[int]] = {}
    for pair in best_first:
        one, other = group_of.setdefault(pair.a, [pair.a]), group_of.setdefault(pair.b, [pair.b])
        if one is other:
            continue
        between = sum((min(a, b), max(a, b)) in found for a in one for b in other)
        if 2 * between > len(one) * len(other):
            one += other
            for record in other:
                group_of[record] = one
    different = {id(group): group for group in group_of.values() if len(group) > 1}
    return tuple(sorted(tuple(sorted(group)) for group in different.values()))
