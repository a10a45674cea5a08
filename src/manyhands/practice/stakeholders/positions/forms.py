"""What people fill in about issues, positions and influence."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manyhands.foundation.ui.forms import DateInput

from ..models import WEDGES, Issue, Stakeholder
from ..rules import Wedge, folded
from . import rules
from .words import listed

#: What the steps mean, for how much something matters to somebody and for how much one can make another do.
STEPS = [
    ("1", gettext_lazy("1: a little, how they do things")),
    ("2", gettext_lazy("2: something they plan")),
    ("3", gettext_lazy("3: what they are there for")),
    ("4", gettext_lazy("4: whether they go on at all")),
]
LEVELS = [(0, gettext_lazy("not at all")), *((int(step), label) for step, label in STEPS)]
BASIS = gettext_lazy("Say what you base this on; others will ask.")


class AllyByName(forms.CharField):
    """One ally, found by its name as people write it: a list of a hundred thousand has no use for a menu."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"list": "known-allies", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Stakeholder | None:
        name = " ".join(str(super().clean(value) or "").split())
        if not name:
            return None
        found = list(Stakeholder.objects.filter(name__iexact=name)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several allies have this name. Open the right one, and use its own page."))
        near = Stakeholder.objects.all()
        for word in folded(name).split()[:6]:
            near = near.filter(search_text__contains=word)
        names = list(near.order_by("-weight", "pk").values_list("name", flat=True)[:3])
        if len(names) == 1:
            return Stakeholder.objects.filter(name=names[0]).order_by("-weight", "pk").first()
        if names:
            asked = _("Whom do you mean: %(names)s? Write the whole name.") % {"names": listed(names)}
            raise forms.ValidationError(asked)
        raise forms.ValidationError(_("Nobody on the list of allies has this name. Add them first."))


class IssueForm(forms.ModelForm):
    """One thing we want."""

    class Meta:
        model = Issue
        fields = ["title", "about"]
        help_texts = {
            "title": gettext_lazy("Short, and so that one can be for it or against it: “Streets closed at drop-off”."),
            "about": gettext_lazy("What exactly would change, for those who were not there."),
        }

    def _post_clean(self) -> None:
        """The model's own checks need no instance filled by the form: the action fills it."""


class PositionForm(forms.Form):
    """Where somebody stands, with the source and the day."""

    ally = AllyByName(label=gettext_lazy("Who"), max_length=300)
    issue = forms.TypedChoiceField(label=gettext_lazy("On what"), coerce=int, empty_value=None)
    wedge = forms.ChoiceField(label=gettext_lazy("Where they stand"), choices=WEDGES[1:], widget=forms.RadioSelect)
    weight = forms.ChoiceField(
        label=gettext_lazy("How much it matters to them"),
        choices=[("", gettext_lazy("Choose")), ("0", gettext_lazy("0: they stand in between")), *STEPS],
    )
    source = forms.CharField(
        label=gettext_lazy("How we know"),
        max_length=300,
        help_text=gettext_lazy("A public statement, a vote, a letter, a talk. Name it, so that others can look."),
        error_messages={"required": gettext_lazy("Say how we know: a statement, a vote, a letter, a talk.")},
    )
    on = forms.DateField(
        label=gettext_lazy("As of"),
        widget=DateInput(),
        help_text=gettext_lazy("The day on which they said or did it."),
    )

    def __init__(
        self,
        *args: Any,
        ally: Stakeholder | None = None,
        issue: Issue | None = None,
        issues: Sequence[Issue] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known_ally, self.known_issue = ally, issue
        if ally is not None:
            del self.fields["ally"]
        if issue is not None:
            del self.fields["issue"]
        else:
            self.issues = {each.pk: each for each in issues}
            self.fields["issue"].choices = [("", _("Choose")), *((each.pk, each.title) for each in issues)]
        self.fields["on"].widget.attrs["max"] = localdate().isoformat()
        self.initial.setdefault("on", localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wedge, weight = cleaned.get("wedge", ""), cleaned.get("weight", "")
        if wedge == Wedge.UNDECIDED and weight not in {"", "0"}:
            self.add_error("weight", _("Whoever is undecided stands in between: choose 0, or another place for them."))
        if wedge and wedge != Wedge.UNDECIDED and weight == "0":
            self.add_error("weight", _("Say how much it matters to them, from 1 to 4."))
        on = cleaned.get("on")
        if on and on > localdate():
            self.add_error("on", _("This day is still to come. Write the day on which they said or did it."))
        return cleaned

    @property
    def particulars(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        return {
            "stakeholder": self.known_ally or said["ally"],
            "issue": self.known_issue or self.issues[said["issue"]],
            "wedge": said["wedge"],
            "strength": rules.sign(said["wedge"]) * int(said["weight"]),
            "source": said["source"],
            "on": said["on"],
        }


class SwaysForm(forms.Form):
    """How much one actor can make each of the others do; what is left out stays as it was."""

    def __init__(self, *args: Any, others: Sequence[Stakeholder], given: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others
        for other in others:
            self.fields[f"over-{other.pk}"] = forms.TypedChoiceField(
                label=other.name,
                choices=[(level, str(level)) for level, _label in LEVELS],
                coerce=int,
                empty_value=None,
                required=False,
                initial=given.get(other.pk),
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": gettext_lazy("Choose a number from 0 to 4.")},
            )
        self.fields["basis"] = forms.CharField(
            label=_("What do you base this on?"),
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": BASIS},
        )

    @property
    def levels(self) -> dict[int, int]:
        """What was chosen, by the id of the other."""
        chosen = {other.pk: self.cleaned_data.get(f"over-{other.pk}") for other in self.others}
        return {pk: level for pk, level in chosen.items() if level is not None}


class ClaimForm(forms.Form):
    """Whether a claim is strong, rightful or urgent."""

    has_power = forms.BooleanField(
        label=gettext_lazy("Power"),
        required=False,
        help_text=gettext_lazy("They can make things happen, or stop them."),
    )
    has_legitimacy = forms.BooleanField(
        label=gettext_lazy("Legitimacy"),
        required=False,
        help_text=gettext_lazy("They have a rightful say: by law, by mandate, or because it touches them."),
    )
    has_urgency = forms.BooleanField(
        label=gettext_lazy("Urgency"), required=False, help_text=gettext_lazy("Their concern cannot wait.")
    )
    basis = forms.CharField(
        label=gettext_lazy("What do you base this on?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": BASIS},
    )
