"""A round with 100,000 people and 2,000,000 answers, on one machine with PostgreSQL.

    python -m benchmarks.round_load                                  # 10,000 and 100,000 people; under ten minutes
    python -m benchmarks.round_load --people 10000 --seconds 3

The real site (gunicorn, two processes) and the real worker, in a database that the script makes and drops. Everybody
answered 20 of 300 statements. Measured are recording one answer, beside a bare Django view that writes one row of the
same shape by `INSERT ... ON CONFLICT` in the same run; the next card; the pages; closing the round; the job that works
out what it shows; and the files. How the rows are made is told in `round_load_site.py`, the floor in
`floor_answers.py`. Needs a PostgreSQL on this machine where the role of `DATABASE_URL` (default: the tests' own) may
create databases. Nothing leaves 127.0.0.1.
"""

import argparse
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.pages import Measured
from benchmarks.round_load_client import (
    EACH,
    FLOOR,
    HOME,
    OURS,
    STATEMENTS,
    Call,
    floor_recorders,
    measure,
    once,
    recorders,
    same,
)
from benchmarks.round_load_report import write
from benchmarks.sites import ADMIN, PROJECT, run_python, serve_floor, serve_ours

ASKERS = 200


# --- the worker -------------------------------------------------------------------------------------


def spent(pid: int) -> tuple[float, float]:
    """CPU seconds of a process and the most memory it ever held, in MB."""
    words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    peak = next(row for row in Path(f"/proc/{pid}/status").read_text().splitlines() if row.startswith("VmHWM"))
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK"), int(peak.split()[1]) / 1024


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(
        [sys.executable, "-m", "manyhands", "worker", "--at-once", "1"],
        cwd=PROJECT, env={**os.environ, **environment}, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def job(url: str, name: str, most: float = 240) -> dict[str, float]:
    """Wait until a job of this name has ended; how long it took from its begin to its end."""
    until = time.monotonic() + most
    with psycopg.connect(url, autocommit=True) as database:
        while time.monotonic() < until:
            row = database.execute(
                "SELECT state, extract(epoch FROM finished_at - began_at), error FROM jobs_jobrun "
                "WHERE name LIKE %s ORDER BY id DESC LIMIT 1", [f"%{name}"],
            ).fetchone()  # fmt: skip
            if row and row[0] == "done":
                return {"seconds": float(row[1])}
            if row and row[0] == "failed":
                raise SystemExit(row[2])
            time.sleep(0.1)
    raise SystemExit(f"{name} did not end within {most:.0f} seconds")


def idle(url: str) -> None:
    """Wait until the worker has begun something and nothing is left to do."""
    with psycopg.connect(url, autocommit=True) as database:
        for _ in range(600):
            time.sleep(0.2)
            row = database.execute(
                "SELECT count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state IN ('waiting', 'running') "
                "AND due_at <= now()) FROM jobs_jobrun"
            ).fetchone()
            if row and row[0] and not row[1]:
                time.sleep(1)
                return


def job_cost(url: str, environment: dict[str, str], name: str, begin: Callable[[], object]) -> dict[str, float]:
    """One job in a worker of its own, which has done nothing before."""
    with worker(environment) as process:
        idle(url)  # it loads, and does what is always due
        before = spent(process.pid)[0]
        begin()
        found = job(url, name)
        cpu, peak = spent(process.pid)
        return found | {"cpu": cpu - before, "peak": peak}


# --- one size ---------------------------------------------------------------------------------------


def site(url: str) -> dict[str, str]:
    folder = PROJECT / "var" / "benchmarks" / "round-load"
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "MANYHANDS_MODE": "demo", "MANYHANDS_DATABASE_URL": url, "MANYHANDS_DATA_FOLDER": str(folder),
        "MANYHANDS_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "manyhands.config.settings", "PYTHONPATH": "src:.",
    }  # fmt: skip


def ask_site(environment: dict[str, str], *words: object) -> Any:
    code = f"import sys; sys.argv = {['', *map(str, words)]!r}; from benchmarks.round_load_site import main; main()"
    return json.loads(run_python(code, environment))


@contextmanager
def databases(*templates: str) -> Iterator[list[str]]:
    """New databases, each a copy of the one named or empty; gone when the block ends."""
    names = [f"manyhands_bench_round_{secrets.token_hex(4)}" for _ in templates]
    with psycopg.connect(ADMIN, autocommit=True) as admin:
        for name, template in zip(names, templates, strict=True):
            admin.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    try:
        yield names
    finally:
        with psycopg.connect(ADMIN, autocommit=True) as admin:
            for name in names:
                admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def address(name: str) -> str:
    return ADMIN.rsplit("/", 1)[0] + f"/{name}"


