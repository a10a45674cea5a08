"""Tries a list: reads every row, says what would become of it, and writes nothing among the allies.

Rows that would be added wait in `RowsToAdd`, in the form in which the database takes them at once; what there is to say
of the others waits in `ImportRow`. Both are written in short transactions, so that pages answer meanwhile and a worker
that is killed leaves only answers that the next try throws away.
"""

import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from manyhands.foundation.tenancy.copying import as_lines, insert_rows, together

from ..models import Import, ImportRow, Issue, Particulars, RowsToAdd, Stakeholder
from ..rules import folded, search_text
from ..stances import STANCE
from . import cards, reading
from .cleaning import Cleaner
from .columns import BESIDE
from .known import Allies, Book, key_of, plain_number
from .reading import Broken

#: Rows that are looked at together, and written in one transaction.
BATCH = 5000
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


class Tells(Protocol):
    """Whoever wants to know how far we are."""

    def update(self, *, done: int, of: int | None = None, note: str = "") -> None: ...


class Overtaken(RuntimeError):
    """Another trial of the same list has begun; what this one found no longer counts."""


def signature(listing: Import) -> str:
    """What a trial's answers rest on: as long as it stays the same, so do they."""
    seen = Stakeholder.with_removed.aggregate(count=Count("pk"), last=Max("pk"), changed=Max("updated_at"))
    changed = seen["changed"].isoformat() if seen["changed"] else ""
    keeps_email = listing.has_consent or "email" not in listing.mapping.values()
    return f"{seen['count']}:{seen['last']}:{changed}:{keeps_email}"


def try_list(listing: Import, progress: Tells) -> None:
    """Say for each row what would become of it; fills the listing's counts and its `results`.

    Raises
    ------
    reading.Unreadable
        If the file cannot be read any more.
    Overtaken
        If another trial of this list begins meanwhile: a worker that slept past its lease must not add its rows to
        those of the worker that took over.
    """
    began = time.perf_counter()
    rests_on = signature(listing)
    _begin(listing)
    table = reading.open_table(Path(listing.file.path))
    about = about_rows(table)
    judge = _Judge(listing, table)
    counts = dict.fromkeys(ImportRow.Outcome.values, 0)
    people = alike = done = 0
    rows = iter(table.rows())
    while batch := list(islice(rows, BATCH)):
        added, told = judge.judge(batch)
        counts[ADD] += len(added)
        for verdict in told:
            counts[verdict.outcome] += verdict.outcome != ADD
            alike += verdict.alike_id is not None
        people += sum(values["kind"] == "person" for values in added)
        with transaction.atomic():
            make_sure_of(listing)
            _keep(listing, added)
            insert_rows(ImportRow, TOLD, [verdict.as_row(listing.pk) for verdict in told])
        done += len(batch)
        progress.update(done=done, of=max(about, done))
    listing.rows = done
    listing.count_added, listing.count_updated = counts["add"], counts["update"]
    listing.count_skipped, listing.count_refused = counts["skip"], counts["refuse"]
    listing.count_people, listing.count_alike = people, alike
    listing.tried_against, listing.seconds = rests_on, round(time.perf_counter() - began, 1)


@transaction.atomic
def _begin(listing: Import) -> None:
    """Take the list over from any other trial: no row of theirs is left, and none can come."""
    listing.trial_token, listing.tried_against = secrets.token_hex(16), ""
    mine = Import.objects.filter(pk=listing.pk)
    mine.update(trial_token=listing.trial_token, tried_against="")  # locks the list first, as `make_sure_of` does
    ImportRow.objects.filter(listing=listing).delete()
    RowsToAdd.objects.filter(listing=listing).delete()


def _keep(listing: Import, added: list[dict]) -> None:
    """Keep rows that would be added. All rows of a list have the same particulars."""
    if not added:
        return
    fields = list(added[0])
    columns = [[values[name] for values in added] for name in fields]
    if "extra" in fields:
        at = fields.index("extra")
        columns[at] = [json.dumps(values) if values else "{}" for values in columns[at]]
    RowsToAdd(listing=listing, fields=fields, lines=as_lines(columns), count=len(added)).save()


