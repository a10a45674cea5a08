"""The worker or the web process is killed while a list comes in: nothing is half-written, and it ends whole, once."""

import os
import random
import signal
import socket
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from .conftest import LEASE, wait_until
from .test_serve import answers, family

ROWS = 8_000
BEGIN = """
import io, conftest
from django.core.files import File
from manyhands.foundation.tenancy.scope import inside
from manyhands.practice.stakeholders import tasks
from manyhands.practice.stakeholders.importing import actions
from manyhands.practice.stakeholders.models import Import
world = conftest.build_world("clean-air", "Clean Air", conftest.CLEAN_AIR)
amina = world.actor["amina"]
class Silent:
    def update(self, **said): pass
def brought():
    rows = "".join(f"Ally {n},{n:09},Linden\\n" for n in range(ROWS))
    file = File(io.BytesIO(("Name,EIN,City\\n" + rows).encode()), name="l.csv")
    return actions.bring_list(actor=amina, file=file, filename="l.csv")
""".replace("ROWS", str(ROWS))
TRY = """
with inside(world.coalition.pk):
    listing = brought()
    tasks.match_and_try(actor=amina, listing=listing, mapping=listing.mapping, existing="fill")
"""
TRIED = """
with inside(world.coalition.pk):
    listing = brought()
    actions.match_columns(actor=amina, listing=listing, mapping=listing.mapping, existing="fill")
    tasks.try_now(listing, Silent())
"""
START = """
with inside(world.coalition.pk):
    tasks.start_and_commit(actor=amina, listing=Import.objects.get(), source="x", has_consent=False)
"""


@pytest.fixture
def house(house):
    """The test looks over the fence that PostgreSQL keeps between coalitions."""
    if house.ask.url:
        house.ask.url += "?options=-c%20manyhands.coalition%3D*"
    return house


def one(house, sql: str) -> object:
    return house.ask(sql)[0][0]


def allies(house) -> int:
    return one(house, "SELECT count(*) FROM stakeholders_stakeholder WHERE member_id IS NULL")


def state(house) -> str:
    return one(house, "SELECT state FROM stakeholders_import")


def job_is(house, name: str) -> str:
    return one(house, f"SELECT state FROM jobs_jobrun WHERE name = 'manyhands.practice.stakeholders.tasks.{name}'")


def told(house) -> int:
    return one(house, "SELECT count(*) FROM ledger_ledgerentry WHERE kind = 'stakeholders.StakeholdersImported'")


def waiting(house) -> int:
    return one(house, "SELECT coalesce(sum(count), 0) FROM stakeholders_rowstoadd")


def ends_whole(house) -> None:
    wait_until(lambda: state(house) == "done", LEASE + 60, why=house.log)
    assert (allies(house), told(house)) == (ROWS, 1)
    numbers = one(house, "SELECT count(DISTINCT identifier) FROM stakeholders_stakeholder WHERE member_id IS NULL")
    assert numbers == ROWS


def test_a_worker_killed_while_a_list_is_tried_tries_again(house):
    house.python(BEGIN)
    house.python(TRY)
    worker = house.worker()
    wait_until(lambda: waiting(house) > 0, 60, why=house.log)
    house.kill(worker)
    assert state(house) in {"trying", "tried"}  # a slow look may come when the last row is there already
    assert allies(house) == 0
    house.worker()
    wait_until(lambda: state(house) == "tried", LEASE + 60, why=house.log)
    assert waiting(house) == ROWS
    assert house.ask("SELECT count_added, count_refused FROM stakeholders_import") == [(ROWS, 0)]


@pytest.mark.parametrize("after", [0.0, 0.1, 0.25, 0.5, 0.9])
def test_a_worker_killed_while_a_list_comes_in_leaves_all_or_nothing(house, after):
    house.python(BEGIN)
    house.python(TRIED)
    house.python(START)
    worker = house.worker()
    wait_until(lambda: job_is(house, "commit_import") != "waiting", 60, why=house.log)
    time.sleep(after * random.uniform(0.7, 1.3))
    house.kill(worker)
    seen = allies(house), told(house), state(house)
    assert seen in {(0, 0, "committing"), (ROWS, 1, "done")}, seen
    house.worker()
    ends_whole(house)


def test_one_who_was_only_asleep_brings_nothing_in_twice(house):
    """A worker that stands still past its lease wakes up when another has done its work."""
    house.python(BEGIN)
    house.python(TRIED)
    # The trial no longer holds, so that the import takes a while before its last step.
    house.python(
        "from manyhands.practice.stakeholders.actions import add_ally\n"
        "with inside(world.coalition.pk): add_ally(actor=amina, name='Someone new')"
    )
    house.python(START)
    sleeper = house.worker()
    wait_until(lambda: job_is(house, "commit_import") == "running", 60, why=house.log)
    sleeper.send_signal(signal.SIGSTOP)
    house.worker()
    try:
        wait_until(lambda: state(house) == "done", LEASE + 20, why=house.log)
    except pytest.fail.Exception:
        # It may have fallen asleep with the pen in its hand: then nobody can write until it wakes.
        sleeper.send_signal(signal.SIGCONT)
        wait_until(lambda: state(house) == "done", LEASE + 60, why=house.log)
    with suppress(ProcessLookupError):
        sleeper.send_signal(signal.SIGCONT)
    time.sleep(2)
    assert (allies(house), told(house)) == (ROWS + 1, 1)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="reads the process table of Linux")
def test_the_web_killed_in_mid_upload_and_in_mid_import(house):
    house.python(BEGIN)
    cookie = house.python(
        "from django.test import Client\n"
        "client = Client(); client.force_login(world.user['amina']); print(client.cookies['sessionid'].value)"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = house.start("serve", "--port", str(port))
    wait_until(lambda: answers(port), 60, house.log)

    with socket.create_connection(("127.0.0.1", port)) as upload:
        upload.sendall(
            f"POST /c/clean-air/allies/imports/new/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={cookie}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n\r\n"
            '--x\r\nContent-Disposition: form-data; name="file"; filename="l.csv"\r\n\r\nName\r\n'.encode()
            + b"Ally\r\n" * 50_000
        )
        time.sleep(0.5)
        kill_web(root)
    wait_until(lambda: answers(port), 60, house.log)
    assert one(house, "SELECT count(*) FROM stakeholders_import") == 0
    assert not list(Path(house.folder).glob("files/imports/**/*.*"))

    house.python(TRIED)
    house.python(START)
    kill_web(root)
    ends_whole(house)
    wait_until(lambda: answers(port), 60, house.log)
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/c/clean-air/allies/", headers={"Cookie": f"sessionid={cookie}"}
    )
    everyone = one(house, "SELECT count(*) FROM stakeholders_stakeholder")  # members have their place there too
    assert f"All {everyone:,} allies".encode() in urllib.request.urlopen(request, timeout=20).read()


def kill_web(root) -> None:
    for pid, command in family(root.pid).items():
        if "manyhands worker" not in command:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
