"""Everything a person can do in governance: one function, one deed.

Each deed asks permission, changes rows and writes a line in the ledger, all in one transaction.
"""

from .consulting import record_consulted
from .decisions import close_proposal, review_decision
from .dissent import answer_dissent, answer_stance, record_dissent, review_dissent
from .goals import finish_goal, join_for_goals, stand_for_goal, step_back_from_goal
from .proposals import (
    advance_proposal,
    change_text,
    put_forward_proposal,
    withdraw_proposal,
)
from .refusals import (
    ChangedMeanwhile,
    JoinedForOthers,
    NoNotice,
    NotEligible,
    NotEveryoneAsked,
    NothingToSay,
    NotNow,
    StancesMissing,
    TooFewStand,
)
from .rule_setting import ensure_rules, set_rule
from .stances import take_stance

__all__ = [
    "ChangedMeanwhile",
    "JoinedForOthers",
    "NoNotice",
    "NotEligible",
    "NotEveryoneAsked",
    "NotNow",
    "NothingToSay",
    "StancesMissing",
    "TooFewStand",
    "advance_proposal",
    "answer_dissent",
    "answer_stance",
    "change_text",
    "close_proposal",
    "ensure_rules",
    "finish_goal",
    "join_for_goals",
    "put_forward_proposal",
    "record_consulted",
    "record_dissent",
    "review_decision",
    "review_dissent",
    "set_rule",
    "stand_for_goal",
    "step_back_from_goal",
    "take_stance",
    "withdraw_proposal",
]
