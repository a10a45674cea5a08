"""What people do about success: definitions, conflicting pairs, priorities. One function, one deed."""

from .conflicts import name_conflict, reopen_conflict, settle_conflict
from .definitions import (
    change_definition,
    confirm_definition,
    link_definition,
    share_definition,
    take_back_definition,
    write_definition,
)
from .priorities import choose_priority, nominate_priority, stand_on_priority
from .refusals import ChangedMeanwhile, Refused

__all__ = [
    "ChangedMeanwhile",
    "Refused",
    "change_definition",
    "choose_priority",
    "confirm_definition",
    "link_definition",
    "name_conflict",
    "nominate_priority",
    "reopen_conflict",
    "settle_conflict",
    "share_definition",
    "stand_on_priority",
    "take_back_definition",
    "write_definition",
]
