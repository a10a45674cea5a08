"""Everything a person can do with values, ground rules and breach reports."""

from .breaches import AnsweredAlready, NoSuchSteward, Reported, answer_breach, report_breach, see_answer
from .compacts import (
    BeingMade,
    NotCarried,
    NothingToAsk,
    StandsAlready,
    TooManyPoints,
    WrongStep,
    adopt_compact,
    ask_members,
    begin_compact,
    leave_compact,
    propose_point,
    withdraw_point,
)
from .speaking import NotAsked, Word, accept_compact, speak_to_compact

__all__ = [
    "AnsweredAlready",
    "BeingMade",
    "NoSuchSteward",
    "NotAsked",
    "NotCarried",
    "NothingToAsk",
    "Reported",
    "StandsAlready",
    "TooManyPoints",
    "Word",
    "WrongStep",
    "accept_compact",
    "adopt_compact",
    "answer_breach",
    "ask_members",
    "begin_compact",
    "leave_compact",
    "propose_point",
    "report_breach",
    "see_answer",
    "speak_to_compact",
    "withdraw_point",
]
