"""Our pages, signed in, against plain Django in the same run, on the same machine and the same PostgreSQL.

    python -m benchmarks.pages [--seconds 8] [--rows 20000]

Both run under gunicorn with two processes of four threads, ours as `manyhands serve` starts it; the same client asks both, in turns, over kept connections. Needs a PostgreSQL
where the role of `DATABASE_URL` (default: the tests' own) may create databases.
"""

import argparse
import http.client
import os
import platform
import secrets
import signal
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.sites import ADMIN, PROJECT, memory, run_python, serve_floor, serve_ours, told

RESULT = PROJECT / "benchmarks" / "results" / "pages.md"
CONNECTIONS = 4


@dataclass
class Measured:
    per_second: float
    p50: float
    p95: float
    failed: int
    cpu: float = 0.0  # seconds of processor for one answer, the web server's processes and PostgreSQL's together


@dataclass
class Side:
    """One of the two sites: where it listens, what is asked, whose processes work for it."""

    port: int
    path: str
    cookie: str
    server: int
    database: str


def in_turns(sides: list[Side], seconds: float) -> list[Measured]:
    """Ask each side for a second, then the other, and so on: whatever else runs on the machine meets both alike."""
    turns: list[list[tuple[list[float], int, float]]] = [[] for _ in sides]
    for _ in range(max(1, round(seconds))):
        for number, side in enumerate(sides):
            before = processor_seconds(side)
            took, failed = measure(side.port, side.path, side.cookie, 1)
            turns[number].append((took, failed, processor_seconds(side) - before))
    return [summed(each) for each in turns]


def summed(turns: list[tuple[list[float], int, float]]) -> Measured:
    ordered = sorted(took for turn, _failed, _cpu in turns for took in turn)
    return Measured(
        len(ordered) / len(turns),
        statistics.median(ordered),
        ordered[int(len(ordered) * 0.95)],
        sum(failed for _took, failed, _cpu in turns),
        sum(cpu for _took, _failed, cpu in turns) / len(ordered),
    )


def processor_seconds(side: Side) -> float:
    """What the processes of one site have used so far: gunicorn's workers, and PostgreSQL's for its database."""
    workers = subprocess.run(["pgrep", "-P", str(side.server)], capture_output=True, text=True, check=False)
    with psycopg.connect(ADMIN) as admin:
        query = admin.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [side.database])
        pids = [*map(int, workers.stdout.split()), *(pid for (pid,) in query.fetchall())]
    return sum(_ticks(pid) for pid in pids) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(words[11]) + int(words[12])


def measure(port: int, path: str, cookie: str, seconds: float) -> tuple[list[float], int]:
    """Ask one page over and over from a few kept connections."""
    took: list[float] = []
    failed = 0
    until = time.perf_counter() + seconds

    def ask() -> None:
        nonlocal failed
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < until:
            began = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            took.append(time.perf_counter() - began)
            failed += answer.status != 200
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, failed


FLOOR_SETUP = """
import benchmarks.floor_site
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth.models import User
User.objects.bulk_create(User(username=f"person{i:06}", email=f"p{i}@x.example", password="!") for i in range({rows}))
from importlib import import_module
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
user = User.objects.first(); session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend", user.get_session_auth_hash()
session.save(); print(session.session_key)
"""

OURS_SETUP = """
import django; django.setup()
from django.conf import settings
from manyhands.faces.cli.operators import prepare
prepare(static=True)
from manyhands.demo.story import play, person
from manyhands.foundation.tenancy.scope import inside
coalition = play()
from manyhands.practice.stakeholders.models import Stakeholder
with inside(coalition.pk):
    rows = [Stakeholder(coalition=coalition, name=f"Organization {i:06}", city="Linden", sector="Civic") for i in range({rows})]
    for row in rows: row.prepare()
    Stakeholder.objects.bulk_create(rows, batch_size=1000)
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from manyhands.foundation.accounts.recognizing import SessionStore
user = person("Amina"); session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0], user.get_session_auth_hash()
session.save(); print(session.session_key)
"""

