"""Proportional choice: how fast, beside abcvoting in the same run.

    python benchmarks/proportional.py            # some minutes; fetches the peer the first time

Made approvals: three camps and people between them. Equal Shares completed by Phragmén in exact fractions, PAV one by
one, and Phragmén in exact fractions; both sides choose as many of the same, and the committees are compared. abcvoting is
in a virtual environment of its own, with what it needs for these rules; gurobipy, a proprietary solver that it loads and
that none of these rules calls, is replaced by an empty module. The table goes to ``benchmarks/results/proportional.md``.
"""

from __future__ import annotations

import sys
import time
import types
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.beside import SEED, child, environment_with, machine, run, table, write
from benchmarks.growth import growth

PEER = "abcvoting==2.19.2"
NEEDED = ("numpy", "networkx", "ruamel.yaml", "preflibtools", "prefsampling")
WANTED = "import numpy, networkx, ruamel.yaml, preflibtools, prefsampling, pulp; from importlib.metadata import version; version('abcvoting')"
SIZES = [100, 300, 1_000]
CANDIDATES, SIZE = 40, 10
RULES = {"equal-shares": "Equal Shares, completed by Phragmén", "seq-pav": "PAV one by one", "phragmen": "Phragmén"}


def made(voters: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng([SEED, voters])
    camp, own = random.integers(0, 3, voters), np.arange(CANDIDATES) % 3
    likes = np.where(camp[:, None] == own[None, :], 0.45, 0.08)
    return {"approves": random.random((voters, CANDIDATES)) < likes}


def ours(of: dict[str, np.ndarray]) -> dict[str, Any]:
    from manyhands.analysis.proportional import approval_ballots, equal_shares, phragmen, sequential_pav

    sets = [[str(each) for each in np.flatnonzero(row)] for row in of["approves"]]
    ballots = approval_ballots(sets, SIZE, candidates=[str(each) for each in range(CANDIDATES)])

    def shares() -> list[int]:
        bought = equal_shares(ballots)
        taken = [each.candidate for each in bought.purchases]
        return taken + [each.candidate for each in phragmen(ballots, already=taken, money=bought.left)]

    return timed({
        "equal-shares": shares,
        "seq-pav": lambda: list(sequential_pav(ballots)),
        "phragmen": lambda: [each.candidate for each in phragmen(ballots)],
    })  # fmt: skip


def peer(of: dict[str, np.ndarray]) -> dict[str, Any]:
    sys.modules["gurobipy"] = types.ModuleType("gurobipy")
    from abcvoting import abcrules
    from abcvoting.preferences import Profile

    profile = Profile(CANDIDATES)
    profile.add_voters([np.flatnonzero(row).tolist() for row in of["approves"]])
    words = {"equal-shares": ("equal-shares", "standard-fractions"), "seq-pav": ("seqpav", "standard"),
             "phragmen": ("seqphragmen", "standard-fractions")}  # fmt: skip
    return timed({
        name: lambda rule=rule, way=way: list(abcrules.compute(rule, profile, SIZE, algorithm=way, resolute=True)[0])
        for name, (rule, way) in words.items()
    })  # fmt: skip


def timed(rules: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"cpu": 0.0}
    for name, choose in rules.items():
        begun = time.process_time()
        chosen = choose()
        found[name] = {"cpu": time.process_time() - begun, "chosen": sorted(int(each) for each in chosen)}
        found["cpu"] += found[name]["cpu"]
    return found


def main() -> None:
    if child({"ours": ours, "peer": peer}):
        return
    python = environment_with("proportional-peer", WANTED, NEEDED, ("--no-deps", PEER, "pulp"))
    where = machine("numpy")
    rows, costs = [], {f"{side}, {name}": [] for name in RULES for side in ("ours", "abcvoting")}
    for voters in SIZES:
        of = made(voters)
        one, other = run(__file__, "ours", of), run(__file__, "peer", of, python, repeat=1)
        for name, words in RULES.items():
            mine, theirs = one[name], other[name]
            costs[f"ours, {name}"].append((voters, mine["cpu"]))
            costs[f"abcvoting, {name}"].append((voters, theirs["cpu"]))
            alike = len(set(mine["chosen"]) & set(theirs["chosen"]))
            rows.append([
                f"{voters:,}", words, f"{mine['cpu']:.3f}", f"{theirs['cpu']:.3f}",
                f"{theirs['cpu'] / mine['cpu']:.1f}x", f"{one['peak']:.2f}", f"{other['peak']:.2f}", f"{alike} of {SIZE}",
            ])  # fmt: skip
    head = ["voters", "rule", "ours CPU s", "abcvoting CPU s", "CPU ratio", "ours GB", "abcvoting GB", "chosen by both"]
    write(
        "proportional.md",
        ["# Proportional choice: measured"],
        [
            where,
            f"Peer: {PEER}, exact fractions where it has them, in a virtual environment of its own. {CANDIDATES} candidates, {SIZE} places.",
        ],
        table(head, rows),
        [growth(costs, "voters")],
        [
            "Above 1 in *CPU ratio* ours is quicker. Of three runs of ours the quickest, the peer once. From ballots in memory to",
            "the committee, without the audit of who is left out, which abcvoting does not make in this call. GB is the peak of the",
            "whole process over all three rules. Where fewer than all are chosen by both, a tie was broken in another order.",
            "Made approvals; no claim about real people. Not measured: the best PAV of all, where both ask a solver.",
        ],
    )


if __name__ == "__main__":
    main()
