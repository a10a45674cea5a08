"""Which statements does everyone accept, whatever group of opinion they are in?

The whole method, with its sources and checks, is in ``docs/methods/common-ground.md``.
"""

from manyhands.analysis.common_ground.computing import common_ground
from manyhands.analysis.common_ground.finding import METHOD, PLAIN_METHOD, CommonGround
from manyhands.analysis.common_ground.ongoing import OngoingGround
from manyhands.analysis.common_ground.opinion_groups import OpinionGroups, find_opinion_groups
from manyhands.analysis.common_ground.opinion_space import OpinionSpace, opinion_space
from manyhands.analysis.common_ground.polis_choice import representative_as_polis
from manyhands.analysis.common_ground.rows import GroupAnswers, Representative, StatementGround

__all__ = [
    "METHOD",
    "PLAIN_METHOD",
    "CommonGround",
    "GroupAnswers",
    "OngoingGround",
    "OpinionGroups",
    "OpinionSpace",
    "Representative",
    "StatementGround",
    "common_ground",
    "find_opinion_groups",
    "opinion_space",
    "representative_as_polis",
]
