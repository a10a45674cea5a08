"""A list of allies brought in: our whole import beside COPY with an upsert, and beside one row after the other.

    python -m benchmarks.imports                         # 10,000 and 100,000 rows; about ten minutes
    python -m benchmarks.imports --rows 20000

Ours is `manyhands import stakeholders`, as a coordinator's click runs it: reading, matching columns, a trial of every row
(validation, what is here already, doubles within the list), then writing with a line in the ledger and a way back. The
floor stages the same file by COPY and upserts it into one table with one index, checking nothing. *CRM style* looks each
row up and writes four, a transaction a row, as contact databases with an object for everything do; only its first rows
are run. All in one PostgreSQL, in a database that the script makes and drops. The organizations are invented. Needs the
role of `DATABASE_URL` (default: the tests' own) to be allowed to create databases. The table goes to
``benchmarks/results/imports.md``.
"""

import argparse
import csv
import json
import os
import platform
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import psycopg

from benchmarks.pages import ADMIN, PROJECT, run_python

RESULT = PROJECT / "benchmarks" / "results" / "imports.md"
CRM_ROWS = 2_000
COLUMNS = ("name", "city", "sector", "identifier", "postcode", "website")
SETUP = """
import django; django.setup()
from manyhands.faces.cli.operators import prepare
prepare(static=False)
from manyhands.foundation.coalitions.models import Coalition
for slug in ("first", "again"):
    Coalition.objects.create(name=slug, slug=slug, purpose="Measured")
print("ready")
"""
UNDO = """
import django; django.setup()
import time
from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.tenancy.scope import inside
from manyhands.practice.stakeholders.importing import actions
from manyhands.practice.stakeholders.models import Import, Stakeholder
coalition = Coalition.objects.get(slug="first")
with inside(coalition.pk):
    actor, listing = Actor(coalition.pk, None, system="benchmark"), Import.objects.order_by("pk").first()
    began = time.perf_counter()
    listing = actions.undo_import(actor=actor, listing=actions.ask_to_undo(actor=actor, listing=listing))
    took = time.perf_counter() - began
    print(took if not Stakeholder.objects.exists() else 0)
"""
COMMAND = """
import json, os, sys
from django.db import connection
from manyhands.faces.cli.main import main
from benchmarks.imports import seconds_of
code = main(json.loads(sys.argv[1]))
times = os.times()
print(code, times.user + times.system, seconds_of(connection.connection.info.backend_pid))
"""
FLOOR_TABLE = (
    "CREATE TABLE floor (id bigserial PRIMARY KEY, name text NOT NULL, city text, sector text, identifier text UNIQUE, "
    "postcode text, website text)"
)
CRM_TABLES = (
    "CREATE TABLE crm_contact (id bigserial PRIMARY KEY, name text, identifier text)",
    "CREATE INDEX ON crm_contact (identifier)",
    "CREATE TABLE crm_address (id bigserial PRIMARY KEY, contact bigint REFERENCES crm_contact, city text, postcode text)",
    "CREATE TABLE crm_website (id bigserial PRIMARY KEY, contact bigint REFERENCES crm_contact, url text)",
    "CREATE TABLE crm_log (id bigserial PRIMARY KEY, contact bigint REFERENCES crm_contact, what text)",
)


def made_list(path: Path, rows: int) -> None:
    """Invented organizations; each in every way a row of its own."""
    places, kinds = ("Linden", "Harborside", "Mill Lane", "Orchard"), ("Civic", "Health", "Business", "Media", "Faith")
    things = ("Choir", "Bakery", "Clinic", "Cooperative", "School", "Union", "Garden", "Council", "Library", "Club")
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("Organisation", "City", "Sector", "EIN", "Postcode", "Website"))
        for n in range(rows):
            name = f"{places[n % 4]} {things[n % 10]} {n:06} {'of the Valley' if n % 3 else ''}".strip()
            writer.writerow(
                (name, places[n % 4], kinds[n % 5], f"{n:09}", f"{n % 90000:05}", f"https://ally{n}.example")
            )


