"""Celery on a real RabbitMQ: messages nudge, rows decide, and what is lost on the way is sent again."""

import os
import secrets
import socket
import time

import pytest

from .conftest import LEASE, wait_until

pytestmark = pytest.mark.broker
ADDRESS = ("127.0.0.1", 5672)
URL = "amqp://guest:guest@127.0.0.1:5672//"


@pytest.fixture(scope="session")
def _rabbit() -> None:
    try:
        socket.create_connection(ADDRESS, timeout=2).close()
    except OSError:
        if os.environ.get("CI"):
            pytest.fail("CI must have a RabbitMQ on 127.0.0.1:5672; scripts/servers starts one.")
        pytest.skip("no RabbitMQ on 127.0.0.1:5672")


@pytest.fixture
def house(_rabbit, new_house):
    queue = f"manyhands-tests-{secrets.token_hex(4)}"
    house = new_house(broker_url=URL, broker_queue=queue)
    house.queue = queue
    yield house
    house.end()
    with broker_connection() as link:
        link.default_channel.queue_delete(queue)


def broker_connection():
    from kombu import Connection

    return Connection(URL)


def messages(house) -> int:
    with broker_connection() as link:
        return link.default_channel.queue_declare(house.queue, passive=True).message_count


def states(house) -> list[str]:
    return [state for (state,) in house.ask("SELECT state FROM runs ORDER BY id")]


def effects(house, what: str) -> int:
    return house.ask("SELECT count(*) FROM effects WHERE what = ?", what)[0][0]


def test_work_is_published_and_consumed_and_outlives_a_killed_machine(house):
    """One worker is killed in mid-task with all its children; the next takes the work over."""
    workers = house.two_workers()
    house.python("enqueue(slow, number=1, seconds=1.5)\nenqueue(quick, number=2)")
    assert house.ask("SELECT count(*) FROM runs WHERE published_at IS NOT NULL") == [(2,)]
    busy, _ = workers()
    house.kill(busy)
    assert states(house)[0] == "running"
    wait_until(lambda: states(house) == ["done", "done"], LEASE + 25, why=house.log)
    assert (effects(house, "begun"), effects(house, "done"), effects(house, "quick")) == (2, 1, 1)
    wait_until(lambda: messages(house) == 0)


def test_a_message_that_was_lost_is_sent_again(house):
    """The queue is emptied behind our back; the row still waits, and the sweep of any worker finds it."""
    house.python("enqueue(quick, number=1)")
    wait_until(lambda: messages(house) == 1)
    with broker_connection() as link:
        assert link.default_channel.queue_purge(house.queue) == 1
    house.python(
        "from datetime import timedelta; from django.utils.timezone import now\n"
        "JobRun.objects"
        ".update(due_at=now() - timedelta(minutes=3), published_at=now() - timedelta(minutes=2))"
    )
    house.worker()
    wait_until(lambda: states(house) == ["done"], 20, why=house.log)
    assert effects(house, "quick") == 1


def test_the_sweep_sends_what_was_never_sent_and_never_floods(house):
    sweep = "from manyhands.foundation.jobs.broker import sweep; print(sweep(), sweep())"
    house.python("enqueue(quick, number=1)\nenqueue(quick, number=2)\nJobRun.objects.update(published_at=None)")
    assert house.python(sweep) == "2 0"
    wait_until(lambda: messages(house) == 4)
    house.python(
        "from datetime import timedelta; from django.utils.timezone import now\n"
        "JobRun.objects"
        ".update(due_at=now() - timedelta(minutes=3), published_at=now() - timedelta(minutes=2))"
    )
    assert house.python(sweep) == "0 0", "a queue that is merely long is not made longer"


def test_a_broker_that_is_away_loses_no_work_and_holds_nobody_up(new_house):
    house = new_house(broker_url="amqp://guest:guest@127.0.0.1:5999//")
    began = time.monotonic()
    house.python("enqueue(quick, number=1)")
    assert time.monotonic() - began < 30
    assert house.ask("SELECT state, published_at FROM runs") == [("waiting", None)]
