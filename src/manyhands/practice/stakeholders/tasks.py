"""The long parts of bringing in lists, done in the background; each may be killed at any moment and run again."""

import time
from collections.abc import Mapping

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import Job, enqueue, job
from manyhands.foundation.tenancy.scope import inside

from .importing import actions, applying, reading, signing, trial
from .models import Import, ImportRow, RowsToAdd, Stakeholder
from .models.imports import UNDO_FOR

#: How often a list is tried again because the allies changed under it, before the job itself is tried again later.
TRIES = 5
#: For how many seconds a long work goes on before it lets others go first.
SLICE = 2.0
_BUSY = [Import.State.TRYING, Import.State.COMMITTING, Import.State.UNDOING]


@job(max_tries=3)
def try_import(progress: Progress, *, import_id: int) -> None:
    """Say what would become of each row."""
    listing = Import.objects.filter(pk=import_id, state=Import.State.TRYING).first()
    if listing is None:
        return  # discarded, or tried already
    try_now(listing, progress)


@job(max_tries=3)
def commit_import(progress: Progress, *, import_id: int) -> None:
    """Bring the list in, trying it again first if the allies have changed."""
    listing = Import.objects.filter(pk=import_id).first()
    if listing is not None:
        commit_now(listing, progress)


@job(max_tries=3)
def take_import_back(progress: Progress, *, import_id: int) -> None:
    """Undo a whole import."""
    listing = Import.objects.filter(pk=import_id).first()
    if listing is not None:
        with transaction.atomic():
            actions.undo_import(actor=actor_of(listing), listing=listing, progress=progress)
            enqueue(erase_taken_back, import_id=import_id)


@job(max_tries=3)
def erase_taken_back(progress: Progress, *, import_id: int) -> None:
    """Erase what an undo took off the list, so that nothing is kept of people whom nobody meant to bring in.

    After some seconds it lets other work go first and asks for itself again: a long list takes half a minute.
    """
    listing = Import.objects.filter(pk=import_id, state=Import.State.UNDONE).first()
    until, done = time.monotonic() + SLICE, 0
    while listing is not None and (count := applying.erase_some(listing)):
        done += count
        progress.update(done=done)
        if time.monotonic() >= until:
            enqueue(erase_taken_back, import_id=import_id)
            return


@every(hours=24)
@job(max_tries=3)
def tidy_lists(progress: Progress) -> None:
    """Erase what undo no longer needs: files and rows of old lists, and allies taken off two weeks ago."""
    coalitions = list(Coalition.objects.order_by("pk").values_list("pk", flat=True))
    for done, coalition_id in enumerate(coalitions, start=1):
        with inside(coalition_id):
            _tidy_here()
        progress.update(done=done, of=len(coalitions))


def _tidy_here() -> None:
    long_ago = now() - UNDO_FOR
    Stakeholder.with_removed.filter(removed_at__lt=long_ago).delete()
    for listing in Import.objects.filter(began_at__lt=long_ago).exclude(file="").exclude(state__in=_BUSY):
        listing.file.delete(save=False)
        ImportRow.objects.filter(listing=listing).delete()
        RowsToAdd.objects.filter(listing=listing).delete()
        if listing.done_at is None:
            listing.delete()
        else:
            Import.objects.filter(pk=listing.pk).update(file="")


@transaction.atomic
def match_and_try(*, actor: Actor, listing: Import, mapping: Mapping[str, str], existing: str) -> Import:
    """Match the columns and ask for the trial: both, or neither."""
    listing = actions.match_columns(actor=actor, listing=listing, mapping=mapping, existing=existing)
    return _ask(listing, try_import)


@transaction.atomic
def start_and_commit(
    *,
    actor: Actor,
    listing: Import,
    source: str,
    has_consent: bool,
    signed: signing.Signed | None = None,
    notes_for: str = "",
) -> Import:
    """Decide to bring a list in and ask for the work: both, or neither."""
    listing = actions.start_import(
        actor=actor, listing=listing, source=source, has_consent=has_consent, signed=signed, notes_for=notes_for
    )
    return _ask(listing, commit_import)


@transaction.atomic
def undo(*, actor: Actor, listing: Import) -> Import:
    """Decide to take an import back and ask for the work: both, or neither."""
    return _ask(actions.ask_to_undo(actor=actor, listing=listing), take_import_back)


def _ask(listing: Import, wanted: Job) -> Import:
    """Remember which piece of work it is, for the page that waits."""
    listing.run_id = enqueue(wanted, import_id=listing.pk).pk
    listing.save(update_fields=["run_id"])
    return listing


def try_now(listing: Import, progress: trial.Tells) -> Import:
    """Try a list in this process. Ends in `tried`, or in `failed` with a sentence."""
    asked = listing.mapping, listing.existing
    try:
        trial.try_list(listing, progress)
    except reading.Unreadable as problem:
        listing.trouble = str(problem)[:300]
    except trial.Overtaken:
        return listing  # discarded, or another try is on its way
    with transaction.atomic():
        current = Import.objects.select_for_update(no_key=True).filter(pk=listing.pk, state=Import.State.TRYING).first()
        if current is None or (current.mapping, current.existing) != asked:
            return listing  # discarded, or matched anew: another try is on its way
        if current.trial_token != listing.trial_token:
            return listing
        listing.state = Import.State.FAILED if listing.trouble else Import.State.TRIED
        listing.save()
    return listing


def commit_now(listing: Import, progress: trial.Tells) -> Import:
    """Bring a list in, in this process."""
    for _attempt in range(TRIES):
        listing.refresh_from_db()
        if listing.state != Import.State.COMMITTING:
            break
        if trial.signature(listing) != listing.tried_against:
            trial.try_list(listing, progress)
            with transaction.atomic():
                # Flies to the worker, which tries again later unless it has lost the lease to whoever overtook us.
                trial.make_sure_of(listing)
                if not Import.objects.filter(pk=listing.pk, state=Import.State.COMMITTING).exists():
                    break
                listing.save()
        try:
            return actions.finish_import(actor=actor_of(listing), listing=listing, progress=progress)
        except actions.ChangedMeanwhile:
            continue
    else:
        raise actions.ChangedMeanwhile(listing.pk)
    return listing


def actor_of(listing: Import) -> Actor:
    """Whoever asked for the import."""
    if listing.by_seat is not None:
        return actor_for(listing.by_seat)
    return Actor(listing.coalition_id, None, system=listing.by_system or "import")
