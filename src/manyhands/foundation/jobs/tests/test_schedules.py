"""Work that comes round again: once per turn, once per coalition, and the house's own sweeping."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now

from manyhands.foundation.accounts.models import Session
from manyhands.foundation.jobs import housekeeping, schedules
from manyhands.foundation.jobs.models import JobRun, Slot
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import enqueue, job
from manyhands.foundation.jobs.worker import run_waiting

MORNING = datetime(2026, 11, 21, 8, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch):
    monkeypatch.setattr(schedules, "SCHEDULES", {})
    monkeypatch.setattr(schedules, "_seen", {})


@job()
def look_round(progress: Progress) -> None:
    pass


def test_each_turn_is_asked_for_once(db):
    every(hours=1)(look_round)
    assert schedules.enqueue_due(MORNING) == 1
    assert schedules.enqueue_due(MORNING + timedelta(minutes=30)) == 0
    schedules._seen.clear()  # another process
    assert schedules.enqueue_due(MORNING + timedelta(minutes=30)) == 0
    assert schedules.enqueue_due(MORNING + timedelta(minutes=60)) == 1
    assert Slot.objects.count() == 2


def test_a_turn_that_was_slept_through_is_made_up_for_once(db):
    every(hours=1)(look_round)
    schedules.enqueue_due(MORNING)
    assert schedules.enqueue_due(MORNING + timedelta(days=3)) == 1


def test_looking_at_the_clock_costs_nothing_within_a_turn(db, django_assert_num_queries):
    every(hours=1)(look_round)
    schedules.enqueue_due(MORNING)
    with django_assert_num_queries(0):
        schedules.enqueue_due(MORNING + timedelta(minutes=5))


def test_house_work_is_outside_all_coalitions_and_coalition_work_inside_each(clean_air, safe_streets, monkeypatch):
    here = [clean_air.coalition.pk, safe_streets.coalition.pk]
    monkeypatch.setattr(schedules, "_coalitions", [lambda: here])
    every(hours=1, each_coalition=True)(look_round)
    schedules.enqueue_due(MORNING)
    assert sorted(JobRun.objects.values_list("coalition_id", flat=True)) == sorted(here)
    JobRun.objects.all().delete()
    every(hours=1)(look_round)
    schedules.enqueue_due(MORNING + timedelta(hours=1))
    assert list(JobRun.objects.values_list("coalition_id", flat=True)) == [None]


def test_a_schedule_says_how_often():
    with pytest.raises(ValueError, match="how often"):
        every()


def test_old_runs_go_and_waiting_ones_stay(db):
    old = now() - timedelta(days=31)
    for state, finished in [("done", old), ("done", now()), ("failed", old), ("waiting", None)]:
        JobRun.objects.create(name="x", state=state, finished_at=finished, due_at=now() + timedelta(days=1))
    JobRun.objects.create(name="x", state="failed", finished_at=now() - timedelta(days=91))
    enqueue(housekeeping.forget_old_runs)
    run_waiting()
    assert sorted(JobRun.objects.filter(name="x").values_list("state", flat=True)) == ["done", "failed", "waiting"]


def test_sessions_that_ended_go(db):
    Session.objects.create(session_key="old", session_data="", expire_date=now() - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now() + timedelta(days=1))
    enqueue(housekeeping.forget_ended_sessions)
    run_waiting()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
