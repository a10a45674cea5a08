"""A broker is set and Celery is not there: one sentence at the start, and no page breaks."""

import sys

import pytest

from manyhands.foundation.jobs import broker
from manyhands.foundation.jobs.models import JobRun


@pytest.fixture(autouse=True)
def _no_celery(monkeypatch, settings):
    monkeypatch.setitem(sys.modules, "celery", None)
    settings.BROKER_URL = "amqp://127.0.0.1:5999//"
    broker.celery_app.cache_clear()
    yield
    broker.celery_app.cache_clear()


def test_the_worker_says_what_to_install():
    with pytest.raises(broker.NoCelery, match=r"install manyhands\[scale\]"):
        broker.run_celery_worker(1)


def test_asking_for_work_goes_on(db):
    run = JobRun.objects.create(name="x")
    assert broker.publish(run.pk) is False
    run.refresh_from_db()
    assert (run.state, run.published_at) == ("waiting", None)
