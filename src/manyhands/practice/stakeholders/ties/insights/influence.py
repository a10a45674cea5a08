"""Reach beside ratings, and who has a say over whom."""

from dataclasses import dataclass

from ..queries import Network
from .network import remembered, whole


@dataclass(frozen=True)
class Standing:
    """What one actor's place in the network says beside what members rate."""

    pk: int
    reaches: int
    network_place: int | None
    rated_place: int | None
    gap: float | None
    is_hidden: bool
    is_overrated: bool


def hidden_influence(network: Network) -> list[Standing]:
    """Reach within two steps beside rated influence; the largest gap first."""

    def make() -> list[Standing]:
        from manyhands.analysis.network import hidden_influence as compare
        from manyhands.analysis.network import reach

        ties = whole(network)
        if not len(ties):
            return []
        reached = reach(ties, 2)
        actors = [int(pk) for pk in ties.actors.tolist()]
        rated = [network.nodes[pk].influence if network.nodes[pk].raters else None for pk in actors]
        of = dict(zip(actors, reached.tolist(), strict=True))
        return [
            Standing(
                int(each.actor),
                of[int(each.actor)],
                each.network_place,
                each.formal_place,
                each.gap,
                each.is_hidden,
                each.is_overrated,
            )
            for each in compare([str(pk) for pk in actors], reached, rated)
        ]

    return remembered(network, ("hidden",), make)


@dataclass(frozen=True)
class Say:
    """Over how many an actor has a say, at first hand and through others, and on how many it depends."""

    pk: int
    direct: int
    indirect: int
    depends_on: int


def says(network: Network) -> list[Say]:
    """From ties of the kind "has a say over": most at first hand, then most through others. Empty while there are none.

    The first hand comes first: where nearly everybody moves nearly everybody through others, a single tie to one who is
    strong would else put its owner above those whom all the others name.
    """
    links = [link for link in network.links if link.kind == "influences" and link.level]
    if not links:
        return []

    def make() -> list[Say]:
        from manyhands.analysis.network import Ties, reach

        ties = Ties.between([str(k.one) for k in links], [str(k.other) for k in links], is_directed=True)
        back = Ties.between([str(k.other) for k in links], [str(k.one) for k in links], is_directed=True)
        first, all_steps = reach(ties, 1), reach(ties, max(1, len(ties.actors)))
        depends = dict(zip(back.actors.tolist(), reach(back, max(1, len(back.actors))).tolist(), strict=True))
        found = [
            Say(int(pk), direct, whole - direct, depends[pk])
            for pk, direct, whole in zip(ties.actors.tolist(), first.tolist(), all_steps.tolist(), strict=True)
        ]
        return sorted(found, key=lambda say: (-say.direct, -say.indirect, say.depends_on, say.pk))

    return remembered(network, ("says",), make)
