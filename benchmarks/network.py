"""Networks: how fast, beside NetworkX and bare igraph on the same ties in the same run.

    python benchmarks/network.py             # 1,000, 3,000 and 10,000 actors; some minutes, nearly all NetworkX's
    python benchmarks/network.py --no-peer   # only ours and bare igraph

Every measurement is a process of its own. CPU seconds are those of the whole call: from ties as pairs of ids in
memory, the graph being built included, to network rank, Burt's constraint, communities and betweenness. Up to
5,000 actors betweenness is exact on all sides; above, all sides use the paths from 500 actors. The table goes to
``benchmarks/results/network.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.beside import computer, environment_or_none

RESULT = ROOT / "benchmarks" / "results" / "network.md"
PEER = ("networkx==3.6.1", "numpy", "scipy")
SIZES = (1_000, 3_000, 10_000)
SEED = 2026
EXACT_UP_TO, SAMPLE = 5_000, 500
STEPS = ("building", "rank", "constraint", "communities", "betweenness")


def made_ties(n: int) -> dict[str, np.ndarray]:
    """Circles of about 200 who know each other, a few popular among them, and some ties across; 5 ties each."""
    random = np.random.default_rng([SEED, n])
    circle = np.sort(random.integers(0, max(n // 200, 2), n))
    source = np.repeat(np.arange(n), 5)
    low = np.searchsorted(circle, circle[source])
    high = np.searchsorted(circle, circle[source], side="right")
    target = (low + random.random(len(source)) ** 2 * (high - low)).astype(np.int64)
    across = random.random(len(source)) < 0.1
    target[across] = random.integers(0, n, across.sum())
    pairs = np.unique(np.sort(np.column_stack([source, target]), axis=1), axis=0)
    pairs = random.permutation(pairs[pairs[:, 0] != pairs[:, 1]])
    return {"source": pairs[:, 0].copy(), "target": pairs[:, 1].copy(), "n": np.array(n)}


# --- one measurement, in a process of its own -------------------------------------------------------


class Clock:
    """CPU seconds of each step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.last = time.process_time()

    def stop(self, step: str) -> None:
        now = time.process_time()
        self.spent[step], self.last = now - self.last, now


def measure_ours(ties: dict[str, np.ndarray]) -> dict[str, object]:
    from manyhands.analysis.network import Ties, network_figures

    n = int(ties["n"])
    clock = Clock()
    given = Ties.between(ties["source"], ties["target"], actors=np.arange(n))
    found = network_figures(given, seed=SEED)
    _ = given.graph
    clock.stop("building")
    rank = found.network_rank
    clock.stop("rank")
    constraint = found.brokerage.constraint
    clock.stop("constraint")
    label = found.communities.of_actor
    clock.stop("communities")
    between = found.betweenness.value
    clock.stop("betweenness")
    assert given.actors.tolist() == [str(each) for each in range(n)]
    return {"steps": clock.spent, "rank": rank, "constraint": constraint, "label": label, "between": between}


def measure_igraph(ties: dict[str, np.ndarray]) -> dict[str, object]:
    import random

    import igraph

    from manyhands.analysis.network.standing import sample

    n = int(ties["n"])
    chosen = None if n <= EXACT_UP_TO else sample(n, SEED).tolist()
    random.seed(SEED)
    clock = Clock()
    graph = igraph.Graph(n=n, edges=np.column_stack([ties["source"], ties["target"]]))
    clock.stop("building")
    rank = graph.pagerank()
    clock.stop("rank")
    constraint = graph.constraint()
    clock.stop("constraint")
    label = graph.community_leiden(objective_function="modularity", n_iterations=-1 if n <= 2_000 else 2).membership
    clock.stop("communities")
    between = graph.betweenness(sources=chosen)
    clock.stop("betweenness")
    return {
        "steps": clock.spent,
        "rank": np.array(rank),
        "constraint": np.array(constraint),
        "label": np.array(label),
        "between": np.array(between) * (1 if chosen is None else n / len(chosen)),
    }


def measure_networkx(ties: dict[str, np.ndarray]) -> dict[str, object]:
    import networkx as nx

    n = int(ties["n"])
    pairs = list(zip(ties["source"].tolist(), ties["target"].tolist(), strict=True))
    clock = Clock()
    graph = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(pairs)
    clock.stop("building")
    rank = nx.pagerank(graph)
    clock.stop("rank")
    constraint = nx.constraint(graph)
    clock.stop("constraint")
    parts = nx.community.louvain_communities(graph, seed=SEED)
    clock.stop("communities")
    sources = None if n <= EXACT_UP_TO else SAMPLE
    between = nx.betweenness_centrality(graph, k=sources, seed=SEED, normalized=False)
    clock.stop("betweenness")
    label = np.empty(n, dtype=np.int64)
    for number, members in enumerate(parts):
        label[list(members)] = number
    in_order = [np.array([figure[each] for each in range(n)]) for figure in (rank, constraint, between)]
    return {
        "steps": clock.spent,
        "rank": in_order[0],
        "constraint": in_order[1],
        "label": label,
        "between": in_order[2],
    }


MEASURES = {"ours": measure_ours, "igraph": measure_igraph, "networkx": measure_networkx}


def child(what: str, file: str, out: str) -> None:
    """Run one measurement and write down what it cost."""
    found = MEASURES[what](dict(np.load(file)))
    steps = found.pop("steps")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    np.savez(out, **found)
    print(json.dumps({"steps": steps, "cpu": sum(steps.values()), "peak": peak}))


# --- the whole run ----------------------------------------------------------------------------------


