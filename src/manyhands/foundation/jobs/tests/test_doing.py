"""Doing work: what fails is tried again, what a dead worker left is taken over, and one piece is never done twice."""

import json
import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import transaction
from django.utils.timezone import now

from manyhands.config.logs import JsonLines
from manyhands.foundation.jobs import progress as progress_module
from manyhands.foundation.jobs.leases import give_back, take, take_next
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.progress import LeaseLost, Progress, WorkerStops
from manyhands.foundation.jobs.rules import DEATHS
from manyhands.foundation.jobs.tasks import enqueue, job
from manyhands.foundation.jobs.worker import perform, run_waiting

SECRET = "amina@linden.example said no"


@job(max_tries=3)
def goes_wrong(progress: Progress) -> None:
    raise ValueError(SECRET)


@job()
def counts_to_four(progress: Progress) -> None:
    for number in range(1, 5):
        progress.update(done=number, of=4, note=f"at {number}")


def pass_time(run: JobRun) -> None:
    JobRun.objects.filter(pk=run.pk).update(due_at=now(), lease_until=now() - timedelta(seconds=1))


def test_failed_work_is_tried_again_later_each_time_and_then_given_up(db, settings, caplog):
    settings.OPERATOR_MAIL = "operator@example.org"
    run = enqueue(goes_wrong)
    pauses = []
    for _ in range(3):
        assert run_waiting() == 1
        run.refresh_from_db()
        pauses.append(round((run.due_at - now()).total_seconds()))
        assert run_waiting() == 0, "it rests before the next try"
        pass_time(run)
    assert pauses == [2, 4, 8]
    assert (run.state, run.tries, run.percent) == ("failed", 3, None)
    assert run.error.startswith(f"ValueError: {SECRET}\n")
    assert "test_doing.py" in run.error
    assert run_waiting() == 0
    assert len(mail.outbox) == 1
    assert SECRET not in mail.outbox[0].body
    assert SECRET not in caplog.text
    assert "ValueError" in caplog.text


def test_work_that_failed_is_logged_with_the_coalition_it_was_for(clean_air, caplog):
    with clean_air.inside():
        run = enqueue(goes_wrong)
    with caplog.at_level(logging.ERROR):
        run_waiting()
    (record,) = (each for each in caplog.records if "a job failed" in each.getMessage())
    line = json.loads(JsonLines().format(record))
    assert (line["coalition"], line["run"]) == (clean_air.coalition.pk, run.pk)


def test_a_job_nobody_knows_fails_with_its_name(db):
    run = JobRun.objects.create(name="a.room.that.is.gone", max_tries=1)
    run_waiting()
    run.refresh_from_db()
    assert run.state == "failed"
    assert "a.room.that.is.gone" in run.error


def test_what_a_dead_worker_left_runs_again_once_its_lease_ran_out(db):
    run = enqueue(counts_to_four)
    assert take_next().pk == run.pk
    assert run_waiting() == 0, "its worker may still live"
    pass_time(run)
    assert take_next(leaving=[run.pk]) is None, "no process takes work from its own hands"
    assert run_waiting() == 1
    run.refresh_from_db()
    assert (run.state, run.tries, run.deaths) == ("done", 2, 1)


def test_a_death_is_no_failure_but_work_that_kills_is_not_handed_on_for_ever(db):
    run = enqueue(goes_wrong)
    for _ in range(DEATHS - 1):
        assert take_next() is not None
        pass_time(run)
    run.refresh_from_db()
    assert run.failures == 1, "only the try that is running"
    assert take_next() is not None
    pass_time(run)
    assert take_next() is None
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.error.startswith("WorkerDied")


def test_one_piece_is_taken_once(db):
    run = enqueue(counts_to_four)
    assert take(run.pk) is not None
    assert take(run.pk) is None


def test_work_given_back_waits_at_no_cost(db):
    run = enqueue(counts_to_four)
    mine = take(run.pk)
    assert give_back(mine)
    assert not give_back(mine), "it is not ours any more"
    run.refresh_from_db()
    assert (run.state, run.tries, run.lease) == ("waiting", 0, "")


class TestProgress:
    @pytest.fixture
    def held(self, db) -> Progress:
        return Progress(take(enqueue(counts_to_four).pk))

    def taken_over(self, held: Progress) -> None:
        pass_time(held.run)
        assert take(held.run.pk) is not None

    def test_is_written_at_most_twice_a_second(self, held, django_assert_num_queries, monkeypatch):
        clock = SimpleNamespace(monotonic=lambda: 100 + held.run.done / 5)
        monkeypatch.setattr(progress_module, "time", clock)
        with django_assert_num_queries(2):
            for held.run.done in (1, 2, 3, 4):
                held.update(done=held.run.done, of=8)
        held.run.refresh_from_db()
        assert (held.run.done, held.run.of, held.run.percent) == (4, 8, 50)

    def test_keeps_the_lease(self, held):
        JobRun.objects.update(lease_until=now() + timedelta(seconds=1))
        held.update(done=1, at_once=True)
        held.run.refresh_from_db()
        assert held.run.lease_until > now() + timedelta(seconds=30)

    def test_stops_one_whose_work_was_taken_over(self, held):
        assert held.still_mine()
        self.taken_over(held)
        assert not held.still_mine()
        with pytest.raises(LeaseLost):
            held.update(done=1)
        with pytest.raises(LeaseLost):
            held.update(done=2)

    def test_stops_one_whose_worker_must_leave(self, held):
        held.stopping = True
        assert not held.still_mine()
        with pytest.raises(WorkerStops):
            held.update(done=1)

    def test_the_last_write_and_done_commit_together(self, held):
        with transaction.atomic():
            held.complete()
        held.run.refresh_from_db()
        assert (held.run.state, held.run.lease) == ("done", "")

    def test_or_not_at_all(self, held):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            held.complete()
            _ = 1 / 0
        held.run.refresh_from_db()
        assert held.run.state == "running"

    def test_of_two_workers_only_the_holder_completes(self, held):
        self.taken_over(held)
        with pytest.raises(LeaseLost), transaction.atomic():
            held.complete()

    @pytest.mark.django_db(transaction=True)
    def test_completing_needs_a_transaction(self):
        held = Progress(take(enqueue(counts_to_four).pk))
        with pytest.raises(RuntimeError):
            held.complete()


@job()
def completes_then_stumbles(progress: Progress) -> None:
    with transaction.atomic():
        progress.complete()
    raise ValueError("after the end")


def test_what_is_complete_stays_done_whatever_comes_after(db):
    run = enqueue(completes_then_stumbles)
    run_waiting()
    run.refresh_from_db()
    assert run.state == "done"


@job()
def is_told_to_stop(progress: Progress) -> None:
    progress.stopping = True
    progress.update(done=1)


def test_a_worker_that_leaves_gives_its_work_back(db):
    run = enqueue(is_told_to_stop)
    perform(take(run.pk))
    run.refresh_from_db()
    assert (run.state, run.tries) == ("waiting", 0)


@pytest.fixture(autouse=True)
def _hear_everything(caplog):
    caplog.set_level(logging.DEBUG)
