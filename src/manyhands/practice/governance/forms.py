"""What people fill in: proposals, stances, closing days, answers, rules."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.forms import DateInput, DateTimeInput, Described
from manyhands.foundation.ui.sources import NAMED

from .models import Consulted, DecisionKind, DecisionRule, Proposal, SharedGoal, Stance
from .rules import Base, Method, NotAShare, Terms, read_share, write_share


def kept(**attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4, **attrs})


class ProposalForm(forms.Form):
    """The words of a proposal, new or changed."""

    kind = forms.ChoiceField(
        label=_("What is decided?"),
        widget=forms.RadioSelect,
        initial=DecisionKind.ORDINARY,
        choices=[
            (DecisionKind.ORDINARY, Described(_("What we do"), _("A deed, a position, a purchase."))),
            (
                DecisionKind.GOAL,
                Described(_("A shared goal"), _("An end we all work for. It gets a plan once adopted.")),
            ),
            (DecisionKind.CHARTER, Described(_("Our own rules"), _("How we decide and live together."))),
        ],
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        help_text=_("What we would do, in a few words: “Close three more streets at drop-off”."),
    )
    summary = forms.CharField(
        label=_("In one sentence"), max_length=400, required=False, help_text=_("Who, where, from when to when.")
    )
    text = forms.CharField(
        label=_("What we would do"),
        max_length=20_000,
        widget=kept(rows=9),
        help_text=_("Plain paragraphs. A line that begins with “- ” becomes part of a list."),
    )
    serves_goal = forms.TypedChoiceField(
        label=_("Which shared goal does it serve?"), coerce=int, empty_value=None, required=False
    )
    review_on = forms.DateField(
        label=_("Look at it again on"), widget=DateInput, required=False, help_text=_("If it is adopted.")
    )

    def __init__(self, *args: Any, goals: list[SharedGoal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["serves_goal"].choices = [("", _("None of them")), *((goal.pk, goal.title) for goal in goals)]
        if not goals:
            del self.fields["serves_goal"]

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")


class ChangeForm(ProposalForm):
    """New words for a proposal that others have read already."""

    because = forms.CharField(
        label=_("What changed, and thanks to whom?"),
        max_length=300,
        required=False,
        help_text=_("Shown above the text: “Delivery hour, as School Bus Operators asked”."),
    )
    after_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, goals=[], **kwargs)
        del self.fields["kind"]


class SourceForm(forms.Form):
    """Where a proposal came from, carried in the address and in hidden fields."""

    #: A row of another room, as "alignment.Statement:12".
    source = forms.RegexField(NAMED, max_length=80, required=False, strip=True, widget=forms.HiddenInput)
    quote = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)


class StanceForm(forms.Form):
    """Where one's organization stands."""

    choice = forms.ChoiceField(
        label=_("Stance"),
        widget=forms.RadioSelect,
        choices=[
            (Stance.Choice.FOR, Described(_("For"), _("We support it."))),
            (Stance.Choice.ASIDE, Described(_("Stand aside"), _("Not our choice, but go ahead."))),
            (Stance.Choice.AGAINST, Described(_("Against"), _("We would rather not; we accept the result."))),
            (Stance.Choice.BLOCK, Described(_("Block"), _("It breaks our shared purpose. It must be talked through."))),
        ],
        error_messages={"required": _("Choose where your organization stands.")},
    )
    reason = forms.CharField(label=_("Why?"), max_length=4000, required=False, widget=kept(rows=3))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("choice") == Stance.Choice.BLOCK and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("A block needs a reason, so that it can be talked through."))
        return cleaned


class ClosingForm(forms.Form):
    """Until when stances can be taken."""

    closes_at = forms.DateTimeField(label=_("Stances until"), widget=DateTimeInput)

    def __init__(self, *args: Any, earliest: datetime | None = None, **kwargs: Any) -> None:
        if earliest is not None:
            evening = localtime(earliest).replace(hour=18, minute=0, second=0, microsecond=0)
            kwargs.setdefault("initial", {"closes_at": max(evening, localtime(earliest))})
        super().__init__(*args, **kwargs)


