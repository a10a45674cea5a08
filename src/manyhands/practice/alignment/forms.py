"""What people fill in about rounds and statements."""

from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.forms import DateTimeInput, Described
from manyhands.foundation.ui.uploads import UploadField

from . import constituencies, importing, rules
from .declaring import FOUND
from .models import Statement, VisionRound
from .models.rounds import USUAL_POLICY

MESSAGES = {
    "empty": _("There is nothing to read in this statement yet. Write what you hope for in one sentence."),
    "long": _(
        "A statement has at most %(longest)d signs, so that it fits a card; this one has %(length)s. Say one thing."
    ),
    "enough": _(
        "You have written %(most)d statements in this round, as many as one person may, so that everybody is heard. "
        "This one was not sent."
    ),
    "nul": _("This text holds a sign that is no text (a NUL byte). Type it anew, or paste it as plain text."),
    "broken": _("This text holds half of a sign. Type it anew, or paste it as plain text."),
}


GROUPS_HELP = _(
    "Found: people who answer alike. Declared: whom they answer for. You can change it until the round closes. A "
    "declared group stands for itself from ten voices of five organizations on; smaller ones are told together."
)


def statement_or_complaint(text: str) -> str:
    """The clean statement, or a form's complaint in a sentence."""
    try:
        return rules.clean_statement(text)
    except rules.UnfitStatement as problem:
        values = {"longest": rules.LONGEST_STATEMENT, "length": len(text.strip())}
        raise forms.ValidationError(MESSAGES[problem.args[0]] % values, code=problem.args[0]) from None


class AnyText(forms.CharField):
    """Text as it was written: no limit or check of its own, so that ours can say what is wrong."""

    default_validators = []

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, required=False, **options)
        self.validators = []


