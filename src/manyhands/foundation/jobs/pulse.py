"""The sign of life of a worker: one thread that keeps the leases of everything its process is doing."""

import logging
import threading
import time
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils.timezone import now

from .models import JobRun
from .progress import Progress, lease_time

log = logging.getLogger(__name__)


class Pulse(threading.Thread):
    """Renews leases while the process lives, so that long work is not taken for dead; says what transactions hide.

    It has a connection of its own: a job's transaction neither delays nor undoes what it writes.
    """

    def __init__(self, every: float = 0.5) -> None:
        super().__init__(name="pulse", daemon=True)
        self.every = every
        self.held: dict[int, Progress] = {}
        self._renewed: dict[int, float] = {}
        self._enough = threading.Event()

    def hold(self, progress: Progress) -> None:
        self._renewed[progress.run.pk] = time.monotonic()
        self.held[progress.run.pk] = progress

    def release(self, progress: Progress) -> None:
        self.held.pop(progress.run.pk, None)
        self._renewed.pop(progress.run.pk, None)

    def stop_all(self) -> None:
        """Ask every job to stop at its next word of progress."""
        for progress in list(self.held.values()):
            progress.stopping = True

    def run(self) -> None:
        while not self._enough.wait(self.every):
            try:
                for progress in list(self.held.values()):
                    self._beat(progress)
            except DatabaseError as error:
                # The database is away, or somebody is writing for long; the lease outlasts a few missed beats.
                log.warning("a lease could not be renewed: %s", type(error).__name__)
                connection.close()
            if not self.held:
                connection.close()

    def end(self) -> None:
        self._enough.set()

    def _beat(self, progress: Progress) -> None:
        pk, unsaid = progress.run.pk, progress.unsaid
        is_due = time.monotonic() - self._renewed.get(pk, 0) > lease_time() / timedelta(seconds=3)
        if progress.completed or not (is_due or (unsaid and connection.vendor != "sqlite")):
            return
        held = JobRun.objects.filter(pk=pk, lease=progress.run.lease, state=JobRun.State.RUNNING)
        if held.update(lease_until=now() + lease_time(), **unsaid):
            self._renewed[pk] = time.monotonic()
            if progress.unsaid == unsaid:
                progress.unsaid = {}
        elif pk in self.held and not progress.completed:
            progress.lost = True
