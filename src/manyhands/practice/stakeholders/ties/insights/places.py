"""Where actors stand on the map, and which circles they form."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...models import NetworkDrawing
from ..drawing_up import DRAWN_AT_ONCE
from ..queries import Network
from .network import as_ties, remembered, whole


@dataclass(frozen=True)
class Places:
    """Where each actor stands, 0 to 1 from the left and from the top."""

    of: dict[int, tuple[float, float]]
    #: Is this only a first sketch, while the real drawing is being worked out?
    is_sketch: bool = False


def places(network: Network) -> Places:
    """A small network is laid out now; a large one was, in the background, or is sketched until then."""
    if len(network.links) <= DRAWN_AT_ONCE:
        return Places(remembered(network, ("places",), lambda: lay_out(network)))
    drawing = NetworkDrawing.objects.first()
    drawn = {int(pk): (place[0], place[1]) for pk, place in drawing.places.items()} if drawing else {}
    missing = [pk for pk in network.nodes if pk not in drawn]
    if not missing:
        return Places(drawn)
    return Places({**sketch(network, missing), **drawn}, is_sketch=drawing is None)


def lay_out(network: Network) -> dict[int, tuple[float, float]]:
    """Places by the analysis library: those who are tied stand together."""
    from manyhands.analysis.network import layout

    if not network.nodes:
        return {}
    ties = as_ties(network.nodes, network.links if not network.doors else network.doors)
    found = layout(ties)
    return {
        int(pk): (round(x, 4), round(y, 4))
        for pk, x, y in zip(ties.actors.tolist(), found.x.tolist(), found.y.tolist(), strict=True)
    }


def sketch(network: Network, missing: Sequence[int]) -> dict[int, tuple[float, float]]:
    """A place at once for those who have none yet: a spiral, the best known in the middle."""
    from math import cos, pi, sin, sqrt

    turn = pi * (3 - sqrt(5))
    order = sorted(missing, key=lambda pk: (-network.known[pk], pk))
    return {
        pk: (
            round(0.5 + 0.48 * sqrt((at + 0.5) / len(order)) * cos(at * turn), 4),
            round(0.5 + 0.48 * sqrt((at + 0.5) / len(order)) * sin(at * turn), 4),
        )
        for at, pk in enumerate(order)
    }


@dataclass(frozen=True)
class Cluster:
    """Actors more tied to each other than to the rest, called after whoever of them knows most of the others."""

    actors: tuple[int, ...]
    called_after: int


def clusters(network: Network) -> list[Cluster]:
    """Groups of three or more, the largest first."""

    def make() -> list[Cluster]:
        from manyhands.analysis.network import communities

        ties = whole(network)
        if not len(ties):
            return []
        groups: dict[int, list[int]] = {}
        for pk, label in zip(ties.actors.tolist(), communities(ties).of_actor.tolist(), strict=True):
            groups.setdefault(label, []).append(int(pk))
        return [
            Cluster(tuple(found), max(found, key=lambda pk: (network.known[pk], network.nodes[pk].influence, -pk)))
            for _label, found in sorted(groups.items())
            if len(found) > 2
        ]

    return remembered(network, ("clusters",), make)
