r"""Burt's measures of brokerage: how many separate worlds an actor reaches, and how far its contacts box it in.

Both rest on the same two shares. With :math:`a_{ij}` the weight of the tie from *i* to *j*, 0 if there is
none, the two directions count together, :math:`z_{ij} = a_{ij} + a_{ji}`; then

.. math:: p_{ij} = z_{ij} / \sum_k z_{ik}, \qquad m_{jk} = z_{jk} / \max_l z_{jl}

Ties that close a triangle are the only ones that change anything beyond the degree, so both figures are
added up over the triangles of the network, each found once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from manyhands.analysis.network.ties import Floats, Integers, Ties
from manyhands.analysis.network.triangles import UpwardTies

#: A table of all pairs is made up to this many actors, where ties are so dense that it is quicker.
WHOLE_TABLE_UP_TO = 3_000
#: Products in a table that take as long as one two-step path.
QUICKER = 1_000


@dataclass(frozen=True, eq=False)
class Brokerage:
    """Burt's figures of each actor; nan for one without ties.

    Attributes
    ----------
    effective_size : (n,) array of float
        Contacts less their redundancy: from 1, all know each other, up to the number of contacts.
    constraint : (n,) array of float
        From near 0, many separate contacts, to 1 and a little above, all eggs in one basket.
    """

    effective_size: Floats
    constraint: Floats


def brokerage(ties: Ties) -> Brokerage:
    r"""Burt's effective size and constraint of every actor.

    .. math::
        \text{effective size}_i = \sum_{j} \Bigl(1 - \sum_{k} p_{ik} m_{jk}\Bigr), \qquad
        \text{constraint}_i = \sum_{j} \Bigl(p_{ij} + \sum_{k} p_{ik} p_{kj}\Bigr)^2

    where *j* goes over the contacts of *i*, in either direction, and *k* over all others.

    Returns
    -------
    Brokerage

    Notes
    -----
    With ties of equal weight and no direction, the effective size is Borgatti's :math:`n - 2t/n`, for *n*
    contacts with *t* ties among them.

    Examples
    --------
    *b* knows two who do not know each other; in a triangle everyone knows everyone:

    >>> found = brokerage(Ties.between(["a", "b"], ["b", "c"]))
    >>> found.effective_size.tolist(), found.constraint.tolist()
    ([1.0, 2.0, 1.0], [1.0, 0.5, 1.0])
    >>> brokerage(Ties.between(["a", "b", "c"], ["b", "c", "a"])).constraint.tolist()
    [1.125, 1.125, 1.125]

    Sources
    -------
    R. S. Burt, Structural Holes, 1992, chapter 2; S. P. Borgatti, Connections 20:1, 1997.
    """
    whole = ties.either_way
    n = len(whole.actors)
    low, high, weight = whole.source, whole.target, whole.weight
    total = np.bincount(low, weight, n) + np.bincount(high, weight, n)
    largest = np.zeros(n)
    np.maximum.at(largest, low, weight)
    np.maximum.at(largest, high, weight)
    # Each tie has two ends: the first m are seen from `low`, the others from `high`.
    here, there = np.concatenate([low, high]), np.concatenate([high, low])
    both = np.concatenate([weight, weight])
    share, part = both / total[here], both / largest[here]
    upward = UpwardTies(n, low, high)
    if n <= WHOLE_TABLE_UP_TO and n**3 < QUICKER * (upward.two_step_paths + 100_000):
        indirect, redundancy = _by_table(n, here, there, share, part)
    else:
        indirect, redundancy = _by_triangle(n, upward, here, share, part)
    contacts = np.bincount(here, minlength=n)
    size = np.where(contacts > 0, contacts - redundancy, np.nan)
    constraint = np.bincount(here, (share + indirect) ** 2, n)
    return Brokerage(size, np.where(contacts > 0, constraint, np.nan))


def _by_table(n: int, here: Integers, there: Integers, share: Floats, part: Floats) -> tuple[Floats, Floats]:
    """What third parties add to the share of each end, and to the redundancy of each actor, by products."""
    shares, parts, known = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    shares[here, there], parts[here, there], known[here, there] = share, part, 1.0
    indirect = (shares @ shares)[here, there]
    return indirect, (shares * (known @ parts)).sum(axis=1)


def _by_triangle(n: int, upward: UpwardTies, here: Integers, share: Floats, part: Floats) -> tuple[Floats, Floats]:
    """The same, added up over the triangles."""
    indirect, redundancy = np.zeros(len(here)), np.zeros(n)
    for triangle in upward.triangles():
        for one, two, three in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
            for via, to in ((two, three), (three, two)):
                first, second = triangle.end(one, via, upward.low), triangle.end(via, to, upward.low)
                step = triangle.end(one, to, upward.low)
                indirect += np.bincount(step, share[first] * share[second], len(here))
                # The tie that makes one contact redundant, as the other contact sees it.
                back = triangle.end(to, via, upward.low)
                redundancy += np.bincount(triangle.corners[one], share[first] * part[back], n)
    return indirect, redundancy
