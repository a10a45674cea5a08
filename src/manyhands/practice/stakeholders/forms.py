"""What people fill in about allies and lists."""

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions import queries as table
from manyhands.foundation.ui.forms import DateInput, Described
from manyhands.foundation.ui.uploads import UploadField

from . import notes, rules
from .coverage.queries import sectors_in_words
from .importing.columns import KEEP, TARGETS
from .importing.signing import Signed
from .models import WEDGES, Import, Stakeholder
from .positions.queries import open_issues
from .stances import problem_with

PRIVATE = ("email", "phone", "note", "note_purpose", "note_source")


class AllyForm(forms.ModelForm):
    """Everything we know of an ally; those who may not read private fields do not see them here either."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    looked_after_by = forms.TypedChoiceField(
        label=_("Looked after by"), required=False, coerce=int, empty_value=None, choices=()
    )

    class Meta:
        model = Stakeholder
        fields = [
            "name", "kind", "about", "sector", "also_known_as", "identifier",
            "street", "postal_code", "city", "region", "country", "places", "people_reached", "people_reached_source",
            "website", "email", "phone",
            "stance", "stance_source", "stance_on", "stage", "next_step", "next_step_on", "tags", "source",
            "note", "note_purpose", "note_source",
        ]  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect,
            "stance_on": DateInput(),
            "next_step_on": DateInput(),
            "about": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "name": _("The one thing we need."),
            "about": _("A line that others understand: what they do, whom they reach."),
            "stance_source": _("A public statement, a vote, a letter. Needed when somebody is against us."),
            "stance_on": _("Needed when somebody is against us: it counts for twelve months from that day."),
            "source": _("Kept with the record, so that people can ask."),
            "note": _("About people: only coordinators, stewards and whoever looks after them read this."),
            "note_purpose": _("About people this is needed. Then the note is kept for twelve months, and erased."),
            "note_source": _("If it is something else than where the record comes from."),
            "places": _("Quarters or towns, with semicolons between, as your list of places names them."),
            "people_reached": _("Members, readers, pupils: about how many people hear from them."),
            "tags": _("Words of your own, separated by commas."),
            "identifier": _("A charity or tax number, as it is written. Zeros at the beginning stay."),
        }

    def __init__(self, *args: Any, private: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sector = self.fields["sector"]
        sector.required = True
        sector.help_text = sectors_in_words() or _("What kind of body they are: health, media, a business …")
        self.fields["looked_after_by"].choices = [("", _("Nobody yet")), *table.seat_choices()]
        self.initial.setdefault("version", self.instance.version)
        self.initial["looked_after_by"] = self.instance.looked_after_by_id or ""
        for name in ("about", "note"):
            self.fields[name].strip = False
        if not private:
            for name in PRIVATE:
                del self.fields[name]

    def clean_stage(self) -> str:
        stage: str = self.cleaned_data["stage"]
        if self.instance.pk:
            try:
                rules.check_stage(self.instance.stage, stage)
            except rules.NoSuchStage as problem:
                raise forms.ValidationError(
                    _("Reaching out goes step by step: %(why)s") % {"why": problem}
                ) from problem
        return stage

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ally = self.instance
        if "stance_on" not in self.errors:
            said = (cleaned.get("stance", ""), cleaned.get("stance_source", ""), cleaned.get("stance_on"))
            if problem := problem_with(said, before=(ally.stance, ally.stance_source, ally.stance_on)):
                self.add_error(*problem)
        if "note" in self.fields and (cleaned.get("note"), cleaned.get("kind")) != (ally.note, ally.kind):
            source = cleaned.get("note_source") or cleaned.get("source", "")
            given = (cleaned.get("kind", ""), cleaned.get("note", ""), cleaned.get("note_purpose", ""), source)
            if problem := notes.problem_with(*given):
                self.add_error(*problem)
        return cleaned

    def _post_clean(self) -> None:
        """The model's own checks need no instance filled by the form: the action fills it."""

    @property
    def particulars(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", "looked_after_by"}}


class RatingForm(forms.Form):
    """How much an ally cares and can move, and what that rests on."""

    interest = forms.FloatField(label=_("Interest"), min_value=rules.LOWEST, max_value=rules.HIGHEST)
    influence = forms.FloatField(label=_("Influence"), min_value=rules.LOWEST, max_value=rules.HIGHEST)
    basis = forms.CharField(
        label=_("What do you base this on?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what you base this on; others will ask.")},
    )


