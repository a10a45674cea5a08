"""Influence that passes through others: from who can act on whom to the balance of power among all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def direct_and_indirect(influence: Floats) -> Floats:
    """Influences, direct and through one other (MDII).

    ``MDII[i, j] = a[i, j] + sum over k of min(a[i, k], a[k, j])``: a path is as strong as its weaker half.
    The diagonal is kept: it is the influence that comes back to an actor through others.

    Parameters
    ----------
    influence : (actors, actors) array, 0 to 4, diagonal 0

    Returns
    -------
    (actors, actors) array
        The sum runs over the first axis towards the second: row acts on column.

    Examples
    --------
    A acts on B, B on C; so A acts on C with the weaker of both.

    >>> direct_and_indirect(np.array([[0, 3, 0], [0, 0, 2], [0, 0, 0]])).tolist()
    [[0.0, 3.0, 2.0], [0.0, 0.0, 2.0], [0.0, 0.0, 0.0]]
    """
    table = np.asarray(influence, dtype=np.float64)
    through = np.stack([np.minimum(row[:, None], table).sum(axis=0) for row in table])
    return np.asarray(table + through)


def strongest_path(influence: Floats) -> Floats:
    """The strongest single way to act on each other actor, direct or through one (MMDII).

    ``MMDII[i, j] = max(a[i, j], max over k of min(a[i, k], a[k, j]))``, diagonal 0.

    >>> strongest_path(np.array([[0, 3, 1], [0, 0, 2], [4, 0, 0]])).tolist()
    [[0.0, 3.0, 2.0], [2.0, 0.0, 2.0], [4.0, 3.0, 0.0]]
    """
    table = np.asarray(influence, dtype=np.float64)
    through = np.stack([np.minimum(row[:, None], table).max(axis=0) for row in table])
    best = np.maximum(table, through)
    np.fill_diagonal(best, 0.0)
    return np.asarray(best)


def influence_and_dependence(matrix: Floats) -> tuple[Floats, Floats]:
    """How much each actor acts on others (I), and how much others act on it (D); the diagonal does not count.

    >>> tuple(each.tolist() for each in influence_and_dependence(np.array([[9, 3], [1, 9]])))
    ([3, 1], [1, 3])
    """
    own = np.diag(matrix)
    return np.asarray(matrix.sum(axis=1) - own), np.asarray(matrix.sum(axis=0) - own)


def balance(influence: Floats, dependence: Floats, own: Floats | None = None) -> Floats | None:
    """Balance of power, so that the average actor has 1: r* from MDII, q* from MMDII.

    ``r[i] = (I[i] - own[i]) / sum(I) * I[i] / (I[i] + D[i])``, then ``r*[i] = n * r[i] / sum(r)``.

    Parameters
    ----------
    influence, dependence : (actors,) array
        I and D of :func:`influence_and_dependence`.
    own : (actors,) array, optional
        Diagonal of MDII, what comes back to the actor itself; nothing for q*.

    Returns
    -------
    (actors,) array or None
        None if nobody acts on anybody, or nobody more than acts back: then there is no balance to tell.
        An actor that neither acts nor is acted on has 0.

    Examples
    --------
    >>> balance(np.array([2.0, 2.0]), np.array([2.0, 2.0])).tolist()
    [1.0, 1.0]
    >>> balance(np.zeros(3), np.zeros(3)) is None
    True
    """
    total, both = influence.sum(), influence + dependence
    if total <= 0:
        return None
    kept = influence if own is None else influence - own
    share = np.divide(influence, both, out=np.zeros_like(both), where=both > 0)
    raw = kept / total * share
    return None if raw.sum() <= 0 else np.asarray(len(raw) * raw / raw.sum())
