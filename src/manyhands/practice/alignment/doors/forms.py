"""What people fill in about links and paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.forms import Described
from manyhands.foundation.ui.uploads import UploadField

from . import rules


class LinkForm(forms.Form):
    """One link for anyone, or many for one each."""

    label = forms.CharField(
        label=_("What it is for"),
        max_length=120,
        help_text=_("Such as “Stall at the market, 4 May”. Only those who lead rounds read it."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        widget=forms.RadioSelect,
        initial="open",
        choices=[
            (
                "open",
                Described(_("One link for anyone"), _("For a poster or a mailing. One set of answers per browser.")),
            ),
            ("personal", Described(_("Many links, one for each person"), _("For slips of paper. Each works for one."))),
        ],
    )
    most = forms.IntegerField(
        label=_("For how many people"),
        min_value=1,
        initial=200,
        help_text=_("At most 200 personal links at once. An open link stops taking new people at this number."),
    )

    def clean(self) -> dict[str, Any]:
        most, kind = self.cleaned_data.get("most"), self.cleaned_data.get("kind")
        limit = rules.MOST_PERSONAL if kind == "personal" else rules.MOST_OPEN
        if most is not None and most > limit:
            self.add_error("most", _("At most %(n)d of this kind.") % {"n": limit})
        return self.cleaned_data


class PaperForm(forms.Form):
    """A file of sheets."""

    file = UploadField(
        label=_("The file"),
        most=rules.LARGEST_FILE,
        help_text=_("CSV with one row for each sheet: its name, then agree, disagree or pass under each number."),
    )
