"""The table of `benchmarks/round_load.py`, with the machine and the method."""

import os
import platform
import re
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.sites import ADMIN

RESULT = Path(__file__).resolve().parent / "results" / "round-load.md"

METHOD = """
*Recording* is one POST of somebody who is signed in (or holds a personal link), to a statement that this person has not
answered. The floor is plain Django with seven middlewares, signed in, that writes one row of the same shape by
`INSERT ... ON CONFLICT` and sends the browser on; its table holds as many rows. Both run under gunicorn with two
processes of four threads; one client asks each in turn over four kept connections, for the seconds given. Jobs run in
a worker process of their own (`manyhands worker`); seconds are from begin to end of the job, CPU is that of the worker
process meanwhile, without PostgreSQL, and *peak* is the most memory the process ever held, libraries included. Accounts
and seats are written through models, participants and answers by one INSERT each; the round, its statements and its
link by the actions that people's clicks call. One participant in ten has a seat, for one organization in twenty seats.
`votes.csv` holds single answers, so the site gives it for published rounds only; the script marks the round so before
it asks. The people are invented: three camps drawn at random, no claim about real ones.
"""


def write(sizes: list[dict[str, Any]], seconds: float, load: float) -> None:
    """Write the result."""
    heads = [f"{size['people']:,} people, {size['answers']:,} answers" for size in sizes]
    bars = "|" + " --- |" * (len(heads) + 1)
    asked = (
        f"python -m benchmarks.round_load --people {' '.join(str(s['people']) for s in sizes)} --seconds {seconds:g}"
    )
    busy = (
        f"The load of the machine was {load:.1f} before it began and {os.getloadavg()[0]:.1f} at its end: what else ran "
        "took its share from both sides, so read the ratios, not the rates."
    )
    lines = [
        "# A round with very many people",
        "",
        f"{time.strftime('%-d %B %Y')}. {_machine()}.",
        f"`{asked}`. {busy}",
    ]
    lines += ["", "## While the round is open: requests per second (p50 / p95 in ms)", ""]
    lines += ["| | " + " | ".join(heads) + " |", bars]
    for name in sizes[0]["rates"]:
        cells = [
            f"{one.per_second:.0f} ({one.p50 * 1000:.0f} / {one.p95 * 1000:.0f})"
            for one in (size["rates"][name] for size in sizes)
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    cells = []
    for size in sizes:
        below = (size["rates"]["floor: one write"].per_second + size["rates"]["floor again"].per_second) / 2
        cells.append(f"{size['rates']['record one answer'].per_second / below:.2f}")
    lines.append("| **record one answer, of the floor** | " + " | ".join(f"**{cell}**" for cell in cells) + " |")
    lines += ["", "## Closing, and what follows: seconds", "", "| | " + " | ".join(heads) + " |", bars]
    for name in sizes[0]["jobs"]:
        of = [size["jobs"][name] for size in sizes]
        cells = [f"{one['seconds']:.1f} ({one['cpu']:.1f} CPU, peak {one['peak']:.0f} MB)" for one in of]
        lines.append(f"| job: {name} | " + " | ".join(cells) + " |")
    for name in sizes[0]["once"]:
        cells = [f"{took:.2f} ({_bytes(size)})" for took, size in (each["once"][name] for each in sizes)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    cells = [", ".join(f"{size:.0f} MB" for size in each["web"]) for each in sizes]
    lines.append("| the most each web process held | " + " | ".join(cells) + " |")
    lines += ["", f"## What the database does for one answer, at {sizes[-1]['people']:,} people", "",
              "Every statement of the request, in order, and by which index its rows are found.",
              "Tables of a handful of rows PostgreSQL reads whole.", "", "| statement | rows found by |", "| --- | --- |"]  # fmt: skip
    lines += [f"| {_short(each['sql'])} | {'; '.join(each['plan']) or '–'} |" for each in sizes[-1]["base"]]
    lines += ["", "## Method", METHOD.strip(), ""]
    RESULT.write_text("\n".join(lines))
    print("\n".join(lines))


def _short(sql: str) -> str:
    """`SELECT alignment_statement, alignment_visionround`, for a reader."""
    verb = sql.split()[0]
    tables = re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', sql)
    conflict = " ON CONFLICT DO UPDATE" if "ON CONFLICT" in sql else ""
    return f"{verb} {', '.join(tables)}{conflict}".strip()


def _bytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size > 1e6 else f"{size / 1e3:.0f} kB"


def _machine() -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [row.split(":", 1)[1].strip() for row in info.read_text().splitlines() if row.startswith("model name")]
        cpu = names[0] if names else cpu
    import psycopg

    with psycopg.connect(ADMIN) as database:
        server = database.execute("SHOW server_version").fetchone()
    used = ", ".join(f"{name} {version(name)}" for name in ("django", "psycopg", "gunicorn", "numpy"))
    base = f"PostgreSQL {server[0].split()[0]} as installed" if server else "PostgreSQL"
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {base}, {used}"