def run_child(python: str, what: str, file: Path, folder: Path) -> dict:
    words = [python, __file__, "--child", what, str(file), str(folder / f"{what}.npz")]
    environment = {**os.environ, "PYTHONPATH": "" if what == "networkx" else str(ROOT / "src")}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{what} failed on {file.name}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(n: int, peer: str | None, repeat: int) -> dict:
    """All measurements of one network; of several runs the quickest counts."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        file = folder / "ties.npz"
        ties = made_ties(n)
        np.savez(file, **ties)
        row = {"n": n, "m": len(ties["source"])}
        for _ in range(repeat):  # in turns, so that a busy machine is busy for both
            for what in ("ours", "igraph"):
                cost = run_child(sys.executable, what, file, folder)
                row[what] = min(row.get(what, cost), cost, key=lambda each: each["cpu"])
        if peer:
            row["networkx"] = run_child(peer, "networkx", file, folder)
        row["gates"] = gates(ties, folder, peer is not None)
    print(json.dumps(row), flush=True)
    return row


def gates(ties: dict[str, np.ndarray], folder: Path, with_peer: bool) -> dict[str, float]:
    """Whether the quick answer is the right one."""
    ours, bare = np.load(folder / "ours.npz"), np.load(folder / "igraph.npz")
    found = {
        "constraint off igraph's": float(np.nanmax(np.abs(ours["constraint"] - bare["constraint"]))),
        "rank off igraph's": float(np.abs(ours["rank"] / bare["rank"] - 1).max()),
        "betweenness off igraph's": float(np.abs(ours["between"] - bare["between"]).max() / bare["between"].max()),
        "modularity": modularity(ties, ours["label"]),
        "igraph's": modularity(ties, bare["label"]),
    }
    if with_peer:
        peer = np.load(folder / "networkx.npz")
        known = np.isfinite(peer["constraint"])
        found["constraint off NetworkX's"] = float(np.abs(ours["constraint"] - peer["constraint"])[known].max())
        found["betweenness r with NetworkX"] = float(np.corrcoef(ours["between"], peer["between"])[0, 1])
        found["NetworkX's (Louvain)"] = modularity(ties, peer["label"])
    return found


def modularity(ties: dict[str, np.ndarray], label: np.ndarray) -> float:
    source, target, m = ties["source"], ties["target"], len(ties["source"])
    held = np.bincount(label[source], minlength=label.max() + 1) + np.bincount(label[target], minlength=label.max() + 1)
    return float((label[source] == label[target]).mean() - ((held / (2 * m)) ** 2).sum())


def report(rows: list[dict], peer: str | None) -> str:
    sides = [("ours", "ours"), ("bare igraph", "igraph"), ("NetworkX", "networkx")]
    lines = [
        "# Networks: measured",
        "",
        f"{time.strftime('%-d %B %Y')}. {computer('numpy', 'scipy', 'igraph')}.",
        f"Peers: bare igraph in the same environment; {PEER[0].replace('==', ' ')}." if peer else "Peer: bare igraph.",
        "",
        "| actors | ties | ours CPU s | igraph CPU s | NetworkX CPU s | ours / igraph | NetworkX / ours | ours MB | igraph MB | NetworkX MB |",
        "|" + "---|" * 10,
    ]
    for row in rows:
        other = row.get("networkx")
        lines.append(
            f"| {row['n']:,} | {row['m']:,} | {row['ours']['cpu']:.2f} | {row['igraph']['cpu']:.2f} | "
            + (f"{other['cpu']:.1f}" if other else "–")
            + f" | {row['ours']['cpu'] / row['igraph']['cpu']:.2f} | "
            + (f"{other['cpu'] / row['ours']['cpu']:.0f}x" if other else "–")
            + f" | {row['ours']['peak']:.0f} | {row['igraph']['peak']:.0f} | "
            + (f"{other['peak']:.0f} |" if other else "– |")
        )
    lines += ["", "Where the time goes, in CPU seconds:", ""]
    lines += ["| actors | side | " + " | ".join(STEPS) + " |", "|" + "---|" * (len(STEPS) + 2)]
    for row in rows:
        for name, key in sides:
            if key in row:
                cells = " | ".join(f"{row[key]['steps'][step]:.3f}" for step in STEPS)
                lines.append(f"| {row['n']:,} | {name} | {cells} |")
    lines += ["", "Whether the answers are right:", ""]
    names = list(rows[0]["gates"])
    lines += ["| actors | " + " | ".join(names) + " |", "|" + "---|" * (len(names) + 1)]
    for row in rows:
        lines.append(
            f"| {row['n']:,} | "
            + " | ".join(
                f"{row['gates'][name]:.2g}" if "off" in name else f"{row['gates'][name]:.4f}" for name in names
            )
            + " |"
        )
    lines += [
        "",
        "CPU seconds from ties as pairs of ids in memory to network rank, constraint, communities and betweenness,",
        "building the graph and, for ours, checking and ordering the ids included. Ours and igraph: the quickest of",
        "three runs; NetworkX: one run. MB is the peak of the whole process. Up to 5,000 actors betweenness is exact on",
        "all sides; above, each uses the paths from 500 actors: ours and igraph the same 500, NetworkX others. It has no",
        "Leiden of its own, so its Louvain stands in. *Off* is the largest difference, relative for rank, to the",
        "largest for betweenness. The ties are made: circles of about 200 with some ties across; no claim about",
        "real coalitions. The machine was shared, so CPU seconds vary by about a third.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-peer", action="store_true", help="only ours and bare igraph")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        child(*args.child)
        return
    without = "The peer cannot be installed; only ours and bare igraph are measured."
    peer = None if args.no_peer else environment_or_none("network", "import networkx, scipy", PEER, without)
    rows = [measure(n, peer, repeat=3) for n in SIZES]
    text = report(rows, peer)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
