"""What rooms above ask an invited person when they take their seat; this room knows none of them.

A room says once what it asks and where it keeps the answer::

    register_invitation_extra("menu", form=menu_form, keep=keep_menu)

``form(invitation, data)`` runs inside the coalition and gives a Django form, or None when there is nothing to ask.
``keep(seat, invitation, form)`` runs in the transaction in which the seat is taken, with the form that was valid: both
stand, or neither.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from .models import Invitation, Seat

MakesForm = Callable[[Invitation, Mapping[str, Any] | None], Form | None]
Keeps = Callable[[Seat, Invitation, Form], None]


@dataclass(frozen=True)
class Extra:
    """One room's question at the door."""

    name: str
    form: MakesForm
    keep: Keeps


_extras: dict[str, Extra] = {}


def register_invitation_extra(name: str, *, form: MakesForm, keep: Keeps) -> None:
    """Ask something of whoever takes a seat; called once, when the room is set up."""
    _extras[name] = Extra(name, form, keep)


def extra_forms(invitation: Invitation, data: Mapping[str, Any] | None = None) -> dict[str, Form]:
    """Every room's question on this invitation, by the room's word for it. Call it inside the coalition."""
    made = {name: extra.form(invitation, data) for name, extra in _extras.items()}
    return {name: form for name, form in made.items() if form is not None}


def keep_extras(seat: Seat, invitation: Invitation, forms: Mapping[str, Form]) -> None:
    """Hand each valid form to the room that asked. Call it in the transaction in which the seat is taken."""
    for name, form in forms.items():
        _extras[name].keep(seat, invitation, form)
