"""What people fill in about a file of influence or positions."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.forms import DateInput
from manyhands.foundation.ui.uploads import UploadField

from ...models import WEDGES, TieList
from ..forms import LEVELS
from ..queries import open_issues
from .meaning import NEW


class SurveyForm(forms.Form):
    """A file from somebody's computer, and what it holds."""

    file = UploadField(
        label=_("The file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=_("CSV or Excel (.xlsx): a matrix, or a long list with one statement a row."),
    )
    holds = forms.ChoiceField(
        label=_("What is in it?"),
        choices=[choice for choice in TieList.Holds.choices if choice[0] != TieList.Holds.TIES],
    )
    is_attributed = forms.ChoiceField(
        label=_("Which way does influence go?"),
        required=False,
        widget=forms.RadioSelect,
        initial="",
        choices=[
            ("", _("Each row names those who have a say over it")),
            ("turned", _("Each row has a say over those it names")),
        ],
        help_text=_("Only for influence. A survey that asked “whom do you find influential?” is the first."),
    )
    source = forms.CharField(
        label=_("Where does this file come from?"), max_length=280, help_text=_("Kept with everything in it.")
    )
    on = forms.DateField(
        label=_("As of"),
        widget=DateInput(),
        initial=localdate,
        help_text=_("When people said this. A column “date” in a list comes first."),
    )

    def clean_is_attributed(self) -> bool:
        return self.cleaned_data["is_attributed"] != "turned"


class MeaningForm(forms.Form):
    """What each value of the file means, and which issue each of its titles is."""

    def __init__(self, *args: Any, listing: TieList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_influence = listing.holds == TieList.Holds.INFLUENCE
        means = [(level, f"{level}: {words}" if not level else words) for level, words in LEVELS]
        self.values = list(listing.content["values"])
        self.titles = list(listing.content["issues"])
        for at, value in enumerate(self.values):
            self.fields[f"value-{at}"] = forms.ChoiceField(
                label=value,
                required=False,
                choices=[("", _("Leave out")), *(means if is_influence else WEDGES[1:])],
                initial=listing.content["values"][value],
            )
        here = [(str(issue.pk), issue.title) for issue in open_issues()]
        for at, title in enumerate(self.titles):
            self.fields[f"issue-{at}"] = forms.ChoiceField(
                label=title,
                required=False,
                choices=[("", _("Leave out")), (NEW, _("Name it as a new issue")), *here],
                initial=listing.content["issues"][title],
            )

    @property
    def value_fields(self) -> list[Any]:
        return [self[f"value-{at}"] for at in range(len(self.values))]

    @property
    def issue_fields(self) -> list[Any]:
        return [self[f"issue-{at}"] for at in range(len(self.titles))]

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """What the deed takes."""
        given = self.cleaned_data
        return {
            "values": {value: given[f"value-{at}"] for at, value in enumerate(self.values)},
            "issues": {title: given[f"issue-{at}"] for at, title in enumerate(self.titles)},
        }
