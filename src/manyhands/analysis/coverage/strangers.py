"""High-influence actors whom nobody in the coalition knows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from manyhands.analysis.network import Ties

METHOD = "nobody knows 1"
#: The middle of the scale from 1 to 5; exactly there counts as high, as on the map of interest and influence.
HIGH = 3.0


@dataclass(frozen=True)
class Stranger:
    """An influential actor to whom no member has a tie.

    Attributes
    ----------
    actor : str
    influence : float
    steps : int or None
        From the nearest member, 2 or more; 2 means that someone whom a member knows, knows it. None if no
        chain leads there.
    through : tuple of str
        Those who are tied to it and to a member both; empty if it is further away.
    """

    actor: str
    influence: float
    steps: int | None
    through: tuple[str, ...]


def nobody_knows(
    ties: Ties, members: Collection[str], influence: Mapping[str, float | None], *, high: float = HIGH
) -> tuple[Stranger, ...]:
    """Influential actors without a tie to any member: the most influential first, then the nearest.

    Parameters
    ----------
    ties : Ties
        Directions do not count.
    members : collection of str
    influence : mapping of str to float or None
        As rated; an actor without a rating, or with None, is not judged.
    high : float
        From which influence is high.

    Raises
    ------
    BadInput
        If a member is not in the network.

    Examples
    --------
    >>> ties = Ties.between(["us", "aide"], ["aide", "minister"])
    >>> nobody_knows(ties, ["us"], {"minister": 4.5, "aide": 5.0})
    (Stranger(actor='minister', influence=4.5, steps=2, through=('aide',)),)
    """
    whole = ties.either_way
    ours = {whole.position(each) for each in members}
    steps = np.full(len(whole.actors), np.inf)
    for start in ours:  # members are few; each looks once over the network
        steps = np.minimum(steps, np.asarray(whole.graph.distances(source=[start])[0], dtype=np.float64))
    found = []
    for name, rated in influence.items():
        at = whole.position(name)
        if rated is None or rated < high or steps[at] < 2:
            continue
        near = [each for each in whole.graph.neighbors(at) if steps[each] == 1]
        names = tuple(str(whole.actors[each]) for each in sorted(set(near)))
        far = int(steps[at]) if np.isfinite(steps[at]) else None
        found.append((-rated, steps[at], at, Stranger(str(name), float(rated), far, names)))
    return tuple(each[-1] for each in sorted(found, key=lambda each: each[:3]))
