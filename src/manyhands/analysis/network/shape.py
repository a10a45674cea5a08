r"""The shape of a whole network: how dense, how centred on a few, in how many pieces.

Every figure here is about which ties there are, not how strong they are. None means that there are too few
actors or ties to say.
"""

from __future__ import annotations

import numpy as np

from manyhands.analysis.network.ties import Integers, Ties


def density(ties: Ties) -> float | None:
    r"""Share of all possible ties that are there: :math:`2m / n(n-1)`, or :math:`m / n(n-1)` if directed.

    Returns
    -------
    float or None
        0 to 1; None with fewer than two actors.

    Examples
    --------
    >>> density(Ties.between(["a", "b"], ["b", "c"]))
    0.6666666666666666
    """
    n = len(ties.actors)
    if n < 2:
        return None
    return len(ties) * (1 if ties.is_directed else 2) / (n * (n - 1))


def centralization(degree: Integers, *, each_way: int = 1) -> float | None:
    r"""How far a network hangs on its best connected actor: Freeman's :math:`\sum(d^* - d_i) / (n-1)(n-2)`.

    Parameters
    ----------
    degree : (n,) array of int
        Ties of each actor.
    each_way : {1, 2}
        How often a pair can be tied: twice if directed ties of both directions are counted together.

    Returns
    -------
    float or None
        1 for a star, 0 where all have equally many; None with fewer than three actors.

    Examples
    --------
    A star of six, then a ring:

    >>> centralization(np.array([5, 1, 1, 1, 1, 1])), centralization(np.array([2, 2, 2, 2]))
    (1.0, 0.0)
    """
    n = len(degree)
    if n < 3:
        return None
    return float((degree.max() - degree).sum() / (each_way * (n - 1) * (n - 2)))


def one_way_centralization(degree: Integers) -> float | None:
    r"""Freeman's figure for ties received, or sent, alone: :math:`\sum(d^* - d_i) / (n-1)^2`.

    The largest sum is that of an actor whom all others name and who names nobody, hence the divisor.

    Examples
    --------
    >>> one_way_centralization(np.array([3, 0, 0, 0]))
    1.0
    """
    n = len(degree)
    if n < 3:
        return None
    return float((degree.max() - degree).sum() / (n - 1) ** 2)


def reciprocity(ties: Ties) -> float | None:
    """Share of directed ties that are answered by one in the other direction; None if undirected or no ties.

    Examples
    --------
    >>> reciprocity(Ties.between(["a", "b", "a"], ["b", "a", "c"], is_directed=True))
    0.6666666666666666
    """
    if not ties.is_directed or not len(ties):
        return None
    n = len(ties.actors)
    there, back = ties.source * n + ties.target, ties.target * n + ties.source
    return float(np.isin(back, there).mean())


def components(ties: Ties) -> Integers:
    """Which piece of the network each actor is in, whatever the direction of ties.

    Returns
    -------
    (n,) array of int
        0 for the largest piece; of equally large ones, that with the first actor has the lower number.

    Examples
    --------
    >>> components(Ties.between(["a", "c"], ["b", "d"], actors="abcde")).tolist()
    [0, 0, 1, 1, 2]
    """
    return by_size(np.asarray(ties.graph.connected_components(mode="weak").membership, dtype=np.int64))


def by_size(label: Integers) -> Integers:
    """Number groups from the largest down; equally large ones in the order of their first member.

    Examples
    --------
    >>> by_size(np.array([7, 3, 3, 5])).tolist()
    [1, 0, 0, 2]
    """
    if not len(label):
        return label
    found, first, same, size = np.unique(label, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(found), dtype=np.int64)
    number[np.lexsort((first, -size))] = np.arange(len(found))
    return number[same]


def distances(ties: Ties) -> tuple[float | None, int | None]:
    """Mean and longest number of steps between actors who can reach each other, along directions.

    Returns
    -------
    mean : float or None
    longest : int or None
        The diameter. Both None if nobody can reach anybody. Pairs that cannot reach each other do not count.

    Examples
    --------
    >>> distances(Ties.between(["a", "b"], ["b", "c"]))
    (1.3333333333333333, 2)
    """
    if not len(ties):
        return None, None
    mean = float(ties.graph.average_path_length(directed=ties.is_directed, unconn=True))
    return mean, int(ties.graph.diameter(directed=ties.is_directed, unconn=True))
