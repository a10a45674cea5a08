"""Does the work that waits, one piece at a time, and writes down how it ended."""

import logging
import traceback
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils.timezone import now

from manyhands.foundation.tenancy.scope import inside

from .aside import forget_aside
from .leases import give_back, take_next
from .models import JobRun
from .progress import LeaseLost, Progress, WorkerStops, done_now
from .pulse import Pulse
from .rules import pause_after
from .tasks import JOBS

log = logging.getLogger(__name__)


def run_waiting(limit: int = 1000) -> int:
    """Do everything that is due, in this process, and return how many pieces were done or failed."""
    count = 0
    while count < limit and (run := take_next()) is not None:
        perform(run)
        count += 1
    return count


def perform(run: JobRun, pulse: Pulse | None = None) -> None:
    """Do one piece whose lease we hold, and write down how it ended."""
    progress = Progress(run, pulse)
    if pulse is not None:
        pulse.hold(progress)
    try:
        with inside(run.coalition_id) if run.coalition_id is not None else nullcontext():
            JOBS[run.name](progress, **run.arguments)
    except WorkerStops:
        give_back(run)
        log.info("gave work back", extra=_which(run))
    except LeaseLost:
        log.warning("lost the lease", extra=_which(run))
    except Exception as error:
        # The class only: a message may hold what people wrote. Operators find it in the row.
        log.error("a job failed: %s", type(error).__name__, extra=_which(run))
        _failed(run, error)
    else:
        _mine(run).update(**done_now())
    finally:
        if pulse is not None:
            pulse.release(progress)
        forget_aside(run.pk)


def _mine(run: JobRun) -> Any:
    return JobRun.objects.filter(pk=run.pk, lease=run.lease, state=JobRun.State.RUNNING)


def _failed(run: JobRun, error: Exception) -> None:
    again = run.failures < run.max_tries
    written = _mine(run).update(
        state=JobRun.State.WAITING if again else JobRun.State.FAILED,
        due_at=now() + pause_after(run.failures),
        error=_in_words(error),
        finished_at=None if again else now(),
        lease="",
    )
    if written and not again:
        _tell_operator(run)


def _in_words(error: Exception) -> str:
    """Class, message, and the last places it passed: ``ValueError: no such row``, ``tasks.py:42 in commit_import``."""
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    said = f"{type(error).__name__}: {error}".replace("\x00", "")[:2000]
    return "\n".join([said, *reversed(places[-6:])])


def _tell_operator(run: JobRun) -> None:
    """One mail that names the job and the page; what went wrong stays on the page, behind the sign-in."""
    if not settings.OPERATOR_MAIL:
        return
    try:
        send_mail(
            f"Manyhands: {run.plain_name} failed",
            f"{run.plain_name} ({run.name}, number {run.pk}) failed {run.failures} times and was given up.\n"
            f"See why, and try again: {settings.SITE_ADDRESS}/operator/jobs/?state=failed\n",
            settings.DEFAULT_FROM_EMAIL,
            [settings.OPERATOR_MAIL],
        )
    except Exception as error:
        log.error("the operator could not be told: %s", type(error).__name__, extra=_which(run))


def _which(run: JobRun) -> dict[str, Any]:
    return {"job": run.name, "run": run.pk, "coalition_id": run.coalition_id}
