"""From the cells of one row to an ally's particulars, or to a refusal in words. Values are kept as written."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import process

from ..models import WEDGES, ImportRow
from ..rules import folded, needs_source
from .columns import KEEP, ORGANIZATION_WORDS, PERSON_WORDS, TARGETS
from .reading import Broken

LONGEST = {
    field.name: field.max_length
    for field in ImportRow._meta.concrete_fields
    if field.name in TARGETS and field.max_length
}
MANY_LINES = {"about", "note"}
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_NTEE = re.compile(r"[A-Z]\d\d[A-Z0-9]?")
#: The 26 main groups of the National Taxonomy of Exempt Entities, which American lists give as a letter.
NTEE = {
    "A": "Arts and culture", "B": "Education", "C": "Environment", "D": "Animals", "E": "Health", "F": "Mental health",
    "G": "Diseases and disorders", "H": "Medical research", "I": "Crime and law", "J": "Employment",
    "K": "Food and farming",
    "L": "Housing", "M": "Public safety", "N": "Recreation and sports", "O": "Youth", "P": "Human services",
    "Q": "International", "R": "Civil rights and advocacy", "S": "Community", "T": "Philanthropy", "U": "Science",
    "V": "Social science", "W": "Public benefit", "X": "Religion", "Y": "Mutual benefit", "Z": "Unknown",
}  # fmt: skip
_STANCES = {folded(str(word)): value for value, label in WEDGES for word in (value, label) if word} | {
    "ally": "active ally",
    "supporter": "active ally",
    "passive ally": "leaning our way",
    "neutral": "undecided",
    "opponent": "against",
    "active opponent": "against",
    "passive opponent": "leaning away",
}


class Cleaner:
    """Knows how the columns match, and turns rows into particulars."""

    def __init__(self, header: Sequence[str], mapping: Mapping[str, str], *, keep_email: bool) -> None:
        self.places = {target: int(at) for at, target in mapping.items() if target != KEEP}
        self.extras = [(header[int(at)] or f"column {int(at) + 1}", int(at)) for at, t in mapping.items() if t == KEEP]
        self.keep_email = keep_email

    @property
    def fields(self) -> list[str]:
        """The fields of an ally that this list can fill."""
        named = {"first_name", "last_name", "name"}
        found = [target for target in self.places if target not in named]
        return ["name", *found, *(["extra"] if self.extras else [])]

    def clean(self, cells: Sequence[str]) -> dict | Broken:
        """The particulars of one row, or what is wrong with it."""
        values: dict[str, Any] = {target: _kept(target, cells[at]) for target, at in self.places.items()}
        first, last = values.pop("first_name", ""), values.pop("last_name", "")
        is_person = bool(first or last) and not values.get("name")
        values["name"] = values.get("name") or f"{first} {last}".strip()
        if not values["name"]:
            return Broken(_("(empty)"), _("There is no name, and a name is the one thing we need."), _("Add a name."))
        if self.extras:
            values["extra"] = {title: cells[at] for title, at in self.extras if cells[at].strip()}
        for check in (_lengths, self._email, _kind, _sector, _stance):
            if (broken := check(values)) is not None:
                return broken
        values.setdefault("kind", "person" if is_person else "organization")
        return values

    def _email(self, values: dict) -> Broken | None:
        email = values.get("email", "")
        if email and not _EMAIL.fullmatch(email):
            if email.count("@") > 1:
                reason = _("The e-mail address has %(count)s @ signs.") % {"count": email.count("@")}
            elif "@" not in email:
                reason = _("The e-mail address has no @ sign.")
            else:
                reason = _("This is no e-mail address.")
            return Broken(email[:120], reason, _("Fix it, or leave it empty."))
        if email and not self.keep_email:
            values["email"] = ""
        return None


def _kept(target: str, cell: str) -> str:
    """One-line fields lose the blanks around them; what people wrote at length stays as it is."""
    if target in MANY_LINES:
        return cell if cell.strip() else ""
    if "\n" in cell or "\r" in cell:
        return " ".join(cell.split())
    return cell.strip()


def _lengths(values: dict) -> Broken | None:
    for field, value in values.items():
        most = LONGEST.get(field) or (300 if field == "stance_source" else None)
        if most and field != "extra" and len(value) > most:
            sentence = _("%(field)s has %(length)s letters; we keep up to %(most)s.")
            shown = {"field": TARGETS[field], "length": f"{len(value):,}", "most": f"{most:,}"}
            return Broken(value[:120], sentence % shown, _("Shorten it, or match the column with a note."))
    return None


def _kind(values: dict) -> Broken | None:
    if "kind" not in values:
        return None
    word = folded(values.pop("kind"))
    if word in PERSON_WORDS:
        values["kind"] = "person"
    elif word in ORGANIZATION_WORDS:
        values["kind"] = "organization"
    elif word:
        return Broken(word[:120], _("We know organizations and persons, not this."), _("Write one of the two words."))
    return None


def _sector(values: dict) -> Broken | None:
    sector = values.get("sector", "")
    if sector and _NTEE.fullmatch(sector):
        values["sector"] = NTEE[sector[0]]
    return None


def _stance(values: dict) -> Broken | None:
    if not (stance := folded(values.get("stance", ""))):
        values.pop("stance", None)
        return None
    if stance not in _STANCES:
        near = process.extractOne(stance, _STANCES.keys(), score_cutoff=60)
        reason = _("We know no such stance.")
        if near is not None:
            labels = dict(WEDGES)
            reason = f"{reason} {_('Did you mean “%(word)s”?') % {'word': labels[_STANCES[near[0]]]}}"
        return Broken(values["stance"][:120], reason, _("Use one of the five words, or leave it empty."))
    values["stance"] = _STANCES[stance]
    if needs_source(values["stance"]) and not values.get("stance_source"):
        return Broken(
            values["stance"],
            _("That somebody is against us needs a public source."),
            _("Add a column with the source, or leave the stance empty."),
        )
    return None
