r"""How warm the best introduction to everyone is, at once.

For one actor with its chains see `warm_paths`. Here only the warmth is asked, of all actors together: the largest
product of strengths along any chain from one of ours, by one run of Dijkstra's algorithm on :math:`-\ln w`.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from manyhands.analysis.network.ties import Ties
from manyhands.analysis.tables import BadInput

#: A length of nought would be no tie at all to a sparse matrix.
_SHORTEST = 1e-12


def warmth_to_all(ties: Ties, starts: Collection[str]) -> dict[str, float]:
    """The warmth of the best chain from any of ours to each actor that can be reached.

    Parameters
    ----------
    ties : Ties
        With strengths above 0 and at most 1; only those that may be shown on a path.
    starts : collection of str
        Ours.

    Returns
    -------
    dict of str to float
        Above 0 and at most 1; 1 for ours. Who cannot be reached is left out.

    Raises
    ------
    BadInput
        If a strength is above 1, or one of ours is unknown.

    Examples
    --------
    >>> ties = Ties.between(["us", "a"], ["a", "b"], [0.5, 0.5], actors=["us", "a", "b", "far"])
    >>> {who: round(warmth, 3) for who, warmth in warmth_to_all(ties, ["us"]).items()}
    {'a': 0.5, 'b': 0.25, 'us': 1.0}

    Sources
    -------
    E. W. Dijkstra, Numerische Mathematik 1, 1959.
    """
    if len(ties) and ties.weight.max() > 1:
        raise BadInput("A strength above 1 cannot be part of a warm path; divide levels by the highest level.")
    ours = sorted({ties.position(each) for each in starts})
    if not ours:
        return {}
    length = np.maximum(-np.log(ties.weight), _SHORTEST)
    size = len(ties.actors)
    graph = csr_array((length, (ties.source, ties.target)), shape=(size, size))
    far = dijkstra(graph, directed=ties.is_directed, indices=ours, min_only=True)
    return {str(ties.actors[at]): float(np.exp(-far[at])) for at in np.flatnonzero(np.isfinite(far))}
