"""The map of ties in a browser: how long the page takes, and how long a click, at several sizes.

    python benchmarks/network_map.py                 # 300, 1,000, 3,000 and 10,000 actors; some ten minutes
    python benchmarks/network_map.py --sizes 1000 10000

Each size is a site of its own, with its ties brought in by `manyhands import ties` and its map laid out by the worker's
job. A click is timed inside Chromium, from the press of the mouse until the map and the panel beside it have been
redrawn and the browser has painted the next frame: two hundred clicks, a quarter of them on the marks that know most,
each checked to have opened the right panel. Beside it stands what of that is the page's own work, before the browser
lays out and waits for its frame.

References of the same run: an empty frame, which is the same wait without a press, and a bare redraw, which draws as
many dots and lines as the whole map has on a canvas of the same size and does nothing else. The floor of the page is a
page without a map in the same site. The table goes to ``benchmarks/results/network_map.md``.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "benchmarks")]
RESULT = ROOT / "benchmarks" / "results" / "network_map.md"
SIZES = (300, 1_000, 3_000, 10_000)
CLICKS = 200

#: Learns where each mark stands, as the map itself does, and what frames cost when nobody presses anything.
PREPARE = """async (count) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const canvas = document.querySelector(".net-stage canvas");
  const figure = document.querySelector("[data-canvas]");
  const found = { marks: [], empty: [], redraw: [] };
  if (canvas) {
    const data = await (await fetch(figure.dataset.canvas)).json();
    const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
    const scale = Math.min(wide, high) * 0.92;
    found.marks = data.marks.map(([pk, name, x, y, known]) => (
      { pk, known, x: (wide - scale) / 2 + x * scale, y: (high - scale) / 2 + y * scale }));
    const bare = document.createElement("canvas");
    [bare.width, bare.height] = [canvas.width, canvas.height];
    canvas.parentNode.append(bare);
    const pen = bare.getContext("2d");
    for (let i = 0; i < 20; i += 1) {
      await frame();
      const before = performance.now();
      pen.clearRect(0, 0, bare.width, bare.height);
      pen.beginPath();
      for (const [one, other] of data.ties) {
        pen.moveTo(found.marks[one].x, found.marks[one].y);
        pen.lineTo(found.marks[other].x, found.marks[other].y);
      }
      pen.stroke();
      pen.beginPath();
      for (const { x, y } of found.marks) { pen.moveTo(x + 4, y); pen.arc(x, y, 4, 0, 7); }
      pen.fill();
      await frame();
      found.redraw.push(performance.now() - before);
    }
    bare.remove();
  } else {
    found.marks = [...document.querySelectorAll("svg.plot-net a[data-actor]")]
      .map((mark) => ({ pk: Number(mark.dataset.actor), known: 0, x: 0, y: 0 }));
  }
  for (let i = 0; i < count; i += 1) {
    await frame();
    const before = performance.now();
    await frame();
    found.empty.push(performance.now() - before);
  }
  return found;
}"""
#: Presses a mark of the canvas or of the drawing, and waits for the frame after it; whom the panel shows then.
PRESS = """async (mark) => {
  const canvas = document.querySelector(".net-stage canvas");
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const box = canvas?.getBoundingClientRect();
  const drawn = document.querySelector(`svg.plot-net a[data-actor="${mark.pk}"]`);
  await new Promise((done) => setTimeout(done, Math.random() * 17)); // people do not press in step with the screen
  const before = performance.now();
  if (canvas) {
    for (const type of ["pointerdown", "pointerup"]) {
      canvas.dispatchEvent(new PointerEvent(type, {
        pointerId: 1, clientX: box.left + mark.x, clientY: box.top + mark.y, bubbles: true, button: 0 }));
    }
  } else drawn.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  const own = performance.now() - before;
  await frame();
  return [performance.now() - before, own, new URL(location.href).searchParams.get("actor") === String(mark.pk)];
}"""


def ties_of(count: int, path: Path) -> int:
    """Write as many made-up ties as the benchmark of networks has for this size."""
    from network import made_ties

    made = made_ties(count)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "target", "level"])
        for at, (one, other) in enumerate(zip(made["source"].tolist(), made["target"].tolist(), strict=True)):
            writer.writerow([f"Actor {one:05}", f"Actor {other:05}", at % 5 + 1])
    return len(made["source"])


def measure(count: int) -> dict[str, float]:
    """One size: bring in, lay out, open the page, click."""
    from tests.journeys.people import Somebody, sign_up, start_coalition
    from tests.living_house import living_house, open_browser

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ties.csv"
        found: dict[str, float] = {"actors": count, "ties": ties_of(count, path)}
        home = Path(folder) / "house"
        home.mkdir()
        with living_house(home) as house, open_browser() as browser:
            amina = Somebody(house, browser, "desk", "Amina", "amina@linden.example")
            sign_up(amina)
            desk = start_coalition(amina, "Map", "Parents of Linden")
            began = time.perf_counter()
            house.command("import", "ties", str(path), "--coalition", desk.split("/")[2], "--json")
            found["import"] = time.perf_counter() - began
            page, there = amina.page, f"{desk}allies/network/"
            began = time.perf_counter()
            while "first sketch" in page.goto(house.address + there).text():
                time.sleep(0.5)
            found["laid out"] = time.perf_counter() - began
            for name, address in (("page", there), ("floor", f"{desk}more/")):
                page.goto(house.address + address)
                spent = []
                for _ in range(5):
                    began = time.perf_counter()
                    page.request.get(house.address + address).body()
                    spent.append(time.perf_counter() - began)
                found[name] = statistics.median(spent)
            began = time.perf_counter()
            page.goto(house.address + there)
            if page.locator("[data-canvas]").count():
                page.wait_for_selector("[data-canvas][data-ready]", timeout=60_000)
            found["ready"] = time.perf_counter() - began
            found |= clicks(page)
        found["load"] = os.getloadavg()[0]
        return found


def clicks(page: Any) -> dict[str, float]:
    """Press marks one after the other: those that know most, then others from everywhere."""
    prepared = page.evaluate(PREPARE, CLICKS)
    marks = sorted(prepared["marks"], key=lambda mark: -mark["known"])
    first, rest = marks[: CLICKS // 4], marks[CLICKS // 4 :]
    wanted = first + rest[:: max(1, len(rest) // (CLICKS - len(first)))]
    spent = [page.evaluate(PRESS, mark) for mark in (wanted * CLICKS)[:CLICKS]]
    whole, own = sorted(each[0] for each in spent), sorted(each[1] for each in spent)
    at = int(0.95 * CLICKS)
    return {
        "click": statistics.median(whole), "click95": whole[at], "slowest": whole[-1],
        "own": statistics.median(own), "own95": own[at], "right": sum(each[2] for each in spent) / CLICKS,
        "empty": statistics.median(prepared["empty"]), "empty95": sorted(prepared["empty"])[at],
        "redraw": statistics.median(prepared["redraw"] or [0]),
    }  # fmt: skip


def table(rows: list[dict[str, float]], browser: str = "") -> str:
    """The figures with the machine they were seen on."""
    columns = ["actors", "ties", "middle", "95 %", "slowest", "own work, middle", "own work, 95 %"]
    columns += ["empty frame, middle", "empty frame, 95 %", "bare redraw", "right panel", "load"]
    lines = [
        "# The map of ties in a browser",
        "",
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, Django {version('django')},",
        f"{browser or 'Chromium'} without a graphics card, SQLite. Made by `python benchmarks/network_map.py`.",
        "",
        f"## A click: {CLICKS} presses on marks, milliseconds until the frame after it",
        "",
        f"| {' | '.join(columns)} |",
        "|---" * len(columns) + "|",
    ]
    lines += [
        f"| {row['actors']:,.0f} | {row['ties']:,.0f} | {row['click']:.0f} | {row['click95']:.0f} | "
        f"{row['slowest']:.0f} | {row['own']:.1f} | {row['own95']:.1f} | {row['empty']:.0f} | {row['empty95']:.0f} | "
        f"{row['redraw']:.0f} | {row['right']:.0%} | {row['load']:.1f} |"
        for row in rows
    ]
    lines += [
        "",
        "## The page",
        "",
        "| actors | import s | page ms | floor ms | ratio | map ready ms |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        page, floor = row["page"] * 1000, row["floor"] * 1000
        lines.append(
            f"| {row['actors']:,.0f} | {row['import']:.1f} | {page:.0f} | {floor:.0f} | {page / floor:.1f} | "
            f"{row['ready'] * 1000:.0f} |"
        )
    return "\n".join([*lines, "", *READ])


READ = [
    "Load is the machine's average over the last minute; above its cores, everything here waits for others. An empty",
    "frame is the same wait without a press: what a click takes beyond it is ours. A press on a mark that overlaps a",
    "larger neighbour may rightly open the neighbour, so not every panel is the one that was aimed at.",
    "",
]


def chromium() -> str:
    """Which browser it was."""
    from tests.living_house import open_browser

    with open_browser() as browser:
        return f"Chromium {browser.version}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--no-write", action="store_true")
    asked = parser.parse_args()
    rows = []
    for count in asked.sizes:
        rows.append(measure(count))
        print(rows[-1])
    if not asked.no_write:
        RESULT.write_text(table(rows, chromium()), encoding="utf-8")


if __name__ == "__main__":
    main()
