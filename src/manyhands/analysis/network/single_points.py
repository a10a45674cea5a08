"""Single points of failure: actors and ties without which the network falls into pieces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from manyhands.analysis.network.ties import Ties


@dataclass(frozen=True)
class WeakPoint:
    """An actor whose leaving would cut others off.

    Attributes
    ----------
    actor : str
    cut_off : int
        How many others would no longer reach the largest part of those that remain.
    parts : int
        Into how many parts its piece of the network would fall.
    """

    actor: str
    cut_off: int
    parts: int


def weak_points(ties: Ties) -> tuple[WeakPoint, ...]:
    """Articulation points, with how many each would cut off; the worst first, then by id.

    Directions do not count: a tie either way is a tie.

    Examples
    --------
    A chain a - b - c - d with e hanging on b:

    >>> weak_points(Ties.between(["a", "b", "c", "b"], ["b", "c", "d", "e"]))
    (WeakPoint(actor='b', cut_off=2, parts=3), WeakPoint(actor='c', cut_off=1, parts=2))
    """
    graph = ties.either_way.graph
    blocks, points = graph.biconnected_components(return_articulation_points=True)
    if not points:
        return ()
    parts = _parts(len(ties.actors), [list(block) for block in blocks], points)
    found = [WeakPoint(str(ties.actors[point]), sum(sizes) - max(sizes), len(sizes)) for point, sizes in parts.items()]
    return tuple(sorted(found, key=lambda each: (-each.cut_off, ties.place[each.actor])))


def _parts(n: int, blocks: list[list[int]], points: list[int]) -> dict[int, list[int]]:
    """Sizes of the parts that would remain without each of the points.

    Blocks, parts that no single actor can cut, hang together in them as in a tree; one walk down it and
    one back up counts what hangs below each.
    """
    is_point = np.zeros(n, dtype=bool)
    is_point[points] = True
    blocks_of: dict[int, list[int]] = {point: [] for point in points}
    for number, block in enumerate(blocks):
        for actor in block:
            if is_point[actor]:
                blocks_of[actor].append(number)
    parts: dict[int, list[int]] = {point: [] for point in points}
    seen_blocks: set[int] = set()
    for root in range(len(blocks)):
        if root in seen_blocks:
            continue
        walk: list[tuple[int, int]] = [(root, -1)]  # each block, and the point from which it was reached
        seen_blocks.add(root)
        reached: set[int] = set()
        for current, came_from in walk:
            for actor in blocks[current]:
                if is_point[actor] and actor != came_from and actor not in reached:
                    reached.add(actor)
                    below = [each for each in blocks_of[actor] if each not in seen_blocks]
                    seen_blocks.update(below)
                    walk += [(each, actor) for each in below]
        beneath: dict[int, int] = dict.fromkeys(reached, 0)
        whole = 0
        for current, came_from in reversed(walk):
            size = sum(1 + beneath.get(actor, 0) for actor in blocks[current] if actor != came_from)
            if came_from >= 0:
                beneath[came_from] += size
                parts[came_from].append(size)
            else:
                whole = size
        for actor in reached:
            parts[actor].append(whole - 1 - beneath[actor])
    return parts


def bridges(ties: Ties) -> tuple[tuple[str, str], ...]:
    """Ties without which two parts would no longer reach each other, as pairs of ids in natural order.

    Examples
    --------
    >>> bridges(Ties.between("aabc", "bccd"))
    (('c', 'd'),)
    """
    whole = ties.either_way
    found = sorted(whole.graph.bridges())
    return tuple((str(ties.actors[whole.source[tie]]), str(ties.actors[whole.target[tie]])) for tie in found)