def make_sure_of(listing: Import) -> None:
    """Lock the list within the caller's transaction, or raise `Overtaken` if its rows are another trial's."""
    mine = Import.objects.select_for_update(no_key=True).filter(pk=listing.pk, trial_token=listing.trial_token)
    if mine.first() is None:
        raise Overtaken(listing.pk)


def about_rows(table: reading.Table) -> int:
    """How many rows there may be, without reading them: lines of the file, or cards."""
    if table.kind == "cards":
        return cards.count(table.path)
    if table.kind != "csv":
        return 0
    with table.path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


class _Judge:
    """Decides about rows, knowing the allies and the rows before."""

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

    def judge(self, batch: list[reading.Row]) -> tuple[list[dict], list["Verdict"]]:
        """Particulars of those that would be added, and what there is to say of rows."""
        whole = iter(self.cleaner.clean([cells for _row, cells in batch if not isinstance(cells, Broken)]))
        cleaned = [(row, cells if isinstance(cells, Broken) else next(whole)) for row, cells in batch]
        found: dict[int, tuple[str, str, int | None, bool]] = {}
        for row, values in cleaned:
            if not isinstance(values, Broken):
                number, key = plain_number(values.get("identifier", "")), key_of(values)
                found[row] = number, key, *self.allies.find_row(values, number, key)
        matched = {ally for *_rest, ally, _unsure in found.values() if ally}
        known = together(Stakeholder.objects.all(), matched).values_list("pk", *self.fields)
        existing = {pk: values for pk, *values in known}
        added: list[dict] = []
        told: list[Verdict] = []
        for row, values in cleaned:
            if isinstance(values, Broken):
                told.append(Verdict(row, REFUSE, "", read=values.read, reason=values.reason, advice=values.advice))
                continue
            stands = _stands(values)
            verdict = self._decide(row, values, *found[row], existing)
            if verdict is None and self.takes_sides:
                verdict = Verdict(row, ADD, values["name"])  # so that the row finds its ally once that is there
            if verdict is not None:
                verdict.stands = stands | ({"same_as": verdict.same_as} if stands and verdict.same_as else {})
                told.append(verdict)
            if "match_key" in values:
                added.append(values)
        return added, told

    def _decide(
        self, row: int, values: dict, number: str, key: str, ally: int | None, unsure: bool, existing: dict[int, list]
    ) -> "Verdict | None":
        """What there is to say of a row. One that is to be added gets what searching and matching look at."""
        name = values["name"]
        if self.listing.existing == Import.Existing.ADD:
            return self._anew(row, values, key, ally if ally in existing else None)
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
            return self._anew(row, values, key)
        self.taken[ally] = row
        if existing[ally] == [values.get(field) for field in self.fields]:
            return _skip(row, name, self.word_for_word, ally)
        here = dict(zip(self.fields, existing[ally], strict=True))
        changes, differs = changes_to(here, values, self.fields, self.listing.existing)
        if changes:
            return Verdict(row, UPDATE, name, changes=changes, stakeholder_id=ally)
        return _skip(row, name, self.left_as_it_was if differs else self.word_for_word, ally)

    def _anew(self, row: int, values: dict, key: str, here: int | None = None) -> "Verdict | None":
        """Make the row ready to be added. Shown beside an ally that is `here` already, or only looks like it."""
        values["search_text"], values["match_key"] = search_text(values), key
        if (alike := here or self.allies.alike(values, key)) is None:
            return None
        place = f"{values.get('street', '')} {values.get('city', '')}".strip()
        return Verdict(row, ADD, values["name"], place=place, alike_id=alike)


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


def _stands(values: dict) -> dict:
    """Where the row says that they stand; taken out of the particulars, of which it is none."""
    issue, wedge = values.pop("issue", ""), values.pop("position", "")
    return ({"issue": int(issue)} if issue else {}) | ({"wedge": wedge} if wedge else {})


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
