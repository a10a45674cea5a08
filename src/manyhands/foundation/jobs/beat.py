"""What every worker does beside its work: look at the clock, and send again what was lost. No one is in charge."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import connection

from .schedules import enqueue_due

log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
SWEEP_EVERY_SECONDS = 5.0


def keep_beating(enough: threading.Event, sweep: Callable[[], int] | None = None) -> None:
    """Once a second until ``enough``; a database or broker that is away is asked again."""
    swept = 0.0
    while True:
        _once(enqueue_due)
        # Apart: a schedule that fails must not keep lost messages from being sent again.
        if sweep is not None and time.monotonic() - swept >= SWEEP_EVERY_SECONDS and _once(sweep):
            swept = time.monotonic()
        if enough.wait(EVERY_SECONDS):
            break
    connection.close()


def _once(step: Callable[[], int]) -> bool:
    """Do one step of a beat; True if it went well."""
    try:
        step()
    except Exception as error:
        log.error("a beat was missed: %s", type(error).__name__)
        connection.close()
        return False
    return True
