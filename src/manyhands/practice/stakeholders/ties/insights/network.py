"""The network for the analysis library, and answers that are kept for a while in this process."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from .. import rules
from ..queries import Link, Network

if TYPE_CHECKING:
    from manyhands.analysis.network import Ties

Found = TypeVar("Found")

_KEPT: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_MOST_KEPT = 64
_LOCK = Lock()


def remembered(network: Network, what: tuple[Any, ...], make: Callable[[], Found]) -> Found:
    """The same answer for the same question about the same network."""
    key = (network.signature, *what)
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]  # type: ignore[no-any-return]
    made = make()
    with _LOCK:
        _KEPT[key] = made
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return made


def as_ties(nodes: Collection[int], links: Sequence[Link], *, today: date | None = None) -> "Ties":
    """The ties for the analysis library: ids as text, strength as sureness, grown weaker since they were last seen."""
    import numpy as np

    from manyhands.analysis.network import Ties, decayed

    weight = np.array([rules.sureness(link.level) for link in links], dtype=float)
    if today is not None and len(links):
        weight = decayed(weight, [max(0, (today - link.seen_on).days) for link in links])
    return Ties.between(
        [str(link.one) for link in links],
        [str(link.other) for link in links],
        weight,
        actors=[str(pk) for pk in nodes],
    )


def whole(network: Network) -> "Ties":
    return remembered(network, ("ties",), lambda: as_ties(network.nodes, network.doors))
