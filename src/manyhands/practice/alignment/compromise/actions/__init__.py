"""Everything a person can do in a negotiation: one function, one deed."""

from ..rules import UnfitTerms
from .agreeing import (
    Doing,
    agree_package,
    answer_package,
    end_without_deal,
    propose_packages,
    review_negotiation,
)
from .preparing import (
    add_issue,
    change_negotiation,
    draft_negotiation,
    drop_issue,
    hand_over_negotiation,
    open_negotiation,
)
from .steps import Refused, WrongStep
from .telling import tell_terms, understand_concern, voice_concern

__all__ = [
    "Doing",
    "Refused",
    "UnfitTerms",
    "WrongStep",
    "add_issue",
    "agree_package",
    "answer_package",
    "change_negotiation",
    "draft_negotiation",
    "drop_issue",
    "end_without_deal",
    "hand_over_negotiation",
    "open_negotiation",
    "propose_packages",
    "review_negotiation",
    "tell_terms",
    "understand_concern",
    "voice_concern",
]
