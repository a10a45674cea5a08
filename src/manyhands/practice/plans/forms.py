"""What people fill in: objectives, measurements, tasks, offers."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.queries import seats_at_the_table
from manyhands.foundation.ui.forms import DateInput
from manyhands.practice.stakeholders.models import ProfileEntry

from .models import Assignment, Objective


class AmountInput(forms.NumberInput):
    """A stored 12.0000 is shown as 12, as it was written."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            value = f"{value.normalize():f}"
        return super().format_value(value)


class ObjectiveForm(forms.ModelForm):
    """A measurable step. Only its title is needed to begin."""

    #: Named here, because a field made from the model would ask for rows before there is a coalition to ask.
    owner: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("Looked after by"), required=False, empty_label=_("Nobody yet")
    )

    class Meta:
        model = Objective
        fields = [
            "title", "indicator", "unit", "direction", "baseline_value", "baseline_on", "target_value", "due_on",
            "data_source", "owner", "horizon",
        ]  # fmt: skip
        widgets = {
            "baseline_on": DateInput, "due_on": DateInput, "baseline_value": AmountInput, "target_value": AmountInput,
        }  # fmt: skip
        help_texts = {
            "title": _("“No more than 20 µg/m³ at 18 gates in the school hour”."),
            "indicator": _("“Nitrogen dioxide, mean of 18 school gates, 7:30 to 8:30”."),
            "unit": _("“µg/m³”, “schools”, “%”."),
            "data_source": _("“City air network; checked by Valley Pediatricians”."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = seats_at_the_table()
        self.fields["owner"].label_from_instance = lambda seat: seat.label

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("baseline_on") and said.get("due_on") and said["due_on"] <= said["baseline_on"]:
            self.add_error("due_on", _("The target day must come after the day of the baseline."))
        return said

    def _post_clean(self) -> None:
        """The action checks and writes; the form only reads."""


class MeasurementForm(forms.Form):
    """One measured value."""

    value = forms.DecimalField(label=_("Value"), max_digits=18, decimal_places=4, widget=AmountInput)
    measured_on = forms.DateField(label=_("Measured on"), widget=DateInput, initial=localdate)
    source = forms.CharField(
        label=_("Where does it come from?"), max_length=300, help_text=_("Who measured, with what.")
    )

    def clean_measured_on(self) -> Any:
        day = self.cleaned_data["measured_on"]
        if day > localdate() + timedelta(days=1):
            raise forms.ValidationError(_("That day has not come yet."))
        return day


class CorrectionForm(MeasurementForm):
    """The right value for one that was wrong."""

    because = forms.CharField(label=_("What was wrong?"), max_length=300, required=False)


class TaskForm(forms.Form):
    """A piece of work."""

    title = forms.CharField(label=_("What shall be done?"), max_length=200)
    done_when = forms.CharField(
        label=_("Done when"),
        max_length=300,
        required=False,
        help_text=_("A sign that everyone sees: “150 children had a lung check”."),
    )
    due_on = forms.DateField(label=_("Due"), widget=DateInput, required=False)
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    objective: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("Objective"), required=False, empty_label=_("The goal as a whole")
    )

    def __init__(self, *args: Any, objectives: Any, known: Iterable[Objective] | None = None, **kwargs: Any) -> None:
        """``known`` are the same objectives where the page has fetched them already."""
        super().__init__(*args, **kwargs)
        field = self.fields["objective"]
        field.queryset = objectives
        if known is not None:
            field.choices = [("", field.empty_label), *((row.pk, field.label_from_instance(row)) for row in known)]


class OfferForm(forms.Form):
    """Whom to ask, for what part."""

    seat: forms.ModelChoiceField = forms.ModelChoiceField(None, label=_("Whom"), empty_label=_("Choose someone"))
    part = forms.ChoiceField(label=_("Part"), choices=Assignment.Part.choices, initial=Assignment.Part.ACCOUNTABLE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats_at_the_table().exclude(standing__in=["guest", "observer"])
        self.fields["seat"].label_from_instance = lambda seat: seat.label


class MessageForm(forms.Form):
    """Words for one reason to care."""

    motive: forms.ModelChoiceField = forms.ModelChoiceField(None, label=_("Whose reason"))
    text = forms.CharField(
        label=_("How we say it to them"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), strip=False
    )

    def __init__(self, *args: Any, motives: list[ProfileEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["motive"]
        field.queryset = ProfileEntry.objects.filter(pk__in=[entry.pk for entry in motives])
        field.choices = [("", _("Choose one")), *((e.pk, f"{e.stakeholder.name}: {e.text[:80]}") for e in motives)]
