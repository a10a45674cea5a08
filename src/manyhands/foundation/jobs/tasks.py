"""One way to ask for background work, whatever does it: the embedded worker or Celery on several machines."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import now

from manyhands.foundation.tenancy.scope import coalition_id_or_none

from .models import JobRun
from .progress import Progress

Work = Callable[..., None]


@dataclass(frozen=True)
class Job:
    """A function that can be asked for by name."""

    name: str
    work: Work
    max_tries: int

    def __call__(self, progress: Progress, **arguments: Any) -> None:
        self.work(progress, **arguments)


#: Every job the house knows, by name.
JOBS: dict[str, Job] = {}


def job(*, max_tries: int = 3) -> Callable[[Work], Job]:
    """Make a function a job. It gets a :class:`Progress` first, then the JSON arguments it was enqueued with.

    It runs inside the coalition it was enqueued from, at least once: it must be safe to repeat. What must happen
    exactly once ends with ``progress.complete()`` in its own transaction.

    Write jobs in a room's ``tasks.py``: workers find them there.
    """

    def register(work: Work) -> Job:
        made = Job(f"{work.__module__}.{work.__name__}", work, max_tries)
        JOBS[made.name] = made
        return made

    return register


def enqueue(wanted: Job, *, due_at: datetime | None = None, once: bool = True, **arguments: Any) -> JobRun:
    """Ask for work. The row commits with the caller's own change, or not at all.

    With ``once``, the same work that is still waiting is not asked for again; the waiting row is returned, and it
    starts only after the caller's change has committed.

    Example
    -------
    ::

        run = enqueue(commit_import, import_id=3)
        run.state, run.percent
    """
    arguments = dict(sorted(arguments.items()))
    run = _waiting_already(wanted, arguments) if once and due_at is None else None
    if run is None:
        run = JobRun.objects.create(
            name=wanted.name,
            arguments=arguments,
            coalition_id=coalition_id_or_none(),
            max_tries=wanted.max_tries,
            due_at=due_at or now(),
        )
    if settings.BROKER_URL and run.due_at <= now():
        transaction.on_commit(lambda: _nudge(run.pk))
    return run


def _waiting_already(wanted: Job, arguments: dict[str, Any]) -> JobRun | None:
    """The same work, not yet begun, and held so until our transaction ends.

    Without the hold a worker could begin and end it before our change commits, and never see that change. It is a
    shared hold: several may ask at the same time, and none waits for another. On SQLite a transaction that writes is
    alone anyway.
    """
    same = JobRun.objects.filter(
        name=wanted.name,
        arguments=arguments,
        coalition_id=coalition_id_or_none(),
        state=JobRun.State.WAITING,
        due_at__lte=now(),
    ).first()
    if same is None or connection.vendor != "postgresql":
        return same
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM jobs_jobrun WHERE id = %s AND state = 'waiting' FOR SHARE SKIP LOCKED", [same.pk])
        return same if cursor.fetchone() else None


def _nudge(run_id: int) -> None:
    """Tell Celery's workers that something waits. The embedded worker looks by itself."""
    from .broker import publish

    publish(run_id)
