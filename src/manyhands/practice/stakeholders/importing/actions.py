"""Everything a person can do with a list: bring it, match its columns, try it, import it, take it back.

The long parts run as jobs (`tasks.py`). What they write among the allies they write in one transaction together with
the ledger line and the list's new state, so a worker killed at any moment leaves either nothing or all of it.
"""

from collections.abc import Mapping
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ledger.spine import record

from .. import policies
from ..events import (
    ImportStarted,
    ImportStopped,
    ImportUndoAsked,
    ImportUndone,
    ListDiscarded,
    ListMatched,
    ListUploaded,
    StakeholdersImported,
)
from ..models import Import, SavedMapping
from . import applying, columns, reading, signing, trial

State = Import.State


class Refused(ValueError):
    """What was asked for cannot be; the message says why, in words for the person who asked."""


class ChangedMeanwhile(Exception):
    """The allies have changed since the list was tried; it must be tried again."""


@transaction.atomic
def bring_list(*, actor: Actor, file: File, filename: str) -> Import:
    """Take a file, find its header, and guess what its columns are.

    Who: coordinators and stewards, and the command line (`policies.import_list`).
    Refuses: a file that is no list (`reading.Unreadable`); nothing is kept of it then.
    Tells: `ListUploaded`.
    """
    require(actor, policies.import_list)
    listing = Import(filename=_plain_name(filename), size=file.size or 0, by_seat=_seat(actor), by_system=actor.system)
    listing.claim()
    listing.file.save("list", file, save=False)
    try:
        table = reading.open_table(Path(listing.file.path))
        listing.columns, listing.samples = table.header, reading.samples(table)
    except BaseException:
        listing.file.delete(save=False)
        raise
    listing.rows = trial.about_rows(table)
    listing.fingerprint = columns.fingerprint(table.header)
    saved = SavedMapping.objects.filter(fingerprint=listing.fingerprint).first()
    listing.mapping = saved.mapping if saved else columns.guess(table.header, listing.samples)
    listing.existing = saved.existing if saved else Import.Existing.FILL
    listing.save()
    record(ListUploaded(import_id=listing.pk), by=actor, about=listing)
    return listing


@transaction.atomic
def match_columns(*, actor: Actor, listing: Import, mapping: Mapping[str, str], existing: str) -> Import:
    """Say what each column is and what becomes of allies we already have; remembered for the same header.

    That every row is to be added anew is not remembered: the next list would make doubles that nobody asked for.

    Who: coordinators and stewards, and the command line (`policies.import_list`).
    Refuses: a mapping without a name, or one that uses a field twice; a list that is no longer waiting (`Refused`).
    Tells: `ListMatched`.
    """
    require(actor, policies.import_list, listing)
    listing = _locked(listing, State.UPLOADED, State.TRIED, State.FAILED, State.TRYING)
    if problem := columns.problem_with(mapping, len(listing.columns)):
        raise Refused(problem)
    if existing not in Import.Existing.values:
        raise Refused(_("Say what becomes of allies that we already have."))
    listing.mapping, listing.existing = dict(mapping), existing
    listing.state, listing.trouble, listing.tried_against = State.TRYING, "", ""
    listing.save()
    remembered = {"mapping": dict(mapping), "saved_at": now()}
    if existing != Import.Existing.ADD:
        remembered["existing"] = existing
    SavedMapping.objects.update_or_create(fingerprint=listing.fingerprint, defaults=remembered)
    record(ListMatched(import_id=listing.pk), by=actor, about=listing)
    return listing


@transaction.atomic
def start_import(
    *,
    actor: Actor,
    listing: Import,
    source: str,
    has_consent: bool,
    signed: signing.Signed | None = None,
    notes_for: str = "",
) -> Import:
    """Decide to bring in a list that has been tried; with `signed`, each one on it gets a position on an issue.

    Its notes about people are kept only where `notes_for` says what they are needed for, for twelve months.
    Columns that say on which issue, and where, each one stands come before what `signed` says of all.

    Who: coordinators and stewards, and the command line (`policies.import_list`).
    Refuses: a list that has not been tried, or is already on its way; a position that may not be written (`Refused`).
    Tells: `ImportStarted`.
    """
    require(actor, policies.import_list, listing)
    listing = _locked(listing, State.TRIED)
    try:
        if signed is not None:
            signing.check(signed, listing, source=source)
    except signing.CannotBe as problem:
        raise Refused(str(problem)) from problem
    listing.signed = signed.as_kept() if signed is not None else {}
    listing.source, listing.has_consent, listing.notes_for = source[:300], has_consent, notes_for.strip()[:200]
    listing.by_seat, listing.by_system, listing.state = _seat(actor), actor.system, State.COMMITTING
    listing.save()
    record(ImportStarted(import_id=listing.pk), by=actor, about=listing)
    return listing


