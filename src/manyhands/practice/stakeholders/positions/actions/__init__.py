"""What people can do with issues, positions and influence: one function, one deed."""

from .influence import rate_claim, rate_sway, rate_sways, withdraw_claim, withdraw_sway
from .issues import change_issue, close_issue, name_issue, reopen_issue
from .positions import take_back_position, write_position

__all__ = [
    "change_issue",
    "close_issue",
    "name_issue",
    "rate_claim",
    "rate_sway",
    "rate_sways",
    "reopen_issue",
    "take_back_position",
    "withdraw_claim",
    "withdraw_sway",
    "write_position",
]
