"""Writes many positions or ratings of influence at once, and takes them back, within the caller's transaction.

A position that is dated before the one that stands goes into the history and replaces nothing, as when it is written by
hand. What was written is kept as ranges of numbers, what it replaced as numbers: both are small, whatever the list.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from manyhands.foundation.coalitions.models import Seat

from ..models import Issue, Position, Stakeholder, Sway
from . import rules

BATCH = 1000
#: How much it matters to somebody of whom we know no more than where they stand.
STRENGTHS = {"active ally": 2, "leaning our way": 1, "undecided": 0, "leaning away": -1, "against": -2}


@dataclass(frozen=True, slots=True)
class Said:
    """Where an ally stands on an issue, both by number."""

    ally: int
    issue: int
    wedge: str
    source: str
    on: date


@dataclass(frozen=True, slots=True)
class Rated:
    """How much one ally can move another, 0 to 4."""

    one: int
    other: int
    level: int


@dataclass
class Written:
    """Numbers of what was written, and of what it replaced."""

    new: list[int] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    #: Positions against us that were left out: they are too old to count for an ally of that kind.
    too_old: int = 0

    def as_kept(self) -> dict[str, Any]:
        """As a list keeps it, for the way back."""
        kept = {"count": len(self.new), "written": ranges(self.new), "replaced": self.replaced}
        return kept | ({"too_old": self.too_old} if self.too_old else {})


def is_too_old(wedge: str, on: date, kind: str) -> bool:
    """May this no longer be written, because it would not count any more for an ally of that kind?"""
    return rules.age(wedge, on, localdate(), kind=kind) is rules.Age.EXPIRED


def write_positions(said: Iterable[Said], *, seat: Seat | None, at: datetime) -> Written:
    """Write a position for each that says something new. The same said twice is said once, where it came last."""
    told = Written()
    issues = Issue.objects.in_bulk()
    # The older first, so that of two about one issue the newer stands; of one day the one that came later.
    once = list(dict.fromkeys(reversed(list(said))))[::-1]
    for batch in _batches(sorted(once, key=lambda each: (each.ally, each.issue, each.on))):
        allies = _allies({each.ally for each in batch})
        now = Position.objects.filter(replaced_at=None, stakeholder__in=allies, issue__in={e.issue for e in batch})
        current = {(position.stakeholder_id, position.issue_id): position for position in now}
        made: list[Position] = []
        giving_way: list[int] = []
        for each in batch:
            if each.ally not in allies:
                continue  # taken off the list meanwhile
            if is_too_old(each.wedge, each.on, allies[each.ally].kind):
                told.too_old += 1
                continue
            stands = current.get((each.ally, each.issue))
            if stands is not None and (stands.wedge, stands.on, stands.source) == (each.wedge, each.on, each.source):
                continue
            position = Position(stakeholder=allies[each.ally], issue=issues[each.issue], source=each.source, on=each.on)
            position.wedge, position.strength = each.wedge, STRENGTHS[each.wedge]
            position.by_seat, position.written_at = seat, at
            if stands is not None and each.on < stands.on:
                position.replaced_at = at
            else:
                if stands is not None:
                    stands.replaced_at = at
                    giving_way += [stands.pk] if stands.pk else []
                current[each.ally, each.issue] = position
            made.append(position)
        Position.objects.filter(pk__in=giving_way).update(replaced_at=at)
        told.new += [position.pk for position in Position.objects.bulk_create(made)]
        told.replaced += giving_way
    return told


def take_positions_back(kept: dict[str, Any]) -> int:
    """Take written positions back; those they had replaced stand again, unless a newer one does. How many went."""
    gone = 0
    for first, last in kept.get("written", []):
        gone += Position.objects.filter(pk__gte=first, pk__lte=last).delete()[0]
    before = Position.objects.filter(pk__in=kept.get("replaced", []), taken_back_at=None).order_by("-on", "-pk")
    for batch in _batches(list(before)):
        taken = Position.objects.filter(replaced_at=None, stakeholder__in={each.stakeholder_id for each in batch})
        places = set(taken.values_list("stakeholder_id", "issue_id"))
        again = []
        for each in batch:
            if (place := (each.stakeholder_id, each.issue_id)) not in places:
                places.add(place)
                again.append(each.pk)
        Position.objects.filter(pk__in=again).update(replaced_at=None)
    return gone


def write_sways(rated: Iterable[Rated], *, basis: str, seat: Seat, at: datetime) -> Written:
    """Write ratings of one seat; each replaces what that seat said of the pair before, which is kept."""
    told = Written()
    for batch in _batches(sorted(set(rated), key=lambda each: (each.one, each.other))):
        allies = _allies({number for each in batch for number in (each.one, each.other)})
        mine = Sway.objects.filter(rater=seat, replaced_at=None, one__in={each.one for each in batch})
        current = {(sway.one_id, sway.other_id): sway for sway in mine}
        made, giving_way = [], []
        for each in batch:
            if each.one not in allies or each.other not in allies:
                continue  # taken off the list meanwhile
            stands = current.get((each.one, each.other))
            if stands is not None and (stands.level, stands.basis) == (each.level, basis):
                continue
            giving_way += [stands.pk] if stands is not None else []
            one, other = allies[each.one], allies[each.other]
            made.append(Sway(one=one, other=other, level=each.level, basis=basis, rater=seat, rated_at=at))
        Sway.objects.filter(pk__in=giving_way).update(replaced_at=at)
        told.new += [sway.pk for sway in Sway.objects.bulk_create(made)]
        told.replaced += giving_way
    return told


def take_sways_back(kept: dict[str, Any]) -> int:
    """Take written ratings back; those they had replaced stand again, unless the same seat has rated since."""
    gone = 0
    for first, last in kept.get("written", []):
        gone += Sway.objects.filter(pk__gte=first, pk__lte=last).delete()[0]
    for batch in _batches(list(Sway.objects.filter(pk__in=kept.get("replaced", [])).order_by("pk"))):
        stand = Sway.objects.filter(replaced_at=None, one__in={each.one_id for each in batch})
        places = set(stand.values_list("one_id", "other_id", "rater_id"))
        again = [each.pk for each in batch if (each.one_id, each.other_id, each.rater_id) not in places]
        Sway.objects.filter(pk__in=again).update(replaced_at=None)
    return gone


def ranges(keys: Sequence[int]) -> list[list[int]]:
    """Numbers in a row as the first and the last of them, so that a long list is kept short.

    >>> ranges([3, 4, 5, 9])
    [[3, 5], [9, 9]]
    """
    found: list[list[int]] = []
    for key in sorted(keys):
        if found and key == found[-1][1] + 1:
            found[-1][1] = key
        else:
            found.append([key, key])
    return found


def _allies(numbers: set[int]) -> dict[int, Stakeholder]:
    return Stakeholder.objects.filter(pk__in=numbers).only("pk", "coalition_id", "kind").in_bulk()


def _batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield list(rows[start : start + BATCH])
