"""How far a job is, for the page that waits for it; and the proof that its worker still holds the lease."""

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet
from django.utils.timezone import now

from .aside import forget_aside, say_aside, tells_aside
from .models import JobRun

if TYPE_CHECKING:
    from .pulse import Pulse

#: A job may say how far it is as often as it likes; it is written down this often.
EVERY_SECONDS = 0.5


def lease_time() -> timedelta:
    """A worker that has not been heard of for this long is taken for dead, and its work runs again."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


class LeaseLost(RuntimeError):
    """Another worker took this work over; this one must stop and leave no trace."""


class WorkerStops(LeaseLost):
    """The worker was told to stop. The work goes back as it is and runs again, here or elsewhere."""


class Progress:
    """Handed to every job as its first argument."""

    def __init__(self, run: JobRun, pulse: "Pulse | None" = None) -> None:
        self.run = run
        self.pulse = pulse
        self.lost = self.stopping = self.completed = False
        self.unsaid: dict[str, Any] = {}
        self._said = 0.0

    def update(self, *, done: int, of: int | None = None, note: str = "", at_once: bool = False) -> None:
        """Say how far the work is and keep the lease. Cheap to call often: at most two writes a second.

        Pages see it at once, also from inside a transaction that is still open.

        Raises
        ------
        LeaseLost
            If another worker has taken the work over, or this one was told to stop. Let it pass: the transaction
            it flies through is undone, and the work runs again.
        """
        self._stop_if_told()
        if not at_once and time.monotonic() - self._said < EVERY_SECONDS:
            return
        self._said = time.monotonic()
        values: dict[str, Any] = {"done": done}
        if of is not None:
            values["of"] = of
        if note:
            values["note"] = note[:200]
        if self.pulse is not None and connection.in_atomic_block:
            self._say_past_the_transaction(values)
        elif not self._held().update(lease_until=now() + lease_time(), **values):
            self._give_up()

    def still_mine(self) -> bool:
        """Does this worker still hold the lease? Ask before a deed that cannot be undone, such as sending mail."""
        return not (self.lost or self.stopping) and self._held().exists()

    def complete(self, *, note: str = "") -> None:
        """Mark the work as done within the caller's own transaction: its last write and "done" commit together.

        For work whose effect must happen exactly once::

            with transaction.atomic():
                write_everything()
                progress.complete()   # last: from here on the row is locked

        Whoever lost the lease cannot pass this line, so of two workers that hold the same work only one commits.

        Raises
        ------
        LeaseLost
            If another worker has taken the work over. The transaction is undone as it flies through.
        RuntimeError
            Outside a transaction: there is nothing that could commit together.
        """
        if not connection.in_atomic_block:
            raise RuntimeError("complete() must share a transaction with the work it completes.")
        self._stop_if_told()
        self.completed = True  # before the row is locked: the pulse must not wait for us
        values: dict[str, Any] = {"note": note[:200]} if note else {}
        if not self._held().update(**values, **done_now()):
            self._give_up()
        forget_aside(self.run.pk)

    def _held(self) -> QuerySet[JobRun]:
        return JobRun.objects.filter(pk=self.run.pk, lease=self.run.lease, state=JobRun.State.RUNNING)

    def _say_past_the_transaction(self, values: dict[str, Any]) -> None:
        self.unsaid = {**self.unsaid, **values}
        if tells_aside():
            say_aside(self.run.pk, self.run.lease, self.unsaid)

    def _stop_if_told(self) -> None:
        if self.lost:
            raise LeaseLost(self.run.name)
        if self.stopping:
            raise WorkerStops(self.run.name)

    def _give_up(self) -> None:
        self.lost = True
        raise LeaseLost(self.run.name)


def done_now() -> dict[str, Any]:
    """What a row says once its work is done."""
    return {"state": JobRun.State.DONE, "finished_at": now(), "error": "", "lease": "", "done": F("of")}
