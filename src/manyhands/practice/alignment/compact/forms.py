"""What people fill in about values, ground rules and breaches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.forms import Described

from ..models import BreachReport, Compact, CompactPoint, Ratification
from . import queries, rules
from .actions import Word


class PointForm(forms.Form):
    """One value or ground rule."""

    text = forms.CharField(
        label=_("In one sentence"),
        max_length=rules.LONGEST_POINT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Something you can see people do: “We let each other finish.” At most 300 signs."),
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class SpeakForm(forms.Form):
    """Where one organization stands on each point: a choice, and a reason where it contests."""

    def __init__(self, *args: Any, said: list[queries.Said], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        for row in said:
            mine = row.mine
            self.fields[f"choice_{row.point.pk}"] = forms.ChoiceField(
                label=row.point.text,
                required=False,
                choices=Ratification.Choice.choices,
                widget=forms.RadioSelect,
                initial=mine.choice if mine else "",
            )
            self.fields[f"reason_{row.point.pk}"] = forms.CharField(
                label=_("Why, if you contest it"),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=mine.reason if mine else "",
            )

    def pairs(self) -> list[tuple[queries.Said, Any, Any]]:
        """Each point with its two fields."""
        return [(row, self[f"choice_{row.point.pk}"], self[f"reason_{row.point.pk}"]) for row in self.said]

    def clean(self) -> dict[str, Any]:
        for row in self.said:
            choice = self.cleaned_data.get(f"choice_{row.point.pk}")
            reason = (self.cleaned_data.get(f"reason_{row.point.pk}") or "").strip()
            if choice == Ratification.Choice.CONTESTS and not reason:
                message = _("Say why you contest it, so that others can answer.")
                self.add_error(f"reason_{row.point.pk}", message)
        return self.cleaned_data

    def words(self) -> list[Word]:
        """What was said; points without a choice are left as they were."""
        found = []
        for row in self.said:
            choice = self.cleaned_data.get(f"choice_{row.point.pk}")
            if choice:
                found.append(Word(row.point.pk, choice, self.cleaned_data[f"reason_{row.point.pk}"]))
        return found


class ReportForm(forms.Form):
    """A report that a ground rule was broken."""

    text = forms.CharField(
        label=_("What happened?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("When, where, what was said or done. In an anonymous report, leave out what only you can know."),
    )
    point: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        label=_("Which ground rule?"),
        required=False,
        empty_label=_("None of them, or I am not sure"),
    )
    way = forms.ChoiceField(
        label=_("Who reads it?"),
        widget=forms.RadioSelect,
        choices=[
            ("stewards", Described(_("All stewards, with my name"), _("They can ask you back."))),
            ("one", Described(_("One steward only, with my name"), _("If another steward is involved, for instance."))),
            (
                "anonymous",
                Described(
                    _("All stewards, without my name"),
                    _("We keep no name. You get a code now, with which you read the answer."),
                ),
            ),
        ],
    )
    to_seat: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Which steward?"), required=False, empty_label=_("Choose, if one only")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_force = queries.in_force(Compact.Kind.BEHAVIOUR)
        points = CompactPoint.objects.filter(compact=in_force) if in_force else CompactPoint.objects.none()
        self.fields["point"].queryset = points
        self.fields["to_seat"].queryset = queries.stewards()

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("way") == BreachReport.Way.ONE and not self.cleaned_data.get("to_seat"):
            self.add_error("to_seat", _("Choose which steward reads it."))
        return self.cleaned_data


class AnswerForm(forms.Form):
    """A steward's answer."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you heard, what you did or will do, and by when. The author reads it with today’s date."),
    )


class CodeForm(forms.Form):
    """The code of an anonymous report."""

    code = forms.CharField(label=_("Your code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
