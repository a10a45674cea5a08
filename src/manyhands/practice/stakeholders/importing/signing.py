"""Lists of those who signed: each one on it gets a position on an issue, with the list as its source.

Where they stand, and on what, is said once for the whole list, or by columns of it, row by row; a column comes first.
Written in the transaction that brings the list in, many at once; taken back with the list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from ..models import WEDGES, Import, ImportRow, Issue, Stakeholder
from ..positions import words, writing
from ..positions.tasks import ask_anew
from .columns import BESIDE


class CannotBe(ValueError):
    """A position that may not be written; the message says why."""


@dataclass(frozen=True)
class Signed:
    """What it means to stand on a list. Without an issue, each row names its own."""

    issue: Issue | None
    wedge: str
    on: date

    def as_kept(self) -> dict[str, Any]:
        """As the list keeps it."""
        return {"issue": self.issue.pk if self.issue else None, "wedge": self.wedge, "on": self.on.isoformat()}


def takes_sides(listing: Import) -> bool:
    """Do columns of the list say on which issue, or where, each one stands?"""
    return bool(BESIDE.intersection(listing.mapping.values()))


def check(signed: Signed, listing: Import, *, source: str) -> None:
    """Refuse what a position written by hand would be refused for.

    Raises
    ------
    CannotBe
    """
    if signed.wedge not in writing.STRENGTHS:
        known = ", ".join(str(label) for value, label in WEDGES if value)
        raise CannotBe(_("We know five places to stand: %(wedges)s.") % {"wedges": known})
    if signed.issue is None and "issue" not in listing.mapping.values():
        raise CannotBe(_("Say for which issue they signed; no column of the list does."))
    if signed.issue is not None and not Issue.objects.filter(pk=signed.issue.pk, closed_at=None).exists():
        raise CannotBe(_("This issue is closed. Open it again to write about it."))
    if signed.on > localdate():
        raise CannotBe(_("This day is still to come. Write the day on which they signed."))
    told = ImportRow.objects.filter(listing=listing).exclude(stands={}).values_list("stands", flat=True)
    wedges = {signed.wedge, *(stands.get("wedge") for stands in told)}
    # Of people they count for less; `writing` leaves those out, as only then it is known who is one.
    if any(writing.is_too_old(wedge, signed.on, "organization") for wedge in wedges if wedge):
        raise CannotBe(words.too_old("organization"))
    if not source.strip():
        raise CannotBe(_("Say where the list comes from: it is the source of each position."))


def write_positions(listing: Import) -> int:
    """Write a position for each ally on the list that has none like it, and note which; how many."""
    if listing.signed:
        told = writing.write_positions(_said(listing), seat=listing.by_seat, at=now())
        listing.signed = {**listing.signed, **told.as_kept()}
        ask_anew()
    ImportRow.objects.filter(listing=listing, outcome=ImportRow.Outcome.ADD).delete()  # they are allies now
    return int(listing.signed.get("count", 0))


def take_back(listing: Import) -> None:
    """Take the list's positions back; those they had replaced stand again, unless a newer one does."""
    if listing.signed.get("count"):
        writing.take_positions_back(listing.signed)
        ask_anew()


def _said(listing: Import) -> Iterator[writing.Said]:
    wedge, on, source = listing.signed["wedge"], date.fromisoformat(listing.signed["on"]), listing.source.strip()
    issue = listing.signed["issue"]
    if not takes_sides(listing):
        for ally in _on_the_list(listing):
            yield writing.Said(ally, issue, wedge, source, on)
        return
    open_issues = set(Issue.objects.filter(closed_at=None).values_list("pk", flat=True))
    for ally, stands in _rows_of_allies(listing):
        about = stands.get("issue") or issue
        if about in open_issues:  # one that was closed since the trial takes no more positions
            yield writing.Said(ally, about, stands.get("wedge") or wedge, source, on)


def _rows_of_allies(listing: Import) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row with its ally, and what it says of where that stands. Rows became allies in the order of the file."""
    added = Stakeholder.objects.filter(added_by_import=listing).order_by("pk").values_list("pk", flat=True)
    told = ImportRow.objects.filter(listing=listing).order_by("row")
    rows = told.filter(outcome=ImportRow.Outcome.ADD).values_list("row", flat=True)
    ally_of = dict(zip(rows, added, strict=True))
    ally_of |= dict(
        told.filter(stakeholder__removed_at=None, stakeholder__isnull=False).values_list("row", "stakeholder")
    )
    for row, stands in told.values_list("row", "stands"):
        ally = ally_of.get(stands.get("same_as", row))
        if ally is not None:
            yield ally, stands


def _on_the_list(listing: Import) -> list[int]:
    """Allies that the list added, and those on it that were here before."""
    added = Stakeholder.objects.filter(added_by_import=listing).values_list("pk", flat=True)
    rows = ImportRow.objects.filter(listing=listing, stakeholder__removed_at=None, stakeholder__isnull=False)
    return sorted({*added, *rows.values_list("stakeholder_id", flat=True)})
