"""What people fill in about rounds on what comes first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.forms import DateInput, Described

from ..models import Priority
from .rules import MOST_CANDIDATES


class AskForm(forms.Form):
    """The question, what members are asked about, and by when."""

    question = forms.CharField(
        label=_("The question"),
        max_length=160,
        initial=_("What comes first in the next twelve months?"),
    )
    priorities = forms.TypedMultipleChoiceField(
        label=_("Which priorities do members choose from?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one priority.")},
    )
    answer_by = forms.DateField(
        label=_("Please answer by"),
        required=False,
        widget=DateInput,
        help_text=_("It stands on members’ desks. The round stays open until you close it."),
    )

    def __init__(self, *args: Any, priorities: Sequence[Priority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["priorities"]
        field.choices = [(each.pk, Described(each.title, each.get_horizon_display())) for each in priorities]
        field.initial = [each.pk for each in priorities[:MOST_CANDIDATES]]
        if len(priorities) > MOST_CANDIDATES:
            field.help_text = _("At most %(n)d. Nobody answers more, one at a time.") % {"n": MOST_CANDIDATES}

    def clean_priorities(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["priorities"]
        if len(chosen) > MOST_CANDIDATES:
            raise forms.ValidationError(_("Choose at most %(n)d."), params={"n": MOST_CANDIDATES})
        return chosen

    def clean_answer_by(self) -> date | None:
        day: date | None = self.cleaned_data["answer_by"]
        if day is not None and day < localdate():
            raise forms.ValidationError(_("That day has passed. Choose a later one, or none."))
        return day
