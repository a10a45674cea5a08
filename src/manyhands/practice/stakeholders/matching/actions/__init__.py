"""Everything a person can do with records that may be one actor: join them, take that back, say they are two."""

from .merging import Undone, merge_allies, undo_merge
from .pairs import ChangedMeanwhile, Found, judge_different, keep_pairs, name_pair, reopen_pair

__all__ = [
    "ChangedMeanwhile",
    "Found",
    "Undone",
    "judge_different",
    "keep_pairs",
    "merge_allies",
    "name_pair",
    "reopen_pair",
    "undo_merge",
]
