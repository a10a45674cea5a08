"""Writes what a file of ties brings, and takes it back, within the transaction of the deed that asks for it.

What was there before is kept beside the list, with the version that came of it: whoever was edited since stays.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils.dateparse import parse_date
from django.utils.timezone import now

from ..models import Stakeholder, Tie, TieList
from ..notes import NO_NOTE
from . import rules

#: In one statement to the database.
AT_ONCE = 1000
#: ``[number, version after, {"level": [2, 3]}]`` for each row that was changed.
Kept = list[list[Any]]
_DAYS = frozenset({"seen_on", "since", "stance_on"})


def add_actors(added: Mapping[str, dict[str, Any]], listing: TieList) -> dict[str, Stakeholder]:
    """Allies for names that nobody here bears."""
    rows = []
    for particulars in added.values():
        row = Stakeholder(**particulars, source=f"{listing.filename}: {listing.source}"[:300])
        row.prepare()
        rows.append(row)
    Stakeholder.objects.bulk_create(rows, batch_size=AT_ONCE)
    return dict(zip(added, rows, strict=True))


def add_ties(ties: list[Tie]) -> None:
    """New ties, their ends the way round they are kept; what each side said turns with them."""
    for tie in ties:
        if rules.in_order(tie.one.pk, tie.other.pk, tie.kind) != (tie.one.pk, tie.other.pk):
            tie.one, tie.other = tie.other, tie.one
            tie.level_one, tie.level_other = tie.level_other, tie.level_one
    Tie.objects.bulk_create(ties, batch_size=AT_ONCE)


def change_allies(changes: Mapping[int, dict[str, list]]) -> tuple[int, Kept]:
    """Write what allies change; how many, and what they were."""
    return _change(Stakeholder, changes)


def change_ties(changes: Mapping[int, dict[str, list]]) -> tuple[int, Kept]:
    """Write what ties change; how many, and what they were."""
    return _change(Tie, changes)


def _change(model: type[Stakeholder] | type[Tie], changes: Mapping[int, dict[str, list]]) -> tuple[int, Kept]:
    kept: Kept = []
    fields: set[str] = set()
    rows = list(_locked(model, list(changes)))
    for row in rows:
        for name, (_before, after) in changes[row.pk].items():
            setattr(row, name, after)
        kept.append([row.pk, row.version + 1, {name: _plain(pair) for name, pair in changes[row.pk].items()}])
        fields.update(changes[row.pk])
    _write(model, rows, fields)
    return len(rows), kept


def take_changes_back(content: Mapping[str, Any]) -> int:
    """Put back what the list changed where nobody has edited since; how many rows."""
    restored = 0
    for model, kept in ((Stakeholder, content.get("changed_allies", [])), (Tie, content.get("changed_ties", []))):
        was = {number: (version, changes) for number, version, changes in kept}
        rows = [row for row in _locked(model, list(was)) if row.version == was[row.pk][0]]
        fields: set[str] = set()
        for row in rows:
            for name, (before, _after) in was[row.pk][1].items():
                setattr(row, name, parse_date(before) if name in _DAYS and before else before)
                fields.add(name)
        _write(model, rows, fields)
        restored += len(rows)
    return restored


def take_actors_off(numbers: Sequence[int]) -> int:
    """Take allies off the list that nobody has worked on and nobody is tied to; how many."""
    tied = Tie.objects.filter(ended_on=None).order_by()
    alone = Stakeholder.objects.filter(pk__in=numbers, version=1, raters=0, looked_after_by=None, member=None).exclude(
        Q(pk__in=tied.values("one_id")) | Q(pk__in=tied.values("other_id"))
    )
    return alone.update(removed_at=now(), version=F("version") + 1)


def _locked(model: Any, numbers: Sequence[int]) -> Any:
    """These rows, in the order of their keys, so that two deeds never wait for each other."""
    for start in range(0, len(numbers), AT_ONCE):
        batch = sorted(numbers)[start : start + AT_ONCE]
        yield from model.objects.select_for_update(no_key=True).filter(pk__in=batch).order_by("pk")


def _write(model: Any, rows: list[Any], fields: set[str]) -> None:
    if not rows:
        return
    names = [*fields, "version"]
    for row in rows:
        row.version += 1
        if model is Stakeholder:
            row.prepare()
            row.updated_at = now()
    if model is Stakeholder:
        names += ["search_text", "match_key", "updated_at", *(NO_NOTE if fields & {"note", "kind"} else ())]
    model.objects.bulk_update(rows, names, batch_size=200)


def _plain(pair: Sequence[Any]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in pair]
