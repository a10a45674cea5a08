"""What an invited person is asked on taking their seat: which of the menu they could do."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Invitation, Seat

from ..models import InvitedContribution
from .actions import choose_from_menu


class MenuForm(forms.Form):
    """Tick what you could do; nothing is fine too."""

    menu = forms.TypedMultipleChoiceField(
        label=_("Could you do one of these?"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what fits, or nothing. It is an offer, not a promise; we talk about it first."),
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["menu"].choices = choices  # type: ignore[attr-defined]


def menu_form(invitation: Invitation, data: Mapping[str, Any] | None) -> forms.Form | None:
    """The question, where the invitation carries a menu."""
    menu = InvitedContribution.objects.filter(invitation=invitation, item__retired_at=None).select_related("item")
    choices = [(place.item_id, place.item.text) for place in menu]
    return MenuForm(data, choices=choices) if choices else None


def keep_menu(seat: Seat, invitation: Invitation, form: forms.Form) -> None:
    """What was ticked, kept together with the seat."""
    choose_from_menu(actor=actor_for(seat), invitation=invitation, items=form.cleaned_data["menu"])
