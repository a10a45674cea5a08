"""What people fill in about who is at the table."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.forms import DateInput, Described

from ..models import CoverageItem, CoverageList, Disclosure
from .lists import READY

OWN = "own"


class ChooseListForm(forms.Form):
    """A list that comes ready, or one's own, one entry a line."""

    key = forms.ChoiceField(label=_("Which list"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of your own list"), max_length=120, required=False)
    items = forms.CharField(
        label=_("Its entries, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 6}), max_length=9000
    )

    def __init__(self, *args: Any, kind: str, chosen: CoverageList | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ready = READY.get(kind, {})
        choices = [
            (key, Described(found.name, ", ".join(str(item.name) for item in found.items)))
            for key, found in ready.items()
        ]
        self.fields["key"].choices = [*choices, (OWN, Described(_("A list of your own"), _("Write it below.")))]
        standing = next((key for key, found in ready.items() if chosen and str(found.name) == chosen.name), OWN)
        self.fields["key"].initial = standing
        if chosen is not None and standing == OWN:
            self.fields["name"].initial = chosen.name
            self.fields["items"].initial = "\n".join(chosen.items.values_list("name", flat=True))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("key") == OWN:
            if not cleaned.get("name", "").strip():
                self.add_error("name", _("Give your list a name."))
            if not cleaned.get("items", "").strip():
                self.add_error("items", _("Write one entry at least."))
        return cleaned


class SectorForm(forms.Form):
    """The sector that many allies belong to."""

    sector = forms.CharField(
        label=_("They belong to"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "sectors"}),
        error_messages={"required": _("Choose the sector that they belong to.")},
    )
    whom = forms.ChoiceField(
        label=_("Whom do you mean?"),
        widget=forms.RadioSelect,
        initial="chosen",
        choices=[("chosen", _("Those that are ticked")), ("found", _("Everyone that was found"))],
    )


class DeclareForm(forms.Form):
    """Which entries of the chosen lists one's own organization speaks for."""

    def __init__(self, *args: Any, items: list[CoverageItem], mine: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.pk: item for item in items}
        by_list: dict[CoverageList, list[CoverageItem]] = {}
        for item in items:
            by_list.setdefault(item.listing, []).append(item)
        for listing, entries in by_list.items():
            self.fields[f"list-{listing.pk}"] = forms.MultipleChoiceField(
                label=listing.get_kind_display(),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(item.pk), item.name) for item in entries],
                initial=[str(item.pk) for item in entries if item.pk in mine],
            )

    @property
    def chosen(self) -> list[CoverageItem]:
        return [self.items[int(key)] for keys in self.cleaned_data.values() for key in keys]


class DisclosureForm(forms.Form):
    """An interest or a legal limit of a partner."""

    kind = forms.ChoiceField(label=_("What kind"), choices=Disclosure.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In one sentence"),
        max_length=400,
        help_text=_("For example: “The Health Fund pays a third of our clinic’s budget.”"),
    )
    source = forms.CharField(label=_("How we know"), max_length=300)
    on = forms.DateField(label=_("As of"), widget=DateInput())
    asks_off = forms.MultipleChoiceField(
        label=_("What we do not ask of them because of it"),
        choices=Disclosure.Ask.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = localdate()


class WeightsForm(forms.Form):
    """What counts how much when we look for whom to invite."""

    coverage = forms.FloatField(label=_("Kinds of people and places we miss"), min_value=0, max_value=10)
    assets = forms.FloatField(label=_("Strengths that nobody here has"), min_value=0, max_value=10)
    reach = forms.FloatField(label=_("How many people they reach"), min_value=0, max_value=10)
    paths = forms.FloatField(label=_("A warm way to them"), min_value=0, max_value=10)
    a_month = forms.IntegerField(label=_("Invitations we can handle this month"), min_value=1, max_value=50)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned[name] for name in ("coverage", "assets", "reach", "paths")):
            self.add_error("coverage", _("One weight at least must count."))
        return cleaned
