r"""The figures themselves: each a formula on counts, shaped like the counts it is given.

A group is never judged on its bare share. One agreement and one other answer are added, so that a
statement which a group has not seen scores one half there: we do not know.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

#: What a standard normal exceeds one time in ten: how sure Polis wants to be, on one side.
NINETY_PERCENT = 1.2815515655446004


def agreement(count: ArrayLike, seen: ArrayLike) -> Floats:
    """Chance that the next person of a group answers so: ``(count + 1) / (seen + 2)``.

    Parameters
    ----------
    count, seen : array_like of int
        How many answered so, and how many answered at all, passes included.

    Examples
    --------
    >>> agreement([85, 0], [89, 0]).round(4).tolist()
    [0.9451, 0.5]
    """
    return (np.asarray(count) + 1.0) / (np.asarray(seen) + 2.0)


def group_informed_consensus(agree: ArrayLike, seen: ArrayLike) -> Floats:
    r"""Chance that one person of each group would all agree: :math:`\prod_g (A_g + 1) / (N_g + 2)`.

    Parameters
    ----------
    agree, seen : (groups, statements) array_like of int

    Returns
    -------
    (statements,) array of float
        Between 0 and 1. Small groups weigh as much as large ones, by design.

    Examples
    --------
    Statement 14 of the Brexit conversation: 85 of 89 in one group, 71 of 78 in the other.

    >>> group_informed_consensus([[85]], [[89]]).round(4).tolist()
    [0.9451]
    >>> group_informed_consensus([[85], [71]], [[89], [78]]).round(4).tolist()
    [0.8505]
    """
    return np.asarray(agreement(agree, seen).prod(axis=0))


def wilson_interval(count: ArrayLike, seen: ArrayLike, z: float = 1.959963984540054) -> tuple[Floats, Floats]:
    """Range in which the true share lies, 95 times in 100; all of 0 to 1 if no one answered.

    Parameters
    ----------
    count, seen : array_like of int
    z : float
        Standard normal quantile; 1.96 gives 95 %.

    Examples
    --------
    >>> low, high = wilson_interval([9, 0], [10, 0])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.596, 0.0], [0.982, 1.0])
    """
    seen = np.asarray(seen, dtype=float)
    share = np.divide(count, seen, out=np.full(seen.shape, 0.5), where=seen > 0)
    scale = 1.0 / (seen + z * z)
    middle = (share * seen + z * z / 2) * scale
    half = z * np.sqrt(share * (1 - share) * seen + z * z / 4) * scale
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def one_proportion_z(count: ArrayLike, seen: ArrayLike) -> Floats:
    """How clearly more than half answered so, in standard errors.

    Polis's form: ``2 * sqrt(n + 1) * ((s + 1) / (n + 1) - 1/2)``.

    Examples
    --------
    >>> one_proportion_z([147, 0], [178, 0]).round(4).tolist()
    [8.745, 1.0]
    """
    more = np.asarray(seen) + 1.0
    return np.asarray(2.0 * np.sqrt(more) * ((np.asarray(count) + 1.0) / more - 0.5))


def two_proportion_z(count: ArrayLike, seen: ArrayLike, other: ArrayLike, other_seen: ArrayLike) -> Floats:
    """How clearly one share exceeds another, in standard errors; pooled, one added to every count.

    Parameters
    ----------
    count, seen, other, other_seen : array_like of int
        How many answered so of how many, in the group and among all other groups.

    Examples
    --------
    >>> two_proportion_z([8], [9], [2], [9]).round(3).tolist()
    [2.739]
    """
    own, own_n, rest, rest_n = (np.asarray(each) + 1.0 for each in (count, seen, other, other_seen))
    pooled = (own + rest) / (own_n + rest_n)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / own_n + 1 / rest_n))
    # Everyone answered so, in the group and elsewhere: nothing sets the group apart.
    return np.divide(own / own_n - rest / rest_n, spread, out=np.zeros(spread.shape), where=spread > 0)


def representativeness(count: Any, seen: Any) -> tuple[Floats, Floats]:
    """How much more often a group answers so than all the other groups together.

    Parameters
    ----------
    count, seen : (groups, statements) array of int

    Returns
    -------
    ratio : (groups, statements) array of float
        Agreement in the group over agreement among the others; 1 is no difference.
    z : (groups, statements) array of float
        Of that difference, in standard errors.

    Examples
    --------
    >>> ratio, z = representativeness(np.array([[8], [2]]), np.array([[9], [9]]))
    >>> ratio.round(3).tolist(), z.round(3).tolist()
    ([[3.0], [0.333]], [[2.739], [-2.739]])
    """
    other, other_seen = count.sum(axis=0) - count, seen.sum(axis=0) - seen
    ratio = agreement(count, seen) / agreement(other, other_seen)
    return ratio, two_proportion_z(count, seen, other, other_seen)
