"""K-means in the plane: all starts at once, and the same groups on every machine.

Written here rather than taken from scikit-learn because its sums are added up by as many threads as a
machine has, and rounded accordingly, while the same seed must give the same groups everywhere.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

_STARTS = 10
_MOST_ROUNDS = 200
#: Enough to see which start leads to the tightest groups.
_ROUNDS_TO_COMPARE = 12
#: Centres that move less than this share of the spread of the points have come to rest.
_AT_REST = 1e-7


def k_means(points: Floats, number: int, random: np.random.Generator) -> tuple[Floats, Labels]:
    """The tightest of ten splits of points into groups, each begun with far apart points (k-means++).

    Parameters
    ----------
    points : (n, 2) array of float
        With at least ``number`` distinct points.
    number : int
        How many groups.
    random : numpy.random.Generator

    Returns
    -------
    centres : (number, 2) array of float
    label : (n,) array of int

    Examples
    --------
    >>> points = np.array([[0.0, 0], [1, 0], [10, 0], [11, 0]])
    >>> centres, label = k_means(points, 2, np.random.default_rng(1))
    >>> sorted(centres[:, 0].tolist()), bool(label[0] == label[1] != label[2])
    ([0.5, 10.5], True)
    """
    centres, label = _settle(points, _far_apart(points, number, random), _ROUNDS_TO_COMPARE)
    spread = np.array([((points - centre[own]) ** 2).sum() for centre, own in zip(centres, label, strict=True)])
    return settle(points, centres[int(spread.argmin())])


def settle(points: Floats, centres: Floats) -> tuple[Floats, Labels]:
    """Move centres to the middle of the points nearest to them, until they come to rest.

    Parameters
    ----------
    points : (n, 2) array of float
    centres : (number, 2) array of float
        Where to begin.

    Returns
    -------
    centres : (number, 2) array of float
    label : (n,) array of int

    Examples
    --------
    >>> settle(np.array([[0.0, 0], [2, 0], [9, 0]]), np.array([[1.0, 0], [5, 0]]))[0].tolist()
    [[1.0, 0.0], [9.0, 0.0]]
    """
    moved, label = _settle(points, centres[None], _MOST_ROUNDS)
    return moved[0], label[0]


def _settle(points: Floats, centres: Floats, most_rounds: int) -> tuple[Floats, Labels]:
    """As :func:`settle`, for several starts at once: (starts, number, 2) to that and (starts, n)."""
    rest = _AT_REST**2 * float(points.var(axis=0).sum())
    x, y = np.ascontiguousarray(points.T)
    weights = [np.tile(axis, len(centres)) for axis in (x, y)]
    label = _nearest(x, y, centres)
    for _ in range(most_rounds):
        moved = _middles(weights, label, centres)
        shift = float(((moved - centres) ** 2).sum(axis=(1, 2)).max())
        centres = moved
        label = _nearest(x, y, centres)
        if shift <= rest:
            break
    return centres, label


def _nearest(x: Floats, y: Floats, centres: Floats) -> Labels:
    """Which centre each point is nearest to, the first of equals; (starts, n)."""
    label = np.zeros((len(centres), len(x)), dtype=np.int64)
    nearest = np.full(label.shape, np.inf)
    for at in range(centres.shape[1]):
        away = (x - centres[:, at, :1]) ** 2
        away += (y - centres[:, at, 1:]) ** 2
        np.copyto(label, at, where=away < nearest)
        np.minimum(nearest, away, out=nearest)
    return label


def _middles(weights: list[Floats], label: Labels, centres: Floats) -> Floats:
    """The mean of each group's points; a group without any stays where it is."""
    starts, number = centres.shape[:2]
    flat = (label + np.arange(starts)[:, None] * number).ravel()
    size = np.bincount(flat, minlength=starts * number)
    sums = [np.bincount(flat, weights=axis, minlength=starts * number) for axis in weights]
    middle = np.stack(sums, axis=-1) / np.maximum(size, 1)[:, None]
    middle[size == 0] = centres.reshape(-1, 2)[size == 0]
    return middle.reshape(centres.shape)


def _far_apart(points: Floats, number: int, random: np.random.Generator) -> Floats:
    """Starting centres: each next point drawn by its squared distance from those before."""
    centres = np.empty((_STARTS, number, 2))
    centres[:, 0] = points[random.integers(len(points), size=_STARTS)]
    away = np.full((_STARTS, len(points)), np.inf)
    for at in range(1, number):
        last = centres[:, at - 1, None, :]
        away = np.minimum(away, ((points[None] - last) ** 2).sum(axis=2))
        reached = away.cumsum(axis=1)
        drawn = random.random(_STARTS) * reached[:, -1]
        chosen = np.minimum((reached <= drawn[:, None]).sum(axis=1), len(points) - 1)
        centres[:, at] = points[chosen]
    return centres
