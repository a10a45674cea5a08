"""Real processes on a real database of their own, so that they can be killed."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dj_database_url
import pytest

PROJECT = Path(__file__).resolve().parents[2]
LEASE = 2

TABLE = "CREATE TABLE effects (what text, number integer, process integer)"
#: The runs that a test asked for, without those that come round by themselves.
VIEW = (
    "CREATE VIEW runs AS SELECT * FROM jobs_jobrun WHERE name IN ('tests.faults.jobs_for_tests.quick',"
    " 'tests.faults.jobs_for_tests.slow', 'tests.faults.jobs_for_tests.one_long_transaction')"
)
#: A process of the house that does what it is told, line by line.
RESIDENT = """
import contextlib, io, json, os, sys, traceback
os.environ["DJANGO_SETTINGS_MODULE"] = "manyhands.config.settings"
import django; django.setup()
from django.db import connection
from manyhands.foundation.jobs.models import JobRun, Slot
from manyhands.foundation.jobs.tasks import enqueue
from tests.faults.jobs_for_tests import *
for line in sys.stdin:
    said, trouble = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), globals())
    except Exception:
        trouble = traceback.format_exc()
    connection.close()
    print(json.dumps([said.getvalue(), trouble]), flush=True)
"""


class House:
    """One installation: its settings, its database, and the processes started for it.

    Everything that touches its database does so in a process of its own: the tests' own database stays apart.
    """

    def __init__(self, folder: Path, database_url: str, **settings: str) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MANYHANDS_")},
            "PYTHONPATH": f"{PROJECT / 'src'}{os.pathsep}{PROJECT}",
            "PYTHONUNBUFFERED": "1",
            "MANYHANDS_MODE": "development",
            "MANYHANDS_LOG_FORMAT": "text",
            "MANYHANDS_LOG_LEVEL": "WARNING",
            "MANYHANDS_DATA_FOLDER": str(folder),
            "MANYHANDS_DATABASE_URL": database_url,
            "MANYHANDS_LEASE_SECONDS": str(LEASE),
            **{f"MANYHANDS_{name.upper()}": value for name, value in settings.items()},
        }
        self.processes: list[subprocess.Popen] = []
        self.resident: subprocess.Popen | None = None

    def start(self, *command: str, **options: object) -> subprocess.Popen:
        """Begin `manyhands …` in a group of its own; it is ended with the test."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "manyhands", *command],
                **{
                    "cwd": PROJECT,
                    "env": self.environment,
                    "stdout": log,
                    "stderr": log,
                    "start_new_session": True,
                    **options,
                },
            )
        self.processes.append(process)
        return process

    def worker(self, *options: str) -> subprocess.Popen:
        return self.start("worker", "--import", "tests.faults.jobs_for_tests", *options)

    def python(self, code: str) -> str:
        """Run a few lines inside this house and return what they printed. One process answers all of a test."""
        if self.resident is None:
            self.resident = subprocess.Popen(
                [sys.executable, "-c", RESIDENT],
                env=self.environment,
                cwd=PROJECT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            self.processes.append(self.resident)
        self.resident.stdin.write(json.dumps(code) + "\n")
        self.resident.stdin.flush()
        said, trouble = json.loads(self.resident.stdout.readline() or '["", "it ended"]')
        assert not trouble, trouble
        return said.strip()

    def two_workers(self, *options: str) -> Callable[[], tuple[subprocess.Popen, subprocess.Popen]]:
        """Start two; the answer tells the one that began the slow work from the other, once one did."""
        both = [self.worker(*options), self.worker(*options)]

        def told_apart() -> tuple[subprocess.Popen, subprocess.Popen]:
            begun = "SELECT process FROM effects WHERE what = 'begun' ORDER BY number LIMIT 1"
            ((pid,),) = wait_until(lambda: self.ask(begun), 30, self.log)
            busy, other = sorted(both, key=lambda worker: worker.pid != os.getpgid(pid))
            return busy, other

        return told_apart

    def kill(self, process: subprocess.Popen, number: int = signal.SIGKILL) -> None:
        """The whole group at once, as when a machine loses its power."""
        os.killpg(process.pid, number)
        process.wait(30)

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def end(self) -> None:
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait(30)


class Ask:
    """Questions to the house's database from this process, past Django: quick, and apart from the tests' own."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.url, self.folder = database_url, folder

    def __call__(self, sql: str, *values: object) -> list[tuple]:
        if self.url:
            import psycopg

            with psycopg.connect(self.url, autocommit=True) as link:
                found = link.execute(sql.replace("?", "%s"), values)
                return found.fetchall() if found.description else []
        import sqlite3

        link = sqlite3.connect(self.folder / "manyhands.sqlite3", timeout=20)
        try:
            with link:
                return link.execute(sql, values).fetchall()
        finally:
            link.close()


def wait_until(holds: Callable[[], object], seconds: float = 20, why: Callable[[], str] = str) -> object:
    """Ask again and again until it holds; fail with a reason when it never does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := holds():
            return found
        time.sleep(0.05)
    pytest.fail(f"it did not happen within {seconds} seconds\n{why()[-4000:]}")


@pytest.fixture(scope="session")
def _empty_house(tmp_path_factory) -> Iterator[tuple[Path, str]]:
    """A database with every table, made once: a file to copy, or a PostgreSQL database to copy from."""
    folder, url = tmp_path_factory.mktemp("house"), os.environ.get("MANYHANDS_DATABASE_URL", "")
    if url:
        url = _new_postgresql(url)
    house = House(folder, url)
    house.python(
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "call_command('createcachetable', verbosity=0)\n"
        f'connection.cursor().execute("{TABLE}"); connection.cursor().execute("{VIEW}")\n'
    )
    house.end()
    yield folder, url
    if url:
        _drop_postgresql(url)


@pytest.fixture
def new_house(_empty_house, tmp_path) -> Iterator[Callable[..., House]]:
    """Make a house with settings of its own; its processes are ended with the test."""
    template, template_url = _empty_house
    made: list[House] = []

    def make(**settings: str) -> House:
        url = _new_postgresql(template_url, template_url) if template_url else ""
        if not url:
            shutil.copy(template / "manyhands.sqlite3", tmp_path / "manyhands.sqlite3")
        house = House(tmp_path, url, **settings)
        house.ask = Ask(url, tmp_path)
        made.append(house)
        return house

    yield make
    for house in made:
        house.end()
        if house.ask.url:
            _drop_postgresql(house.ask.url)


@pytest.fixture
def house(new_house) -> House:
    return new_house()


def _named(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"


def _new_postgresql(url: str, template: str = "") -> str:
    import psycopg

    name = f"manyhands_faults_{secrets.token_hex(4)}"
    copied = f' TEMPLATE "{dj_database_url.parse(template)["NAME"]}"' if template else ""
    with psycopg.connect(_named(url, "postgres"), autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"{copied}')
    return _named(url, name)


def _drop_postgresql(url: str) -> None:
    import psycopg

    with psycopg.connect(_named(url, "postgres"), autocommit=True) as link:
        link.execute(f'DROP DATABASE IF EXISTS "{dj_database_url.parse(url)["NAME"]}" WITH (FORCE)')
