r"""Hidden influence: whose place in the network is far above, or below, the place people give it.

Both sides are turned into standings, so that a network figure and a rating can be compared. Among the
:math:`n` actors who have a rating,

.. math:: \text{standing}_i = \frac{\#\{\text{below } i\} + \tfrac12 \#\{\text{equal to } i\}}{n - 1}

without *i* itself: 1 at the top, 0 at the bottom. The gap is the standing in the network less the formal one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from manyhands.analysis.network.ties import Floats
from manyhands.analysis.tables import BadInput

METHOD = "hidden influence 1"
#: A gap this large is called far apart: two fifths of the field lie between the two places.
FAR_APART = 0.4
#: With fewer rated actors nothing is called far apart: there is hardly a field.
ENOUGH_RATED = 5


@dataclass(frozen=True)
class InfluenceGap:
    """One actor's two places.

    Attributes
    ----------
    actor : str
    network_place, formal_place : int or None
        1 is the highest, equal ones share the better place; None if the actor has no formal rating.
    network_standing, formal_standing : float or None
        0 to 1, 1 at the top; None likewise, or if only one actor is rated.
    gap : float or None
        -1 to 1; above 0, the network gives more than people do.
    is_hidden : bool
        The gap is 0.4 or more, and at least five actors are rated.
    is_overrated : bool
        The gap is -0.4 or less, likewise.
    """

    actor: str
    network_place: int | None
    formal_place: int | None
    network_standing: float | None
    formal_standing: float | None
    gap: float | None
    is_hidden: bool
    is_overrated: bool


def hidden_influence(
    actors: Sequence[str],
    in_network: ArrayLike,
    formal: Sequence[float | None],
    *,
    far_apart: float = FAR_APART,
) -> tuple[InfluenceGap, ...]:
    """Compare each actor's place in the network with the place it is given.

    Parameters
    ----------
    actors : (n,) sequence of str
    in_network : (n,) array_like of float
        Any figure of the network in which more is more: network rank, betweenness, reach. One that cannot
        be said (nan) is left out as if not rated.
    formal : (n,) sequence of float or None
        What people rated, in any unit in which more is more; None if nobody did, which is not a zero.
    far_apart : float
        Gap from which an actor is flagged.

    Returns
    -------
    tuple of InfluenceGap
        The largest gap first; those without a rating last, by their figure in the network.

    Raises
    ------
    BadInput
        If the inputs differ in length or a rating is no number.

    Examples
    --------
    Five are rated by wealth, F is not. The poorest has the best place in the network:

    >>> found = hidden_influence("ABCDEF", [9, 1, 3, 4, 2, 5], [8, 60, 40, 55, 146, None])
    >>> [(each.actor, each.gap, each.is_hidden) for each in found[:2]]
    [('A', 1.0, True), ('D', 0.25, False)]
    >>> found[-1].actor, found[-1].gap
    ('F', None)
    """
    figure = np.asarray(in_network, dtype=np.float64)
    if not len(actors) == len(figure) == len(formal):
        raise BadInput("Each actor needs one figure in the network and one rating or none.")
    rating = np.array([np.nan if each is None else each for each in formal], dtype=np.float64)
    strange = [at for at, each in enumerate(formal) if each is not None and not np.isfinite(each)]
    if strange:
        raise BadInput(f"The rating of {str(actors[strange[0]])!r} is not a number.")
    rated = np.flatnonzero(np.isfinite(rating) & np.isfinite(figure))
    enough = len(rated) >= ENOUGH_RATED
    places = {int(at): row for at, row in zip(rated, _places(figure[rated], rating[rated]), strict=True)}
    gaps = []
    for at, name in enumerate(actors):
        if at not in places or len(rated) < 2:
            gaps.append(InfluenceGap(str(name), None, None, None, None, None, False, False))
            continue
        network_place, formal_place, network, given = places[at]
        gap = round(network - given, 12)
        hidden, over = enough and gap >= far_apart, enough and gap <= -far_apart
        gaps.append(InfluenceGap(str(name), network_place, formal_place, network, given, gap, hidden, over))
    order = sorted(
        range(len(gaps)),
        key=lambda at: (gaps[at].gap is None, -(gaps[at].gap or 0.0), -np.nan_to_num(figure[at]), at),
    )
    return tuple(gaps[at] for at in order)


def _places(figure: Floats, rating: Floats) -> list[tuple[int, int, float, float]]:
    """Place and standing of each, in the network and as given."""
    columns = []
    for values in (figure, rating):
        # A difference in the last digit of a sum is none. SciPy's `rankdata` does the same, and its module alone
        # takes longer to load than everything else that this library needs.
        _, place, ties = np.unique(values.round(12), return_inverse=True, return_counts=True)
        up_to = ties.cumsum()
        columns.append((len(values) - up_to + 1)[place].tolist())
        columns.append(((up_to - (ties + 1) / 2)[place] / max(len(values) - 1, 1)).tolist())
    return [(row[0], row[2], row[1], row[3]) for row in zip(*columns, strict=True)]