def measure_size(people: int, seconds: float, ours_url: str, floor_url: str) -> dict[str, Any]:
    """Everything at one size, in databases of its own."""
    processes: list[subprocess.Popen] = []
    ours, floor = site(ours_url), {"FLOOR_DATABASE_URL": floor_url}
    found: dict[str, Any] = {"people": people, "answers": people * EACH}
    try:
        made = ask_site(ours, "make", people, STATEMENTS, EACH, ASKERS)
        code = f"import json; from benchmarks.floor_answers import make; print(json.dumps(make({people}, {STATEMENTS}, {EACH}, {ASKERS})))"
        keys = json.loads(run_python(code, floor))
        found["base"] = ask_site(ours, "explain")
        processes += [serve_floor("benchmarks.floor_answers:application", FLOOR, floor)]
        processes += [serve_ours(OURS, ours)]
        found["rates"] = rates(made, keys, seconds)
        found["once"], found["jobs"] = close(made, ours_url, ours, people)
        children = subprocess.run(["pgrep", "-P", str(processes[1].pid)], capture_output=True, text=True, check=False)
        found["web"] = [spent(int(pid))[1] for pid in children.stdout.split()]
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
    return found


def rates(made: dict[str, Any], keys: list[str], seconds: float) -> dict[str, Measured]:
    """What is asked over and over while a round is open. The floor is asked before and between."""
    round_at, person = f"{HOME}{made['round']}/", made["seated"][0]["session"]
    wanted = {
        "floor: one write": (FLOOR, floor_recorders(keys)),
        "record one answer": (OURS, recorders(made, "seated")),
        "record, and show the next card": (OURS, recorders(made, "seated", htmx=True)),
        "floor again": (FLOOR, floor_recorders(keys)),
        "record by a personal link": (OURS, recorders(made, "by_link")),
        "the next card": (OURS, same(Call("GET", f"{round_at}card/", person))),
        "the round": (OURS, same(Call("GET", round_at, person))),
        "the round, as one who leads": (OURS, same(Call("GET", round_at, made["leader"]))),
        "links and paper, as one who leads": (OURS, same(Call("GET", f"{round_at}doors/", made["leader"]))),
    }
    found = {}
    for name, (port, calls) in wanted.items():
        measure(port, calls, 0.5)
        found[name] = measure(port, calls, seconds)
        print(f"  {name}: {found[name].per_second:.0f}/s, p95 {found[name].p95 * 1000:.0f} ms", flush=True)
        if found[name].failed:
            raise SystemExit(f"{name}: {found[name].failed} answers failed, so the figures mean nothing.")
    return found


def close(
    made: dict[str, Any], url: str, ours: dict[str, str], people: int
) -> tuple[dict[str, tuple[float, int]], dict[str, dict[str, float]]]:
    """Weigh the order of cards, close the round, work out what it shows, and open everything that follows."""
    round_at, leader = f"{HOME}{made['round']}/", made["leader"]
    jobs: dict[str, dict[str, float]] = {}
    seen: dict[str, tuple[float, int]] = {}
    jobs["weigh the order of cards"] = job_cost(url, ours, "weigh_statements", lambda: ask_site(ours, "weigh"))

    def close_it() -> None:
        seen["close the round"] = once(Call("POST", f"{round_at}close/", leader, {}), 302)[:2]
        waiting = once(Call("GET", f"{round_at}results/", leader))
        seen["results, while they are worked out"] = waiting[:2]

    jobs["work out the finding"] = job_cost(url, ours, "work_out_finding", close_it)
    for name, path in (
        ("results", "results/"),
        ("the whole report", "results/report/"),
        ("results as CSV", "results/?format=csv"),
        ("comments.csv", "results/polis/comments.csv"),
        ("summary.csv", "results/polis/summary.csv"),
    ):
        seen[name] = once(Call("GET", round_at + path, leader))[:2]
        if name == "results" and f"{people:,}" not in once(Call("GET", round_at + path, leader))[2]:
            raise SystemExit("The results do not speak of everybody who answered.")
    ask_site(ours, "publish")
    seen["votes.csv, every answer"] = once(Call("GET", f"{round_at}results/polis/votes.csv", leader))[:2]
    for name, (took, size) in seen.items():
        print(f"  {name}: {took * 1000:.0f} ms, {size / 1000:.0f} kB", flush=True)
    print(f"  {jobs}", flush=True)
    return seen, jobs


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seconds", type=float, default=4)
    asked = parser.parse_args()
    load, sizes = os.getloadavg()[0], []
    with databases("") as (empty,):
        ask_site(site(address(empty)), "prepare")
        for people in asked.people:
            print(f"{people:,} people, {people * EACH:,} answers", flush=True)
            with databases(empty, "") as (ours, floor):
                sizes.append(measure_size(people, asked.seconds, address(ours), address(floor)))
    write(sizes, asked.seconds, load)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
