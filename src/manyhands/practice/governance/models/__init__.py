"""What governance keeps: the rules in force, proposals with their versions, stances, dissent, shared goals."""

from .consulted import Consulted
from .decision_rules import DecisionKind, DecisionRule
from .goals import GoalSponsor, NamedGoal, SharedGoal
from .proposals import Eligibility, Proposal, ProposalVersion
from .stances import Dissent, Stance

__all__ = [
    "Consulted",
    "DecisionKind",
    "DecisionRule",
    "Dissent",
    "Eligibility",
    "GoalSponsor",
    "NamedGoal",
    "Proposal",
    "ProposalVersion",
    "SharedGoal",
    "Stance",
]
