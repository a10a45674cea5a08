"""Communities: actors more tied to each other than chance would have it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from manyhands.analysis.network.randomness import drawing_from
from manyhands.analysis.network.shape import by_size
from manyhands.analysis.network.ties import Integers, Ties

#: Up to this many actors the search goes on until nothing improves; above, twice over, as igraph does.
PATIENT_UP_TO = 2_000


@dataclass(frozen=True, eq=False)
class Communities:
    """A division of the network.

    Attributes
    ----------
    of_actor : (n,) array of int
        Which community each actor is in, 0 being the largest. An actor without ties is one of its own.
    modularity : float or None
        How much more of the ties lie inside communities than chance would have it; above about 0.3 they
        mean something. None without ties.
    seed : int
        Of the search.
    """

    of_actor: Integers
    modularity: float | None
    seed: int

    @property
    def number(self) -> int:
        """How many there are."""
        return int(self.of_actor.max(initial=-1)) + 1


def communities(ties: Ties, *, seed: int = 2026) -> Communities:
    """Find communities by modularity with the Leiden algorithm; stronger ties bind more.

    Directions do not count, and ties of both directions bind twice as much. The same seed gives the same
    communities. Unlike its forerunner Louvain, Leiden never returns a community that falls into pieces.

    Parameters
    ----------
    seed : int
        Of the search.

    Examples
    --------
    Two triangles with one tie between them:

    >>> found = communities(Ties.between("aabddec", "bccefff"))
    >>> found.of_actor.tolist(), round(found.modularity, 3)
    ([0, 0, 0, 1, 1, 1], 0.357)

    Sources
    -------
    V. A. Traag, L. Waltman and N. J. van Eck, Scientific Reports 9, 2019.
    """
    whole = ties.either_way
    if not len(whole):
        return Communities(np.arange(len(ties.actors), dtype=np.int64), None, seed)
    graph, weights = whole.graph, whole.weights
    rounds = -1 if len(ties.actors) <= PATIENT_UP_TO else 2
    with drawing_from(seed):
        found = graph.community_leiden(objective_function="modularity", weights=weights, n_iterations=rounds)
    label = by_size(np.asarray(found.membership, dtype=np.int64))
    return Communities(label, float(graph.modularity(label.tolist(), weights=weights)), seed)
