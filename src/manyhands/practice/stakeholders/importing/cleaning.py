"""From the cells of one row to an ally's particulars, or to a refusal in words. Values are kept as written."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import process

from ..models import WEDGES, Stakeholder
from ..rules import folded
from ..stances import STANCE, problem_with
from .columns import BESIDE, KEEP, ORGANIZATION_WORDS, PERSON_WORDS, TARGETS
from .days import NoDay, day_in
from .reading import Broken

LONGEST = {
    field.name: field.max_length
    for field in Stakeholder._meta.concrete_fields
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
    "for": "active ally",
    "in favour": "active ally",
    "in favor": "active ally",
    "yes": "active ally",
    "support": "active ally",
    "supports": "active ally",
    "pro": "active ally",
    "no": "against",
    "oppose": "against",
    "opposes": "against",
    "opposed": "against",
    "contra": "against",
}


def wedge_of(word: str) -> str:
    """The place on the spectrum by any word for it; nothing for a word that we do not know."""
    return _STANCES.get(folded(word), "")


#: What is wrong with rows, by their place among those that are cleaned at once. What is found first stays.
Wrong = dict[int, Broken]
Column = list[str]


class Cleaner:
    """Knows how the columns match, and turns rows into particulars, column by column: that is many times faster."""

    def __init__(
        self,
        header: Sequence[str],
        mapping: Mapping[str, str],
        *,
        keep_email: bool,
        issues: Mapping[str, int] | None = None,
    ) -> None:
        self.places = {target: int(at) for at, target in mapping.items() if target != KEEP}
        self.extras = [(header[int(at)] or f"column {int(at) + 1}", int(at)) for at, t in mapping.items() if t == KEEP]
        self.keep_email = keep_email
        self.issues = issues or {}  # by their folded titles

    @property
    def fields(self) -> list[str]:
        """The fields of an ally that this list can fill."""
        named = {"first_name", "last_name", "name"} | BESIDE
        found = [target for target in self.places if target not in named]
        if "stance" in found:  # how we know, and as of when, come with it or not at all
            found += [target for target in STANCE if target not in found]
        return ["name", *found, *(["extra"] if self.extras else [])]

    def clean(self, rows: Sequence[Sequence[str]]) -> list[dict[str, Any] | Broken]:
        """The particulars of each row, or what is wrong with it. Every row has a cell for every column."""
        columns, wrong = self.columns(rows)
        fields = tuple(columns)
        return [
            wrong[row] if row in wrong else dict(zip(fields, values, strict=True))
            for row, values in enumerate(zip(*columns.values(), strict=True))
        ]

    def columns(self, rows: Sequence[Sequence[str]]) -> tuple[dict[str, Any], Wrong]:
        """The same, without a dictionary for each row: the values of each field, and what is wrong with which row."""
        if not rows:
            return {}, {}
        cells = list(zip(*rows, strict=True))
        columns: dict[str, Any] = {target: _kept(target, cells[at]) for target, at in self.places.items()}
        wrong: Wrong = {}
        usual_kinds = _names(columns, wrong, len(rows))
        for target, column in columns.items():
            _lengths(target, column, wrong)
        if "email" in columns:
            columns["email"] = self._emails(columns["email"], wrong)
        columns["kind"] = _kinds(columns["kind"], usual_kinds, wrong) if "kind" in columns else usual_kinds
        if "sector" in columns:
            columns["sector"] = _sectors(columns["sector"])
        if "stance_on" in columns:
            columns["stance_on"] = _days(columns["stance_on"], wrong)
        if "stance" in columns:
            columns["stance"] = _stances(columns["stance"], wrong)
            columns.setdefault("stance_source", [""] * len(rows))
            columns.setdefault("stance_on", [None] * len(rows))
        if "stance" in columns or "stance_on" in columns:
            _check_stances(columns, wrong)
        if "issue" in columns:
            columns["issue"] = self._issues(columns["issue"], wrong)
        if "position" in columns:
            # Who is against us on an issue has the list for its source, and the day of the list.
            columns["position"] = _stances(columns["position"], wrong)
        if self.extras:
            beside = [(title, cells[at]) for title, at in self.extras]
            columns["extra"] = [
                {title: column[row] for title, column in beside if column[row].strip()} for row in range(len(rows))
            ]
        return columns, wrong

    def _issues(self, titles: Column, wrong: Wrong) -> Column:
        """The number of each issue, as text; nothing where the row names none."""
        found = []
        for row, title in enumerate(titles):
            number = self.issues.get(folded(title)) if title else None
            if title and number is None:
                advice = _("Name the issue first, or write it as it stands there.")
                wrong.setdefault(row, Broken(title[:120], _("There is no open issue with these words."), advice))
            found.append(str(number or ""))
        return found

    def _emails(self, emails: Column, wrong: Wrong) -> Column:
        for row, email in enumerate(emails):
            if not email or _EMAIL.fullmatch(email):
                continue
            if email.count("@") > 1:
                reason = _("The e-mail address has %(count)s @ signs.") % {"count": email.count("@")}
            elif "@" not in email:
                reason = _("The e-mail address has no @ sign.")
            else:
                reason = _("This is no e-mail address.")
            wrong.setdefault(row, Broken(email[:120], reason, _("Fix it, or leave it empty.")))
        return emails if self.keep_email else [""] * len(emails)


def _kept(target: str, cells: Sequence[str]) -> Column:
    """One-line fields lose the blanks around them; what people wrote at length stays as it is."""
    if target in MANY_LINES:
        return [cell if cell.strip() else "" for cell in cells]
    text = "".join(cells)
    if "\n" in text or "\r" in text:
        return [" ".join(cell.split()) if "\n" in cell or "\r" in cell else cell.strip() for cell in cells]
    return list(map(str.strip, cells))


def _names(columns: dict[str, Column], wrong: Wrong, count: int) -> Column:
    """One name for each row. Answers their usual kind: whoever has a first or last name and no other is a person."""
    nothing = [""] * count
    names, first, last = (columns.pop(target, nothing) for target in ("name", "first_name", "last_name"))
    kinds = ["organization"] * count
    if first is not nothing or last is not nothing:
        whole = [f"{one} {other}".strip() for one, other in zip(first, last, strict=True)]
        kinds = ["person" if own and not name else "organization" for own, name in zip(whole, names, strict=True)]
        names = [name or own for name, own in zip(names, whole, strict=True)]
    if "" in names:
        reason, advice = _("There is no name, and a name is the one thing we need."), _("Add a name.")
        wrong.update({row: Broken(_("(empty)"), reason, advice) for row, name in enumerate(names) if not name})
    columns["name"] = names
    return kinds


def _lengths(target: str, column: Column, wrong: Wrong) -> None:
    most = LONGEST.get(target)
    if not most or max(map(len, column)) <= most:
        return
    sentence = _("%(field)s has %(length)s letters; we keep up to %(most)s.")
    for row, value in enumerate(column):
        if len(value) > most:
            shown = {"field": TARGETS[target], "length": f"{len(value):,}", "most": f"{most:,}"}
            advice = _("Shorten it, or match the column with a note.")
            wrong.setdefault(row, Broken(value[:120], sentence % shown, advice))


def _kinds(cells: Column, usual_kinds: Column, wrong: Wrong) -> Column:
    found, words = [], {cell: folded(cell) for cell in set(cells)}
    for row, (cell, usual) in enumerate(zip(cells, usual_kinds, strict=True)):
        word = words[cell]
        if word in PERSON_WORDS:
            found.append("person")
        elif word in ORGANIZATION_WORDS:
            found.append("organization")
        else:
            found.append(usual)
            if word:
                reason, advice = _("We know organizations and persons, not this."), _("Write one of the two words.")
                wrong.setdefault(row, Broken(word[:120], reason, advice))
    return found


def _sectors(cells: Column) -> Column:
    """A code of the American taxonomy becomes the words for its main group."""
    words = {code: NTEE[code[0]] for code in set(cells) if 3 <= len(code) <= 4 and _NTEE.fullmatch(code)}
    return [words.get(cell, cell) for cell in cells] if words else cells


def _days(cells: Column, wrong: Wrong) -> list[str | None]:
    """Days as the database takes them, and nothing where there is none."""
    found: list[str | None] = []
    for row, cell in enumerate(cells):
        day = None
        try:
            day = day_in(cell).isoformat() if cell else None
        except NoDay as problem:
            advice = _("Write it as 2026-11-21, or leave it empty.")
            wrong.setdefault(row, Broken(cell[:120], str(problem), advice))
        found.append(day)
    return found


def _check_stances(columns: Mapping[str, Any], wrong: Wrong) -> None:
    """Refuse what would be refused if somebody wrote it by hand."""
    nothing = [""] * len(columns["stance_on"])
    said = zip(columns.get("stance", nothing), columns.get("stance_source", nothing), columns["stance_on"], strict=True)
    for row, (stance, source, day) in enumerate(said):
        if not stance and not day:
            continue
        if problem := problem_with((stance, source, date.fromisoformat(day) if day else None)):
            advice = _("Add a column with the source, one with the day, or leave the stance empty.")
            wrong.setdefault(row, Broken(stance or str(day), problem[1], advice))


def _stances(cells: Column, wrong: Wrong) -> Column:
    found, words = [], {cell: folded(cell) for cell in set(cells)}
    for row, cell in enumerate(cells):
        word = words[cell]
        found.append(_STANCES.get(word, ""))
        if word and word not in _STANCES:
            reason = _("We know no such stance.")
            near = process.extractOne(word, _STANCES.keys(), score_cutoff=60)
            if near is not None:
                label = dict(WEDGES)[_STANCES[near[0]]]
                reason = f"{reason} {_('Did you mean “%(word)s”?') % {'word': label}}"
            wrong.setdefault(row, Broken(cell[:120], reason, _("Use one of the five words, or leave it empty.")))
    return found
