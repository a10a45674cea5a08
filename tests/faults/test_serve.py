"""`manyhands serve` is one tree: whoever dies in it is replaced, and nothing outlives its root."""

import os
import signal
import socket
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from .conftest import wait_until


@pytest.fixture
def address(house):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    house.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    return port


def answers(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
        return answer.status == 200
    return False


def family(root: int) -> dict[int, str]:
    """Every living process below this one, with its command line."""
    parents, commands = {}, {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            fields = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
            if fields[0] != "Z":
                parents[int(entry)] = int(fields[1])
                commands[int(entry)] = Path(f"/proc/{entry}/cmdline").read_text().replace("\0", " ")
    found, grew = {root}, True
    while grew:
        below = {pid for pid, parent in parents.items() if parent in found}
        grew = not below <= found
        found |= below
    return {pid: commands[pid] for pid in found - {root} if pid in commands}


def alive(pids) -> list[int]:
    living = []
    for pid in pids:
        with suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                living.append(pid)
    return living


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="reads the process table of Linux")
def test_the_dead_are_replaced_and_nobody_is_left_behind(house, address):
    root = house.start("serve", "--port", str(address))
    wait_until(lambda: answers(address), 40, house.log)

    def worker() -> list[int]:
        return [pid for pid, command in family(root.pid).items() if "manyhands worker" in command]

    (first,) = wait_until(worker, why=house.log)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: worker() and worker() != [first], why=house.log)

    taken = house.start("serve", "--port", str(address))
    assert taken.wait(30) == 1
    assert f"Port {address} on 127.0.0.1 cannot be used" in house.log()

    everyone = list(family(root.pid))
    assert len(everyone) >= 3
    root.kill()
    wait_until(lambda: not alive(everyone), 10, lambda: str(family(1)))
    root.wait()

    again = house.start("serve", "--port", str(address))
    wait_until(lambda: answers(address), 40, house.log)
    everyone = list(family(again.pid))
    asked = time.monotonic()
    again.send_signal(signal.SIGTERM)
    assert again.wait(30) == 0
    assert time.monotonic() - asked < 30
    assert alive(everyone) == []


def test_it_says_what_to_run_when_the_database_is_not_ready(house):
    house.ask("DELETE FROM django_migrations WHERE app = 'plans'")  # as after an update whose tables are not there yet
    served = house.start("serve")
    assert served.wait(60) == 1
    assert "run `manyhands prepare` first" in house.log()
    assert "Traceback" not in house.log()
