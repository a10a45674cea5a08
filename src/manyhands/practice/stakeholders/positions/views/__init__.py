"""Pages about issues, positions and influence."""

from .ally import ally_positions, rate_claim, withdraw_claim, withdraw_sway
from .files import bring_survey_in, discard_survey, survey, surveys, take_survey_back
from .issues import change_issue, close_issue, issue, issues, name_issue, reopen_issue
from .matrix import position_matrix
from .positions import take_back_position, write_position
from .power import power, rate_sways

__all__ = [
    "ally_positions",
    "bring_survey_in",
    "change_issue",
    "close_issue",
    "discard_survey",
    "issue",
    "issues",
    "name_issue",
    "position_matrix",
    "power",
    "rate_claim",
    "rate_sways",
    "reopen_issue",
    "survey",
    "surveys",
    "take_back_position",
    "take_survey_back",
    "withdraw_claim",
    "withdraw_sway",
    "write_position",
]
