"""Asks the numbers: which records look alike, and which are close to what somebody is typing.

The only place of this part that knows the analysis library. An index is kept in memory for each of a few coalitions,
and what has changed since is looked at beside it, so that no one who types waits for a long list to be read again.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from manyhands.foundation.tenancy.scope import current_coalition_id

from ..models import Stakeholder
from .actions import Found
from .queries import Described, described

#: Coalitions whose lists are kept in memory, and changes after which a list is read anew.
MOST_LISTS, MOST_CHANGES = 4, 300
MOST_CLOSE = 3
#: So many other names of one ally are looked at.
MOST_NAMES = 4


@dataclass(frozen=True)
class Close:
    """An ally whose name is close to what is being typed."""

    stakeholder_id: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _List:
    """An index, whose records they are, and of which day."""

    index: Any
    keys: tuple[int, ...]
    newest: datetime | None


#: What has changed since a list was read, and the same as an index.
_Changes = tuple[frozenset[tuple[int, datetime]], Any, tuple[int, ...]]
_lists: "OrderedDict[int, _List]" = OrderedDict()
_changes: dict[int, _Changes] = {}
_lock = threading.Lock()


def pairs_among(rows: Sequence[Described]) -> list[Found]:
    """All pairs worth a look; a person and an organization are never one."""
    from manyhands.analysis.matching import find_duplicates

    best: dict[tuple[int, int], Found] = {}
    for kind in ("organization", "person"):
        records, keys = _records([row for row in rows if row.kind == kind])
        for pair in find_duplicates(records):
            low, high = sorted((keys[pair.a], keys[pair.b]))
            if low == high:
                continue  # two names of one ally
            found = Found(low, high, float(pair.score), tuple(pair.reasons))
            if (low, high) not in best or best[low, high].score < found.score:
                best[low, high] = found
    return list(best.values())


def close_to(*, name: str, domain: str = "", place: str = "") -> list[Close]:
    """Up to three allies that may be whom somebody is writing down; nothing for fewer than three letters."""
    if len(name.strip()) < 3:
        return []
    from manyhands.analysis.matching import Record, match_one

    wanted = Record(name.strip()[:300], "", domain[:300], place[:120])
    kept, (changed, newer, newer_keys) = _list_and_changes()
    gone = {key for key, _at in changed}
    best: dict[int, Close] = {}

    def look(index: Any, keys: Sequence[int], leave_out: set[int]) -> None:
        for match in match_one(wanted, index, most=10, still_typing=True):
            key = keys[match.record]
            if key not in leave_out and (key not in best or best[key].score < match.score):
                best[key] = Close(key, match.score, match.reasons)

    look(kept.index, kept.keys, gone)
    if gone:
        look(newer, newer_keys, set())
    return sorted(best.values(), key=lambda close: (-close.score, close.stakeholder_id))[:MOST_CLOSE]


def _list_and_changes() -> tuple[_List, _Changes]:
    """The list of this coalition as it was read last, and what has changed since; read anew after too much of that."""
    here = current_coalition_id()
    with _lock:
        kept = _lists.get(here)
        if kept is not None:
            _lists.move_to_end(here)
    if kept is not None and kept.newest is not None:
        rows = Stakeholder.with_removed.filter(updated_at__gt=kept.newest).values_list("pk", "updated_at")
        mark = frozenset(rows[: MOST_CHANGES + 1])
        if len(mark) <= MOST_CHANGES:
            return kept, _changes_of(here, mark)
    from manyhands.analysis.matching import build_index

    newest = Stakeholder.with_removed.aggregate(newest=Max("updated_at"))["newest"]
    records, keys = _records(described())
    made = _List(build_index(records), tuple(keys), newest)
    with _lock:
        _lists[here] = made
        while len(_lists) > MOST_LISTS:
            _changes.pop(_lists.popitem(last=False)[0], None)
    return made, _changes_of(here, frozenset())


def _changes_of(here: int, mark: frozenset[tuple[int, datetime]]) -> _Changes:
    """An index of those of the changed allies that are still on the list, made once for each change."""
    from manyhands.analysis.matching import build_index

    known = _changes.get(here)
    if known is None or known[0] != mark:
        rows = described(Stakeholder.objects.filter(pk__in=[key for key, _at in mark])) if mark else []
        records, keys = _records(rows)
        known = _changes[here] = mark, build_index(records) if mark else None, tuple(keys)
    return known


def _records(rows: Sequence[Described]) -> tuple[list[Any], list[int]]:
    """A record for each name an ally goes by, and whose it is."""
    from manyhands.analysis.matching import Record

    records, keys = [], []
    for row in rows:
        others = [part.strip() for part in row.also_known_as.split(";") if part.strip()]
        for name in [row.name, *others[: MOST_NAMES - 1]]:
            records.append(Record(name, row.identifier, row.domain, row.place))
            keys.append(row.pk)
    return records, keys