class BringListForm(forms.Form):
    """A file from somebody's computer."""

    file = UploadField(
        label=_("The list"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.vcf"}),
        help_text=_("CSV or Excel (.xlsx) with a first row that names the columns, or address cards (.vcf)."),
    )


class MatchForm(forms.Form):
    """What each column is, and what becomes of allies we already have."""

    existing = forms.ChoiceField(
        label=_("Allies you already have"),
        widget=forms.RadioSelect,
        choices=[
            (Import.Existing.SKIP.value, Described(_("Leave them as they are"), _("Only new allies are added."))),
            (Import.Existing.FILL.value, Described(_("Fill in what is empty"), _("Nothing you wrote is replaced."))),
            (Import.Existing.UPDATE.value, Described(_("Replace what differs"), _("The list is newer than yours."))),
            (
                Import.Existing.ADD.value,
                Described(
                    _("Add every row anew"), _("Nobody is looked up. Doubles show among records that look alike.")
                ),
            ),
        ],
    )

    def __init__(self, *args: Any, listing: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listing = listing
        choices = [("", _("Leave out")), *TARGETS.items(), (KEEP, _("Keep beside the record"))]
        self.fields["existing"].initial = listing.existing
        for at, title in enumerate(listing.columns):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=title or _("(no title)"),
                choices=choices,
                required=False,
                initial=listing.mapping.get(str(at), ""),
            )

    @property
    def rows(self) -> list[tuple[Any, list[str]]]:
        """Each column's field with the first values in it."""
        samples = self.listing.samples
        return [
            (self[f"column-{at}"], samples[at] if at < len(samples) else []) for at in range(len(self.listing.columns))
        ]

    @property
    def mapping(self) -> dict[str, str]:
        columns = range(len(self.listing.columns))
        chosen = {str(at): self.cleaned_data.get(f"column-{at}", "") for at in columns}
        return {at: target for at, target in chosen.items() if target}


class StartForm(forms.Form):
    """Where a list comes from, and whether its people agreed to mail."""

    source = forms.CharField(
        label=_("Where does this list come from?"),
        max_length=300,
        help_text=_("Kept with every record, so that people can ask."),
    )
    has_consent = forms.BooleanField(
        label=_("These people agreed that we may write to them"),
        required=False,
        help_text=_("If not, we keep them without e-mail."),
    )
    notes_for = forms.CharField(
        label=_("What do you need its notes about people for?"),
        required=False,
        max_length=200,
        help_text=_("With nothing here, notes about people stay out. Otherwise they are kept for twelve months."),
    )
    issue = forms.ChoiceField(
        label=_("They signed for"),
        required=False,
        help_text=_(
            "Each one on the list gets this position, with the list as its source; also those you already have."
        ),
    )
    wedge = forms.ChoiceField(label=_("Where they stand"), required=False, choices=WEDGES[1:], initial=WEDGES[1][0])
    signed_on = forms.DateField(label=_("Signed on"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("issue") or self.names_issues) and not cleaned.get("signed_on"):
            self.add_error("signed_on", _("Say when they signed; the day of the letter will do."))
        return cleaned

    def __init__(self, *args: Any, listing: Import | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if listing is None or "note" not in listing.mapping.values():
            del self.fields["notes_for"]
        self.names_issues = listing is not None and "issue" in listing.mapping.values()
        nothing = _("What each row of the list says") if self.names_issues else _("Nothing, it is a plain list")
        found = cache(lambda: [("", nothing), *((issue.pk, issue.title) for issue in open_issues())])
        self.fields["issue"].choices = found  # asked once, however often it is shown, and not where it is not
        if self.names_issues:
            self.fields["issue"].help_text = _(
                "Rows that name no issue take this one; with nothing here they take none."
            )

    @property
    def answers(self) -> dict[str, Any]:
        """What the deed takes."""
        given = {"source": self.cleaned_data["source"], "has_consent": self.cleaned_data["has_consent"]}
        given["notes_for"] = self.cleaned_data.get("notes_for", "")
        if not self.cleaned_data.get("issue") and not self.names_issues:
            return given
        issue = next((each for each in open_issues() if str(each.pk) == self.cleaned_data["issue"]), None)
        wedge = self.cleaned_data.get("wedge") or WEDGES[1][0]
        return {**given, "signed": Signed(issue, wedge, self.cleaned_data["signed_on"])}
