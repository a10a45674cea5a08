"""Brings a tried list in, or takes it back, within the transaction of the deed that asks for it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, now

from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.tenancy.copying import insert_lines

from .. import notes
from ..matching.references import pointed_at
from ..models import Import, ImportRow, RowsToAdd, Stakeholder
from ..notes import NO_NOTE

BATCH = 1000
#: Rows that point at an ally without anybody having done anything: what became of a list, and what looks alike.
NO_WORK = frozenset({"stakeholders.ImportRow", "stakeholders.Pair"})


def lock_lists(coalition_id: int) -> None:
    """One list at a time is brought in; a second waits here. On SQLite every writing transaction waits anyway."""
    Coalition.objects.select_for_update(no_key=True).get(pk=coalition_id)


def write_added(listing: Import) -> int:
    """Put the rows that are to be added among the allies, as one statement."""
    waiting = RowsToAdd.objects.filter(listing=listing)
    first = waiting.first()
    if first is None:
        return 0
    lines = waiting.values_list("lines", flat=True).iterator(chunk_size=4)
    constants = {"source": listing.source, "added_by_import_id": listing.pk}
    has_notes = "note" in first.fields
    count = insert_lines(Stakeholder, first.fields, lines, {**constants, **(_notes_of(listing) if has_notes else {})})
    if has_notes:
        added = Stakeholder.objects.filter(added_by_import=listing)
        if not listing.notes_for:
            added.filter(kind=Stakeholder.Kind.PERSON).update(note="")
        added.filter(~Q(kind=Stakeholder.Kind.PERSON) | Q(note="")).update(**NO_NOTE)
    waiting.delete()  # they have moved
    return count


def _notes_of(listing: Import) -> dict[str, Any]:
    """What belongs to each note about a person on the list."""
    return notes.written(localdate(), purpose=listing.notes_for, source=listing.source or listing.filename)


def write_updated(listing: Import) -> int:
    """Write what changes, and remember which version came of it."""
    return sum(_write(rows, after=True) for rows in _batches(listing))


def take_back_added(listing: Import, at: datetime) -> tuple[int, int]:
    """Take the allies that the list added, and nobody has touched, off the list; how many went, and how many stay.

    That is one statement. Erasing them makes the database look into every table that could point at each of them, so
    the job `erase_taken_back` does it afterwards, piece by piece, with `erase_some`.
    """
    added = Stakeholder.with_removed.filter(added_by_import=listing)
    untouched = added.filter(version=1, raters=0, removed_at=None, looked_after_by=None).exclude(
        pk__in=set(pointed_at({"added_by_import": listing}, but=NO_WORK))
    )
    gone = untouched.update(removed_at=at, updated_at=at)
    return gone, added.filter(removed_at=None).count()


@transaction.atomic
def erase_some(listing: Import) -> int:
    """Erase some of those that an undo took off the list, and say how many; 0 at the end. Whoever was put back stays.

    Most have nothing that points at them, and go as one statement; the database refuses if that is not so. Django would
    fetch each of them, and look for each of them in every table.
    """
    gone = Stakeholder.with_removed.filter(added_by_import=listing, removed_at=listing.undone_at)
    keys = list(gone.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0
    these = {"added_by_import": listing, "pk__gte": keys[0], "pk__lte": keys[-1]}
    gone.filter(pk__in=set(pointed_at(these, merged=True)), **these).delete()
    rest = gone.filter(**these)
    rest._raw_delete(rest.db)
    return len(keys)


def take_back_updated(listing: Import) -> tuple[int, int]:
    """Restore what the list replaced where nobody has edited since; how many were restored, and how many not."""
    restored = kept = 0
    for rows in _batches(listing):
        mine = [r for r in rows if r.stakeholder is not None and r.stakeholder.version == r.version_after]
        others = [r for r in rows if r not in mine]
        for row in others:
            row.kept = True
        ImportRow.objects.bulk_update(others, ["kept"])
        restored += _write(mine, after=False)
        kept += len(others)
    return restored, kept


def _batches(listing: Import) -> Iterator[list[ImportRow]]:
    # Each linked row is fetched along, or saving would ask for it one by one.
    links = ("listing", "alike", "stakeholder", "stakeholder__added_by_import", "stakeholder__looked_after_by")
    rows = ImportRow.objects.filter(listing=listing, outcome=ImportRow.Outcome.UPDATE).order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last).select_related(*links)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _write(rows: list[ImportRow], *, after: bool) -> int:
    at: datetime = now()
    allies, fields = [], {"version", "updated_at", "search_text", "match_key"}
    for row in rows:
        ally = row.stakeholder
        if ally is None or ally.removed_at is not None:
            continue
        if after:
            _carry_note(row, ally)
        for name, values in row.changes.items():
            setattr(ally, name, values[1 if after else 0])
            fields.add(name)
        ally.version, ally.updated_at = ally.version + 1, at
        ally.prepare()
        row.version_after = ally.version
        allies.append(ally)
    if fields & {"note", "kind"}:
        fields.update(NO_NOTE)
    Stakeholder.objects.bulk_update(allies, sorted(fields), batch_size=200)
    ImportRow.objects.bulk_update(rows, ["version_after", "changes"], batch_size=BATCH)
    return len(allies)


def _carry_note(row: ImportRow, ally: Stakeholder) -> None:
    """A note about a person comes in with what belongs to it, which an undo takes back too; or it stays out."""
    if "note" not in row.changes or row.changes.get("kind", [None, ally.kind])[1] != Stakeholder.Kind.PERSON:
        return
    if not row.listing.notes_for:
        del row.changes["note"]
        return
    for name, value in _notes_of(row.listing).items():
        row.changes[name] = [_plain(getattr(ally, name)), _plain(value)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