def seconds_of(process: int) -> float:
    """How long a processor has worked for a process of this machine; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Run:
    """How long something took by the clock, and how long processors worked for it: for us, and for the database."""

    took: float
    mine: float
    database: float
    answer: dict = field(default_factory=dict)

    @property
    def work(self) -> float:
        return self.mine + self.database


def ours(path: Path, slug: str, environment: dict[str, str]) -> Run:
    """The whole command, as somebody types it."""
    words = json.dumps(["import", "stakeholders", str(path), "--coalition", slug, "--json"])
    began = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", COMMAND, words], cwd=PROJECT, env={**os.environ, **environment}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    took = time.perf_counter() - began
    *_said, answer, figures = ran.stdout.strip().splitlines() or ["", "1"]
    if ran.returncode or figures.split()[0] != "0":
        raise SystemExit(ran.stderr[-3000:] or ran.stdout[-1000:])
    return Run(took, *map(float, figures.split()[1:]), json.loads(answer))


@contextmanager
def watched(connection: psycopg.Connection) -> Iterator[Run]:
    """Fill in what the block took."""
    run, process = Run(0, 0, 0), connection.info.backend_pid
    began, mine, database = time.perf_counter(), time.process_time(), seconds_of(process)
    yield run
    run.took, run.mine = time.perf_counter() - began, time.process_time() - mine
    run.database = seconds_of(process) - database


def floor(path: Path, url: str) -> Run:
    """COPY into a staging table and one upsert, in one transaction."""
    names = ", ".join(COLUMNS)
    with psycopg.connect(url, autocommit=True) as connection, watched(connection) as run, connection.transaction():
        connection.execute(f"CREATE TEMP TABLE staged ({', '.join(f'{name} text' for name in COLUMNS)}) ON COMMIT DROP")
        with connection.cursor().copy(f"COPY staged ({names}) FROM STDIN WITH (FORMAT csv, HEADER)") as copy:
            copy.write(path.read_bytes())
        connection.execute(
            f"INSERT INTO floor ({names}) SELECT {names} FROM staged ON CONFLICT (identifier) DO UPDATE SET "
            + ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "identifier")
        )
    return run


def crm_style(path: Path, url: str, rows: int) -> Run:
    """The first rows: one look-up and four writes each, a transaction a row."""
    with path.open(newline="", encoding="utf-8") as file:
        few = [row for _, row in zip(range(rows), csv.DictReader(file), strict=False)]
    with psycopg.connect(url, autocommit=True) as connection, watched(connection) as run:
        for row in few:
            with connection.transaction():
                found = connection.execute("SELECT id FROM crm_contact WHERE identifier = %s", [row["EIN"]]).fetchone()
                if found:
                    continue
                contact = connection.execute(
                    "INSERT INTO crm_contact (name, identifier) VALUES (%s, %s) RETURNING id",
                    [row["Organisation"], row["EIN"]],
                ).fetchone()
                assert contact is not None
                connection.execute(
                    "INSERT INTO crm_address (contact, city, postcode) VALUES (%s, %s, %s)",
                    [contact[0], row["City"], row["Postcode"]],
                )
                connection.execute(
                    "INSERT INTO crm_website (contact, url) VALUES (%s, %s)", [contact[0], row["Website"]]
                )
                connection.execute("INSERT INTO crm_log (contact, what) VALUES (%s, 'imported')", [contact[0]])
    return run


def measured(rows: int) -> str:
    """One line of the table."""
    name = f"manyhands_bench_imports_{secrets.token_hex(3)}"
    url = ADMIN.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(ADMIN, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                "MANYHANDS_MODE": "demo", "MANYHANDS_DATABASE_URL": url, "MANYHANDS_DATA_FOLDER": folder,
                "MANYHANDS_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "manyhands.config.settings",
                "PYTHONPATH": f"{PROJECT / 'src'}{os.pathsep}{PROJECT}",
            }  # fmt: skip
            run_python(SETUP, environment)
            path = Path(folder) / "list.csv"
            made_list(path, rows)
            with psycopg.connect(url, autocommit=True) as connection:
                for words in (FLOOR_TABLE, *CRM_TABLES):
                    connection.execute(words)
            below = floor(path, url)
            first = ours(path, "first", environment)
            if first.answer["added"] != rows:
                raise SystemExit(f"{first.answer['added']} of {rows} came in, so the figures mean nothing.")
            again = ours(path, "first", environment)
            if again.answer["added"]:
                raise SystemExit("The same file came in twice, so the figures mean nothing.")
            undo = float(run_python(UNDO, environment))
            if not undo:
                raise SystemExit("The undo left something, so the figures mean nothing.")
            few = min(CRM_ROWS, rows)
            crm = crm_style(path, url, few)
    finally:
        with psycopg.connect(ADMIN, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    clock = rows / first.took, rows / below.took, few / crm.took
    work = rows / first.work, rows / below.work, few / crm.work
    return (
        f"| {rows:,} | {first.took:.1f} ({first.mine:.1f} + {first.database:.1f}) "
        f"| {again.took:.1f} ({again.mine:.1f} + {again.database:.1f}) | {undo:.1f} "
        f"| {clock[0]:,.0f} | {clock[1]:,.0f} | {clock[2]:,.0f} | {clock[0] / clock[1]:.3f} | {clock[0] / clock[2]:.1f} "
        f"| {work[0] / work[1]:.3f} | {work[0] / work[2]:.1f} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    asked = parser.parse_args()
    load, lines = os.getloadavg()[0], []
    for rows in asked.rows:
        lines.append(measured(rows))
        print(lines[-1], flush=True)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(
        "# A list of allies brought in\n\n"
        f"`python -m benchmarks.imports --rows {' '.join(map(str, asked.rows))}`: `manyhands import stakeholders` beside "
        "COPY with an upsert that checks nothing, and beside one look-up and four writes a row. Targets: at least 0.3 of "
        "COPY with an upsert, and 40 times CRM style.\n\n"
        "| rows | ours, s (processor: ours + database) | the same file again, s | taken back, s | ours, rows a s "
        "| COPY and upsert, rows a s | CRM style, rows a s | of COPY | times CRM style | of COPY, by processor "
        "| times CRM style, by processor |\n"
        + "| --- " * 11
        + "|\n"
        + "\n".join(lines)
        + "\n\nOurs is the whole command, from its start to its last word: reading the file, a trial of every row with "
        "validation and a search for what is here already, then writing, a line in the ledger and what an undo needs. Taking "
        "back is the undo itself, without the start of a program; what it took off the list is erased by a job "
        "afterwards. CRM "
        f"style was run for the first {CRM_ROWS:,} rows, in its own tables, over one kept connection on the same machine.\n\n"
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, Django {version('django')}, "
        f"psycopg {version('psycopg')}, measured {time.strftime('%Y-%m-%d')}. The load of the machine was {load:.1f} before "
        "it began: what else ran took its share from all sides, so read the ratios, not the rates, and best those by "
        "processor: they count the work of both sides, ours and the database's, and not the time spent waiting for others. "
        "By processor CRM style looks better than by the clock, since it mostly waits for the disk after each row.\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
