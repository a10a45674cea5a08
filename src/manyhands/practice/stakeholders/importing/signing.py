"""Lists of those who signed: each one on it gets a position on an issue, with the list as its source.

Written in the transaction that brings the list in, many at once; taken back with the list. A position that is dated
before the one that stands goes into the history and replaces nothing, as when it is written by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from ..models import WEDGES, Import, ImportRow, Issue, Position, Stakeholder
from ..positions import rules
from ..positions.tasks import ask_anew

BATCH = 1000
#: How much it matters to somebody of whom we know no more than that they signed.
STRENGTHS = {"active ally": 2, "leaning our way": 1, "undecided": 0, "leaning away": -1, "against": -2}


class CannotBe(ValueError):
    """A position that may not be written; the message says why."""


@dataclass(frozen=True)
class Signed:
    """What it means to stand on a list."""

    issue: Issue
    wedge: str
    on: date

    def as_kept(self) -> dict[str, Any]:
        """As the list keeps it."""
        return {"issue": self.issue.pk, "wedge": self.wedge, "on": self.on.isoformat()}


def check(signed: Signed, *, source: str) -> None:
    """Refuse what a position written by hand would be refused for.

    Raises
    ------
    CannotBe
    """
    if signed.wedge not in STRENGTHS:
        known = ", ".join(str(label) for value, label in WEDGES if value)
        raise CannotBe(_("We know five places to stand: %(wedges)s.") % {"wedges": known})
    if not Issue.objects.filter(pk=signed.issue.pk, closed_at=None).exists():
        raise CannotBe(_("This issue is closed. Open it again to write about it."))
    if signed.on > localdate():
        raise CannotBe(_("This day is still to come. Write the day on which they signed."))
    if rules.age(signed.wedge, signed.on, localdate()) is rules.Age.EXPIRED:
        raise CannotBe(_("Positions against us older than two years no longer count."))
    if not source.strip():
        raise CannotBe(_("Say where the list comes from: it is the source of each position."))


def write_positions(listing: Import) -> int:
    """Write a position for each ally on the list that has none like it, and note which; how many."""
    if not listing.signed:
        return 0
    issue = Issue.objects.get(pk=listing.signed["issue"])
    on, at = date.fromisoformat(listing.signed["on"]), now()
    written: list[int] = []
    replaced: list[int] = []
    for keys in _batches(_on_the_list(listing)):
        current = {
            p.stakeholder_id: p for p in Position.objects.filter(issue=issue, replaced_at=None, stakeholder__in=keys)
        }
        allies = Stakeholder.objects.filter(pk__in=keys).only("pk", "coalition_id").in_bulk()
        made, giving_way = [], []
        for key in keys:
            stands = current.get(key)
            if stands is not None and (stands.wedge, stands.on, stands.source) == _said(listing, on):
                continue
            is_newest = stands is None or on >= stands.on
            if stands is not None and is_newest:
                giving_way.append(stands.pk)
            made.append(_position(listing, issue, allies[key], on, at, is_newest=is_newest))
        Position.objects.filter(pk__in=giving_way).update(replaced_at=at)
        written += [position.pk for position in Position.objects.bulk_create(made)]
        replaced += giving_way
    listing.signed = {**listing.signed, "count": len(written), "written": _ranges(written), "replaced": replaced}
    ask_anew()
    return len(written)


def take_back(listing: Import) -> None:
    """Take the list's positions back; those they had replaced stand again, unless a newer one does."""
    if not listing.signed.get("count"):
        return
    for first, last in listing.signed["written"]:
        Position.objects.filter(pk__gte=first, pk__lte=last, issue_id=listing.signed["issue"]).delete()
    before = Position.objects.filter(pk__in=listing.signed["replaced"], taken_back_at=None).order_by("-on", "-pk")
    for position in before:
        stands = Position.objects.filter(
            issue_id=position.issue_id, stakeholder_id=position.stakeholder_id, replaced_at=None
        )
        if not stands.exists():
            Position.objects.filter(pk=position.pk).update(replaced_at=None)
    ask_anew()


def _on_the_list(listing: Import) -> list[int]:
    """Allies that the list added, and those on it that were here before."""
    added = Stakeholder.objects.filter(added_by_import=listing).values_list("pk", flat=True)
    rows = ImportRow.objects.filter(listing=listing, stakeholder__removed_at=None, stakeholder__isnull=False)
    return sorted({*added, *rows.values_list("stakeholder_id", flat=True)})


def _said(listing: Import, on: date) -> tuple[str, date, str]:
    return listing.signed["wedge"], on, listing.source.strip()


def _position(listing: Import, issue: Issue, ally: Stakeholder, on: date, at: datetime, *, is_newest: bool) -> Position:
    wedge = listing.signed["wedge"]
    return Position(
        stakeholder=ally,
        issue=issue,
        wedge=wedge,
        strength=STRENGTHS[wedge],
        source=listing.source.strip(),
        on=on,
        by_seat=listing.by_seat,
        written_at=at,
        replaced_at=None if is_newest else at,
    )


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _ranges(keys: list[int]) -> list[list[int]]:
    """Numbers in a row as the first and the last of them, so that a long list is kept short.

    >>> _ranges([3, 4, 5, 9])
    [[3, 5], [9, 9]]
    """
    found: list[list[int]] = []
    for key in sorted(keys):
        if found and key == found[-1][1] + 1:
            found[-1][1] = key
        else:
            found.append([key, key])
    return found
