"""Everything a person can do with ties: one function, one deed."""

from .consent import record_consent
from .lists import bring_ties_in, discard_tie_list, take_ties_back, try_ties
from .members import keep_members_on_the_map
from .saved_views import save_view, throw_view_away
from .ties import (
    ChangedMeanwhile,
    Refused,
    TieExists,
    change_tie,
    end_tie,
    pass_on,
    rate_tie,
    restore_tie,
    write_tie,
)

__all__ = [
    "ChangedMeanwhile",
    "Refused",
    "TieExists",
    "bring_ties_in",
    "change_tie",
    "discard_tie_list",
    "end_tie",
    "keep_members_on_the_map",
    "pass_on",
    "rate_tie",
    "record_consent",
    "restore_tie",
    "save_view",
    "take_ties_back",
    "throw_view_away",
    "try_ties",
    "write_tie",
]
