"""What people fill in about shared sentences and clauses of a vision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Overlap, Statement, VisionClause, VisionRound
from ..queries import numbered_texts
from . import rules


class OverlapForm(forms.Form):
    """A shared sentence."""

    text = forms.CharField(
        label=_("What these share, in one sentence"), max_length=280, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class MoveForm(forms.Form):
    """Under which shared sentence a statement stands."""

    overlap: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Under"), required=False, empty_label=_("by itself")
    )

    def __init__(self, *args: Any, round: VisionRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["overlap"].queryset = Overlap.objects.filter(round=round, counted_at=None)


class ClauseForm(forms.Form):
    """A clause and the statements it comes from, by their numbers."""

    text = forms.CharField(
        label=_("The clause"),
        max_length=rules.LONGEST_CLAUSE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence of the vision, in the words of those who contributed where you can."),
    )
    numbers = forms.CharField(
        label=_("Numbers of the statements it comes from"),
        max_length=600,
        help_text=_("Such as 3, 7 and 12. At least one: a clause that nobody contributed has no place in a vision."),
    )

    def __init__(self, *args: Any, round: VisionRound, clause: VisionClause | None = None, **kwargs: Any) -> None:
        texts = numbered_texts(round)
        self.by_number: dict[str, int] = {}
        for pk, (number, _text) in texts.items():
            self.by_number.setdefault(number, pk)
        if clause is not None:
            behind = clause.sources.values_list("statement_id", flat=True)
            numbers = ", ".join(texts[pk][0] for pk in behind if pk in texts)
            kwargs.setdefault("initial", {"text": clause.text, "numbers": numbers})
        super().__init__(*args, **kwargs)

    def clean_numbers(self) -> list[Statement]:
        numbers = rules.numbers_in(self.cleaned_data["numbers"])
        unknown = [number for number in numbers if number not in self.by_number]
        if unknown:
            message = _("There is no statement %(number)s in this round.") % {"number": unknown[0]}
            raise forms.ValidationError(message)
        if not numbers:
            raise forms.ValidationError(_("Name at least one statement by its number."))
        return list(Statement.objects.filter(pk__in=[self.by_number[number] for number in numbers]))

    def values(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "sources": self.cleaned_data["numbers"]}
