"""Findings with names in place of numbers, as pages say them."""

from collections.abc import Mapping, Sequence
from typing import Any

from .insights import MissingLink, OnlyWay, Say, Standing, Way, Ways
from .queries import Node

Nodes = Mapping[int, Node]


def way(found: Way | None, nodes: Nodes) -> dict[str, Any] | None:
    """One chain: who stands on it, and the tie that leads to each."""
    if found is None:
        return None
    return {
        "steps": [
            {"node": nodes[pk], "link": found.links[at - 1] if at else None} for at, pk in enumerate(found.chain)
        ],
        "first": nodes[found.chain[0]],
        "last": nodes[found.chain[-1]],
        "through": [nodes[pk] for pk in found.through],
        "is_direct": len(found.chain) == 2,
    }


def ways(found: Ways | None, nodes: Nodes) -> dict[str, Any] | None:
    """All that is known of the way to somebody."""
    if found is None or found.target not in nodes:
        return None
    return {
        "target": nodes[found.target],
        "best": way(found.best, nodes),
        "others": [way(other, nodes) for other in found.others],
        "without": [{"who": nodes[pk], "way": way(other, nodes)} for pk, other in found.without],
        "reason": found.reason,
        "could_be": found.could_be,
    }


def only_ways(found: Sequence[OnlyWay], nodes: Nodes) -> list[dict[str, Any]]:
    return [{"node": nodes[each.through], "lost": [nodes[pk] for pk in each.lost]} for each in found]


def missing_links(found: Sequence[MissingLink], nodes: Nodes) -> list[dict[str, Any]]:
    return [
        {
            "one": nodes[each.called_after[0]],
            "other": nodes[each.called_after[1]],
            "closers": (nodes[each.closers[0]], nodes[each.closers[1]]),
            "sizes": each.sizes,
            "ties": each.ties,
            "steps": each.steps,
        }
        for each in found
    ]


def standings(found: Sequence[Standing], nodes: Nodes) -> list[dict[str, Any]]:
    return [{"node": nodes[each.pk], "of": each} for each in found]


def says(found: Sequence[Say], nodes: Nodes) -> list[dict[str, Any]]:
    return [{"node": nodes[each.pk], "of": each} for each in found]


def links(found: Sequence[Any], nodes: Nodes) -> list[dict[str, Any]]:
    """Ties with their two ends, for the list."""
    return [{"link": link, "one": nodes[link.one], "other": nodes[link.other]} for link in found]
