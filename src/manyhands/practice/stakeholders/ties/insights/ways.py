"""Warm paths: through whom we could reach somebody, and why there is no way when there is none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.timezone import localdate

from ..queries import Link, Network
from .network import as_ties


@dataclass(frozen=True)
class Way:
    """One chain of people from us to somebody, and the ties along it."""

    chain: tuple[int, ...]
    links: tuple[Link, ...]
    warmth: float

    @property
    def through(self) -> tuple[int, ...]:
        return self.chain[1:-1]

    @property
    def pairs(self) -> frozenset[tuple[int, int]]:
        """The steps, the smaller number first, as the map needs them."""
        return frozenset((min(a, b), max(a, b)) for a, b in pairwise(self.chain))


@dataclass(frozen=True)
class Ways:
    """The best way to somebody, the next ones, and what is left without each person on the best."""

    target: int
    best: Way | None = None
    others: tuple[Way, ...] = ()
    without: tuple[tuple[int, Way | None], ...] = ()
    #: "unconnected", "not agreed", "avoided" or "ours": why there is none. Nobody is named.
    reason: str = ""
    #: Is there a way once those along it have agreed?
    could_be: bool = False


def ways(
    network: Network,
    starts: Collection[int],
    target: int,
    *,
    avoid: Collection[int] = (),
    only_agreed: bool = True,
    today: date | None = None,
) -> Ways:
    """Chains from any of `starts` to the target, the warmest first.

    A chain uses only ties for which consent is written down, so that nobody is named as a step who has not agreed.
    Ties count for less the longer ago they were last seen. `only_agreed=False` shows what could be: for finding out
    whom to ask for consent.
    """
    today = today or localdate()
    starts = [pk for pk in starts if pk in network.nodes and pk not in set(avoid)]
    if target not in network.nodes or not starts or target in set(avoid):
        return Ways(target, reason="unconnected")
    if target in starts:
        return Ways(target, reason="ours")
    agreed = [link for link in network.doors if link.consent == "agreed"]
    found = _search(network, agreed if only_agreed else network.doors, starts, target, avoid, today)
    if found is not None:
        return found
    if avoid and _search(network, agreed if only_agreed else network.doors, starts, target, (), today):
        return Ways(target, reason="avoided")
    could_be = only_agreed and _search(network, network.doors, starts, target, avoid, today) is not None
    return Ways(target, reason="not agreed" if could_be else "unconnected", could_be=could_be)


def _search(
    network: Network, links: list[Link], starts: Collection[int], target: int, avoid: Collection[int], today: date
) -> Ways | None:
    from manyhands.analysis.network import introductions

    if not links:
        return None
    ties = as_ties(network.nodes, links, today=today)
    found = introductions(ties, [str(pk) for pk in starts], str(target), avoid=[str(pk) for pk in avoid], number=4)
    if not found.chains:
        return None
    best_link: dict[tuple[int, int], Link] = {}
    for link in links:
        pair = (min(link.one, link.other), max(link.one, link.other))
        if pair not in best_link or (link.level, link.seen_on) > (best_link[pair].level, best_link[pair].seen_on):
            best_link[pair] = link

    def way(chain: tuple[str, ...], warmth: float) -> Way:
        steps = tuple(int(pk) for pk in chain)
        along = tuple(best_link[min(a, b), max(a, b)] for a, b in pairwise(steps))
        return Way(steps, along, round(warmth, 3))

    chains = [way(each.chain, each.warmth) for each in found.chains]
    without = tuple(
        (int(who), way(other.chain, other.warmth) if other is not None else None) for who, other in found.without
    )
    return Ways(target, chains[0], tuple(chains[1:]), without)
