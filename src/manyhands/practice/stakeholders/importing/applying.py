"""Brings a tried list in, or takes it back, within the transaction of the deed that asks for it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Value
from django.utils.timezone import now

from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.tenancy.copying import copy_rows

from ..matching.references import pointed_at
from ..models import Import, ImportRow, Particulars, Stakeholder

BATCH = 1000
#: Rows that point at an ally without anybody having done anything: what became of a list, and what looks alike.
NO_WORK = frozenset({"stakeholders.ImportRow", "stakeholders.Pair"})
_KEPT = [field.name for field in Particulars._meta.get_fields()]


def lock_lists(coalition_id: int) -> None:
    """One list at a time is brought in; a second waits here. On SQLite every writing transaction waits anyway."""
    Coalition.objects.select_for_update(no_key=True).get(pk=coalition_id)


def write_added(listing: Import) -> int:
    """Copy the rows that are to be added, as one statement."""
    rows = ImportRow.objects.filter(listing=listing, outcome=ImportRow.Outcome.ADD)
    at = now()
    nothing = models.DateTimeField(null=True)
    constants: dict[str, Any] = {
        "stance_on": Value(None, output_field=models.DateField(null=True)),
        "stage": Value("identified"),
        "looked_after_by": Value(None, output_field=models.BigIntegerField(null=True)),
        "member": Value(None, output_field=models.BigIntegerField(null=True)),
        "not_before": Value(None, output_field=models.DateField(null=True)),
        "never_because": Value(""),
        "places": Value(""),
        "people_reached": Value(None, output_field=models.IntegerField(null=True)),
        "people_reached_source": Value(""),
        "next_step": Value(""),
        "next_step_on": Value(None, output_field=models.DateField(null=True)),
        "source": Value(listing.source),
        "added_by_import": Value(listing.pk, output_field=models.BigIntegerField()),
        "rated_at": Value(None, output_field=nothing),
        "removed_at": Value(None, output_field=nothing),
        "created_at": Value(at, output_field=models.DateTimeField()),
        "updated_at": Value(at, output_field=models.DateTimeField()),
        "version": Value(1),
        "raters": Value(0),
    }
    scores = ("interest", "interest_spread", "influence", "influence_spread", "weight")
    constants |= {name: Value(0.0) for name in scores}
    count = copy_rows(rows, Stakeholder, {**{name: name for name in _KEPT}, **constants})
    rows.delete()  # they have moved
    return count


def write_updated(listing: Import) -> int:
    """Write what changes, and remember which version came of it."""
    return sum(_write(rows, after=True) for rows in _batches(listing))


def take_back_added(listing: Import) -> tuple[int, int]:
    """Delete the allies that the list added and nobody has touched; how many went, and how many stay."""
    added = Stakeholder.with_removed.filter(added_by_import=listing)
    untouched = added.filter(version=1, raters=0, removed_at=None, looked_after_by=None).exclude(ratings__isnull=False)
    keys = list(untouched.values_list("pk", flat=True))
    # By key and in batches: PostgreSQL knows nothing yet of rows that came a minute ago, and would compare each of
    # thirteen thousand with every other if it were asked for all of them in one nested question.
    gone = 0
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        worked_on = set(pointed_at(batch, but=NO_WORK))
        alone = [key for key in batch if key not in worked_on]
        untouched.filter(pk__in=alone).delete()
        gone += len(alone)
    return gone, added.filter(removed_at=None).count()


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
        for name, values in row.changes.items():
            setattr(ally, name, values[1 if after else 0])
            fields.add(name)
        ally.version, ally.updated_at = ally.version + 1, at
        ally.prepare()
        row.version_after = ally.version
        allies.append(ally)
    Stakeholder.objects.bulk_update(allies, sorted(fields), batch_size=200)
    ImportRow.objects.bulk_update(rows, ["version_after"], batch_size=BATCH)
    return len(allies)
