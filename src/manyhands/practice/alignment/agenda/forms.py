"""What people fill in about agendas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .rules import DEFAULT_SIZE, MOST_PLACES


class AgendaForm(forms.Form):
    """How many places the agenda has."""

    size = forms.IntegerField(label=_("How many places?"))
    too_long = _("Five or more of us agree with %(most)d of these statements, so that is the longest agenda.")

    def __init__(self, *args: Any, most: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.most = most
        field = self.fields["size"]
        field.initial = min(DEFAULT_SIZE, most)
        field.widget.attrs |= {"min": 1, "max": most, "inputmode": "numeric"}
        field.error_messages |= {
            "required": _("Say how many places the agenda has, for example 5."),
            "invalid": _("Type a whole number, for example 5."),
        }

    def clean_size(self) -> int:
        size = int(self.cleaned_data["size"])
        if size < 1:
            raise forms.ValidationError(_("An agenda has at least one place."))
        if size > self.most and self.most == MOST_PLACES:
            raise forms.ValidationError(
                _("An agenda has at most %(most)d places. More is a list of everything."), params={"most": self.most}
            )
        if size > self.most:
            raise forms.ValidationError(self.too_long, params={"most": self.most})
        return size


class PriorityAgendaForm(AgendaForm):
    """How many priorities come first."""

    too_long = _("Members say of %(most)d priorities that they serve them, so that is the longest agenda.")