class StatementForm(forms.Form):
    """One statement."""

    text = AnyText(
        label=_("Your statement"),
        help_text=_("One thing that others can agree or disagree with, in at most 280 signs."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": rules.LONGEST_STATEMENT, "required": True}),
    )

    def clean_text(self) -> str:
        return statement_or_complaint(self.cleaned_data["text"])

    def say_enough(self) -> None:
        """Say that this person has written as much as one may."""
        self.add_error(None, MESSAGES["enough"] % {"most": rules.MOST_STATEMENTS})


class RoundForm(forms.ModelForm):
    """One question to everyone."""

    seeds = AnyText(
        label=_("Statements to begin with"),
        help_text=_("One on each line; three to ten that differ. People add their own."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    follows: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        label=_("It follows an earlier round"),
        required=False,
        help_text=_("If you ask on the same matter again."),
        empty_label=_("None: this is the first on its matter"),
    )
    keeps = forms.BooleanField(
        label=_("Put the statements of that round to everyone again"),
        required=False,
        help_text=_("Then you see for each whether the agreement of all groups rose or fell."),
    )

    class Meta:
        model = VisionRound
        fields = [
            "question",
            "explanation",
            "closes_at",
            "is_anonymous",
            "reads_first",
            "moderation_policy",
            "counts_by",
            "shows_organizations",
            "groups_by",
        ]
        widgets = {
            "moderation_policy": forms.Textarea(attrs={"rows": 3}),
            "closes_at": DateTimeInput(),
            "explanation": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "counts_by": _(
                "Said on every page. With one organization, one voice, what most of its people answer counts."
            ),
            "shows_organizations": _(
                "Only in rounds of fewer than 30 organizations. Everyone is told before they answer: whoever knows how "
                "one organization answered can then guess at another."
            ),
            "groups_by": GROUPS_HELP,
            "question": _("Open, about the future, in plain words: “What should the way to school look like in 2030?”"),
            "explanation": _("What will happen with the answers, and by when."),
            "closes_at": _("The round closes by itself then. Leave it empty to close it yourself."),
            "is_anonymous": _(
                "Nobody sees who wrote a statement, not even those who moderate. Better for honest rounds."
            ),
            "moderation_policy": _("Everyone reads this before they write, and how often something was taken out."),
            "reads_first": _("Otherwise statements can be answered at once, and a facilitator may take one out."),
        }

    field_order = [
        "question",
        "explanation",
        "seeds",
        "follows",
        "keeps",
        "closes_at",
        "is_anonymous",
        "reads_first",
        "moderation_policy",
        "counts_by",
        "shows_organizations",
        "groups_by",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        over = VisionRound.objects.filter(state__in=["clustered", "validated", "adopted"])
        self.fields["follows"].queryset = over
        self.fields["counts_by"].required = self.fields["groups_by"].required = False
        self.fields["groups_by"].choices = [(each.way, each.words) for each in constituencies.offers()]
        self.initial["moderation_policy"] = self.instance.policy

    def clean_moderation_policy(self) -> str:
        """Empty where it is the usual one, so that everybody reads that in their own language."""
        written = self.cleaned_data["moderation_policy"].strip()
        return "" if written == str(USUAL_POLICY) else written

    def clean_counts_by(self) -> str:
        return self.cleaned_data["counts_by"] or "person"

    def clean_groups_by(self) -> str:
        return self.cleaned_data["groups_by"] or FOUND

    def clean_closes_at(self) -> Any:
        closes = self.cleaned_data["closes_at"]
        if closes is not None and closes <= now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one, or leave it empty."))
        return closes

    def clean_seeds(self) -> list[str]:
        found = []
        for number, line in enumerate(self.cleaned_data["seeds"].splitlines(), start=1):
            if not line.strip():
                continue
            try:
                found.append(statement_or_complaint(line))
            except forms.ValidationError as problem:
                message = _("Line %(number)d: %(problem)s") % {"number": number, "problem": problem.messages[0]}
                raise forms.ValidationError(message) from None
        return found


class GroupsForm(forms.Form):
    """Whether groups are looked for or declared."""

    groups_by = forms.ChoiceField(label=_("Groups of opinion"), help_text=GROUPS_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups_by"].choices = [(each.way, each.words) for each in constituencies.offers()]


class RetireForm(forms.Form):
    """Why a statement is taken out."""

    why_out = forms.ChoiceField(
        label=_("What is the matter with it?"),
        choices=[("", _("Choose")), *Statement.WhyOut.choices],
        help_text=_("Everyone reads how often each was given, and never fewer than five."),
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Its author and everyone who moderates can read this."),
        widget=forms.TextInput(),
    )


class MergeForm(forms.Form):
    """Which statement says the same."""

    into: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, label=_("Join it to"), empty_label=_("Choose"))

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = Statement.objects.filter(round_id=statement.round_id, state=Statement.State.LIVE)
        self.fields["into"].queryset = live.exclude(pk=statement.pk)


class ImportForm(forms.Form):
    """A round that took place elsewhere."""

    question = forms.CharField(
        label=_("Question"), max_length=200, help_text=_("As it was put to the people who answered.")
    )
    votes = UploadField(
        label=_("Votes"),
        most=importing.LARGEST_FILE,
        help_text=_("votes.csv: one row per answer, with comment-id, voter-id and vote (1, 0 or -1)."),
    )
    comments = UploadField(
        label=_("Comments"),
        most=importing.LARGEST_FILE,
        help_text=_("comments.csv: one row per statement, with comment-id and comment-body."),
    )
    groups = UploadField(
        label=_("Groups"),
        required=False,
        most=importing.LARGEST_FILE,
        help_text=_("participants-votes.csv, if its group-id should be used; otherwise groups are found."),
    )
    source = forms.ChoiceField(
        label=_("Who can read these answers?"),
        widget=forms.RadioSelect,
        choices=[
            ("published", Described(_("Everyone already"), _("Published open data. Scores are shown exactly."))),
            (
                "confidential",
                Described(_("Only we"), _("Given to us in confidence. Fewer than five are never shown.")),
            ),
        ],
    )

    def contents(self) -> dict[str, bytes]:
        """The files, read once."""
        files = {name: self.cleaned_data.get(name) for name in ("votes", "comments", "groups")}
        return {name: file.read() if file else b"" for name, file in files.items()}
