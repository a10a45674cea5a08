"""What people fill in about agendas."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..rules import short
from .rules import DEFAULT_SIZE, MOST_PLACES, MOST_TO_SPEND, Priced


class AgendaForm(forms.Form):
    """How many places the agenda has."""

    size = forms.IntegerField(label=_("How many places?"))
    too_long = _("Five or more of us agree with %(most)d of these statements, so that is the longest agenda.")

    def __init__(self, *args: Any, most: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.most = most
        field = self.fields["size"]
        field.initial = min(DEFAULT_SIZE, most)
        field.widget.attrs |= {"min": 1, "max": most, "inputmode": "numeric"}
        field.error_messages |= {
            "required": _("Say how many places the agenda has, for example 5."),
            "invalid": _("Type a whole number, for example 5."),
        }

    def clean_size(self) -> int:
        size = int(self.cleaned_data["size"])
        if size < 1:
            raise forms.ValidationError(_("An agenda has at least one place."))
        if size > self.most and self.most == MOST_PLACES:
            raise forms.ValidationError(
                _("An agenda has at most %(most)d places. More is a list of everything."), params={"most": self.most}
            )
        if size > self.most:
            raise forms.ValidationError(self.too_long, params={"most": self.most})
        return size


class PriorityAgendaForm(AgendaForm):
    """How many priorities come first."""

    too_long = _("Members say of %(most)d priorities that they serve them, so that is the longest agenda.")


class PricedAgendaForm(forms.Form):
    """How much there is, and for each priority that serves somebody what it costs and whether it must be in."""

    budget = forms.DecimalField(
        label=_("How much is there in all?"), max_value=MOST_TO_SPEND, min_value=Decimal("0.01"), decimal_places=2
    )
    unit = forms.CharField(label=_("Of what?"), max_length=20, required=False, help_text=_("Such as hours, days or €."))

    def __init__(self, *args: Any, titles: Mapping[int, str], priced: Priced | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.priorities = list(titles)
        if priced is not None:
            self.initial = {"budget": f"{priced.budget.normalize():f}", "unit": priced.unit}
        for pk, title in titles.items():
            named = {"title": short(title, 60)}
            cost = forms.DecimalField(
                label=_("What “%(title)s” costs") % named, required=False,
                max_value=MOST_TO_SPEND, min_value=Decimal("0.01"), decimal_places=2,
            )  # fmt: skip
            self.fields[f"cost_{pk}"] = cost
            self.fields[f"must_{pk}"] = forms.BooleanField(label=_("“%(title)s” must be in") % named, required=False)
            if priced is not None and pk in priced.costs:
                self.initial[f"cost_{pk}"] = f"{priced.costs[pk].normalize():f}"
                self.initial[f"must_{pk}"] = pk in priced.must_haves

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = {pk: cleaned.get(f"cost_{pk}") for pk in self.priorities}
        must_haves = [pk for pk in self.priorities if cleaned.get(f"must_{pk}")]
        for pk in must_haves:
            if given[pk] is None and f"cost_{pk}" not in self.errors:
                self.add_error(f"cost_{pk}", _("What must be in needs a cost too."))
        if not self.errors:
            costs = {pk: cost for pk, cost in given.items() if cost is not None}
            cleaned["priced"] = Priced(cleaned["budget"], cleaned["unit"].strip(), costs, tuple(must_haves))
        return cleaned
