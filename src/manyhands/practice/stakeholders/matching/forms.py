"""What people choose when two records become one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import STAGES, WEDGES, Pair, Stakeholder
from . import rules
from .queries import Compared, compared

ONE, OTHER, BOTH = "one", "other", "both"
LABELS = {
    "name": gettext_lazy("Name"),
    "also_known_as": gettext_lazy("Also known as"),
    "identifier": gettext_lazy("Official number"),
    "sector": gettext_lazy("Sector"),
    "address": gettext_lazy("Address"),
    "places": gettext_lazy("Places they cover"),
    "website": gettext_lazy("Website"),
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Phone"),
    "about": gettext_lazy("Who they are"),
    "people_reached": gettext_lazy("People they reach"),
    "stance": gettext_lazy("Where they stand"),
    "stage": gettext_lazy("How far we are"),
    "looked_after_by": gettext_lazy("Looked after by"),
    "next_step": gettext_lazy("Next step"),
    "not_before": gettext_lazy("Not before"),
    "never_because": gettext_lazy("Never ask, because"),
    "tags": gettext_lazy("Tags"),
    "source": gettext_lazy("Where this comes from"),
    "note": gettext_lazy("Note"),
}


@dataclass(frozen=True)
class Word:
    """A word of a value, and whether the other record does not have it."""

    text: str
    is_other: bool


@dataclass(frozen=True)
class Line:
    """One field of two records, side by side, with what can be chosen where they differ."""

    key: str
    label: Any
    one: list[Word]
    other: list[Word]
    differs: bool
    can_be_both: bool
    chosen: str


class MergeForm(forms.Form):
    """For each field in which two records differ, whose word counts."""

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair
        self.found = compared(pair)
        for side in (ONE, OTHER):
            self.fields[f"version_{side}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=getattr(pair, side).version
            )
        usual = self._usual()
        for each in self.found:
            if each.differs:
                choices = [(ONE, _("left")), (OTHER, _("right"))]
                choices += [(BOTH, _("both"))] if each.group.can_be_both else []
                self.fields[each.group.key] = forms.ChoiceField(
                    label=LABELS[each.group.key], choices=choices, initial=usual[each.group.key], required=False
                )

    @property
    def lines(self) -> Iterator[Line]:
        """Every field that says something in one of the two."""
        for each in self.found:
            one, other = (_shown(each, values, ally) for values, ally in self._sides(each))
            chosen = str(self[each.group.key].value() or "") if each.differs else ""
            yield Line(
                each.group.key,
                LABELS[each.group.key],
                words_of(one, other),
                words_of(other, one),
                each.differs,
                each.group.can_be_both and bool(one and other),
                chosen,
            )

    @property
    def chosen(self) -> dict[str, str]:
        """What the action takes."""
        keys = [each.group.key for each in self.found if each.differs]
        return {key: self.cleaned_data[key] for key in keys if self.cleaned_data.get(key)}

    @property
    def seen(self) -> dict[int, int]:
        """Which versions were on the page."""
        return {
            self.pair.one_id: self.cleaned_data["version_one"],
            self.pair.other_id: self.cleaned_data["version_other"],
        }

    def look_again(self) -> None:
        """What was chosen stays, the records are as they are now, and somebody has to press once more."""
        self.data = again = self.data.copy()
        for side in (ONE, OTHER):
            again[f"version_{side}"] = str(getattr(self.pair, side).version)
        self.add_error(
            None, _("Somebody has changed one of the two while you were reading. Look once more, then decide.")
        )

    def _sides(self, each: Compared) -> list[tuple[list[Any], Stakeholder]]:
        return [(each.one, self.pair.one), (each.other, self.pair.other)]

    def _usual(self) -> dict[str, str]:
        """What is proposed: the word of a member, or of whoever is rated more, where both say something."""
        left, right = self.pair.one, self.pair.other
        right_leads = (right.member_id is not None, right.raters) > (left.member_id is not None, left.raters)
        first, second, sides = (right, left, (OTHER, ONE)) if right_leads else (left, right, (ONE, OTHER))
        words = {"kept": sides[0], "other": sides[1], "both": BOTH}
        proposed = {}
        for group in rules.GROUPS:
            said = [{field: getattr(ally, field) for field in group.fields} for ally in (first, second)]
            proposed[group.key] = words[rules.usual(group, *said)]
        return proposed


class CompareForm(forms.Form):
    """Which record to compare with."""

    other = forms.IntegerField(widget=forms.HiddenInput)


def words_of(text: str, beside: str) -> list[Word]:
    """The words of a value; those that the other does not have are marked, unless the two have none in common.

    >>> [(word.text, word.is_other) for word in words_of("Linden Family Clinic", "Linden Clinic")]
    [('Linden', False), ('Family', True), ('Clinic', False)]
    >>> [word.is_other for word in words_of("Lends a lawyer", "Two meters")]
    [False, False, False]
    """
    known = {_bare(word) for word in beside.split()}
    words = text.split()
    has_common = any(_bare(word) in known for word in words)
    return [Word(word, has_common and _bare(word) not in known) for word in words]


def _bare(word: str) -> str:
    return word.strip(".,;").casefold()


def _shown(each: Compared, values: list[Any], ally: Stakeholder) -> str:
    key = each.group.key
    if key == "looked_after_by":
        return ally.looked_after_by.name if ally.looked_after_by else ""
    if key == "stance":
        stance = str(dict(WEDGES)[values[0]]) if values[0] else ""
        return " · ".join(part for part in (stance, values[1], _day(values[2])) if part)
    if key == "stage":
        return str(dict(STAGES)[values[0]])
    parts = [_day(value) if hasattr(value, "isoformat") else "" if value is None else str(value) for value in values]
    return (", " if key == "address" else " · ").join(part for part in parts if part)


def _day(value: Any) -> str:
    return date_format(value, "DATE_FORMAT") if value else ""