@transaction.atomic
def finish_import(*, actor: Actor, listing: Import, progress: object = None) -> Import:
    """Write everything at once: the allies, the ledger line, the list's state, and that the work is done.

    Who: coordinators and stewards, and the command line (`policies.import_list`).
    Refuses: when the allies have changed since the list was tried (`ChangedMeanwhile`). Does nothing for a list that
    is already in, or was stopped, so that it may run twice.
    Tells: `StakeholdersImported`.
    """
    require(actor, policies.import_list, listing)
    applying.lock_lists(actor.coalition_id)
    listing = Import.objects.select_for_update(no_key=True).get(pk=listing.pk)
    if listing.state == State.COMMITTING:
        if trial.signature(listing) != listing.tried_against:
            raise ChangedMeanwhile(listing.pk)
        listing.count_added = applying.write_added(listing)
        listing.count_updated = applying.write_updated(listing)
        positions = signing.write_positions(listing)
        listing.state, listing.done_at, listing.trouble = State.DONE, now(), ""
        listing.save()
        told = StakeholdersImported(
            import_id=listing.pk,
            added=listing.count_added,
            updated=listing.count_updated,
            skipped=listing.count_skipped,
            refused=listing.count_refused,
            positions=positions,
        )
        record(told, by=actor, about=listing)
    _complete(progress)
    return listing


@transaction.atomic
def stop_import(*, actor: Actor, listing: Import) -> Import:
    """Stop an import that is under way; nothing of it is among the allies yet.

    Who: coordinators and stewards (`policies.import_list`).
    Refuses: a list that is not on its way, or already in (`Refused`).
    Tells: `ImportStopped`.
    """
    require(actor, policies.import_list, listing)
    listing = _locked(listing, State.COMMITTING)
    listing.state = State.TRIED
    listing.save(update_fields=["state"])
    record(ImportStopped(import_id=listing.pk), by=actor, about=listing)
    return listing


@transaction.atomic
def discard_list(*, actor: Actor, listing: Import) -> None:
    """Throw away a list of which nothing is in, with its file.

    Who: coordinators and stewards (`policies.import_list`).
    Refuses: a list that is in or on its way (`Refused`).
    Tells: `ListDiscarded`.
    """
    require(actor, policies.import_list, listing)
    listing = _locked(listing, State.UPLOADED, State.TRIED, State.FAILED, State.TRYING)
    record(ListDiscarded(import_id=listing.pk), by=actor, about=listing)
    file = listing.file
    listing.delete()
    transaction.on_commit(lambda: file.delete(save=False) if file else None)


@transaction.atomic
def ask_to_undo(*, actor: Actor, listing: Import) -> Import:
    """Ask to take a whole import back.

    Who: coordinators and stewards (`policies.import_list`).
    Refuses: an import that is not in, or is older than two weeks (`Refused`).
    Tells: `ImportUndoAsked`.
    """
    require(actor, policies.import_list, listing)
    listing = _locked(listing, State.DONE)
    if not listing.can_be_undone:
        raise Refused(_("This import is older than two weeks and cannot be taken back any more."))
    listing.state = State.UNDOING
    listing.save(update_fields=["state"])
    record(ImportUndoAsked(import_id=listing.pk), by=actor, about=listing)
    return listing


@transaction.atomic
def undo_import(*, actor: Actor, listing: Import, progress: object = None) -> Import:
    """Take an import back: what it added goes, what it replaced returns; what somebody edited since is kept.

    Who: coordinators and stewards, and the command line (`policies.import_list`).
    Refuses: nothing; for a list whose undo was not asked for it does nothing, so that it may run twice.
    Tells: `ImportUndone`.
    """
    require(actor, policies.import_list, listing)
    applying.lock_lists(actor.coalition_id)
    listing = Import.objects.select_for_update(no_key=True).get(pk=listing.pk)
    if listing.state == State.UNDOING:
        signing.take_back(listing)
        restored, not_restored = applying.take_back_updated(listing)
        listing.state, listing.undone_at = State.UNDONE, now()
        removed, stay = applying.take_back_added(listing, listing.undone_at)
        listing.count_kept = stay + not_restored
        listing.save()
        told = ImportUndone(import_id=listing.pk, removed=removed, restored=restored, kept=listing.count_kept)
        record(told, by=actor, about=listing)
    _complete(progress)
    return listing


def _locked(listing: Import, *states: str) -> Import:
    found = Import.objects.select_for_update(no_key=True).get(pk=listing.pk)
    if found.state not in states:
        raise Refused(_("This list has moved on meanwhile: %(state)s.") % {"state": found.get_state_display()})
    return found


def _seat(actor: Actor) -> Seat | None:
    return Seat.objects.get(pk=actor.seat_id) if actor.seat_id else None


def _complete(progress: object) -> None:
    complete = getattr(progress, "complete", None)
    if complete is not None:
        complete()


def _plain_name(filename: str) -> str:
    """The last part of a path, without signs that no screen shows."""
    name = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in name if letter.isprintable())[-200:] or _("a list")
