"""Everything a person can do in plans: one function, one deed."""

from .measuring import correct_measurement, measure, set_objective
from .messages import frame_message
from .offers import accept_task, decline_task, hand_back_task, offer_task, take_on_task
from .refusals import AlreadyCorrected, NotNow, NotYours, TakenAlready
from .tasks import add_task, block_task, change_task, drop_task, finish_task, send_back_task, start_task, verify_task

__all__ = [
    "AlreadyCorrected",
    "NotNow",
    "NotYours",
    "TakenAlready",
    "accept_task",
    "add_task",
    "block_task",
    "change_task",
    "correct_measurement",
    "decline_task",
    "drop_task",
    "finish_task",
    "frame_message",
    "hand_back_task",
    "measure",
    "offer_task",
    "send_back_task",
    "set_objective",
    "start_task",
    "take_on_task",
    "verify_task",
]
