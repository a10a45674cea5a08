"""K-means of opinion groups: how fast and how tight, beside scikit-learn in the same run.

    python benchmarks/k_means.py            # some minutes

Made points in the plane, three camps and a cloud; both sides split them into three, the best of ten starts begun by
k-means++. What ours is for is not speed: the same seed must give the same groups on every machine, whatever number of
threads adds up. Scikit-learn is installed for development. The table goes to ``benchmarks/results/k-means.md``.
"""

from __future__ import annotations

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

SIZES = [2_000, 20_000, 200_000]
NUMBER = 3


def made(people: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng([SEED, people])
    middles = np.array([[-2.0, 0], [1.5, 1.5], [1, -2]])[random.integers(0, NUMBER, people)]
    return {"points": middles + random.normal(0, 1, (people, 2))}


def tightness(points: np.ndarray, label: np.ndarray) -> float:
    middles = np.stack([points[label == each].mean(axis=0) for each in range(NUMBER)])
    return float(((points - middles[label]) ** 2).sum())


def ours(of: dict[str, np.ndarray]) -> dict[str, Any]:
    from manyhands.analysis.common_ground.k_means import k_means

    points = of["points"]
    begun = time.process_time()
    _, label = k_means(points, NUMBER, np.random.default_rng(SEED))
    spent = time.process_time() - begun
    _, again = k_means(points, NUMBER, np.random.default_rng(SEED))
    return {"cpu": spent, "tight": tightness(points, label), "same": bool((label == again).all())}


def peer(of: dict[str, np.ndarray]) -> dict[str, Any]:
    from sklearn.cluster import KMeans

    points = of["points"]
    begun = time.process_time()
    label = KMeans(NUMBER, n_init=10, tol=1e-12, max_iter=200, random_state=SEED).fit(points).labels_
    return {"cpu": time.process_time() - begun, "tight": tightness(points, label)}


def main() -> None:
    if child({"ours": ours, "peer": peer}):
        return
    where = machine("numpy", "scikit-learn")
    rows, costs = [], {"ours": [], "scikit-learn": []}
    for people in SIZES:
        points = made(people)
        one, other = (run(__file__, side, points) for side in ("ours", "peer"))
        costs["ours"].append((people, one["cpu"]))
        costs["scikit-learn"].append((people, other["cpu"]))
        rows.append([
            f"{people:,}", f"{one['cpu']:.3f}", f"{other['cpu']:.3f}", f"{other['cpu'] / one['cpu']:.1f}x",
            f"{one['peak']:.2f}", f"{other['peak']:.2f}", f"{one['tight'] / other['tight']:.6f}",
            "yes" if one["same"] else "NO",
        ])  # fmt: skip
    head = [
        "points",
        "ours CPU s",
        "scikit-learn CPU s",
        "CPU ratio",
        "ours GB",
        "scikit-learn GB",
        "spread ours/theirs",
        "same again",
    ]
    write(
        "k-means.md",
        ["# K-means: measured"],
        [where, "Peer: scikit-learn's `KMeans` with as many starts, in a process of its own, one thread each."],
        table(head, rows),
        [growth(costs, "points")],
        [
            "Above 1 in *CPU ratio* ours is quicker. *Spread* is the sum of squared distances to the middle of one's group; 1 is",
            "as tight, below 1 tighter. Of three runs of each side the quickest. GB is the peak of the whole process, in which",
            "loading scikit-learn counts. Made points; no claim about real people. In a round groups are searched on 2,000",
            "people at most, so the first row is what a round pays, for each number of groups.",
        ],
    )


if __name__ == "__main__":
    main()
