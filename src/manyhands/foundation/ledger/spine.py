"""The one road from "it happened" to everything that must hear of it."""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict

from django.db import connection, models, transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.tasks import enqueue, job
from manyhands.foundation.tenancy.scope import everywhere, inside

from .events import KINDS, Event
from .models import Delivery, LedgerEntry

Listener = Callable[[LedgerEntry, Event], None]
_listeners: dict[str, dict[str, Listener]] = defaultdict(dict)
log = logging.getLogger(__name__)

#: After this many failures a delivery waits for an operator.
TRIES = 5


def listens_to(*events: type[Event]) -> Callable[[Listener], Listener]:
    """Call the function once for each line of these kinds; it must be safe to repeat."""

    def add(listener: Listener) -> Listener:
        for event in events:
            _listeners[event.kind][f"{listener.__module__}.{listener.__name__}"] = listener
        return listener

    return add


def record(event: Event, *, by: Actor, about: models.Model) -> LedgerEntry:
    """Write a line in the book, in the same transaction as the change it tells of.

    Raises
    ------
    RuntimeError
        Outside a transaction: the line and the change must stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() must share a transaction with the change it records.")
    entry = LedgerEntry(
        at=now(),
        kind=event.kind,
        by_seat_id=by.seat_id,
        by_system=by.system,
        about=f"{about._meta.label}:{about.pk}",
        facts=asdict(event),
    )
    entry.save()
    if waiting := _listeners[event.kind]:
        Delivery.objects.bulk_create(Delivery(entry=entry, listener=name) for name in waiting)
        enqueue(deliver)
    return entry


@job(max_tries=3)
def deliver(progress: Progress) -> None:
    """Take this coalition's waiting lines to their listeners."""
    deliver_waiting()


def deliver_waiting(limit: int = 500) -> int:
    """Take waiting lines to their listeners; one that fails is tried again, up to five times.

    At least once, never exactly once: listeners must be safe to repeat.

    Returns
    -------
    int
        How many deliveries were made.
    """
    done = 0
    with everywhere("deliver what waits in the ledger"):
        waiting = list(
            Delivery.all_coalitions.filter(done_at=None, tries__lt=TRIES)
            .order_by("id")
            .values_list("pk", "coalition_id")[:limit]
        )
    for pk, coalition_id in waiting:
        with inside(coalition_id):
            done += _deliver_one(pk)
    return done


def _deliver_one(pk: int) -> int:
    with transaction.atomic():
        rows = Delivery.objects.filter(pk=pk, done_at=None).select_related("entry")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        delivery = rows.first()
        if delivery is None:
            return 0  # another worker has it
        entry, listener = delivery.entry, _listeners[delivery.entry.kind].get(delivery.listener)
        try:
            with transaction.atomic():
                if listener is not None:  # a listener that no longer exists has nothing to hear
                    listener(entry, KINDS[entry.kind](**entry.facts))
            delivery.done_at = now()
        except Exception as error:
            # The class only: messages may hold what people wrote.
            log.error("a listener failed: %s: %s", delivery.listener, type(error).__name__)
            delivery.trouble = type(error).__name__
        delivery.tries += 1
        delivery.save()
        return int(delivery.done_at is not None)
