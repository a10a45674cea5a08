"""Who works on what. A piece is taken by one worker at a time, and taken from one that has died."""

import secrets
from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.timezone import now

from .models import JobRun
from .progress import lease_time
from .rules import DEATHS


def due() -> QuerySet[JobRun]:
    """Everything somebody should work on now: what waits, and what a dead worker left, oldest first."""
    at = now()
    waiting = Q(state=JobRun.State.WAITING, due_at__lte=at)
    left_behind = Q(state=JobRun.State.RUNNING, lease_until__lt=at)
    return JobRun.objects.filter(waiting | left_behind).order_by("due_at", "id")


def take_next(leaving: Collection[int] = ()) -> JobRun | None:
    """Take the oldest due piece; None when nothing waits.

    Parameters
    ----------
    leaving
        Ids of what this process itself is doing: a process never takes work from its own hands.
    """
    # A plain read first: looking costs no lock, so idle workers disturb nobody.
    for pk in due().exclude(pk__in=leaving).values_list("pk", flat=True)[:20]:
        if (run := take(pk)) is not None:
            return run
    return None


@transaction.atomic
def take(pk: int) -> JobRun | None:
    """Take the lease of one piece, or None if somebody else has it, or is just asking for it once more."""
    rows = due().filter(pk=pk)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    run = rows.first()
    if run is None:
        return None
    if run.state == JobRun.State.RUNNING:
        run.deaths += 1
    run.tries += 1
    run.state, run.lease, run.began_at = JobRun.State.RUNNING, secrets.token_hex(16), now()
    run.lease_until = run.began_at + lease_time()
    if run.deaths >= DEATHS:
        run.state, run.lease, run.finished_at = JobRun.State.FAILED, "", now()
        run.error = f"WorkerDied: {run.deaths} workers died while they did this; it was not given to another."
    run.save()
    return run if run.state == JobRun.State.RUNNING else None


def give_back(run: JobRun) -> bool:
    """Return a piece that was begun but not finished, at no cost to its tries."""
    return bool(
        JobRun.objects.filter(pk=run.pk, lease=run.lease, state=JobRun.State.RUNNING).update(
            state=JobRun.State.WAITING, lease="", tries=F("tries") - 1, due_at=now(), published_at=None
        )
    )