class ReplyForm(forms.Form):
    """The answer to a doubt."""

    reply = forms.CharField(label=_("Your answer"), max_length=4000, widget=kept())
    look_again_on = forms.DateField(
        label=_("We look at it again on"), widget=DateInput, required=False, help_text=_("Shown beside the dissent.")
    )


class FindingForm(forms.Form):
    """What was found when a dissent was looked at again."""

    note = forms.CharField(label=_("What did we find?"), max_length=4000, widget=kept())


class ReviewForm(forms.Form):
    """What came of looking at a decision again."""

    finding = forms.ChoiceField(
        label=_("What do we do with it?"),
        widget=forms.RadioSelect,
        choices=[
            (Proposal.Force.REAFFIRMED, Described(_("Keep it"), _("It still serves us."))),
            (Proposal.Force.CHANGED, Described(_("It has changed"), _("A newer decision changes it."))),
            (Proposal.Force.REPEALED, Described(_("Repeal it"), _("It no longer holds. This cannot be undone."))),
        ],
    )
    note = forms.CharField(label=_("Why?"), max_length=4000, required=False, widget=kept(rows=3))
    next_review_on = forms.DateField(label=_("Look at it again on"), widget=DateInput, required=False)


class ShareField(forms.Field):
    """A share, written as 2/3 or 60 %; kept exactly."""

    widget = forms.TextInput(attrs={"maxlength": 12})

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return read_share(str(value))
        except NotAShare as error:
            raise ValidationError(_("%(why)s"), params={"why": error}) from None


class RuleForm(forms.Form):
    """The rule for one kind of decision."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Where it stands: “Charter 4.2”."))
    method = forms.ChoiceField(
        label=_("How do stances become a decision?"),
        widget=forms.RadioSelect,
        choices=[
            (Method.SHARE, Described(_("A share of the votes"), _("Enough of them are in favor."))),
            (Method.CONSENT, Described(_("Consent"), _("Someone is for it, and nobody blocks it."))),
        ],
    )
    quorum = ShareField(label=_("How many must take a stance?"), help_text=_("Of all votes there are: 1/2 or 50 %."))
    threshold = ShareField(label=_("How many must be in favor?"), help_text=_("2/3 or 75 %. Not asked for consent."))
    must_exceed = forms.BooleanField(label=_("It must be more than that share"), required=False)
    base = forms.ChoiceField(label=_("Share of which votes?"), choices=DecisionRule.BASES)
    blocks_stop = forms.BooleanField(label=_("One block stops a proposal"), required=False)
    notice_days = forms.IntegerField(label=_("Days of notice before it closes"), min_value=0, max_value=365)

    @classmethod
    def showing(cls, rule: DecisionRule | None) -> "RuleForm":
        """The form filled with the rule in force."""
        terms = rule.terms if rule else Terms()
        return cls(
            initial={
                "name": rule.name if rule else "",
                "method": terms.method,
                "quorum": write_share(terms.quorum),
                "threshold": write_share(terms.threshold),
                "must_exceed": terms.must_exceed,
                "base": terms.base,
                "blocks_stop": terms.blocks_stop,
                "notice_days": rule.notice_days if rule else 7,
            }
        )

    def terms(self) -> Terms:
        """What was filled in, as terms."""
        said = self.cleaned_data
        return Terms(
            Method(said["method"]),
            said["quorum"],
            said["threshold"],
            Base(said["base"]),
            said["must_exceed"],
            said["blocks_stop"],
        )


class ConsultedForm(forms.ModelForm):
    """Who was asked about a proposal, and what came of it."""

    class Meta:
        model = Consulted
        fields = ["who", "expertise", "invited_on", "came_on", "said", "change"]
        widgets = {"invited_on": DateInput(), "came_on": DateInput(), "said": kept(rows=3), "change": kept(rows=2)}
        help_texts = {
            "who": _("A person by role or a body, such as “the head nurse of the clinic”."),
            "came_on": _("Leave empty if they were asked and did not come."),
        }

    def _post_clean(self) -> None:
        """The action fills the row, and it refuses what cannot be."""


class JoinForForm(forms.Form):
    """For which goals only an organization is here."""

    goals: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("Only for these goals"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, chosen: list[SharedGoal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].queryset = SharedGoal.objects.exclude(state__in=["reached", "retired"])
        self.fields["goals"].initial = chosen
