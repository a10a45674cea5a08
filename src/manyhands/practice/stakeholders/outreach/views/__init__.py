"""Pages about reaching out."""

from .board import board, candidates, move, move_back
from .brainstorm import brainstorm, called_out
from .contacts import ally_contacts, hear_input, hold_back, next_step
from .inputs import answer_input, inputs, tell_input
from .inviting import invite, invited
from .words import (
    add_menu_item,
    add_script,
    edit_menu_item,
    edit_script,
    menu,
    offers,
    restore_menu_item,
    restore_script,
    retire_menu_item,
    retire_script,
    scripts,
)

__all__ = [
    "add_menu_item",
    "add_script",
    "ally_contacts",
    "answer_input",
    "board",
    "brainstorm",
    "called_out",
    "candidates",
    "edit_menu_item",
    "edit_script",
    "hear_input",
    "hold_back",
    "inputs",
    "invite",
    "invited",
    "menu",
    "move",
    "move_back",
    "next_step",
    "offers",
    "restore_menu_item",
    "restore_script",
    "retire_menu_item",
    "retire_script",
    "scripts",
    "tell_input",
]
