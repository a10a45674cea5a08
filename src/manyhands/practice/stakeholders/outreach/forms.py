"""What people fill in about reaching out."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.forms import STANDINGS
from manyhands.foundation.ui.forms import DateInput

from ..coverage.queries import asks_off
from ..coverage.rules import kinds_off
from ..models import STAGES, Contact, Input, MenuItem, Script, Stakeholder
from . import rules


class ContactForm(forms.Form):
    """One try to speak with somebody."""

    how = forms.ChoiceField(label=_("How"), choices=Contact.How.choices)
    on = forms.DateField(label=_("When"), widget=DateInput(), initial=localdate)
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Contact.Outcome.choices)
    text = forms.CharField(
        label=_("What was said"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    script: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("Words you began with"), required=False, empty_label=_("None of ours")
    )
    not_before = forms.DateField(
        label=_("If “not now”: until when?"),
        widget=DateInput(),
        required=False,
        help_text=_("Three months if you leave it empty. Nobody suggests them before."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["script"].queryset = Script.objects.filter(retired_at=None)


class StepForm(forms.Form):
    """What comes next."""

    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_step_on = forms.DateField(label=_("By"), widget=DateInput(), required=False)


class HoldBackForm(forms.Form):
    """When not to ask."""

    not_before = forms.DateField(label=_("Not before"), widget=DateInput(), required=False)
    never_because = forms.CharField(
        label=_("Never ask, because"),
        max_length=300,
        required=False,
        help_text=_("Members read the reason. Leave both empty to lift it."),
    )


class StageForm(forms.Form):
    """Another stage, as the board offers it."""

    stage = forms.ChoiceField(label=_("Move to"), choices=STAGES)


class InputForm(forms.Form):
    """What somebody told us."""

    text = forms.CharField(
        label=_("What they told us or asked of us"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = forms.DateField(label=_("When"), widget=DateInput(), initial=localdate)


class AnswerForm(forms.Form):
    """What became of it."""

    state = forms.ChoiceField(
        label=_("What became of it"),
        widget=forms.RadioSelect,
        choices=[(value, label) for value, label in Input.State.choices if value != Input.State.HEARD],
    )
    became = forms.CharField(
        label=_("In words you would say to them"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ToldForm(forms.Form):
    """When they were told."""

    told_on = forms.DateField(label=_("They were told on"), widget=DateInput(), initial=localdate)


class ScriptForm(forms.ModelForm):
    """Words to begin with."""

    class Meta:
        model = Script
        fields = ["name", "motive", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "motive": _("One reason, in a few words, such as: children’s health. Empty for anyone."),
            "text": _("Begin with them, not with us. End with one clear question."),
        }

    def _post_clean(self) -> None:
        """The action fills the row."""


class MenuItemForm(forms.ModelForm):
    """One concrete thing that somebody could do for us."""

    class Meta:
        model = MenuItem
        fields = ["text", "kind"]
        help_texts = {"text": _("So small that one can say yes at once: “Stand at one gate on one Saturday.”")}

    def _post_clean(self) -> None:
        """The action fills the row."""


class InvitationForm(forms.Form):
    """A letter to one person, with what they could do."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("One person. The link in the letter works only for them."),
    )
    standing = forms.ChoiceField(
        label=_("As what"), choices=STANDINGS, widget=forms.RadioSelect, initial="representative"
    )
    message = forms.CharField(
        label=_("Your words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Why them, and what you hope for. It stands in the letter, under your name."),
    )
    items: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        None,
        label=_("What they could do"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see these when they take their seat, and tick what they can. Three to five are best."),
    )
    script: forms.ModelChoiceField = forms.ModelChoiceField(None, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ally: Stakeholder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A limit that they disclosed switches unsuitable asks off.
        off = kinds_off(asks_off(ally))
        self.fields["items"].queryset = menu = MenuItem.objects.filter(retired_at=None).exclude(kind__in=off)
        self.fields["items"].choices = [(item.pk, str(item)) for item in menu]  # asked once, shown and counted
        if off:
            self.fields["items"].help_text = _("What a limit of theirs rules out is left out here.")
        self.fields["script"].queryset = Script.objects.filter(retired_at=None)
        if ally.kind == Stakeholder.Kind.PERSON:
            # Nobody speaks for a person but themselves: they come to read along or to help.
            self.fields["standing"].choices = [row for row in STANDINGS if row[0] in {"observer", "guest"}]
            self.fields["standing"].initial = "observer"


class NameForm(forms.Form):
    """One name that somebody called out."""

    name = forms.CharField(
        label=_("A name"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "enterkeyhint": "done"}),
        error_messages={"required": _("There is no name, and a name is the one thing we need.")},
    )


def stage_choices(stage: str) -> list[tuple[str, Any]]:
    """Where one may move somebody by hand, for a select."""
    labels = dict(STAGES)
    return [(there, labels[there]) for there in rules.may_go(stage)]
