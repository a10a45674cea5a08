"""Which records are the same organization? Found and explained, never merged.

The whole method, with its sources and checks, is in ``docs/methods/matching.md``.
"""

from manyhands.analysis.matching.combining import Combined, Way, combine, merged
from manyhands.analysis.matching.evidence import METHOD
from manyhands.analysis.matching.finding import (
    WORTH_A_GLANCE,
    WORTH_A_LOOK,
    Match,
    Pair,
    find_duplicates,
    match_one,
    the_one,
)
from manyhands.analysis.matching.groups import groups_of
from manyhands.analysis.matching.index import Index, build_index
from manyhands.analysis.matching.names import Name, folded, taken_apart
from manyhands.analysis.matching.records import Record

__all__ = [
    "METHOD",
    "WORTH_A_GLANCE",
    "WORTH_A_LOOK",
    "Combined",
    "Index",
    "Match",
    "Name",
    "Pair",
    "Record",
    "Way",
    "build_index",
    "combine",
    "find_duplicates",
    "folded",
    "groups_of",
    "match_one",
    "merged",
    "taken_apart",
    "the_one",
]
