"""igraph draws from one source for the whole process; here it is lent out with a seed, one user at a time."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import igraph

_one_at_a_time = threading.Lock()


@contextmanager
def drawing_from(seed: int) -> Iterator[None]:
    """Let igraph draw from a source with this seed, so that the same seed gives the same result.

    Two threads that drew at once would disturb each other, so the second waits.

    Examples
    --------
    >>> drawn = []
    >>> for _ in range(2):
    ...     with drawing_from(7):
    ...         drawn.append(igraph.Graph.Erdos_Renyi(9, m=6).get_edgelist())
    >>> drawn[0] == drawn[1]
    True
    """
    with _one_at_a_time:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - a starting point, not a secret
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
