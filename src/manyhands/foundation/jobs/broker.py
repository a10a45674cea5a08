"""Celery on RabbitMQ: the same rows, with a message to whichever machine is free.

A message carries only the number of a row. Losing one, or getting it twice, harms nothing: the row says whether there
is something to do, and `sweep` sends again what was lost.
"""

import logging
import os
import signal
import threading
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import F, Q
from django.utils.timezone import now

from .beat import keep_beating
from .leases import due, take
from .models import JobRun
from .pulse import Pulse
from .worker import perform

log = logging.getLogger(__name__)

TASK = "manyhands.perform"
#: A message that nobody acted on for this long is taken for lost if the queue is empty …
LOST_AFTER = timedelta(seconds=60)
#: … and after this long in any case; while a queue is merely long, sending more would only make it longer.
SURELY_LOST_AFTER = timedelta(minutes=10)
AT_ONCE = 500


class NoCelery(RuntimeError):
    """The broker is set but what speaks to it is not installed. Site and worker say so when they start."""


@cache
def celery_app() -> Any:
    """Celery, set up for work that must not be lost."""
    try:
        celery, kombu = import_module("celery"), import_module("kombu")
    except ImportError:
        raise NoCelery("MANYHANDS_BROKER_URL is set, but Celery is missing: install manyhands[scale].") from None
    # Without Celery's own ways with Django: we close connections ourselves, and a worker needs no pages checked.
    app: Any = celery.Celery("manyhands", broker=settings.BROKER_URL, fixups=set())
    name = settings.BROKER_QUEUE
    app.conf.update(
        task_queues=[kombu.Queue(name, routing_key=name, queue_arguments={"x-queue-type": "quorum"})],
        task_default_queue=name,
        task_default_exchange=name,
        task_default_routing_key=name,
        task_default_queue_type="quorum",
        task_create_missing_queue_type="quorum",
        # Acknowledged when done: a machine that vanishes leaves its message to the next.
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_ignore_result=True,
        task_publish_retry_policy={"max_retries": 1, "interval_start": 0.1, "interval_max": 0.2},
        broker_transport_options={"confirm_publish": True, "max_retries": 1},
        broker_heartbeat=20,
        broker_connection_timeout=4,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        # Within this time of being told to stop, work is finished; then its message goes back.
        worker_soft_shutdown_timeout=8.0,
    )

    app.task(_perform_run, name=TASK)
    return app


def _perform_run(run_id: int) -> None:
    """What a message asks for: do this row, if it still needs doing."""
    try:
        if (run := take(run_id)) is not None:
            perform(run, _pulse())
    finally:
        connections.close_all()


@cache
def _pulse() -> Pulse:
    """One for each process of the pool, begun with its first work: threads do not survive a fork."""
    pulse = Pulse()
    pulse.start()
    return pulse


def publish(run_id: int) -> bool:
    """Send the number of a row, and note that it was sent. A broker that is away is no error: the sweep comes."""
    at = now()
    try:
        celery_app().send_task(TASK, args=[run_id], task_id=f"{run_id}-{at.timestamp():.3f}")
    except Exception as error:
        log.warning("the broker did not take a message: %s", type(error).__name__, extra={"run": run_id})
        return False
    JobRun.objects.filter(pk=run_id, state=JobRun.State.WAITING).update(published_at=at)
    return True


def sweep() -> int:
    """Send what was never sent, was lost on the way, or was left behind by a dead worker.

    Safe to do from many processes at once: each row is sent by the one that could mark it.

    Returns
    -------
    int
        How many messages were sent.
    """
    at = now()
    patience = LOST_AFTER if _queue_is_empty() else SURELY_LOST_AFTER
    never_for_this_turn = Q(published_at=None) | Q(published_at__lt=F("due_at"))
    left_behind = Q(state=JobRun.State.RUNNING) & Q(published_at__lt=F("lease_until"))
    to_send = due().filter(never_for_this_turn | left_behind | Q(published_at__lt=at - patience))
    sent = 0
    for pk, published_at in to_send.values_list("pk", "published_at")[:AT_ONCE]:
        ours = JobRun.objects.filter(pk=pk, published_at=published_at).update(published_at=at)
        if not ours:
            continue
        if not publish(pk):
            JobRun.objects.filter(pk=pk, published_at=at).update(published_at=published_at)
            break  # the broker is away; the next sweep begins here
        sent += 1
    return sent


def _queue_is_empty() -> bool:
    try:
        with celery_app().connection_for_read() as link:
            link.ensure_connection(max_retries=1, timeout=4)
            _, messages, _ = link.default_channel.queue_declare(settings.BROKER_QUEUE, passive=True)
            return bool(messages == 0)
    except Exception as error:
        log.warning("the queue could not be asked: %s", type(error).__name__)
        return True


def run_celery_worker(processes: int) -> int:
    """Work until told to stop; schedules and the sweep run beside it, in every worker, with no one in charge."""
    app, enough = celery_app(), threading.Event()

    def begin_beating(**kwargs: Any) -> None:
        # Celery's own answer to SIGTERM waits for running work without end; this one for the soft shutdown above.
        signal.signal(signal.SIGTERM, lambda *_: os.kill(os.getpid(), signal.SIGQUIT))
        threading.Thread(target=keep_beating, args=(enough, sweep), name="beat", daemon=True).start()

    import_module("celery.signals").worker_ready.connect(begin_beating, weak=False)
    connections.close_all()  # before the pool forks: two processes must not share one
    app.worker_main(
        [
            "worker",
            "--pool=prefork",
            f"--concurrency={processes}",
            "--without-gossip",
            "--without-mingle",
            "--loglevel=WARNING",
        ]
    )
    enough.set()
    return 0
