"""What the benchmark of common ground writes down: its table, and what must be known to read it."""

from __future__ import annotations

import time

from benchmarks.beside import computer
from benchmarks.growth import growth

COUNTED_WITH = ("numpy", "scipy", "scikit-learn", "pyarrow")


def line(row: dict) -> str:
    """One row of the table."""
    ours, peer, gates = row["ours"], row.get("peer"), row["gates"]
    cells = [
        row["name"],
        f"{row['answers']:,}",
        f"{ours['cpu']:.2f}",
        f"{ours['gathering']:.2f}",
        f"{ours['peak']:.2f}",
    ]
    if peer:
        ratios = f"{peer['cpu'] / ours['cpu']:.1f}x", f"{peer['peak'] / ours['peak']:.1f}x"
        cells += [f"{peer['cpu']:.2f}", f"{peer['peak']:.2f}", *ratios]
    else:
        cells += ["–"] * 4
    cells.append(" / ".join(f"{r:.6f}" for r in gates.get("r", [])) or "–")
    if "inertia" in gates:
        cells.append(f"{gates['inertia'][0] / gates['inertia'][1]:.6f} ({gates['groups']} groups)")
    else:
        cells.append("–")
    cells.append("yes" if gates["same"] else "NO")
    return "| " + " | ".join(cells) + " |"


def growing(rows: list[dict]) -> str:
    """How fast both sides grow; made conversations only, since a real one is of another kind."""
    made = [row for row in rows if row["name"].startswith("made")]
    return growth(
        {
            "ours": [(row["answers"], row["ours"]["cpu"]) for row in made],
            "red-dwarf": [(row["answers"], row["peer"]["cpu"]) for row in made if "peer" in row],
        },
        "answers",
    )


def report(rows: list[dict], peer: str) -> str:
    """The table with what must be known to read it; ``peer`` is empty where it could not be measured."""
    head = [
        "conversation", "answers", "ours CPU s", "of that gathering", "ours GB", "red-dwarf CPU s",
        "red-dwarf GB", "CPU ratio", "memory ratio", "r with exact components", "inertia ours/theirs", "same again",
    ]  # fmt: skip
    lines = [
        "# Common ground: measured",
        "",
        f"{time.strftime('%-d %B %Y')}. {computer(*COUNTED_WITH)}.",
        f"Peer: {peer.replace('==', ' ')} `run_pipeline`." if peer else "Peer: could not be installed.",
        "",
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *(line(row) for row in rows),
        "",
        growing(rows),
        "",
        "CPU seconds of the call, both from a list of answers in memory to groups, ranking and representative",
        "statements; of several runs the quickest. GB is the peak of the whole process. *Gathering* is the part",
        "of ours that folds the log of answers into a table. *r* compares people's positions along the first and",
        "second direction with those of an exact decomposition. *Inertia* is that of both sides' groups on the",
        "same points, ours split into as many groups as the peer found: 1 or less means ours are as tight.",
        "A dash was not measured in this run; no ratio is ever made with a figure of another run.",
        "The machine was shared, so CPU seconds vary by about a third. Made conversations are three camps drawn",
        "at random; they are no claim about real people.",
        "",
    ]
    return "\n".join(lines)
