"""What people fill in about closed talks."""

from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.queries import seats_at_the_table
from manyhands.foundation.ui.forms import DateTimeInput

from .actions import LONGEST_POST
from .limits import LONGEST_TALK


class TalkForm(forms.Form):
    """A closed talk: what about, with whom, until when."""

    title = forms.CharField(label=_("What it is about"), max_length=160)
    why = forms.CharField(
        label=_("Why we talk here"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    seats: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("Who takes part, besides you"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody else sees that there is a talk. It cannot be changed later."),
    )
    closes_at = forms.DateTimeField(
        label=_("Ends"), widget=DateTimeInput(), help_text=_("Then every word is erased. At most 90 days from now.")
    )
    is_anonymous = forms.BooleanField(
        label=_("Posts carry no name"),
        required=False,
        help_text=_("Then we keep no author and no hour, not even in the database."),
    )

    def __init__(self, *args: Any, seat_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"].queryset = seats_at_the_table().exclude(pk=seat_id or 0)
        self.fields["seats"].label_from_instance = lambda seat: seat.label

    def clean_closes_at(self) -> Any:
        closes = self.cleaned_data["closes_at"]
        if closes <= now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one."))
        if closes > now() + LONGEST_TALK:
            raise forms.ValidationError(_("A closed talk lasts 90 days at most."))
        return closes


class PostForm(forms.Form):
    """What somebody says in a closed talk."""

    text = forms.CharField(label=_("Say something"), max_length=LONGEST_POST, widget=forms.Textarea(attrs={"rows": 3}))
