"""What people fill in about ties."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ui.forms import DateInput, Described
from manyhands.foundation.ui.uploads import UploadField

from ..models import LEVELS, Stakeholder, Tie
from . import rules


class Level(forms.TypedChoiceField):
    """How close a tie is, in words; the number is what is kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("How close"))
        super().__init__(choices=[(level, f"{level}  {words}") for level, words in LEVELS], coerce=int, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value


class WhoField(forms.CharField):
    """One ally, typed by name with the list of names to choose from; becomes the ally itself."""

    def clean(self, value: Any) -> Stakeholder | None:
        typed = " ".join(str(super().clean(value) or "").split())
        if not typed:
            return None
        rows = Stakeholder.objects.all()
        found = list(rows.filter(name__iexact=typed)[:2]) or list(rows.filter(also_known_as__iexact=typed)[:2])
        if not found:
            raise forms.ValidationError(
                _("Nobody on the list is called “%(name)s”. Add them to the allies first, or check the spelling."),
                params={"name": typed},
            )
        if len(found) > 1:
            raise forms.ValidationError(_("Several allies bear this name. Make their names differ first."))
        return found[0]


class TieForm(forms.Form):
    """A new tie, or what we know of one."""

    other = WhoField(
        label=_("With whom"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "actor-names", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("What kind of tie"), choices=Tie.Kind.choices)
    from_here = forms.ChoiceField(
        label=_("Which way round"),
        required=False,
        choices=[("yes", _("From this ally to the other")), ("no", _("From the other to this ally"))],
        help_text=_("Only for money, a say and news; the other kinds go both ways."),
    )
    level = Level()
    source = forms.CharField(
        label=_("How do you know?"), max_length=300, help_text=_("A meeting, a letter, their own words.")
    )
    seen_on = forms.DateField(
        label=_("Last seen"),
        widget=DateInput(),
        initial=localdate,
        help_text=_("When you last saw the two in touch. It counts for less the longer ago that is."),
    )
    since = forms.DateField(label=_("Since"), widget=DateInput(), required=False)


class AddTieForm(TieForm):
    """A new tie between any two."""

    one = WhoField(
        label=_("Who"), max_length=300, widget=forms.TextInput(attrs={"list": "actor-names", "autocomplete": "off"})
    )
    field_order = ("one", "other", "kind", "from_here", "level", "source", "seen_on", "since")


class ChangeTieForm(forms.Form):
    """What may be changed of a tie that is there."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    level = Level(required=False, empty_value=None)
    source = forms.CharField(label=_("How do you know?"), max_length=300)
    seen_on = forms.DateField(label=_("Last seen"), widget=DateInput())
    since = forms.DateField(label=_("Since"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, tie: Tie, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "version": tie.version,
                "level": tie.level,
                "source": tie.source,
                "seen_on": tie.seen_on,
                "since": tie.since,
            },
        )
        super().__init__(*args, **kwargs)
        if tie.level_one is not None or tie.level_other is not None:
            del self.fields["level"]


class _BesideOthers(forms.Form):
    """A form that shares its page with others, whose fields have the same names: labels must find their own field."""

    called = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.called}_%s")
        super().__init__(*args, **kwargs)


class RateTieForm(_BesideOthers):
    """What one's own organization says of a tie."""

    called = "rate"

    level = Level(label=_("How close is this, as you see it?"))


class PassOnForm(_BesideOthers):
    """What a side without a seat told us."""

    called = "told"

    side = forms.ChoiceField(choices=[("one", ""), ("other", "")], widget=forms.HiddenInput)
    level = Level(label=_("How close, as they see it?"))
    source = forms.CharField(label=_("Who told you, and when?"), max_length=300)


class ConsentForm(_BesideOthers):
    """May we ask for an introduction over this tie?"""

    called = "consent"

    consent = forms.ChoiceField(
        label=_("May we ask for an introduction?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", Described(_("Not asked yet"), _("The tie is on the map, and on no way."))),
            ("agreed", Described(_("They agreed"), _("The tie may be shown as a step of an introduction."))),
            ("refused", Described(_("They said no"), _("We do not ask again."))),
        ],
    )
    source = forms.CharField(
        label=_("Who said so, and when?"), max_length=300, required=False, help_text=_("Needed when they agreed.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("consent") == "agreed" and not cleaned.get("source", "").strip():
            self.add_error("source", _("Say who agreed; without that we cannot show the tie on a way."))
        return cleaned


class SaveViewForm(forms.Form):
    """A name for what a page shows now."""

    name = forms.CharField(label=_("Name of this view"), max_length=80)
    is_shared = forms.BooleanField(label=_("Everyone here may see it"), required=False)
    page = forms.ChoiceField(widget=forms.HiddenInput, choices=[(page, page) for page in rules.SAVED])
    query = forms.CharField(widget=forms.HiddenInput, max_length=500, required=False)


MAPS = ".csv,.tsv,.txt,.xlsx,.graphml,.xml"


class TieListForm(forms.Form):
    """A file of ties from somebody's computer."""

    file = UploadField(
        label=_("The file"),
        widget=forms.FileInput(attrs={"accept": MAPS}),
        help_text=_(
            "One tie a row with source and target, a matrix of who named whom, a map from Kumu (CSV or Excel), or "
            "GraphML."
        ),
    )
    second = UploadField(
        label=_("Its other half"),
        required=False,
        widget=forms.FileInput(attrs={"accept": MAPS}),
        help_text=_("Only if elements and connections are two files. The order does not matter."),
    )
    kind = forms.ChoiceField(
        label=_("What kind of tie"), choices=Tie.Kind.choices, help_text=_("Where the file does not say so itself.")
    )
    is_turned = forms.ChoiceField(
        label=_("Which way do money, word and power go?"),
        required=False,
        choices=[
            ("", _("From the first to the second")),
            ("turned", _("From the second to the first")),
        ],
        help_text=_(
            "For giving money, having a say and informing; in a matrix the row is the first. Was each one asked who "
            "has a say over it, or from whom it hears? Then it goes from the second to the first."
        ),
    )
    source = forms.CharField(
        label=_("Where does this file come from?"), max_length=300, help_text=_("Kept with every tie.")
    )
    adds_actors = forms.BooleanField(
        label=_("Add those who are not among the allies yet"), required=False, initial=True
    )

    def clean_is_turned(self) -> bool:
        return self.cleaned_data["is_turned"] == "turned"
