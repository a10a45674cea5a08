"""What people fill in around a live round."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BeginForm(forms.Form):
    """How a live round begins."""

    silent_minutes = forms.IntegerField(
        label=_("Minutes of silence"),
        min_value=1,
        max_value=60,
        initial=5,
        help_text=_("Everybody writes before anybody reads. You end the silence yourself."),
    )


class CodeForm(forms.Form):
    """The code on the wall."""

    code = forms.CharField(
        label=_("The code on the screen"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).upper()
