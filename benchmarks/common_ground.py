"""Common ground: how fast and how large, beside red-dwarf on the same answers in the same run.

    python benchmarks/common_ground.py                 # small sizes, about a minute
    python benchmarks/common_ground.py --large         # also 100k x 1,000 and 1M x 1,000; ten minutes, 8 GB

Every measurement is a process of its own. CPU seconds are those of the call alone, from answers in memory
to groups, ranking and representative statements; the peak of memory is the whole process, answers included,
because the form in which answers must be handed over is part of the price. The table goes to
``benchmarks/results/common-ground.md``.
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
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.beside import environment_or_none
from benchmarks.common_ground_report import report

RESULT = ROOT / "benchmarks" / "results" / "common-ground.md"
PEER = "red-dwarf==0.4.0"
#: Real conversations of the Polis openData set (CC BY 4.0), the largest that is there is used.
REAL = ("bowling-green.american-assembly", "bowling-green", "austria-climate.5twd2jsnkf.2022-08-08")
SEED = 2026
#: Answers up to which the exact decomposition, which works on whole tables, is worth the wait.
EXACT_UP_TO = 10_000_000


@dataclass(frozen=True)
class Size:
    """How many people, how many statements, how many answers of each person."""

    name: str
    people: int
    statements: int
    each: int
    large: bool = False


SIZES = [
    Size("made, 2,031 x 896", 2_031, 896, 111),
    Size("made, 10k x 500", 10_000, 500, 50),
    Size("made, 100k x 1,000", 100_000, 1_000, 50, large=True),
    Size("made, 1M x 1,000", 1_000_000, 1_000, 50, large=True),
]


def made_answers(size: Size) -> dict[str, np.ndarray]:
    """Three camps that agree on a third of the statements, each person answering at random times."""
    random = np.random.default_rng([SEED, size.people])
    creed = random.choice([0.85, 0.5, 0.15], size=(3, size.statements))
    shared = random.random(size.statements) < 1 / 3
    creed[:, shared] = creed[0, shared]
    camp = random.choice(3, size=size.people, p=[0.5, 0.3, 0.2])
    person = np.repeat(np.arange(size.people, dtype=np.int64), size.each)
    statement = np.empty(len(person), dtype=np.int64)
    for start in range(0, size.people, 10_000):  # without repetition for each person
        stop = min(start + 10_000, size.people)
        order = np.argpartition(random.random((stop - start, size.statements)), size.each, axis=1)[:, : size.each]
        statement[start * size.each : stop * size.each] = order.ravel()
    draw = random.random(len(person))
    chance = creed[camp[person], statement]
    vote = np.where(draw < 0.15, 0, np.where(random.random(len(person)) < chance, 1, -1)).astype(np.int8)
    when = random.permutation(len(person))
    order = np.argsort(when)  # a log, in the order of time
    return {
        "person": person[order],
        "statement": statement[order],
        "vote": vote[order],
        "when": np.arange(len(person), dtype=np.int64),
    }


def real_answers() -> tuple[str, dict[str, np.ndarray]] | None:
    """The largest real conversation beside the project, if any, with ids as whole numbers."""
    from manyhands.analysis.responses import read_responses

    for name in REAL:
        path = ROOT.parent / "shared" / "data" / "polis-opendata" / name / "participants-votes.csv"
        if path.exists():
            found = read_responses(path)
            people, statements = found.votes.shape
            person = np.repeat(np.arange(people, dtype=np.int64), found.votes_of_each)
            return f"real, {name}, {people:,} x {statements:,}", {
                "person": person,
                "statement": found.votes.indices.astype(np.int64),
                "vote": found.votes.data,
                "when": np.arange(len(person), dtype=np.int64),
            }
    return None


# --- one measurement, in a process of its own -------------------------------------------------------


def measure_ours(answers: dict[str, np.ndarray]) -> dict[str, object]:
    """Answers in memory to everything a page shows."""
    import sklearn.cluster  # noqa: F401 - loading is not what is measured, for either side

    from manyhands.analysis.common_ground import common_ground
    from manyhands.analysis.responses import Responses

    started = time.process_time()
    responses = Responses.from_answers(answers["person"], answers["statement"], answers["vote"], when=answers["when"])
    gathered = time.process_time()
    found = common_ground(responses, seed=SEED)
    rows, telling = found.rows(), found.representative
    spent = time.process_time() - started
    assert rows
    assert telling
    order = np.argsort(responses.people.astype(np.int64))
    return {
        "cpu": spent,
        "gathering": gathered - started,
        "positions": found.found.space.positions[order],
        "label": found.found.of_person[order],
    }


def measure_peer(answers: dict[str, np.ndarray]) -> dict[str, object]:
    """The same through red-dwarf's own front door."""
    from reddwarf.implementations.base import run_pipeline

    columns = (answers[name].tolist() for name in ("person", "statement", "vote", "when"))
    votes = [
        {"participant_id": person, "statement_id": statement, "vote": vote, "modified": when}
        for person, statement, vote, when in zip(*columns, strict=True)
    ]
    started = time.process_time()
    found = run_pipeline(votes=votes, random_state=SEED)
    spent = time.process_time() - started
    table = found.participants_df.sort_index()
    return {
        "cpu": spent,
        "positions": table[["x", "y"]].to_numpy(),
        "label": table["cluster_id"].astype("float").fillna(-1).astype(int).to_numpy(),
    }


