"""What people fill in about what drives an actor."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.forms import DateInput

from ..models import ProfileEntry, Stakeholder
from . import rules
from .questions import GUIDE, OF_US

About, Readers = ProfileEntry.About, ProfileEntry.Readers


def readers_for(is_own: bool) -> list[tuple[str, Any]]:
    """Who may be named as readers: only an organization itself can keep something to itself."""
    return [(value, label) for value, label in Readers.choices if is_own or value != Readers.OWN]


class EntryForm(forms.Form):
    """One thing that drives an actor."""

    about = forms.ChoiceField(label=_("What it is"), choices=About.choices)
    text = forms.CharField(
        label=_("In their words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("There are no words yet. One sentence is enough.")},
    )
    tags = forms.CharField(
        label=_("In a few words"),
        max_length=300,
        required=False,
        help_text=_("By which motives are found and compared: children’s health, school runs."),
    )
    source = forms.CharField(
        label=_("How we know"),
        max_length=300,
        help_text=_("A talk, a page, a meeting. Kept with it, so people can ask."),
    )
    said_on = forms.DateField(label=_("When"), widget=DateInput(), initial=localdate)
    readers = forms.ChoiceField(label=_("Who may read this"), widget=forms.RadioSelect, initial=Readers.STEWARDS)
    purpose = forms.CharField(label=_("What we need this for"), max_length=200, required=False)
    expires_on = forms.DateField(
        label=_("Erase it on"),
        widget=DateInput(),
        required=False,
        help_text=_("Twelve months from today at the latest, also if you leave this empty."),
    )
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, ally: Stakeholder, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_end = rules.needs_end("", ally.kind, ally.member_id is not None)
        self.ally, self.is_own = ally, is_own
        self.fields["readers"].choices = readers_for(is_own)
        if is_own:
            self.fields["source"].required = False
            self.fields["source"].help_text = _("Leave it empty when it is your own word.")
            self.fields["text"].label = _("In your words")
            self.fields["about"].choices = list(OF_US.items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        about = cleaned.get("about", "")
        if rules.needs_end(about, self.ally.kind, self.ally.member_id is not None) and not cleaned.get("purpose"):
            self.add_error("purpose", _("About a person who never joined, and in notes, we say what we need it for."))
        if (day := cleaned.get("said_on")) and day > localdate():
            self.add_error("said_on", _("That day is still to come."))
        return cleaned


class IntroductionForm(forms.Form):
    """What a new member is asked first; each with who may read it."""

    HINTS = {
        About.MOTIVE: _("What do you see in your own work that has to do with this?"),
        About.GAIN: _("What would your board, members or voters have to see?"),
        About.LIMITS: _("Time, money, rules. Saying it now spares everyone a bad surprise."),
    }

    def __init__(self, *args: Any, missing: tuple[str, ...] = rules.FIRST_ASKED, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = missing
        for about in missing:
            self.fields[about] = forms.CharField(
                label=OF_US[about],
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=self.HINTS[About(about)],
            )
            self.fields[f"{about}_readers"] = forms.ChoiceField(
                label=_("Who may read this"),
                choices=readers_for(is_own=True),
                initial=Readers.MEMBERS if about == About.MOTIVE else Readers.STEWARDS,
            )
            if about == About.MOTIVE:
                self.fields["tags"] = forms.CharField(
                    label=_("In a few words"),
                    max_length=300,
                    required=False,
                    help_text=_("For example: children’s health, school runs. Others who care for the same find you."),
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(about, "").strip() for about in self.missing):
            self.add_error(self.missing[0], _("There are no words yet. One sentence is enough."))
        return cleaned

    @property
    def said(self) -> dict[str, tuple[str, str]]:
        """What the action takes."""
        given = self.cleaned_data
        return {about: (given.get(about, ""), given.get(f"{about}_readers", "")) for about in self.missing}


class InterviewForm(forms.Form):
    """The interview guide, question by question."""

    source = forms.CharField(
        label=_("With whom, and where"),
        max_length=300,
        help_text=_("For example: Ines Roth, the clinic’s director, by phone."),
    )
    said_on = forms.DateField(label=_("When"), widget=DateInput(), initial=localdate)
    readers = forms.ChoiceField(label=_("Who may read the answers"), widget=forms.RadioSelect, initial=Readers.STEWARDS)
    purpose = forms.CharField(label=_("What we need this for"), max_length=200, required=False)
    has_consent = forms.BooleanField(
        label=_("They agreed that we keep what they said"),
        help_text=_("Read your notes back to them and ask. Without a yes we keep nothing."),
        error_messages={"required": _("Ask first whether we may keep what they say. Without a yes we keep nothing.")},
    )

    def __init__(self, *args: Any, ally: Stakeholder, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = readers_for(is_own)
        self.needs_purpose = rules.needs_end("", ally.kind, ally.member_id is not None)
        if not self.needs_purpose:
            del self.fields["purpose"]
        else:
            self.fields["purpose"].required = True
        for key, question in GUIDE.items():
            self.fields[f"answer-{key}"] = forms.CharField(
                label=question.text,
                help_text=question.hint,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def questions(self) -> list[Any]:
        """The fields of the guide."""
        return [self[f"answer-{key}"] for key in GUIDE]

    @property
    def answers(self) -> dict[str, str]:
        """What the action takes."""
        return {key: self.cleaned_data.get(f"answer-{key}", "") for key in GUIDE}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"answer-{key}", "").strip() for key in GUIDE):
            self.add_error(f"answer-{next(iter(GUIDE))}", _("There is no answer yet. Write down at least one."))
        return cleaned
