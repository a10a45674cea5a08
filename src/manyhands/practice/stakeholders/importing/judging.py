"""Decides what would become of each row of a list, knowing the allies and the rows before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from manyhands.foundation.tenancy.copying import together

from ..models import Import, ImportRow, Issue, Particulars, Stakeholder
from ..rules import folded
from ..stances import STANCE
from . import reading
from .cleaning import Cleaner
from .columns import BESIDE
from .folding import Folded, plain_numbers
from .known import Allies, Book
from .reading import Broken

ADD, UPDATE, SKIP, REFUSE = (outcome.value for outcome in ImportRow.Outcome)
#: Each field of an ally that a list can fill.
PARTICULARS = [part.name for part in Particulars._meta.get_fields()]
TOLD = (
    "listing_id",
    "row",
    "outcome",
    "name",
    "place",
    "changes",
    "stakeholder_id",
    "alike_id",
    "read",
    "reason",
    "advice",
    "stands",
)


@dataclass(frozen=True)
class Added:
    """Rows that would be added, column by column: thousands of values in a list are quicker than as many rows."""

    columns: Mapping[str, Sequence[Any]]
    count: int

    @property
    def people(self) -> int:
        """How many of them are persons."""
        return list(self.columns["kind"]).count("person") if self.count else 0


class Judge:
    """Decides about rows, some thousand at a time."""

    def __init__(self, listing: Import, table: reading.Table) -> None:
        self.listing = listing
        self.takes_sides = bool(BESIDE.intersection(listing.mapping.values()))
        issues = {folded(issue.title): issue.pk for issue in Issue.objects.filter(closed_at=None)}
        self.cleaner = Cleaner(table.header, listing.mapping, keep_email=listing.has_consent, issues=issues)
        self.fields = self.cleaner.fields
        self.allies, self.before = Allies(), Book()
        self.taken: dict[int, int] = {}  # ally -> the row that speaks of it
        # Sentences that come again and again are worded once.
        self.word_for_word = _("Already here, word for word.")
        self.left_as_it_was = _("Already here; what differs was left as it is.")

    def judge(self, batch: Sequence[reading.Row]) -> tuple[Added, list["Verdict"]]:
        """Particulars of those that would be added, and what there is to say of rows."""
        rows = _Rows(self.cleaner, [cells for _row, cells in batch if not isinstance(cells, Broken)])
        if self._are_all_new(batch, rows):
            return rows.those(range(len(batch))), []
        found = self.allies.find_rows(rows.columns, rows.folded, rows.numbers, rows.keys)
        existing = self._existing({ally for ally, _unsure in found if ally})
        added: list[int] = []  # the places of those that would be added
        told: list[Verdict] = []
        at = -1
        for row, cells in batch:
            if isinstance(cells, Broken):
                told.append(_refuse(row, cells))
                continue
            at += 1
            if at in rows.wrong:
                told.append(_refuse(row, rows.wrong[at]))
                continue
            verdict = self._decide(row, rows, at, *found[at], existing)
            if verdict is None or verdict.outcome == ADD:
                added.append(at)
                if verdict is None and self.takes_sides:
                    verdict = Verdict(row, ADD, rows.columns["name"][at])  # so that the row finds its ally once there
            if verdict is not None:
                if rows.beside and (stands := _stands(rows.beside, at)):
                    verdict.stands = stands | ({"same_as": verdict.same_as} if verdict.same_as else {})
                told.append(verdict)
        return rows.those(added), told

    def _are_all_new(self, batch: Sequence[reading.Row], rows: "_Rows") -> bool:
        """Is there nothing to say of any of these rows? So it is with most of a first list, and quickly seen."""
        if self.allies.is_empty and not self.takes_sides and not rows.wrong and len(rows.keys) == len(batch):
            return self.before.add_new([row for row, _cells in batch], rows.numbers, rows.keys)
        return False

    def _existing(self, matched: set[int]) -> dict[int, tuple]:
        """The particulars that we have of allies on the list."""
        if not matched:
            return {}
        known = together(Stakeholder.objects.all(), matched).values_list("pk", *self.fields)
        return {pk_and_values[0]: pk_and_values[1:] for pk_and_values in known}

    def _decide(
        self, row: int, rows: "_Rows", at: int, ally: int | None, unsure: bool, existing: dict[int, tuple]
    ) -> "Verdict | None":
        """What there is to say of a row."""
        if self.listing.existing == Import.Existing.ADD:
            return self._anew(row, rows, at, ally if ally in existing else None)
        name, number, key = rows.columns["name"][at], rows.numbers[at], rows.keys[at]
        if unsure:
            return _skip(row, name, _("Several allies have this name and place; we cannot tell which it is."))
        same, several = self.before.find(number, key)
        if several:
            return _skip(row, name, _("Several rows above have this name and place; we cannot tell which it is."))
        same = self.taken.get(ally, same) if ally else same
        if same is not None:
            reason = _("The same as row %(row)s of this list.") % {"row": same}
            return Verdict(row, SKIP, name, reason=reason, same_as=same)
        self.before.add(row, number, key)
        if ally is None or ally not in existing:
            return self._anew(row, rows, at)
        self.taken[ally] = row
        here, said = existing[ally], rows.said(self.fields)[at]
        if here == said:
            return _skip(row, name, self.word_for_word, ally)
        told = dict(zip(self.fields, said, strict=True))
        changes, differs = changes_to(
            dict(zip(self.fields, here, strict=True)), told, self.fields, self.listing.existing
        )
        if changes:
            return Verdict(row, UPDATE, name, changes=changes, stakeholder_id=ally)
        return _skip(row, name, self.left_as_it_was if differs else self.word_for_word, ally)

    def _anew(self, row: int, rows: "_Rows", at: int, here: int | None = None) -> "Verdict | None":
        """A row that is to be added, shown beside an ally that is `here` already, or only looks like it."""
        if here is None and not self.allies.names:
            return None
        alike = here or self.allies.alike(rows.folded["name"][at], rows.keys[at])
        if alike is None:
            return None
        street, city = (rows.columns[part][at] if part in rows.columns else "" for part in ("street", "city"))
        return Verdict(row, ADD, rows.columns["name"][at], place=f"{street} {city}".strip(), alike_id=alike)


class _Rows:
    """Rows that are judged together: their particulars, and what they are found by, column by column."""

    def __init__(self, cleaner: Cleaner, cells: Sequence[reading.Cells]) -> None:
        self.columns, self.wrong = cleaner.columns(cells)
        self.beside = {name: self.columns.pop(name) for name in BESIDE.intersection(self.columns)}
        self.folded = Folded(self.columns)
        self.keys = self.folded.keys()
        identifiers = self.columns.get("identifier")
        self.numbers = plain_numbers(identifiers) if identifiers is not None else [""] * len(self.keys)
        self._said: list[tuple] | None = None

    def said(self, fields: Sequence[str]) -> list[tuple]:
        """What each row says of these fields."""
        if self._said is None:
            nothing = [None] * len(self.keys)
            self._said = list(zip(*(self.columns.get(name, nothing) for name in fields), strict=True))
        return self._said

    def those(self, places: Sequence[int]) -> Added:
        """The rows at these places, with what searching and matching look at."""
        columns = {**self.columns, "search_text": self.folded.search_texts(), "match_key": self.keys}
        if len(places) < len(self.keys):
            columns = {name: [column[at] for at in places] for name, column in columns.items()}
        return Added(columns, len(places))


@dataclass(slots=True)
class Verdict:
    """What there is to say of one row, before it is written down."""

    row: int
    outcome: str
    name: str
    place: str = ""
    read: str = ""
    reason: str = ""
    advice: str = ""
    changes: dict = field(default_factory=dict)
    stakeholder_id: int | None = None
    alike_id: int | None = None
    same_as: int | None = None
    stands: dict = field(default_factory=dict)

    def as_row(self, listing_id: int) -> tuple:
        """The values of `TOLD`."""
        read = (self.read or self.name)[:200] if self.outcome != ADD else ""
        led = self.changes, self.stakeholder_id, self.alike_id
        told = read, self.reason[:300], self.advice[:300], self.stands
        return listing_id, self.row, self.outcome, self.name, self.place, *led, *told


#: What each says of where an ally stands while nobody has said anything.
_NOTHING_SAID = {"stance": "", "stance_source": "", "stance_on": None}


def _plain(value: Any) -> Any:
    """A day as lists keep it."""
    return value.isoformat() if isinstance(value, date) else value


def _stands(beside: Mapping[str, Sequence[str]], at: int) -> dict:
    """Where the row says that they stand."""
    issue, wedge = (beside[name][at] if name in beside else "" for name in ("issue", "position"))
    return ({"issue": int(issue)} if issue else {}) | ({"wedge": wedge} if wedge else {})


def _refuse(row: int, broken: Broken) -> "Verdict":
    return Verdict(row, REFUSE, "", read=broken.read, reason=broken.reason, advice=broken.advice)


def _skip(row: int, name: str, reason: str, ally: int | None = None) -> Verdict:
    return Verdict(row, SKIP, name, reason=reason, stakeholder_id=ally)


def changes_to(ally: dict, values: dict, fields: list[str], existing: str) -> tuple[dict[str, list], bool]:
    """What an ally would change, ``{"city": [before, after]}``, and whether the list says anything else at all."""
    changes: dict[str, list] = {}
    differs = False
    moves = bool(values.get("stance")) and values["stance"] != ally["stance"]
    if moves:  # another place brings its own source and day, or none; those of the old one are not true of it
        differs = True
        if existing == "update" or (existing == "fill" and not ally["stance"]):
            told = {name: (_plain(ally[name]), values.get(name) or _NOTHING_SAID[name]) for name in STANCE}
            changes = {name: list(pair) for name, pair in told.items() if pair[0] != pair[1]}
    for name in fields:
        if moves and name in STANCE:
            continue
        before, after = _plain(ally[name]), values.get(name)
        if name == "extra":
            after = {**before, **after} if after and existing == "update" else {**(after or {}), **before}
        if not after or after == before:
            continue
        differs = True
        if existing == "update" or (existing == "fill" and (not before or name == "extra")):
            changes[name] = [before, after]
    return changes, differs
