"""What a file becomes here: whom its names mean, what is there already, what changes, what two sides make together.

Brought in again, a file changes what it says differently and adds what is new; it never writes anything twice. What a
file leaves out stays. Names, and a level that one of the two sides has named itself, are not for a file to change.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from ..importing.judging import PARTICULARS, changes_to
from ..models import Stakeholder, Tie
from ..rules import folded
from . import rules
from .files import Read, ReadActor, ReadTie

#: Filled where they are empty, never replaced: one tells an ally by them.
_ONLY_FILLED = frozenset({"identifier", "also_known_as"})


@dataclass
class Joined:
    """Ties and allies that would be written or changed, rows that say what we have, and rows that cannot come in."""

    ties: list[tuple[str, str, Tie]] = field(default_factory=list)  # with the folded names of both ends
    added: dict[str, dict[str, Any]] = field(default_factory=dict)  # folded name: particulars
    changed_ties: dict[int, dict[str, list]] = field(default_factory=dict)  # number: ``{"level": [2, 3]}``
    changed_allies: dict[int, dict[str, list]] = field(default_factory=dict)
    same: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    refused_actors: list[tuple[int, str]] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)  # folded name: number of the ally

    @property
    def is_empty(self) -> bool:
        """Would nothing be written?"""
        return not (self.ties or self.added or self.changed_ties or self.changed_allies)


def join(read: Read, *, adds_actors: bool, source: str, today: date) -> Joined:
    """Say what would become of each row. Reads the allies and live ties once each, whatever the number."""
    found = Joined()
    names = [name for tie in read.ties for name in (tie.source, tie.target)]
    found.known, twice = known_names({folded(name) for name in [*names, *(actor.name for actor in read.actors)]})
    _join_actors(read.actors, found, twice, adds_actors)
    live = Tie.objects.filter(ended_on=None, one__removed_at=None, other__removed_at=None).order_by()
    there = {(tie.one_id, tie.other_id, tie.kind): tie for tie in live.iterator(chunk_size=5000)}
    merged: dict[tuple[str, str, str], Tie] = {}
    for each in read.ties:
        one, other = folded(each.source), folded(each.target)
        if trouble := _trouble(each, one, other, found, twice, adds_actors):
            found.refused.append((each.row, trouble))
            continue
        turned = _is_turned(one, other, each.kind, found.known)
        ends = (other, one) if turned else (one, other)
        first, second = found.known.get(ends[0], 0), found.known.get(ends[1], 0)
        tie = there.get((*rules.in_order(first, second, each.kind), each.kind)) if first and second else None
        if tie is not None:
            _change_tie(tie, each, "other" if turned else "one", found)
            continue
        for name, written in ((one, each.source), (other, each.target)):
            if name not in found.known:
                found.added.setdefault(name, {"name": written})
        key = (*ends, each.kind)
        if key not in merged:
            merged[key] = Tie(kind=each.kind, level=each.level, source=(each.how or source)[:300])
            merged[key].seen_on = parse_date(each.date) or today
            merged[key].since = parse_date(each.since) if each.since else None
        _say(merged[key], each, "other" if turned else "one")
    found.ties = [(one, other, tie) for (one, other, _kind), tie in merged.items()]
    return found


def known_names(wanted: set[str]) -> tuple[dict[str, int], set[str]]:
    """Allies by folded name, and names that several bear. `wanted` holds folded names too."""
    known: dict[str, int] = {}
    twice: set[str] = set()
    also: dict[str, int] = {}
    # Several of one name are told apart in our own files by a number behind the name.
    labelled = {of: label for label in wanted if (of := rules.numbered(label)) is not None}
    for pk, name, other_name in Stakeholder.objects.order_by("pk").values_list("pk", "name", "also_known_as"):
        name = folded(name)
        if (name, pk) in labelled:
            also[labelled[name, pk]] = pk
        if name in wanted:
            if name in known:
                twice.add(name)
            known[name] = pk
        if other_name and folded(other_name) in wanted:
            also.setdefault(folded(other_name), pk)
    return {**also, **known}, twice


def _join_actors(read: Iterable[ReadActor], found: Joined, twice: set[str], adds: bool) -> None:
    """What becomes of each actor that the file describes."""
    read = list(read)
    wanted = {found.known[name] for each in read if (name := folded(each.name)) in found.known}
    here = {row["pk"]: row for row in Stakeholder.objects.filter(_among(wanted)).values("pk", *PARTICULARS)}
    for each in read:
        name = folded(each.name)
        if name in twice:
            found.refused_actors.append((each.row, several(each.name)))
        elif (ally := found.known.get(name)) is None:
            if adds:
                is_person = each.particulars.get("kind") == "person"
                left_out = {"note"} if is_person else set()  # a map does not say what a note about a person is for
                said = {field: value for field, value in each.particulars.items() if field not in left_out}
                found.added[name] = {**said, "name": each.name}
            else:
                found.refused_actors.append((each.row, not_here(each.name)))
        elif ally in found.changed_allies:
            found.refused_actors.append((each.row, _("Another row of this file speaks of the same ally.")))
        elif changes := _changes(here[ally], each):
            found.changed_allies[ally] = changes
        else:
            found.same += 1


def _among(keys: set[int]) -> Q:
    """These rows; of very many, all rows, since a database takes only so many keys in one question."""
    return Q(pk__in=keys) if len(keys) <= 5000 else Q()


def _changes(ally: dict[str, Any], each: ReadActor) -> dict[str, list]:
    said = each.particulars
    if "person" in (ally["kind"], said.get("kind")):
        said = {name: value for name, value in said.items() if name != "note"}  # a map does not say what it is for
    changes, _differs = changes_to(ally, said, list(said), "update")
    return {name: pair for name, pair in changes.items() if not (name in _ONLY_FILLED and pair[0])}


def _change_tie(tie: Tie, each: ReadTie, side: str, found: Joined) -> None:
    """What a row says differently of a tie that we have. Where one end says it, its word is added if it had none."""
    if each.said:
        before = {name: getattr(tie, name) for name in ("level_one", "level_other", "level", "state")}
        if before[f"level_{each.said if not rules.is_symmetric(each.kind) else side}"] is None:
            _say(tie, each, side)
        after = {name: [old, getattr(tie, name)] for name, old in before.items() if old != getattr(tie, name)}
        if after:
            first = found.changed_ties.get(tie.pk, {})
            found.changed_ties[tie.pk] = first | {
                name: [first.get(name, pair)[0], pair[1]] for name, pair in after.items()
            }
        else:
            found.same += 1
        return
    has_spoken = tie.level_one is not None or tie.level_other is not None
    said = {
        "level": each.level if each.is_level_named and not has_spoken else None,
        "seen_on": parse_date(each.date) if each.date else None,
        "since": parse_date(each.since) if each.since else None,
        "source": each.how or None,
    }
    changes = {
        name: [getattr(tie, name), value]
        for name, value in said.items()
        if value is not None and value != getattr(tie, name)
    }
    since, seen = changes.get("since", [None, tie.since])[1], changes.get("seen_on", [None, tie.seen_on])[1]
    if since and since > seen:
        found.refused.append((each.row, _("It begins after it was last seen.")))
    elif not changes:
        found.same += 1
    else:
        found.changed_ties[tie.pk] = changes


def _trouble(each: ReadTie, one: str, other: str, found: Joined, twice: set[str], adds: bool) -> str:
    ends = ((each.source, one), (each.target, other))
    if bears := next((name for name, word in ends if word in twice), None):
        return several(bears)
    missing = next((name for name, word in ends if word not in found.known), None)
    if missing and not adds:
        return not_here(missing)
    if one in found.known and found.known[one] == found.known.get(other):
        return _("Both names belong to the same ally.")
    return ""


def several(name: str) -> str:
    return _("Several allies are called “%(name)s”. Make their names differ first.") % {"name": name}


def not_here(name: str) -> str:
    return _("“%(name)s” is not on the list of allies.") % {"name": name}


def _is_turned(one: str, other: str, kind: str, known: dict[str, int]) -> bool:
    """Would the two ends be kept the other way round? Those not known yet come after, by name."""
    if not rules.is_symmetric(kind):
        return False
    return (known.get(other, 1 << 62), other) < (known.get(one, 1 << 62), one)


def _say(tie: Tie, each: ReadTie, side: str) -> None:
    """A row of a matrix is the word of its actor; in a list a tie is a claim."""
    if not each.said:
        return
    if not rules.is_symmetric(each.kind):
        side = each.said
    setattr(tie, f"level_{side}", each.level)
    made = rules.agreed(tie.level_one, tie.level_other, tie.level)
    tie.state, tie.level = made.state, made.level
