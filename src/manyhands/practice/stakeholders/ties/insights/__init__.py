"""What the network of ties says. The only place of this part that asks the analysis library.

Each answer is worked out once for a network and kept for a while in this process, under the network's signature.
"""

from .as_a_whole import AsAWhole, as_a_whole
from .gaps import MissingLink, OnlyWay, missing_links, only_ways
from .influence import Say, Standing, hidden_influence, says
from .network import as_ties
from .places import Cluster, Places, clusters, lay_out, places
from .ways import Way, Ways, ways

__all__ = [
    "AsAWhole",
    "Cluster",
    "MissingLink",
    "OnlyWay",
    "Places",
    "Say",
    "Standing",
    "Way",
    "Ways",
    "as_a_whole",
    "as_ties",
    "clusters",
    "hidden_influence",
    "lay_out",
    "missing_links",
    "only_ways",
    "places",
    "says",
    "ways",
]
