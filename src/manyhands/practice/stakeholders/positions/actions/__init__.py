"""What people can do with issues, positions and influence: one function, one deed."""

from ...actions import Refused
from .files import bring_survey_in, take_survey_back, try_survey, understand_survey
from .influence import rate_claim, rate_sway, rate_sways, withdraw_claim, withdraw_sway
from .issues import change_issue, close_issue, name_issue, reopen_issue
from .positions import take_back_position, write_position

__all__ = [
    "Refused",
    "bring_survey_in",
    "change_issue",
    "close_issue",
    "name_issue",
    "rate_claim",
    "rate_sway",
    "rate_sways",
    "reopen_issue",
    "take_back_position",
    "take_survey_back",
    "try_survey",
    "understand_survey",
    "withdraw_claim",
    "withdraw_sway",
    "write_position",
]
