"""What people fill in about success: definitions, links to goals, pairs, priorities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.forms import Described

from .goals import KnownGoal
from .models import Horizon, PriorityStand, SuccessDefinition

STRENGTHS = [(1, _("a little")), (2, _("clearly")), (3, _("very much"))]


class DefinitionForm(forms.Form):
    """What one's organization must see, how it will tell, and how soon."""

    text = forms.CharField(
        label=_("What must your organization see to call this a success?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One outcome, one sentence: “Fewer children come to us with asthma on school mornings.”"),
    )
    sign = forms.CharField(
        label=_("How will you tell?"),
        max_length=300,
        required=False,
        help_text=_("A figure or a sight: “Morning visits below 20 a month.”"),
    )
    horizon = forms.ChoiceField(
        label=_("How soon?"), choices=Horizon.choices, widget=forms.RadioSelect, initial=Horizon.MEDIUM
    )


class NewDefinitionForm(DefinitionForm):
    is_shared = forms.BooleanField(
        label=_("Share it with the coalition now"),
        required=False,
        help_text=_("Until you share it, only your own organization reads it. Shared stays shared."),
    )


class ChangeDefinitionForm(DefinitionForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class LinkForm(forms.Form):
    """Which goals serve it, or none."""

    goal_ids = forms.TypedMultipleChoiceField(
        label=_("Which of our goals serve it?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_not_served = forms.BooleanField(
        label=_("None of them serves it"),
        required=False,
        help_text=_("It then stands in the list of what is not served, where everyone sees it."),
    )
    why_not_served = forms.CharField(
        label=_("What is missing?"), max_length=300, required=False, help_text=_("In a sentence, if none serves it.")
    )

    def __init__(self, *args: Any, goals: dict[int, KnownGoal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal_ids"].choices = [(goal.pk, goal.title) for goal in goals.values()]
        if not goals:
            del self.fields["goal_ids"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned.setdefault("goal_ids", [])
        return cleaned


class ConfirmForm(forms.Form):
    """What one sees of it by now."""

    progress = forms.ChoiceField(label=_("What do you see of it?"), choices=SuccessDefinition.Progress.choices)


class ConflictForm(forms.Form):
    """Two outcomes, and how they get in each other's way."""

    one = forms.TypedChoiceField(label=_("What one member must see"), coerce=int)
    other = forms.TypedChoiceField(label=_("What another must see"), coerce=int)
    about = forms.CharField(
        label=_("How do they get in each other’s way?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("About the matter, not about people: “The closing hour is when stalls are filled.”"),
    )

    def __init__(self, *args: Any, definitions: list[SuccessDefinition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(row.pk, f"{row.organization.name}: {row.text}") for row in definitions]
        for name in ("one", "other"):
            self.fields[name].choices = [("", _("Choose")), *rows]


class SettleForm(forms.Form):
    """What made it possible that both get what they must see."""

    how = forms.CharField(
        label=_("What brought them together?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("“Stalls are filled by 7:50; the street closes after that.”"),
    )


class PriorityForm(forms.Form):
    """What should come first, and how soon it would show."""

    title = forms.CharField(
        label=_("What should come first?"), max_length=160, help_text=_("A few words: “Delivery hours on Mill Lane”.")
    )
    why = forms.CharField(label=_("Why now?"), max_length=400, required=False)
    horizon = forms.ChoiceField(
        label=_("How soon would it show?"), choices=Horizon.choices, widget=forms.RadioSelect, initial=Horizon.SHORT
    )
    goal_id = forms.TypedChoiceField(
        label=_("Which shared goal does it serve?"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, goals: dict[int, KnownGoal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal_id"].choices = [("", _("None of them")), *((goal.pk, goal.title) for goal in goals.values())]
        if not goals:
            del self.fields["goal_id"]


class StandForm(forms.Form):
    """What a priority is to one's own organization."""

    side = forms.ChoiceField(
        label=_("What is it to your organization?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            (PriorityStand.Side.SERVES, Described(_("It serves us"), _("We get something we need."))),
            (PriorityStand.Side.HINDERS, Described(_("It gets in our way"), _("It costs us something we need."))),
            ("", Described(_("Neither"), _("It is all the same to us."))),
        ],
    )
    strength = forms.TypedChoiceField(label=_("How much?"), coerce=int, choices=STRENGTHS, initial=2)
    why = forms.CharField(label=_("Why?"), max_length=300, required=False)