PAGES = {
    "members (25 rows of organizations)": "/c/clean-air-for-kids/members/",
    "ally map and list": "/c/clean-air-for-kids/allies/",
    "decisions": "/c/clean-air-for-kids/decisions/",
    "ledger (a list of 25 lines)": "/c/clean-air-for-kids/ledger/",
    "desk": "/c/clean-air-for-kids/",
}


HEAD = (
    "| page | ours, ms of processor | floor, ms | floor / ours | ours, per s | floor, per s | ours / floor "
    "| ours p95, ms | floor p95, ms | ratio | failed |\n" + "| --- " * 11 + "|\n"
)


def row(name: str, page: Measured, below: Measured) -> str:
    return (
        f"| {name} | {page.cpu * 1000:.1f} | {below.cpu * 1000:.1f} | {below.cpu / page.cpu:.2f} "
        f"| {page.per_second:.0f} | {below.per_second:.0f} | {page.per_second / below.per_second:.2f} "
        f"| {page.p95 * 1000:.0f} | {below.p95 * 1000:.0f} | {page.p95 / below.p95:.1f} | {page.failed} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rows", type=int, default=20_000)
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    names = {side: f"manyhands_bench_{side}_{secrets.token_hex(3)}" for side in ("floor", "ours")}
    processes: list[subprocess.Popen] = []
    with psycopg.connect(ADMIN, autocommit=True) as admin:
        for name in names.values():
            admin.execute(f"CREATE DATABASE {name}")
    url = {side: ADMIN.rsplit("/", 1)[0] + f"/{name}" for side, name in names.items()}
    folder = PROJECT / "var" / "benchmarks" / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    ours = {
        "MANYHANDS_MODE": "demo", "MANYHANDS_DATABASE_URL": url["ours"], "MANYHANDS_DATA_FOLDER": str(folder),
        "MANYHANDS_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "manyhands.config.settings", "PYTHONPATH": "src",
    }  # fmt: skip
    floor = {"FLOOR_DATABASE_URL": url["floor"]}
    try:
        floor_key = run_python(FLOOR_SETUP.replace("{rows}", str(asked.rows)), floor)
        our_key = run_python(OURS_SETUP.replace("{rows}", str(asked.rows)), ours)
        for side in url.values():  # as PostgreSQL does by itself a minute after so many rows
            with psycopg.connect(side, autocommit=True) as filled:
                filled.execute("ANALYZE")
        processes += [
            serve_floor("benchmarks.floor_site:application", 8801, floor),
            serve_ours(8802, ours),
        ]
        lines = []
        for name, path in PAGES.items():
            measure(8801, "/", f"sessionid={floor_key}", 1)
            measure(8802, path, f"sessionid={our_key}", 1)
            sides = [
                Side(8801, "/", f"sessionid={floor_key}", processes[0].pid, names["floor"]),
                Side(8802, path, f"sessionid={our_key}", processes[1].pid, names["ours"]),
            ]
            below, page = in_turns(sides, asked.seconds)
            lines.append(row(name, page, below))
            print(lines[-1], flush=True)
            if page.failed or below.failed:
                raise SystemExit(f"{name}: an answer was not 200, so the figures mean nothing.")
        sizes = [memory(process.pid) for process in processes]
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)
        with psycopg.connect(ADMIN, autocommit=True) as admin:
            for name in names.values():
                admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    import django

    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(
        "# Pages, signed in\n\n"
        f"`python -m benchmarks.pages --seconds {asked.seconds:g} --rows {asked.rows}`: our pages against plain Django "
        "(seven middlewares, three queries, twenty-five rows), in turns in one run, on one PostgreSQL, two gunicorn "
        "processes each, four kept connections. Target: at least 0.5 of the floor, p95 at most 3 times the floor's, at "
        "most 100 MB a process. Milliseconds of processor are the web server's and PostgreSQL's for one answer; where the "
        "machine is busy with other things, read these.\n\n" + HEAD + "\n".join(lines) + "\n\n"
        f"{told(*sizes)} {asked.rows:,} allies in the list.\n\n"
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, Django {django.get_version()}, "
        f"measured {time.strftime('%Y-%m-%d')}. The load of the machine was {load:.1f} before it began: what else ran took "
        "its share from both sides, so read the ratios, not the rates.\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
