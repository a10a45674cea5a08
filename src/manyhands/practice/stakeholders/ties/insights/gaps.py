"""What is missing: second ways to those whom one alone connects us to, and ties between circles."""

from dataclasses import dataclass

from ..queries import Network
from .network import remembered, whole


@dataclass(frozen=True)
class OnlyWay:
    """An actor without whom we lose the way to others."""

    through: int
    lost: tuple[int, ...]


def only_ways(network: Network, most: int = 20) -> list[OnlyWay]:
    """Single points of failure, seen from the members: whom we would no longer reach without this one.

    Those come first whose leaving would cost us most influence.
    """

    def make() -> list[OnlyWay]:
        from manyhands.analysis.network import weak_points

        ties = whole(network)
        found = []
        for point in weak_points(ties)[: 4 * most]:
            without = int(point.actor)
            lost = _lost(network, without)
            if lost:
                found.append(OnlyWay(without, tuple(lost)))
        weight = {pk: node.influence for pk, node in network.nodes.items()}
        found.sort(key=lambda way: (-sum(weight[pk] or 1 for pk in way.lost), way.through))
        return found[:most]

    return remembered(network, ("only ways", most), make)


def _lost(network: Network, without: int) -> list[int]:
    """Who would be cut off from every other member, or from the largest part while there are none; strongest first."""
    neighbours: dict[int, list[int]] = {pk: [] for pk in network.nodes}
    for link in network.doors:
        neighbours[link.one].append(link.other)
        neighbours[link.other].append(link.one)
    seen, parts = {without}, []
    for start in neighbours[without]:
        if start in seen:
            continue
        part, todo = [], [start]
        seen.add(start)
        while todo:
            here = todo.pop()
            part.append(here)
            for there in neighbours[here]:
                if there not in seen:
                    seen.add(there)
                    todo.append(there)
        parts.append(part)
    ours = [part for part in parts if any(network.nodes[pk].is_member for pk in part)]
    if not ours and not network.members:
        ours = [max(parts, key=len, default=[])]
    lost = [pk for part in parts if not any(part is each for each in ours) for pk in part]
    return sorted(lost, key=lambda pk: (-network.nodes[pk].influence, network.nodes[pk].name))


@dataclass(frozen=True)
class MissingLink:
    """Two groups with hardly a tie between them, and the two who could best make one."""

    sizes: tuple[int, int]
    ties: int
    closers: tuple[int, int]
    called_after: tuple[int, int]
    steps: int | None


def missing_links(network: Network, most: int = 10) -> list[MissingLink]:
    """Structural holes between groups, those first where most ties are missing."""

    def make() -> list[MissingLink]:
        from manyhands.analysis.network import communities, structural_holes

        ties = whole(network)
        if not len(ties):
            return []
        label = communities(ties).of_actor
        best: dict[int, int] = {}
        for pk, group in zip(map(int, ties.actors.tolist()), label.tolist(), strict=True):
            if group not in best or network.known[pk] > network.known[best[group]]:
                best[group] = pk
        return [
            MissingLink(
                hole.sizes,
                hole.ties,
                (int(hole.closers[0]), int(hole.closers[1])),
                (best[hole.one], best[hole.other]),
                hole.steps,
            )
            for hole in structural_holes(ties, label, most=most)
        ]

    return remembered(network, ("missing links", most), make)
