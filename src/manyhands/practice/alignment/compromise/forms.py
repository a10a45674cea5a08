"""What people fill in about negotiations: the question, issues, private terms, packages, agreements."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.ui.forms import DateInput

from ..models import NegotiationIssue, NegotiationParty, PrivateTerms
from .actions import Doing
from .rules import UnfitTerms, check_terms


class NegotiationForm(forms.Form):
    """The question, who is at the table, and who mediates."""

    question = forms.CharField(
        label=_("What is negotiated?"),
        max_length=200,
        help_text=_("A question: “When may trucks deliver on Mill Lane?”"),
    )
    explanation = forms.CharField(
        label=_("What it is about"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    organizations = forms.TypedMultipleChoiceField(
        label=_("Who is at the table?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    mediator = forms.TypedChoiceField(
        label=_("Who mediates?"),
        coerce=int,
        help_text=_("A facilitator who sits for none of the parties. Only they read what each party tells in private."),
    )
    answers_by = forms.DateField(label=_("Parties answer by"), required=False, widget=DateInput)

    def __init__(self, *args: Any, members: list[Organization], facilitators: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organizations"].choices = [(each.pk, each.name) for each in members]
        self.fields["mediator"].choices = [("", _("Choose")), *((seat.pk, seat.label) for seat in facilitators)]


class HandOverForm(forms.Form):
    mediator = forms.TypedChoiceField(label=_("Who mediates from now on?"), coerce=int)

    def __init__(self, *args: Any, facilitators: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mediator"].choices = [("", _("Choose")), *((seat.pk, seat.label) for seat in facilitators)]


class IssueForm(forms.Form):
    """Something to be settled, and the ways in which it may be."""

    name = forms.CharField(label=_("What is to be settled?"), max_length=120, help_text=_("“Morning delivery hours”"))
    options = forms.CharField(
        label=_("The options, one on each line"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("At least two: “Until 7:30”, “Until 7:50”, “No limit”."),
    )

    def clean_options(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if any(len(line) > 160 for line in lines):
            raise forms.ValidationError(_now("An option may have 160 signs at most."))
        return lines


class TermsForm(forms.Form):
    """Points for every option, red lines, and what no deal is worth. The fields are made from the issues."""

    def __init__(
        self, *args: Any, issues: Iterable[NegotiationIssue], terms: PrivateTerms | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.issues = list(issues)
        known, red = (terms.points, terms.red_lines) if terms else ({}, [])
        for issue in self.issues:
            for option in issue.options.all():
                self.fields[f"points_{option.pk}"] = forms.DecimalField(
                    label=f"{issue.name}: {option.name}",
                    max_digits=6,
                    decimal_places=2,
                    initial=known.get(str(option.pk)),
                    widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
                )
                self.fields[f"red_{option.pk}"] = forms.BooleanField(
                    label=_now("We cannot accept “%(option)s”") % {"option": option.name},
                    required=False,
                    initial=option.pk in red,
                )
        self.fields["walk_away"] = forms.DecimalField(
            label=_("What is no deal worth to you?"),
            max_digits=6,
            decimal_places=2,
            initial=terms.walk_away if terms else None,
            widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            help_text=_("In the same points, from 0 to 100. Below this you would rather leave. 0: any deal is better."),
            error_messages={"required": _("Say what no deal is worth to you. 0 if any deal is better than none.")},
        )

    def table(self) -> list[tuple[NegotiationIssue, list[tuple[Any, Any]]]]:
        """For the page: each issue, with the two fields of each option."""
        return [
            (issue, [(self[f"points_{option.pk}"], self[f"red_{option.pk}"]) for option in issue.options.all()])
            for issue in self.issues
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        options = {issue.pk: [option.pk for option in issue.options.all()] for issue in self.issues}
        every = [option for own in options.values() for option in own]
        cleaned["points"] = {option: cleaned[f"points_{option}"] for option in every}
        cleaned["red_lines"] = [option for option in every if cleaned[f"red_{option}"]]
        try:
            check_terms(options, cleaned["points"], cleaned["walk_away"], cleaned["red_lines"])
        except UnfitTerms as problem:
            where, words = explained(problem)
            if problem.what == "negative":
                where = next(f"points_{option}" for option in every if cleaned["points"][option] < 0)
            self.add_error(where, words)
        return cleaned


def explained(problem: UnfitTerms) -> tuple[str | None, str]:
    """The field that an unfit set of terms is about, if it is one, and what to do, in a sentence."""
    found = problem.found.normalize() if problem.found else Decimal(0)
    words = {
        "total": _now(
            "Your favorite options, one of each issue, must make 100 points together. Now they make %(found)s."
        )
        % {"found": f"{found:f}"},
        "negative": _now("Points must not be below zero. Give 0 to what is worth nothing to you."),
        "no walk-away": _now("Say what no deal is worth to you. 0 if any deal is better than none."),
        "negative walk-away": _now("No deal cannot be worth less than zero."),
        "high walk-away": _now(
            "No deal would be worth more to you than the best package. Then there is nothing to gain."
        ),
        "everything is a red line": _now("You cannot accept any option of one issue. Leave at least one open."),
        "options": _now("The options have changed meanwhile. Look at the page again."),
    }
    field = "walk_away" if "walk-away" in problem.what else None
    return field, words[problem.what]


class ConcernForm(forms.Form):
    """A concern, as it was voiced."""

    organization = forms.TypedChoiceField(label=_("Whose concern is it?"), coerce=int)
    text = forms.CharField(
        label=_("What worries them?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In their own words: “If trucks come after eight, our children stand between them.”"),
    )

    def __init__(self, *args: Any, parties: list[NegotiationParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = [(each.organization_id, each.organization.name) for each in parties]


class InterestForm(forms.Form):
    """The need beneath a concern, and the options that would meet it."""

    interest = forms.CharField(
        label=_("What need lies beneath it?"),
        max_length=300,
        help_text=_("What they need, not what they ask for: “Children cross without trucks beside them.”"),
    )
    options = forms.TypedMultipleChoiceField(
        label=_("Which options would meet it?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, issues: list[NegotiationIssue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(option.pk, f"{issue.name}: {option.name}") for issue in issues for option in issue.options.all()]
        self.fields["options"].choices = rows
        if not rows:
            del self.fields["options"]


class AgreementForm(forms.Form):
    """Who does what about each issue, and when all of it is looked at again."""

    look_again_on = forms.DateField(label=_("When do you look at it again?"), widget=DateInput)

    def __init__(
        self, *args: Any, issues: list[NegotiationIssue], parties: list[NegotiationParty], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.issues = issues
        who = [("", _("Choose")), *((each.organization_id, each.organization.name) for each in parties)]
        for issue in issues:
            self.fields[f"who_{issue.pk}"] = forms.TypedChoiceField(label=_("Who"), coerce=int, choices=who)
            self.fields[f"text_{issue.pk}"] = forms.CharField(
                label=_("does what"), max_length=300, error_messages={"required": _("Say what they do.")}
            )
            self.fields[f"due_{issue.pk}"] = forms.DateField(label=_("by when"), required=False, widget=DateInput)
        self.order_fields([*(name for name in self.fields if name != "look_again_on"), "look_again_on"])

    def table(self) -> list[tuple[NegotiationIssue, list[Any]]]:
        return [(issue, [self[f"{part}_{issue.pk}"] for part in ("who", "text", "due")]) for issue in self.issues]

    def doings(self) -> list[Doing]:
        said = self.cleaned_data
        return [
            Doing(issue.pk, said[f"who_{issue.pk}"], said[f"text_{issue.pk}"], said[f"due_{issue.pk}"])
            for issue in self.issues
        ]


class NoDealForm(forms.Form):
    why = forms.CharField(label=_("Why is there no deal?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    look_again_on = forms.DateField(label=_("When do you look at it again?"), required=False, widget=DateInput)


class ReviewForm(forms.Form):
    review = forms.CharField(
        label=_("What came of it?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Was it kept? Was it fair? Who has something good coming?"),
    )
