"""Who is tied to whom, who stands between whom, and through whom to reach someone.

The whole method, with its sources and checks, is in ``docs/methods/network.md``.
"""

from manyhands.analysis.network.answers import ResponseCoverage, response_coverage
from manyhands.analysis.network.burt import Brokerage, brokerage
from manyhands.analysis.network.decay import HALF_LIFE, decayed
from manyhands.analysis.network.files import read_figures, read_ties
from manyhands.analysis.network.finding import METHOD, ActorFigures, NetworkFigures, network_figures
from manyhands.analysis.network.hidden import InfluenceGap, hidden_influence
from manyhands.analysis.network.holes import StructuralHole, structural_holes
from manyhands.analysis.network.leiden import Communities, communities
from manyhands.analysis.network.map_layout import Layout, layout
from manyhands.analysis.network.nearest import warmth_to_all
from manyhands.analysis.network.nominations import InfluenceCounts, Named, influence_counts
from manyhands.analysis.network.reach import Messengers, OnceRemoved, messengers, once_removed, reach
from manyhands.analysis.network.sides import Agreement, RatedTies, TwoSides, both_sides
from manyhands.analysis.network.single_points import WeakPoint, bridges, weak_points
from manyhands.analysis.network.standing import Paths
from manyhands.analysis.network.ties import Ties
from manyhands.analysis.network.two_mode import met_at
from manyhands.analysis.network.warm_paths import Introduction, Introductions, NoPath, introductions

__all__ = [
    "HALF_LIFE",
    "METHOD",
    "ActorFigures",
    "Agreement",
    "Brokerage",
    "Communities",
    "InfluenceCounts",
    "InfluenceGap",
    "Introduction",
    "Introductions",
    "Layout",
    "Messengers",
    "Named",
    "NetworkFigures",
    "NoPath",
    "OnceRemoved",
    "Paths",
    "RatedTies",
    "ResponseCoverage",
    "StructuralHole",
    "Ties",
    "TwoSides",
    "WeakPoint",
    "both_sides",
    "bridges",
    "brokerage",
    "communities",
    "decayed",
    "hidden_influence",
    "influence_counts",
    "introductions",
    "layout",
    "messengers",
    "met_at",
    "network_figures",
    "once_removed",
    "reach",
    "read_figures",
    "read_ties",
    "response_coverage",
    "structural_holes",
    "warmth_to_all",
    "weak_points",
]
