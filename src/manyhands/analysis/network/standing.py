r"""Where each actor stands in the network: degree, betweenness, closeness, network rank.

Betweenness and closeness count steps: a strong tie is no shorter than a weak one. Strength and network rank
weigh ties by their strength.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from manyhands.analysis.network.shape import components
from manyhands.analysis.network.ties import Floats, Integers, Ties

#: Up to this many actors, betweenness and closeness are exact; above, estimated from a sample of actors.
EXACT_UP_TO = 5_000
#: Actors that a sample has.
SAMPLE = 500
#: Chance to follow one more tie, in network rank.
DAMPING = 0.85


@dataclass(frozen=True, eq=False)
class Paths:
    """A figure made of shortest paths.

    Attributes
    ----------
    value : (n,) array of float
        One per actor; nan where it cannot be said.
    sampled : int or None
        How many actors it was estimated from; None if it is exact.
    """

    value: Floats
    sampled: int | None


def degree(ties: Ties) -> Integers:
    """Ties of each actor; if directed, those sent and received together.

    Examples
    --------
    >>> degree(Ties.between(["a", "b"], ["b", "c"])).tolist()
    [1, 2, 1]
    """
    return sent(ties) + received(ties)


def sent(ties: Ties) -> Integers:
    """Ties that start at each actor."""
    return np.bincount(ties.source, minlength=len(ties.actors)).astype(np.int64)


def received(ties: Ties) -> Integers:
    """Ties that end at each actor: if a tie is a nomination, how often each was named.

    Examples
    --------
    >>> received(Ties.between(["a", "b"], ["c", "c"], is_directed=True)).tolist()
    [0, 0, 2]
    """
    return np.bincount(ties.target, minlength=len(ties.actors)).astype(np.int64)


def strength(ties: Ties) -> Floats:
    """Sum of the weights of each actor's ties, in whatever unit they have.

    Examples
    --------
    >>> strength(Ties.between(["a", "b"], ["b", "c"], [2, 3])).tolist()
    [2.0, 5.0, 3.0]
    """
    n = len(ties.actors)
    ends = (ties.source, ties.target)
    return np.asarray(sum(np.bincount(end, weights=ties.weight, minlength=n) for end in ends), dtype=np.float64)


def network_rank(ties: Ties) -> Floats:
    """PageRank: how often one who follows ties at random, stronger ones more often, is found at each actor.

    With chance 0.85 one more tie is followed, else (or where no tie leads on) a jump is made to any actor.
    Directed ties are followed from source to target, so that being named by those who are named counts.

    Returns
    -------
    (n,) array of float
        Adds up to 1.

    Examples
    --------
    >>> network_rank(Ties.between(["a", "b"], ["b", "c"])).round(3).tolist()
    [0.257, 0.486, 0.257]
    """
    return np.array(ties.graph.pagerank(directed=ties.is_directed, damping=DAMPING, weights=ties.weights))


def betweenness(ties: Ties, *, seed: int = 2026, exact_up_to: int = EXACT_UP_TO) -> Paths:
    r"""How many shortest paths between two others lead through each actor.

    .. math:: \text{betweenness}_v = \sum_{s, t} \sigma_{st}(v) / \sigma_{st}

    Each pair counts once if undirected, once in each direction if directed; if there are several shortest
    paths, each counts by its share. Divide by `betweenness_ceiling` for a figure from 0 to 1.

    Parameters
    ----------
    seed : int
        Of the sample, if there is one.
    exact_up_to : int
        Above this many actors it is estimated from the paths that start at 500 of them, times n / 500.

    Examples
    --------
    >>> betweenness(Ties.between(["a", "b"], ["b", "c"])).value.tolist()
    [0.0, 1.0, 0.0]
    """
    n = len(ties.actors)
    if n <= exact_up_to:
        return Paths(np.array(ties.graph.betweenness(directed=ties.is_directed), dtype=np.float64), None)
    chosen = sample(n, seed)
    part = ties.graph.betweenness(directed=ties.is_directed, sources=chosen.tolist())
    return Paths(np.array(part, dtype=np.float64) * (n / len(chosen)), len(chosen))


def betweenness_ceiling(ties: Ties) -> float | None:
    """The most betweenness an actor can have, that of the centre of a star; None with fewer than three actors.

    Examples
    --------
    >>> betweenness_ceiling(Ties.between(["a", "b"], ["b", "c"]))
    1.0
    """
    n = len(ties.actors)
    if n < 3:
        return None
    return (n - 1) * (n - 2) / (1 if ties.is_directed else 2)


def closeness(ties: Ties, *, seed: int = 2026, exact_up_to: int = EXACT_UP_TO) -> Paths:
    r"""How near each actor is to the others of its piece: the mean of 1 / steps, :math:`\frac{1}{c-1}\sum 1/d_{ij}`.

    The harmonic form, over the :math:`c - 1` others of the same piece (`components`), so that an actor of a
    small piece is neither punished nor rewarded for those whom nobody there can reach. With directed ties,
    steps go along the direction, and whom one cannot reach counts 0.

    Returns
    -------
    Paths
        1 for an actor tied to all of its piece; nan for one without ties. Above ``exact_up_to`` actors
        estimated from the steps to 500 of them; an actor of a small piece may then have none of those in
        reach, and is nan.

    Examples
    --------
    >>> closeness(Ties.between(["a", "b"], ["b", "c"])).value.tolist()
    [0.75, 1.0, 0.75]
    """
    n = len(ties.actors)
    chosen = sample(n, seed) if n > exact_up_to else np.arange(n)
    piece = components(ties)
    total, others = np.zeros(n), np.zeros(n)
    in_piece = np.bincount(piece[chosen], minlength=int(piece.max(initial=-1)) + 1)
    for start in range(0, len(chosen), 250):  # some at a time: the table of steps has n columns
        some = chosen[start : start + 250]
        steps = np.asarray(ties.graph.distances(source=some.tolist(), mode="in"), dtype=np.float64)
        near = np.divide(1.0, steps, out=np.zeros_like(steps), where=steps > 0)
        total += near.sum(axis=0)
    others[:] = in_piece[piece] if n else 0
    others[chosen] -= 1
    value = np.divide(total, others, out=np.full(n, np.nan), where=others > 0)
    return Paths(value, len(chosen) if n > exact_up_to else None)


def sample(n: int, seed: int) -> Integers:
    """Actors that a figure is estimated from, in order; the same for the same seed."""
    return np.sort(np.random.default_rng(seed).choice(n, size=min(SAMPLE, n), replace=False))