def measure_gates(answers: dict[str, np.ndarray], peer: Path) -> dict[str, object]:
    """Whether the quick answer is the right one: exact components, tighter groups, the same again."""
    from manyhands.analysis.common_ground import find_opinion_groups
    from manyhands.analysis.responses import Responses

    responses = Responses.from_answers(answers["person"], answers["statement"], answers["vote"])
    order = np.argsort(responses.people.astype(np.int64))
    found = find_opinion_groups(responses, seed=SEED)
    again = find_opinion_groups(responses, seed=SEED)
    gates: dict[str, object] = {"same": bool((found.of_person == again.of_person).all())}
    if responses.votes.nnz <= EXACT_UP_TO:
        exact = exact_positions(responses)
        gates["r"] = [abs(float(np.corrcoef(exact[:, axis], found.space.positions[:, axis])[0, 1])) for axis in (0, 1)]
    if peer.exists():
        label = np.load(peer)["label"]
        number = len(set(label[label >= 0].tolist()))
        ours = find_opinion_groups(responses, seed=SEED, number=number, smallest_group=1).of_person[order]
        points = found.space.positions[order]
        both = (label >= 0) & (ours >= 0)
        gates["groups"] = number
        gates["inertia"] = [inertia(points[both], each[both]) for each in (ours, label)]
    return gates


def exact_positions(responses) -> np.ndarray:
    """By the whole covariance of the table filled with means, a stretch of people at a time."""
    votes, seen = responses.votes, responses.votes_of_each
    statements = votes.shape[1]
    number = np.bincount(votes.indices, minlength=statements)
    mean = np.bincount(votes.indices, weights=votes.data, minlength=statements) / np.maximum(number, 1)
    together = np.zeros((statements, statements))

    def stretches():
        for start in range(0, votes.shape[0], 2_000):
            part = votes[start : start + 2_000]
            table = np.zeros(part.shape)
            row = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
            table[row, part.indices] = part.data - mean[part.indices]
            yield table

    for table in stretches():
        together += table.T @ table
    ways = np.linalg.eigh(together)[1][:, ::-1][:, :2]
    return np.concatenate([table @ ways for table in stretches()]) * np.sqrt(statements / seen)[:, None]


def inertia(points: np.ndarray, label: np.ndarray) -> float:
    """Sum of squared distances to the centre of one's group."""
    return float(sum(((points[label == each] - points[label == each].mean(axis=0)) ** 2).sum() for each in set(label)))


def child(what: str, file: Path, out: Path, peer: Path) -> None:
    """Run one measurement and write down what it cost."""
    answers = dict(np.load(file))
    found = (
        measure_gates(answers, peer) if what == "gates" else (measure_ours if what == "ours" else measure_peer)(answers)
    )
    arrays = {name: found.pop(name) for name in ("positions", "label") if name in found}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found["peak"] = peak / (1024**3 if sys.platform == "darwin" else 1024**2)  # GB
    np.savez(out, **arrays)
    print(json.dumps(found))


# --- the whole run ----------------------------------------------------------------------------------


def run_child(python: str, what: str, file: Path, folder: Path) -> dict:
    """Measure in a fresh process; what it cost, or None if it could not be run."""
    words = [python, __file__, "--child", what, str(file), str(folder / f"{what}.npz"), str(folder / "peer.npz")]
    environment = {**os.environ, "PYTHONPATH": "" if what == "peer" else str(ROOT / "src")}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{what} failed on {file.name}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(name: str, answers: dict, peer: str | None, repeat: int) -> dict:
    """All measurements of one conversation; of several runs the quickest counts."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        file = folder / "answers.npz"
        np.savez(file, **answers)
        ours = min((run_child(sys.executable, "ours", file, folder) for _ in range(repeat)), key=lambda r: r["cpu"])
        row = {"name": name, "answers": len(answers["vote"]), "ours": ours}
        if peer:
            runs = (run_child(peer, "peer", file, folder) for _ in range(repeat))
            row["peer"] = min(runs, key=lambda r: r["cpu"])
        row["gates"] = run_child(sys.executable, "gates", file, folder)
    print(json.dumps(row), flush=True)
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", action="store_true", help="also 100k x 1,000 and 1M x 1,000")
    parser.add_argument("--no-peer", action="store_true", help="only our own figures")
    parser.add_argument("--peer-up-to", type=int, default=100_000, help="people up to which the peer is measured too")
    parser.add_argument("--peer-python", help="a Python that has red-dwarf, instead of making one")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        what, *files = args.child
        child(what, *map(Path, files))
        return
    sys.path.insert(0, str(ROOT / "src"))
    peer = args.peer_python
    if args.no_peer:
        peer = None
    elif not peer:
        without = "The peer cannot be installed; only our own figures are measured."
        peer = environment_or_none("peer", "import reddwarf", (PEER,), without)
    rows = []
    real = real_answers()
    if real:
        rows.append(measure(*real, peer, repeat=2))
    for size in SIZES:
        if size.large and not args.large:
            continue
        wanted = peer if size.people <= args.peer_up_to else None
        rows.append(measure(size.name, made_answers(size), wanted, repeat=1 if size.large else 2))
    text = report(rows, PEER if peer else "")
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
