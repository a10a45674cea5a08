"""From who attended what to who met whom."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from manyhands.analysis.identifiers import distinct
from manyhands.analysis.network.ties import Ties
from manyhands.analysis.tables import BadInput

#: Pairs that are worked out at most; an event that all attend ties everyone to everyone.
MOST_PAIRS = 50_000_000


def met_at(actor: Any, event: Any) -> Ties:
    """Tie actors who attended the same events; the strength is how many they share.

    Swap the arguments to tie events that share people.

    Parameters
    ----------
    actor, event : sequence of str or int
        One row per attendance. A row that stands twice counts once.

    Returns
    -------
    Ties
        Undirected, with all actors, those who met nobody too.

    Raises
    ------
    BadInput
        If an id is blank, the two differ in length, or the events are so large that there would be more
        than 50 million pairs.

    Notes
    -----
    That two attended the same event does not say that they know each other, and a large event says less
    than a small one.

    Examples
    --------
    >>> ties = met_at(["Ana", "Ben", "Ana", "Ben", "Cleo"], ["fair", "fair", "vote", "vote", "vote"])
    >>> ties, ties.weight.tolist()
    (Ties(3 actors, 3 ties), [2.0, 1.0, 1.0])

    Sources
    -------
    R. L. Breiger, Social Forces 53, 1974.
    """
    if len(actor) != len(event):
        raise BadInput("Each attendance needs an actor and an event.")
    actors, row = distinct(actor, "actor")
    events, column = distinct(event, "event")
    there = np.unique(row * max(len(events), 1) + column)
    row, column = there // max(len(events), 1), there % max(len(events), 1)
    size = np.bincount(column, minlength=len(events))
    if (size.astype(np.float64) ** 2).sum() > MOST_PAIRS:
        raise BadInput(
            f"The largest event, {str(events[size.argmax()])!r}, has {size.max():,} people; leave out such events, "
            "which tie everyone to everyone."
        )
    ones = np.ones(len(row), dtype=np.int64)
    attended = sp.csr_array((ones, (row, column)), shape=(len(actors), len(events)))
    together = sp.coo_array(sp.triu(attended @ attended.T, k=1))
    order = np.lexsort((together.coords[1], together.coords[0]))
    return Ties(
        actors=actors,
        source=together.coords[0][order].astype(np.int64),
        target=together.coords[1][order].astype(np.int64),
        weight=together.data[order].astype(np.float64),
        is_weighted=True,
    )
