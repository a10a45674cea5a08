"""How far a word travels: who is within a few steps, through whom, and whom to ask so that most hear of it."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from manyhands.analysis.network.ties import Integers, Ties
from manyhands.analysis.tables import BadInput


def reach(ties: Ties, steps: int = 2) -> Integers:
    """How many others each actor reaches within so many steps, along directions; itself not counted.

    Parameters
    ----------
    steps : int
        1 or more.

    Examples
    --------
    >>> reach(Ties.between("abc", "bcd")).tolist()
    [2, 3, 3, 2]
    """
    _check(steps)
    # Counted one actor after another, as around a hub a table of who reaches whom would be full.
    size = ties.graph.neighborhood_size(order=steps, mode="out")
    return np.asarray(size, dtype=np.int64) - 1


@dataclass(frozen=True)
class OnceRemoved:
    """Someone whom an actor does not know, but a contact does.

    Attributes
    ----------
    actor : str
    through : tuple of str
        The contacts who do, by id.
    """

    actor: str
    through: tuple[str, ...]


def once_removed(ties: Ties, actor: str) -> tuple[OnceRemoved, ...]:
    """Those exactly two steps away: most shared contacts first, then by id. Directions do not count.

    Examples
    --------
    >>> once_removed(Ties.between("aabcc", "bcdde"), "a")
    (OnceRemoved(actor='d', through=('b', 'c')), OnceRemoved(actor='e', through=('c',)))
    """
    graph, here = ties.graph, ties.position(actor)
    contacts = sorted(set(graph.neighbors(here, mode="all")))
    through: dict[int, list[str]] = {}
    for contact in contacts:
        for other in sorted(set(graph.neighbors(contact, mode="all")) - {here, *contacts}):
            through.setdefault(other, []).append(str(ties.actors[contact]))
    order = sorted(through, key=lambda each: (-len(through[each]), each))
    return tuple(OnceRemoved(str(ties.actors[each]), tuple(through[each])) for each in order)


@dataclass(frozen=True)
class Messengers:
    """A small set of actors through whom most are reached.

    Attributes
    ----------
    chosen : tuple of str
        In the order in which they were chosen: the first adds most.
    reached : tuple of int
        How many are reached after each choice, the chosen included.
    actors : int
        How many there are.
    """

    chosen: tuple[str, ...]
    reached: tuple[int, ...]
    actors: int


def messengers(ties: Ties, *, share: float = 0.8, steps: int = 2, most: int | None = None) -> Messengers:
    r"""Whom to ask so that a share of all hear of it within so many steps, choosing whoever adds most each time.

    For every number of messengers, those chosen reach at least :math:`1 - 1/e`, 63 %, of what the best
    choice of as many could reach.

    Parameters
    ----------
    share : float
        Above 0 and at most 1.
    steps : int
    most : int, optional
        Stop at so many messengers.

    Examples
    --------
    >>> messengers(Ties.between("abcxy", "hhhyz", actors="abchxyz"), share=1.0, steps=1)
    Messengers(chosen=('h', 'y'), reached=(4, 7), actors=7)

    Sources
    -------
    G. L. Nemhauser, L. A. Wolsey and M. L. Fisher, Mathematical Programming 14, 1978.
    """
    if not 0 < share <= 1:
        raise BadInput("The share to reach must be above 0 and at most 1.")
    n = len(ties.actors)
    heard = np.zeros(n, dtype=bool)
    chosen: list[str] = []
    reached: list[int] = []
    # What an actor adds can only shrink, so the last known figure is a ceiling: most need no second look.
    queue = [(-int(count) - 1, position) for position, count in enumerate(reach(ties, steps))]
    heapq.heapify(queue)
    while queue and heard.sum() < share * n and (most is None or len(chosen) < most):
        _, position = heapq.heappop(queue)
        row = ties.graph.neighborhood(position, order=steps, mode="out")
        gain = int((~heard[row]).sum())
        if queue and (-gain, position) > queue[0]:
            if gain:
                heapq.heappush(queue, (-gain, position))
            continue
        if not gain:
            break
        heard[row] = True
        chosen.append(str(ties.actors[position]))
        reached.append(int(heard.sum()))
    return Messengers(tuple(chosen), tuple(reached), n)


def _check(steps: int) -> None:
    if steps < 1:
        raise BadInput("A word travels one step at least.")
