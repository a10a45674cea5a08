"""Forms about the coalition, its members and seats. They check what was typed; actions decide what is done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.ui.forms import Described, HueSelect

from . import queries
from .models import ACCENTS, Coalition, Organization, Seat, WorkingGroup

STANDINGS = [
    (
        "representative",
        Described(_("Representative"), _("Speaks for the organization and has its voice in decisions.")),
    ),
    ("alternate", Described(_("Alternate"), _("Stands in when the representative cannot."))),
    ("observer", Described(_("Observer"), _("Reads everything, decides nothing."))),
    ("guest", Described(_("Guest"), _("Comes for a while, to help or to be asked."))),
]
OFFICES = [
    ("coordinator", Described(_("Coordinator"), _("Keeps the coalition running: members, settings, seats."))),
    ("steward", Described(_("Steward"), _("Sees e-mail addresses and the reasons why members left."))),
    ("facilitator", Described(_("Facilitator"), _("Guides decisions and meetings."))),
]


class DescriptionForm(forms.ModelForm):
    """What a coalition says about itself."""

    class Meta:
        model = Coalition
        fields = ["name", "purpose", "values", "place", "accent", "is_public"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2}), "accent": HueSelect}
        labels = {
            "name": _("Name of the coalition"),
            "purpose": _("What for, in one sentence?"),
            "values": _("What we hold to"),
            "place": _("Where"),
            "accent": _("Its color"),
            "is_public": _("Show it on the open site"),
        }
        help_texts = {
            "purpose": _("Good sentences say who gains and what they will see."),
            "values": _("One line each, such as: we disagree in the open and decide together."),
            "place": _("A town, a valley, a country; whatever people say when they ask where you are."),
            "accent": _("Every choice stays readable, in light and in dark."),
            "is_public": _("Strangers then read its name, purpose and the organizations that agreed to be named."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accent"] = forms.ChoiceField(
            label=_("Its color"),
            choices=ACCENTS,
            widget=HueSelect,
            initial="lake",
            help_text=self.fields["accent"].help_text,
        )


class StartForm(DescriptionForm):
    """The first page of a new coalition."""

    organization_name = forms.CharField(
        label=_("Your organization"),
        max_length=200,
        required=False,
        help_text=_("You will speak for it, and it becomes the first member. Leave it empty to sit for yourself."),
    )
    person_name = forms.CharField(label=_("Your name"), max_length=120, help_text=_("As other members will read it."))

    class Meta(DescriptionForm.Meta):
        fields = ["name", "purpose", "accent"]

    field_order = ["name", "purpose", "accent", "organization_name", "person_name"]

    def __init__(self, *args: Any, needs_name: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("The name on the door. Only you see it for now.")
        self.fields["name"].widget.attrs.update({"class": "form-control-lg", "data-preview": "name"})
        self.fields["organization_name"].widget.attrs["data-preview"] = "organization"
        if not needs_name:
            del self.fields["person_name"]


class StateForm(forms.Form):
    """One step of the coalition's life."""

    state = forms.ChoiceField(label=_("Next"))

    def __init__(self, *args: Any, steps: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = steps


class InviteForm(forms.Form):
    """Whom to invite, to what seat."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("One person. The link in the letter works only for them."),
    )
    organization: forms.ModelChoiceField = forms.ModelChoiceField(
        None,
        label=_("For which member"),
        required=False,
        empty_label=_("A new one, or nobody"),
    )
    organization_name = forms.CharField(
        label=_("Or a new organization"),
        max_length=200,
        required=False,
        help_text=_("It is added to the members as invited, and becomes a member when the seat is taken."),
    )
    standing = forms.ChoiceField(
        label=_("As what"), choices=STANDINGS, widget=forms.RadioSelect, initial="representative"
    )
    message = forms.CharField(
        label=_("A few words from you"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why them, and what you hope for. It stands in the letter, under your name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.filter(membership__isnull=False).exclude(
            membership__state__in=["withdrawn", "removed"]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("organization") and cleaned.get("organization_name"):
            self.add_error("organization_name", _("Choose a member above or name a new organization, not both."))
        return cleaned


class JoinForm(forms.Form):
    """What an invited person tells us about themselves."""

    name = forms.CharField(label=_("Your name"), max_length=120, help_text=_("As other members will read it."))


class OrganizationForm(forms.ModelForm):
    """How a member is described."""

    class Meta:
        model = Organization
        fields = ["name", "sector", "about", "website", "is_public"]
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}
        labels = {"name": _("Name"), "is_public": _("Name it on the open site")}
        help_texts = {
            "sector": _("One word, such as health, parents or business."),
            "is_public": _("Only if the organization has agreed to be named."),
        }


class ReasonForm(forms.Form):
    """Why a membership ends."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only stewards read it."),
    )

    def __init__(self, *args: Any, is_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_required


class SeatForm(forms.Form):
    """For whom a person sits, in what standing, with which offices."""

    organization: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("Sits for"), required=False, empty_label=_("Themselves")
    )
    standing = forms.ChoiceField(label=_("As what"), choices=STANDINGS, widget=forms.RadioSelect)
    offices = forms.MultipleChoiceField(
        label=_("Offices"), choices=OFFICES, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        held = {"organization": seat.organization_id, "standing": seat.standing}
        kwargs["initial"] = {**held, "offices": sorted(seat.roles - {seat.standing})}
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.filter(membership__isnull=False)


class GroupForm(forms.ModelForm):
    """A working group and its mandate."""

    class Meta:
        model = WorkingGroup
        fields = ["name", "mandate"]
        widgets = {"mandate": forms.Textarea(attrs={"rows": 5})}
        labels = {"name": _("Name"), "mandate": _("What it may decide alone")}
        help_texts = {
            "mandate": _("And where its limits are: money, time, names. For example: it may spend up to 200 a month."),
        }

    def validate_unique(self) -> None:
        """The action answers for names that are taken, in the coalition we are inside."""


class LeadForm(forms.Form):
    """Who leads a group."""

    lead = forms.TypedChoiceField(label=_("Who leads it"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", _("Nobody yet")), *queries.seat_choices()]
