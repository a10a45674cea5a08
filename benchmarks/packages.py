"""Packages of a negotiation: how fast, beside a plain reference that tries every package.

    python benchmarks/packages.py            # about a minute

No library does this, so beside ours stands the definition written plainly, here in the script: every combination of
options by `itertools.product` in whole numbers, those in which nobody falls below the walk-away, the highest product of
gains, and the Pareto front by comparing each with each. Ours builds packages issue by issue and drops what can no longer
become acceptable; it also works out exaggerations, which the reference does not. ``benchmarks/results/packages.md``.
"""

from __future__ import annotations

import itertools
import math
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.beside import SEED, child, machine, run, table, write
from benchmarks.growth import growth

#: Issues of four options each, for four parties.
SIZES = [4, 6, 8]
OPTIONS, PARTIES, WALK_AWAY = 4, 4, 65


def made(issues: int) -> dict[str, np.ndarray]:
    """Each party's points: the most of each issue adds up to 100, in whole points."""
    random = np.random.default_rng([SEED, issues])
    most = np.stack([100 // issues + (np.arange(issues) < 100 % issues) for _ in range(PARTIES)])
    points = np.floor(random.random((PARTIES, issues, OPTIONS)) * most[:, :, None]).astype(np.int64)
    for party, issue in itertools.product(range(PARTIES), range(issues)):
        points[party, issue, random.integers(OPTIONS)] = most[party, issue]
    return {"points": points}


def ours(of: dict[str, np.ndarray]) -> dict[str, Any]:
    from manyhands.analysis.packages import Terms, find_packages, negotiation

    points = of["points"].tolist()
    names = {f"issue {at}": [f"option {n}" for n in range(OPTIONS)] for at in range(len(points[0]))}
    terms = {
        f"party {number}": Terms({issue: dict(zip(options, own[at], strict=True)) for at, (issue, options) in enumerate(names.items())}, WALK_AWAY)
        for number, own in enumerate(points)
    }  # fmt: skip
    asked = negotiation(names, terms)
    begun = time.process_time()
    found = find_packages(asked)
    spent = time.process_time() - begun
    gains = math.prod(int(gain) for gain in found.nash.gains) if found.nash else None
    return {"cpu": spent, "feasible": found.feasible_count, "pareto": found.pareto_count, "nash": gains}


def plain(of: dict[str, np.ndarray]) -> dict[str, Any]:
    points = of["points"].tolist()
    issues = range(len(points[0]))
    begun = time.process_time()
    gains = []
    for package in itertools.product(range(OPTIONS), repeat=len(issues)):
        own = [sum(party[at][package[at]] for at in issues) - WALK_AWAY for party in points]
        if min(own) >= 0:
            gains.append(own)
    front = sum(
        not any(all(a >= b for a, b in zip(other, own, strict=True)) and other != own for other in gains)
        for own in gains
    )
    best = max((math.prod(own) for own in gains), default=None)
    return {"cpu": time.process_time() - begun, "feasible": len(gains), "pareto": front, "nash": best}


def main() -> None:
    if child({"ours": ours, "plain": plain}):
        return
    where = machine("numpy", "scipy")
    rows, costs = [], {"ours": [], "plain": []}
    for issues in SIZES:
        of = made(issues)
        one, other = (run(__file__, side, of) for side in ("ours", "plain"))
        costs["ours"].append((OPTIONS**issues, one["cpu"]))
        costs["plain"].append((OPTIONS**issues, other["cpu"]))
        same = all(one[each] == other[each] for each in ("feasible", "pareto", "nash"))
        rows.append([
            f"{issues} of {OPTIONS}", f"{OPTIONS**issues:,}", f"{other['feasible']:,}", f"{one['cpu']:.3f}", f"{other['cpu']:.3f}",
            f"{other['cpu'] / one['cpu']:.1f}x", f"{one['peak']:.2f}", f"{other['peak']:.2f}", "yes" if same else "NO",
        ])  # fmt: skip
    head = [
        "issues",
        "packages",
        "acceptable",
        "ours CPU s",
        "plain CPU s",
        "CPU ratio",
        "ours GB",
        "plain GB",
        "same answer",
    ]
    write(
        "packages.md",
        ["# Packages: measured"],
        [
            where,
            f"Beside: a plain reference in the script, no library; {PARTIES} parties, made points of 100, walk-away {WALK_AWAY}.",
        ],
        table(head, rows),
        [growth(costs, "packages")],
        [
            "Above 1 in *CPU ratio* ours is quicker. *Same answer*: as many acceptable packages, as many on the Pareto front, the",
            "same highest product of gains. Ours also tries what each party's exaggeration would change; the reference does",
            "not. Of three runs of each side the quickest. GB is the peak of the whole process, with NumPy and SciPy loaded on",
            "our side. Made points; no claim about real negotiations.",
        ],
    )


if __name__ == "__main__":
    main()
