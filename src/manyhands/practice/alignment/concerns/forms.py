"""What people fill in about concerns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Concern


class ConcernForm(forms.Form):
    """A concern in one sentence. With something that was heard it can also be the same as one in the list."""

    text = forms.CharField(
        label=_("What do people worry about, or ask for?"),
        max_length=300,
        error_messages={"required": _("There are no words yet. A few are enough.")},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence, as they would say it: “The hill is too steep for wheelchairs.” Leave names out."),
    )
    same_as: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Or is it the same as one we have?"),
        queryset=None,  # inside a coalition only; see below
        required=False,
        empty_label=_("No, it is a new one"),
    )
    shares = forms.BooleanField(
        label=_("I share this concern"),
        required=False,
        initial=True,
        help_text=_("It is counted, and nobody sees that it was you."),
    )

    def __init__(self, *args: Any, has_source: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].required = not has_source
        if has_source:
            del self.fields["shares"]
            self.fields["same_as"].queryset = Concern.objects.filter(set_aside_at=None).order_by("text", "pk")
        else:
            del self.fields["same_as"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("same_as") and not str(cleaned.get("text", "")).strip() and "text" not in self.errors:
            self.add_error("text", _("There are no words yet. A few are enough."))
        return cleaned


class WordsForm(forms.Form):
    """Better words for a concern."""

    text = forms.CharField(label=_("In other words"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class AsideForm(forms.Form):
    """Why a concern is set aside."""

    why = forms.CharField(
        label=_("Why set it aside?"),
        max_length=300,
        help_text=_("Everyone reads this: “Only the Council can close this street; we passed it on.”"),
    )
