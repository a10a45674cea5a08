"""The house sweeps its own floor: finished work, old turns of schedules, sessions that have ended."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils.timezone import now

from .models import JobRun, Slot
from .progress import Progress
from .schedules import every
from .tasks import job

#: What is done is of no use after this; an error may hold what people wrote, so it goes too.
KEEP_DONE, KEEP_FAILED, KEEP_SLOTS = timedelta(days=30), timedelta(days=90), timedelta(days=400)
CHUNK = 1000


@every(hours=24)
@job()
def forget_old_runs(progress: Progress) -> None:
    """Delete runs done a month ago, runs that failed three months ago, and turns of schedules of last year."""
    old = (
        JobRun.objects.filter(state=JobRun.State.DONE, finished_at__lt=now() - KEEP_DONE),
        JobRun.objects.filter(state=JobRun.State.FAILED, finished_at__lt=now() - KEEP_FAILED),
        Slot.objects.filter(at__lt=now() - KEEP_SLOTS),
    )
    gone = 0
    for rows in old:
        # A thousand at a time, so that nobody waits long for the pen.
        while chunk := list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
            rows.model.objects.filter(pk__in=chunk).delete()
            gone += len(chunk)
            progress.update(done=gone)


@every(hours=24)
@job()
def forget_ended_sessions(progress: Progress) -> None:
    """Delete sessions that nobody can use any more."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
