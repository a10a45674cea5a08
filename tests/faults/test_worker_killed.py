"""A worker is killed in mid-task: nothing is lost, the task runs again, and its effect happens exactly once."""

import signal
import time

from .conftest import LEASE, wait_until


def states(house) -> list[str]:
    return [state for (state,) in house.ask("SELECT state FROM runs ORDER BY id")]


def effects(house, what: str) -> int:
    return house.ask("SELECT count(*) FROM effects WHERE what = ?", what)[0][0]


def test_killed_in_mid_task_it_runs_again_and_takes_effect_once(house):
    workers = house.two_workers()
    house.python("enqueue(slow, number=1, seconds=1.5)")
    busy, _ = workers()
    house.kill(busy)
    assert states(house) == ["running"], "nobody wrote that it ended: that is what the lease is for"
    wait_until(lambda: states(house) == ["done"], LEASE + 10, why=house.log)
    assert (effects(house, "begun"), effects(house, "done")) == (2, 1)
    assert house.ask("SELECT tries, deaths FROM runs") == [(2, 1)]


def test_a_long_silent_task_is_not_taken_from_a_living_worker(house):
    house.python(f"enqueue(slow, number=1, seconds={LEASE + 2})")
    house.worker()
    house.worker()
    wait_until(lambda: states(house) == ["done"], LEASE + 12, why=house.log)
    assert (effects(house, "begun"), effects(house, "done")) == (1, 1)


def test_one_who_was_only_asleep_cannot_finish_what_was_taken_over(house):
    """A stopped machine wakes up: its lease is gone, and its last write goes with it."""
    workers = house.two_workers()
    house.python("enqueue(slow, number=1, seconds=1.5)")
    sleeper, _ = workers()
    time.sleep(0.7)  # not with the pen in its hand: on SQLite nobody could write until it wakes
    sleeper.send_signal(signal.SIGSTOP)
    wait_until(lambda: states(house) == ["done"], LEASE + 10, why=house.log)
    sleeper.send_signal(signal.SIGCONT)
    time.sleep(2)
    assert sleeper.poll() is None, "it goes on with other work"
    assert (effects(house, "begun"), effects(house, "done")) == (2, 1)


def test_told_to_stop_it_gives_its_work_back_at_once(house):
    house.python("enqueue(slow, number=1, seconds=60)")
    worker = house.worker()
    # First one, then the other: SQLite lets nobody write while the long transaction is open.
    wait_until(lambda: effects(house, "begun") == 1, why=house.log)
    house.python("enqueue(one_long_transaction, number=2, seconds=60)")
    wait_until(lambda: states(house) == ["running", "running"], why=house.log)
    asked = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert time.monotonic() - asked < 30, "not only when the work or the lease has run out"
    assert states(house) == ["waiting", "waiting"]
    assert house.ask("SELECT sum(tries), sum(deaths) FROM runs") == [(0, 0)]
    assert effects(house, "row") == 0, "its transaction was undone"


def test_progress_is_seen_while_the_transaction_is_still_open(house):
    house.python("enqueue(one_long_transaction, number=1, seconds=60)")
    house.worker()
    seen = "run = JobRun.objects.get(name=one_long_transaction.name); print(run.state, run.done > 3, run.of)"
    wait_until(lambda: states(house) == ["running"], why=house.log)
    wait_until(lambda: house.python(seen) == "running True 1000", why=house.log)
    assert effects(house, "row") == 0
