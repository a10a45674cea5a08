"""The four roles on the plane of influence and dependence."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Role(StrEnum):
    """What an actor can be in the play of forces."""

    DOMINANT = "dominant"  # acts much, is little acted on
    RELAY = "relay"  # acts much and is much acted on: what it gets, it passes on
    DOMINATED = "dominated"  # acts little, is much acted on
    AUTONOMOUS = "autonomous"  # acts little and is little acted on


def roles(influence: Floats, dependence: Floats) -> tuple[Role | None, ...]:
    """The role of each actor, the lines standing at the mean; exactly the mean counts as high.

    The mean of both is the same, since every influence of one actor is a dependence of another.

    Parameters
    ----------
    influence, dependence : (actors,) array
        I and D of :func:`~manyhands.analysis.actors.power.influence_and_dependence`.

    Returns
    -------
    tuple of Role or None
        None for everyone if all actors have the same influence and the same dependence: then the plane
        tells nobody apart.

    Examples
    --------
    >>> [str(role) for role in roles(np.array([5, 5, 1, 1]), np.array([1, 5, 5, 1]))]
    ['dominant', 'relay', 'dominated', 'autonomous']
    >>> roles(np.array([2, 2]), np.array([2, 2]))
    (None, None)
    """
    if np.ptp(influence) == 0 and np.ptp(dependence) == 0:
        return (None,) * len(influence)
    # Multiplied, not divided, so that whole numbers are compared exactly.
    acts = influence * len(influence) >= influence.sum()
    acted_on = dependence * len(dependence) >= dependence.sum()
    names = {
        (True, False): Role.DOMINANT,
        (True, True): Role.RELAY,
        (False, True): Role.DOMINATED,
        (False, False): Role.AUTONOMOUS,
    }
    return tuple(names[bool(one), bool(other)] for one, other in zip(acts, acted_on, strict=True))
