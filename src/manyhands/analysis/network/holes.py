r"""Structural holes: communities that hardly know each other, and the two best placed to change that.

Between communities *A* and *B*, whose actors have :math:`d_A` and :math:`d_B` ties in all, one would expect

.. math:: \text{expected} = \frac{d_A d_B}{2m}

ties if actors tied themselves without regard to communities. A hole is a pair where one tie at least would be
expected, and where there is none, or less than a quarter of those expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from manyhands.analysis.network.shape import by_size
from manyhands.analysis.network.standing import degree
from manyhands.analysis.network.ties import Integers, Ties
from manyhands.analysis.tables import BadInput

METHOD = "structural holes 1"
#: Share of the expected ties below which a pair of communities is thinly tied.
THIN = 0.25
#: Actors of each community, the best connected, that are considered for closing a hole.
CONSIDERED = 20


@dataclass(frozen=True)
class StructuralHole:
    """Two communities with too few ties between them.

    Attributes
    ----------
    one, other : int
        The communities.
    sizes : tuple of int
        How many actors each has.
    ties : int
        Between them.
    expected : float
        If actors tied themselves without regard to communities.
    closers : tuple of str
        The two, one of each, best placed to close it: not tied, fewest steps apart, then together best
        connected within their own.
    steps : int or None
        How far these two are apart; 2 means that somebody knows both. None if no chain connects them.
    """

    one: int
    other: int
    sizes: tuple[int, int]
    ties: int
    expected: float
    closers: tuple[str, str]
    steps: int | None


def structural_holes(
    ties: Ties, of_actor: Integers | Sequence[int], *, thin: float = THIN, most: int = 20
) -> tuple[StructuralHole, ...]:
    """Pairs of communities with no or thin ties, those first where most ties are missing.

    Parameters
    ----------
    of_actor : (n,) array of int
        Which community each actor is in: found by `communities`, or anything else that divides them, such
        as sectors. Communities of one actor are left out.
    thin : float
        Share of the expected ties below which a pair counts.
    most : int
        Pairs at most.

    Examples
    --------
    Two triangles with one tie between them, where one would expect three and a half:

    >>> ties = Ties.between("aabddec", "bccefff")
    >>> structural_holes(ties, [0, 0, 0, 1, 1, 1], thin=0.3)[0].closers
    ('a', 'f')
    >>> structural_holes(ties, [0, 0, 0, 1, 1, 1])
    ()

    Sources
    -------
    R. S. Burt, Structural Holes, 1992; the expectation is that of modularity (Newman and Girvan, 2004).
    """
    whole = ties.either_way
    label = np.asarray(of_actor, dtype=np.int64)
    if label.shape != whole.actors.shape:
        raise BadInput("Each actor needs one community.")
    if not len(whole):
        return ()
    label = by_size(label)
    number = int(label.max()) + 1
    known, size = degree(whole), np.bincount(label, minlength=number)
    held = np.bincount(label, weights=known, minlength=number)
    between: dict[tuple[int, int], int] = {}
    ends = np.sort(np.column_stack([label[whole.source], label[whole.target]]), axis=1)
    pairs, counts = np.unique(ends, axis=0, return_counts=True)
    for (low, high), count in zip(pairs.tolist(), counts.tolist(), strict=True):
        between[low, high] = count
    inside = np.bincount(
        np.concatenate([whole.source, whole.target]),
        weights=np.tile(label[whole.source] == label[whole.target], 2),
        minlength=len(label),
    )
    large = np.flatnonzero((size > 1) & (held > 0))
    large = large[np.argsort(-held[large], kind="stable")]
    missing = []
    for at, first in enumerate(large.tolist()):
        for second in large[at + 1 :].tolist():
            one, other = min(first, second), max(first, second)
            expected, there = held[one] * held[other] / (2 * len(whole)), between.get((one, other), 0)
            if expected < 1:  # nor with any that follow, which hold fewer ties
                break
            if there < thin * expected:
                missing.append((there - expected, one, other, there, expected))
    missing.sort()
    found: list[StructuralHole] = []
    for _, one, other, there, expected in missing:
        if len(found) == most:
            break
        closers, steps = _closers(whole, label, inside.astype(np.int64), one, other)
        if steps == 1:  # those who could close it are all tied already
            continue
        names = (str(whole.actors[closers[0]]), str(whole.actors[closers[1]]))
        sizes = (int(size[one]), int(size[other]))
        found.append(StructuralHole(one, other, sizes, there, float(expected), names, steps))
    return tuple(found)


def _closers(ties: Ties, label: Integers, inside: Integers, one: int, other: int) -> tuple[tuple[int, int], int | None]:
    """The two best placed, among the best connected of each."""
    sides = []
    for community in (one, other):
        members = np.flatnonzero(label == community)
        sides.append(members[np.argsort(-inside[members], kind="stable")][:CONSIDERED])
    steps = np.asarray(ties.graph.distances(source=sides[0].tolist(), target=sides[1].tolist()), dtype=np.float64)
    reached = inside[sides[0]][:, None] * inside[sides[1]][None, :]
    apart = np.where(steps == 1, np.inf, np.where(np.isfinite(steps), steps, 1e9))
    best = np.lexsort((-reached.ravel(), apart.ravel()))[0]
    row, column = divmod(int(best), len(sides[1]))
    far = float(steps[row, column])
    chosen = int(sides[0][row]), int(sides[1][column])
    return chosen, int(far) if np.isfinite(far) else None
