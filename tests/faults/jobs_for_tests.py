"""Jobs that no room has: slow ones, stubborn ones, and one whose effect must happen exactly once.

Loaded into real workers with `manyhands worker --import tests.faults.jobs_for_tests`.
"""

import os
import time

from django.db import connection, transaction

from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import job


def note(what: str, number: int) -> None:
    """A line in a table of the tests, from whichever process this is."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effects (what, number, process) VALUES (%s, %s, %s)", [what, number, os.getpid()])


@job()
def quick(progress: Progress, *, number: int) -> None:
    note("quick", number)


@job()
def slow(progress: Progress, *, number: int, seconds: float = 2.0) -> None:
    """Begins, takes its time without a word, and ends with an effect that must happen exactly once."""
    note("begun", number)
    time.sleep(seconds)
    with transaction.atomic():
        note("done", number)
        progress.complete()


@job()
def one_long_transaction(progress: Progress, *, number: int, seconds: float = 2.0) -> None:
    """Like an import: everything in one transaction, which tells how far it is."""
    with transaction.atomic():
        until, done = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            done += 1
            note("row", number)
            progress.update(done=done, of=1000)
            time.sleep(0.05)
        progress.complete()


@every(minutes=1)
@job()
def each_minute(progress: Progress) -> None:
    pass
