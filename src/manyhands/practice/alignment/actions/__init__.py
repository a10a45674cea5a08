"""Everything a person can do in a round: one function, one deed."""

from .answers import AnswerElsewhere, NothingToUndo, answer_statement, undo_answer
from .imports import AlreadyIn, begin_import, check_import, undo_import
from .publishing import NothingToShow, open_report, take_back_report
from .rounds import choose_groups, close_round, draft_round, open_round, rewrite_round, validate_round
from .statements import (
    contribute_statement,
    let_in_statement,
    merge_statement,
    restore_statement,
    retire_statement,
    split_statement,
)
from .steps import AnswersWait, EnoughWritten, GroundRulesFirst, RoundIsClosed, WrongStep

__all__ = [
    "AlreadyIn",
    "AnswerElsewhere",
    "AnswersWait",
    "EnoughWritten",
    "GroundRulesFirst",
    "NothingToShow",
    "NothingToUndo",
    "RoundIsClosed",
    "WrongStep",
    "answer_statement",
    "begin_import",
    "check_import",
    "choose_groups",
    "close_round",
    "contribute_statement",
    "draft_round",
    "let_in_statement",
    "merge_statement",
    "open_report",
    "open_round",
    "restore_statement",
    "retire_statement",
    "rewrite_round",
    "split_statement",
    "take_back_report",
    "undo_answer",
    "undo_import",
    "validate_round",
]
