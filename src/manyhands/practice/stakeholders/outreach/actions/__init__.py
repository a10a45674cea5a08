"""Everything a person can do about reaching out: one function, one deed."""

from ...actions import ChangedMeanwhile, Refused
from .brainstorm import AlreadyHere, LooksLike, call_out
from .contacts import hold_back, log_contact, move_on, plan_step
from .inputs import answer_input, hear_input, tell_input
from .inviting import choose_from_menu, hear_refusal, welcome_ally, write_invitation
from .words import retire_menu_item, retire_script, write_menu_item, write_script

__all__ = [
    "AlreadyHere",
    "ChangedMeanwhile",
    "LooksLike",
    "Refused",
    "answer_input",
    "call_out",
    "choose_from_menu",
    "hear_input",
    "hear_refusal",
    "hold_back",
    "log_contact",
    "move_on",
    "plan_step",
    "retire_menu_item",
    "retire_script",
    "tell_input",
    "welcome_ally",
    "write_invitation",
    "write_menu_item",
    "write_script",
]
