"""All figures of a network in one go: the one function to call, and what it gives back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from manyhands.analysis.network import shape, standing
from manyhands.analysis.network.burt import Brokerage, brokerage
from manyhands.analysis.network.leiden import Communities, communities
from manyhands.analysis.network.single_points import WeakPoint, bridges, weak_points
from manyhands.analysis.network.standing import Paths
from manyhands.analysis.network.ties import Floats, Integers, Ties

#: Printed beside every figure. The number changes when a formula does.
METHOD = "network figures 1"


@dataclass(frozen=True)
class ActorFigures:
    """One actor's place in the network; None means that it cannot be said.

    Attributes
    ----------
    id : str
    degree : int
        Ties; if directed, sent and received together.
    sent, received : int or None
        Each alone; None if undirected.
    strength : float
        Sum of the weights of its ties.
    betweenness : float or None
        Share of the most that is possible, 0 to 1; None with fewer than three actors.
    betweenness_paths : float
        The same as a number of shortest paths.
    closeness : float or None
        Mean of 1 / steps to the others of its piece; None without ties.
    network_rank : float
        PageRank; adds up to 1 over all actors.
    effective_size, constraint : float or None
        Burt's; None without ties.
    community, component : int
        0 is the largest.
    """

    id: str
    degree: int
    sent: int | None
    received: int | None
    strength: float
    betweenness: float | None
    betweenness_paths: float
    closeness: float | None
    network_rank: float
    effective_size: float | None
    constraint: float | None
    community: int
    component: int


@dataclass(frozen=True, eq=False)
class NetworkFigures:
    """The figures of one network, each computed when first asked for.

    Attributes
    ----------
    ties : Ties
        What they are computed from.
    seed : int
        Of the communities, and of the sample in a large network.

    See Also
    --------
    network_figures : makes it.
    """

    ties: Ties
    seed: int
    method: str = METHOD

    @cached_property
    def density(self) -> float | None:
        """See `shape.density`."""
        return shape.density(self.ties)

    @cached_property
    def degree(self) -> Integers:
        """See `standing.degree`."""
        return standing.degree(self.ties)

    @cached_property
    def degree_centralization(self) -> float | None:
        """See `shape.centralization`; directed ties of both directions are counted together."""
        return shape.centralization(self.degree, each_way=2 if self.ties.is_directed else 1)

    @cached_property
    def betweenness(self) -> Paths:
        """See `standing.betweenness`."""
        return standing.betweenness(self.ties, seed=self.seed)

    @cached_property
    def closeness(self) -> Paths:
        """See `standing.closeness`."""
        return standing.closeness(self.ties, seed=self.seed)

    @cached_property
    def network_rank(self) -> Floats:
        """See `standing.network_rank`."""
        return standing.network_rank(self.ties)

    @cached_property
    def brokerage(self) -> Brokerage:
        """See `burt.brokerage`."""
        return brokerage(self.ties)

    @cached_property
    def communities(self) -> Communities:
        """See `leiden.communities`."""
        return communities(self.ties, seed=self.seed)

    @cached_property
    def components(self) -> Integers:
        """See `shape.components`."""
        return shape.components(self.ties)

    @cached_property
    def weak_points(self) -> tuple[WeakPoint, ...]:
        """See `single_points.weak_points`."""
        return weak_points(self.ties)

    @cached_property
    def bridges(self) -> tuple[tuple[str, str], ...]:
        """See `single_points.bridges`."""
        return bridges(self.ties)

    @cached_property
    def reciprocity(self) -> float | None:
        """See `shape.reciprocity`."""
        return shape.reciprocity(self.ties)

    @cached_property
    def without_ties(self) -> tuple[str, ...]:
        """Actors whom no tie reaches."""
        return tuple(self.ties.actors[self.degree == 0].tolist())

    def rows(self) -> list[ActorFigures]:
        """One row per actor, in natural order of the ids."""
        ties, ceiling = self.ties, standing.betweenness_ceiling(self.ties)
        nobody: list[None] = [None] * len(ties.actors)
        columns = (
            ties.actors.tolist(),
            self.degree.tolist(),
            standing.sent(ties).tolist() if ties.is_directed else nobody,
            standing.received(ties).tolist() if ties.is_directed else nobody,
            standing.strength(ties).tolist(),
            nobody if ceiling is None else (self.betweenness.value / ceiling).tolist(),
            self.betweenness.value.tolist(),
            said(self.closeness.value),
            self.network_rank.tolist(),
            said(self.brokerage.effective_size),
            said(self.brokerage.constraint),
            self.communities.of_actor.tolist(),
            self.components.tolist(),
        )
        return [ActorFigures(*row) for row in zip(*columns, strict=True)]


def network_figures(ties: Ties, *, seed: int = 2026) -> NetworkFigures:
    """Everything that can be said of a network and of each actor in it.

    Parameters
    ----------
    ties : Ties
        Without weights, every tie counts 1. Weights change strength, network rank, Burt's figures and
        communities; the others are about which ties there are.
    seed : int
        Of the communities, and of the sample in a network of more than 5,000 actors.

    Returns
    -------
    NetworkFigures

    Examples
    --------
    Two triangles that share one actor:

    >>> found = network_figures(Ties.between("aabcce", "bccded"))
    >>> found.density, found.degree_centralization
    (0.6, 0.6666666666666666)
    >>> found.weak_points
    (WeakPoint(actor='c', cut_off=2, parts=2),)
    >>> [(row.id, row.effective_size) for row in found.rows() if row.degree > 2]
    [('c', 3.0)]
    """
    return NetworkFigures(ties, seed)


def said(values: Floats) -> list[float | None]:
    """Floats as a list, with None where nothing can be said.

    Examples
    --------
    >>> import numpy as np
    >>> said(np.array([0.5, np.nan]))
    [0.5, None]
    """
    return [None if math.isnan(value) else value for value in values.tolist()]
