"""What operators can do with background work."""

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Visitor, require

from . import policies
from .models import JobRun


class NotFailed(Exception):
    """The work waits, runs or is done: there is nothing to start again."""


@transaction.atomic
def retry_run(*, actor: Visitor, run: JobRun) -> JobRun:
    """Let work that has failed wait again, with all its tries; what went wrong stays to be read until it is done.

    Who: operators (`policies.retry_run`).
    Refuses: work that has not failed, or that somebody else has just started again (`NotFailed`).
    Tells: no one, because the ledger is a coalition's book and this is the house's own plumbing; the row itself
    shows it.
    """
    require(actor, policies.retry_run)
    started = JobRun.objects.filter(pk=run.pk, state=JobRun.State.FAILED).update(
        state=JobRun.State.WAITING, tries=0, deaths=0, due_at=now(), finished_at=None, published_at=None
    )
    if not started:
        raise NotFailed(run)
    run.refresh_from_db()
    return run
