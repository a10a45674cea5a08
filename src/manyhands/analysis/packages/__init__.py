"""Which package of answers can everyone accept, which serves all best, and who trades what for what?

The whole method, with its sources and checks, is in ``docs/methods/compromise.md``.
"""

from manyhands.analysis.packages.adjusted_winner import Division, adjusted_winner
from manyhands.analysis.packages.files import read_negotiation
from manyhands.analysis.packages.finding import METHOD, Deal, find_packages
from manyhands.analysis.packages.negotiation import Issue, Negotiation, Package, Party, Terms, negotiation
from manyhands.analysis.packages.relaxation import Relaxation, Relaxations, smallest_relaxations
from manyhands.analysis.packages.sensitivity import Exaggeration, exaggerations
from manyhands.analysis.packages.trades import Concession, Exchange, concessions, exchanges, favourites

__all__ = [
    "METHOD",
    "Concession",
    "Deal",
    "Division",
    "Exaggeration",
    "Exchange",
    "Issue",
    "Negotiation",
    "Package",
    "Party",
    "Relaxation",
    "Relaxations",
    "Terms",
    "adjusted_winner",
    "concessions",
    "exaggerations",
    "exchanges",
    "favourites",
    "find_packages",
    "negotiation",
    "read_negotiation",
    "smallest_relaxations",
]
