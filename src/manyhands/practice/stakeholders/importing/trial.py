"""Tries a list: reads every row, says what would become of it, and writes nothing among the allies.

The answers wait in `ImportRow`, written in short transactions, so that pages answer meanwhile and a worker that is
killed leaves only answers that the next try throws away.
"""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from manyhands.foundation.tenancy.copying import insert_rows

from ..models import Import, ImportRow, Particulars, Stakeholder
from ..rules import search_text
from . import cards, reading
from .cleaning import Cleaner
from .known import Allies, Book, key_of, plain_number
from .reading import Broken

BATCH = 2000
ADD, UPDATE, SKIP, REFUSE = (outcome.value for outcome in ImportRow.Outcome)
#: Each field of an ally that a list can fill, and what it is when the list says nothing.
PARTICULARS: dict[str, object] = {
    part.name: {} if part.name == "extra" else "organization" if part.name == "kind" else ""
    for part in Particulars._meta.get_fields()
}
_OWN = ("row", "outcome", "changes", "stakeholder_id", "alike_id", "read", "reason", "advice")
FIELDS = ("listing_id", *_OWN, *PARTICULARS)


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
        verdicts = list(judge.judge(batch))
        for verdict in verdicts:
            counts[verdict.outcome] += 1
            people += verdict.outcome == ADD and verdict.values["kind"] == "person"
            alike += verdict.alike_id is not None
        with transaction.atomic():
            make_sure_of(listing)
            insert_rows(ImportRow, FIELDS, [verdict.as_row(listing.pk) for verdict in verdicts])
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
        self.cleaner = Cleaner(table.header, listing.mapping, keep_email=listing.has_consent)
        self.allies, self.before = Allies(), Book()
        self.taken: dict[int, int] = {}  # ally -> the row that speaks of it

    def judge(self, batch: list[reading.Row]) -> Iterator["Verdict"]:
        cleaned = [(row, cells if isinstance(cells, Broken) else self.cleaner.clean(cells)) for row, cells in batch]
        found: dict[int, tuple[dict, str, int | None, bool]] = {}
        for row, values in cleaned:
            if not isinstance(values, Broken):
                key = key_of(values)
                ally, unsure = self.allies.find_row(values, key)
                found[row] = values, key, ally, unsure
        matched = Stakeholder.objects.filter(pk__in=[ally for *_rest, ally, _unsure in found.values() if ally])
        existing = {known["pk"]: known for known in matched.values("pk", *self.cleaner.fields)}
        for row, values in cleaned:
            if isinstance(values, Broken):
                yield Verdict(row, REFUSE, {}, values.read, values.reason, values.advice)
            else:
                yield self._decide(row, *found[row], existing)

    def _decide(
        self, row: int, values: dict, key: str, ally: int | None, unsure: bool, existing: dict[int, dict]
    ) -> "Verdict":
        number = plain_number(values.get("identifier", ""))
        if unsure:
            return _skip(row, values, _("Several allies have this name and place; we cannot tell which it is."))
        same, several = self.before.find(number, key)
        if several:
            return _skip(row, values, _("Several rows above have this name and place; we cannot tell which it is."))
        same = self.taken.get(ally, same) if ally else same
        if same is not None:
            return _skip(row, values, _("The same as row %(row)s of this list.") % {"row": same})
        self.before.add(row, number, key)
        if ally is None or ally not in existing:
            values["match_key"], values["search_text"] = key, search_text(values)
            return Verdict(row, ADD, values, alike_id=self.allies.alike(values, key))
        self.taken[ally] = row
        changes, differs = changes_to(existing[ally], values, self.cleaner.fields, self.listing.existing)
        if changes:
            return Verdict(row, UPDATE, {"name": values["name"]}, changes=changes, stakeholder_id=ally)
        left = _("Already here; what differs was left as it is.") if differs else _("Already here, word for word.")
        return _skip(row, values, left, ally)


@dataclass(slots=True)
class Verdict:
    """What becomes of one row, before it is written down."""

    row: int
    outcome: str
    values: dict
    read: str = ""
    reason: str = ""
    advice: str = ""
    changes: dict = field(default_factory=dict)
    stakeholder_id: int | None = None
    alike_id: int | None = None

    def as_row(self, listing_id: int) -> list:
        """The values of `FIELDS`."""
        particulars = [self.values.get(name, default) for name, default in PARTICULARS.items()]
        read = self.read or (self.values.get("name", "") if self.outcome != ADD else "")
        own = [self.row, self.outcome, self.changes, self.stakeholder_id, self.alike_id]
        return [listing_id, *own, read[:200], self.reason[:300], self.advice[:300], *particulars]


def _skip(row: int, values: dict, reason: str, ally: int | None = None) -> Verdict:
    return Verdict(row, SKIP, {"name": values["name"]}, reason=reason, stakeholder_id=ally)


def changes_to(ally: dict, values: dict, fields: list[str], existing: str) -> tuple[dict[str, list], bool]:
    """What an ally would change, ``{"city": [before, after]}``, and whether the list says anything else at all."""
    changes: dict[str, list] = {}
    differs = False
    for name in fields:
        before, after = ally[name], values.get(name)
        if name == "extra":
            after = {**before, **after} if after and existing == "update" else {**(after or {}), **before}
        if not after or after == before:
            continue
        differs = True
        if existing == "update" or (existing == "fill" and (not before or name == "extra")):
            changes[name] = [before, after]
    return changes, differs
