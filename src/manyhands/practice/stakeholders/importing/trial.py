"""Tries a list: reads every row, says what would become of it, and writes nothing among the allies.

Rows that would be added wait in `RowsToAdd`, in the form in which the database takes them at once; what there is to say
of the others waits in `ImportRow`. Both are written in short transactions, so that pages answer meanwhile and a worker
that is killed leaves only answers that the next try throws away.
"""

import gc
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.db import transaction
from django.db.models import Count, Max

from manyhands.foundation.tenancy.copying import as_lines, insert_long, insert_rows

from ..models import Import, ImportRow, RowsToAdd, Stakeholder
from . import cards, reading
from .judging import ADD, TOLD, Added, Judge

#: Rows that are looked at together, and written in one transaction.
BATCH = 5000


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


@contextmanager
def _keeping_everything() -> Iterator[None]:
    """Python looks through all things for rubbish whenever many are new; here they are rows, and none of them is."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()


@_keeping_everything()
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
    judge = Judge(listing, table)
    counts = dict.fromkeys(ImportRow.Outcome.values, 0)
    people = alike = done = 0
    rows = iter(table.rows())
    while batch := list(islice(rows, BATCH)):
        added, told = judge.judge(batch)
        counts[ADD] += added.count
        for verdict in told:
            counts[verdict.outcome] += verdict.outcome != ADD
            alike += verdict.alike_id is not None
        people += added.people
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


def _keep(listing: Import, added: Added) -> None:
    """Keep rows that would be added. All rows of a list have the same particulars."""
    if not added.count:
        return
    columns = dict(added.columns)
    if "extra" in columns:
        columns["extra"] = [json.dumps(values) if values else "{}" for values in columns["extra"]]
    lines = as_lines(list(columns.values()))
    insert_long(RowsToAdd(listing=listing, fields=list(columns), lines=lines, count=added.count))


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
