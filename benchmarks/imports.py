"""A list of allies brought in: our whole import beside COPY with an upsert, twice, and beside one row after the other.

    python -m benchmarks.imports                         # 10,000 and 100,000 rows; about ten minutes
    python -m benchmarks.imports --rows 20000

Ours is `manyhands import stakeholders`, as a coordinator's click runs it: reading, matching columns, a trial of every row
(validation, what is here already, doubles within the list), then writing with a line in the ledger and a way back. The
floor stages the same file by COPY and upserts it into one table with one index, checking nothing. *COPY into our table*
does the same with a table like ours, which a page can list, search and link: all its columns, indexes, checks and links,
and a unique key for the upsert. *CRM style* looks each row up and writes four, a transaction a row, as contact databases
with an object for everything do; only its first rows are run. All in one PostgreSQL, in a database that the script makes and drops. The organizations are invented. Needs the
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
from importlib.metadata import version
from pathlib import Path

import psycopg

from benchmarks.imports_peers import CRM_TABLES, FLOOR_TABLE, Run, crm_style, floor, our_table
from benchmarks.sites import ADMIN, PROJECT, run_python

RESULT = PROJECT / "benchmarks" / "results" / "imports.md"
CRM_ROWS = 2_000
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
from manyhands.faces.cli.main import main
from manyhands.faces.cli.starting import load_house
load_house()
from django.db import connection
from benchmarks.imports_peers import seconds_of
began = os.times()
code = main(json.loads(sys.argv[1]))
times = os.times()
database = seconds_of(connection.connection.info.backend_pid)
print(code, times.user + times.system, database, began.user + began.system)
"""


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
    return Run(took, *map(float, figures.split()[1:]), answer=json.loads(answer))


def measured(rows: int) -> tuple[str, str]:
    """A line of each of the two tables: how long everything took, and ours beside the others."""
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
                # An installed program has been compiled; where Python is told to keep nothing it would be each time.
                "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/compiled",
            }  # fmt: skip
            run_python(SETUP, environment)
            path = Path(folder) / "list.csv"
            made_list(path, 10)
            ours(path, "again", environment)
            made_list(path, rows)
            with psycopg.connect(url, autocommit=True) as connection:
                for words in (FLOOR_TABLE, *CRM_TABLES):
                    connection.execute(words)
            below = floor(path, url)
            first = ours(path, "first", environment)
            if first.answer["added"] != rows:
                raise SystemExit(f"{first.answer['added']} of {rows} came in, so the figures mean nothing.")
            beside = our_table(path, url)
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
    peers = (below, 1.0), (beside, 1.0), (crm, rows / few)
    seconds = (
        f"| {rows:,} | {first} | {again} | {undo:.1f} | {below.took:.2f} ({below.work:.2f}) "
        f"| {beside.took:.1f} ({beside.work:.1f}) | {crm.took:.1f} ({crm.work:.1f}) |"
    )
    ratios = [
        (peer.took * share / first.took, peer.work * share / first.work, peer.work * share / first.loaded)
        for peer, share in peers
    ]
    shown = " | ".join(f"{each:.3f}" if each < 1 else f"{each:.1f}" for ratio in ratios for each in ratio)
    return seconds, f"| {rows:,} | {shown} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    asked = parser.parse_args()
    load, seconds, ratios = os.getloadavg()[0], [], []
    for rows in asked.rows:
        second, ratio = measured(rows)
        seconds.append(second)
        ratios.append(ratio)
        print(second, ratio, sep="\n", flush=True)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(
        "# A list of allies brought in\n\n"
        f"`python -m benchmarks.imports --rows {' '.join(map(str, asked.rows))}`: `manyhands import stakeholders` beside "
        "COPY with an upsert that checks nothing into a bare table, beside the same into a table like ours, and beside one "
        "look-up and four writes a row. Targets: at least 0.3 of COPY with an upsert, and 40 times CRM style.\n\n"
        "Seconds by the clock, and in brackets of processors: of ours for the start of the program (compiled before, as an "
        "installed one is), for its work, and for "
        f"the database's; of the others together. CRM style: its first {CRM_ROWS:,} rows.\n\n"
        "| rows | ours | the same file again | taken back | COPY and upsert | COPY into our table | CRM style |\n"
        + "| --- " * 7
        + "|\n"
        + "\n".join(seconds)
        + "\n\nHow fast ours is beside each: by the clock / by processors / by processors, once the program is loaded.\n\n"
        "| rows | of COPY and upsert: clock | processors | loaded | of COPY into our table: clock | processors | loaded "
        "| times CRM style: clock | processors | loaded |\n"
        + "| --- " * 10
        + "|\n"
        + "\n".join(ratios)
        + "\n\nOurs is the whole command, from its start to its last word: reading the file, a trial of every row with "
        "validation and a search for what is here already, then writing, a line in the ledger and what an undo needs. The "
        "others run over a connection of a program that is loaded already, as ours does where a worker waits for lists. "
        "COPY into a bare table writes six columns and one index. COPY into our table writes all that a row of ours holds, "
        "into the same indexes and checks as ours, with foreign keys and a "
        "unique key; it checks nothing else. Taking back is the undo "
        "itself, without the start of a program; what it took off the list is erased by a job afterwards.\n\n"
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, Django {version('django')}, "
        f"psycopg {version('psycopg')}, measured {time.strftime('%Y-%m-%d')}. The load of the machine was {load:.1f} before "
        "it began: what else ran took its share from all sides, so read the ratios, not the rates, and best those by "
        "processor: they count the work of both sides, ours and the database's, and not the time spent waiting for others. "
        "By processor CRM style looks better than by the clock, since it mostly waits for the disk after each row.\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
