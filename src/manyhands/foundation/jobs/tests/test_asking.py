"""Asking for work: it commits with the change that asked, once, and starts only after that change."""

import threading

import pytest
from django.db import connection, transaction

from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.tasks import enqueue, job
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.tenancy.scope import coalition_id_or_none, inside

SEEN: list[tuple] = []


@job()
def note_down(progress: Progress, *, number: int, other: str = "") -> None:
    SEEN.append((coalition_id_or_none(), number))


@pytest.fixture(autouse=True)
def _nothing_seen():
    SEEN.clear()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_asks_for_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(note_down, number=1)
        _ = 1 / 0
    assert JobRun.objects.count() == 0
    assert run_waiting() == 0


def test_work_enters_the_coalition_that_asked(clean_air):
    with clean_air.inside():
        enqueue(note_down, number=1)
    enqueue(note_down, number=2)
    assert run_waiting() == 2
    assert [(clean_air.coalition.pk, 1), (None, 2)] == SEEN
    assert set(JobRun.objects.values_list("state", flat=True)) == {"done"}


def test_the_same_waiting_work_is_asked_for_once(db):
    first = enqueue(note_down, number=1, other="a")
    assert enqueue(note_down, other="a", number=1).pk == first.pk
    assert enqueue(note_down, number=2, other="a").pk != first.pk
    with inside(7):
        assert enqueue(note_down, number=1, other="a").pk != first.pk, "another coalition's work is other work"
    assert enqueue(note_down, number=1, other="a", once=False).pk != first.pk
    JobRun.objects.update(state="done")
    assert enqueue(note_down, number=1, other="a").pk != first.pk, "work that has begun does not see later changes"


@pytest.mark.django_db(transaction=True)
def test_work_that_is_asked_for_again_waits_for_the_second_change():
    """Else a worker could begin and end it before the change commits, and never see the change."""
    first = enqueue(note_down, number=1)
    done_meanwhile = []

    def another_worker() -> None:
        try:
            done_meanwhile.append(run_waiting())
        finally:
            connection.close()

    with transaction.atomic():
        assert enqueue(note_down, number=1).pk == first.pk
        worker = threading.Thread(target=another_worker)
        worker.start()
        worker.join(1.0 if connection.vendor == "postgresql" else 0.3)
        assert SEEN == []
        assert JobRun.objects.get().state == "waiting"
    worker.join()
    assert sum(done_meanwhile) + run_waiting() == 1
    assert SEEN == [(None, 1)]
