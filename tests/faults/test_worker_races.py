"""Several real processes at once: no piece of work is done twice, and no turn of a schedule is asked for twice."""

import subprocess
import sys

from .conftest import wait_until

RACER = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "manyhands.config.settings"
import django; django.setup()
from datetime import datetime, UTC
from manyhands.foundation.jobs import schedules
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.tasks import enqueue
from tests.faults.jobs_for_tests import each_minute

schedules.SCHEDULES = {each_minute.name: schedules.SCHEDULES[each_minute.name]}
# Else waiting work would not be asked for a second time, and the count would prove nothing.
schedules.enqueue = lambda wanted: enqueue(wanted, once=False)
JobRun.objects.count()
print("ready", flush=True)
input()
for turn in range(11):
    schedules.enqueue_due(datetime(2026, 1, 1, 0, turn, tzinfo=UTC))
"""


def test_three_workers_share_work_and_none_is_done_twice(house):
    for _ in range(3):
        house.worker("--at-once", "3")
    house.python("for number in range(60): enqueue(quick, number=number)")
    count = "SELECT count(*) FROM runs WHERE state = 'done'"
    wait_until(lambda: house.ask(count) == [(60,)], 30, why=house.log)
    assert house.ask("SELECT count(*), count(DISTINCT number) FROM effects") == [(60, 60)]


def test_four_processes_race_for_eleven_turns(house):
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER],
            env=house.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n", racer.stderr.read()
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    for racer in racers:
        _, said = racer.communicate(timeout=60)
        assert racer.returncode == 0, said
    assert house.ask("SELECT count(*) FROM jobs_slot") == [(11,)]
    assert house.ask("SELECT count(*) FROM jobs_jobrun") == [(11,)]
