"""Everything a person can do with what is alike and with a vision."""

from .overlaps import (
    CountedAlready,
    NothingAlike,
    count_overlap,
    drop_overlap,
    gather_overlaps,
    make_overlap,
    move_statement,
    rename_overlap,
    voice_overlap,
)
from .visions import (
    BeingWritten,
    NoSource,
    NotEveryoneAsked,
    TooManyClauses,
    WrongStep,
    adopt_vision,
    begin_vision,
    drop_clause,
    leave_vision,
    write_clause,
)

__all__ = [
    "BeingWritten",
    "CountedAlready",
    "NoSource",
    "NotEveryoneAsked",
    "NothingAlike",
    "TooManyClauses",
    "WrongStep",
    "adopt_vision",
    "begin_vision",
    "count_overlap",
    "drop_clause",
    "drop_overlap",
    "gather_overlaps",
    "leave_vision",
    "make_overlap",
    "move_statement",
    "rename_overlap",
    "voice_overlap",
    "write_clause",
]
