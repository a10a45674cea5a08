"""Bridging: how fast, beside plain gradient descent on the same loss in the same run.

    python benchmarks/bridging.py                # a minute or two

The Community Notes code is on no package index, so no peer can be installed. Beside ours stands what it
does, written plainly in NumPy: descent along the gradient over all ratings at once. SciPy's L-BFGS takes the
steps, because it comes to the bottom in far fewer of them than Adam, with which Community Notes stops
before. The table goes to ``benchmarks/results/bridging.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.growth import growth

RESULT = ROOT / "benchmarks" / "results" / "bridging.md"
SEED = 2026
REPEAT = 3
MOST_STEPS = 3_000


@dataclass(frozen=True)
class Size:
    """How many people, how many statements, how many ratings of each person."""

    name: str
    people: int
    statements: int
    each: int


SIZES = [
    Size("made, 2,000 x 200", 2_000, 200, 50),
    Size("made, 20k x 2,000", 20_000, 2_000, 20),
    Size("made, 50k x 1,000", 50_000, 1_000, 20),
]


def made_ratings(size: Size) -> dict[str, np.ndarray]:
    """People along an axis with two humps; a third of the statements are liked or not wherever one stands."""
    random = np.random.default_rng([SEED, size.people])
    statement = np.concatenate(
        [np.sort(random.choice(size.statements, size.each, replace=False)) for _ in range(size.people)]
    )
    person = np.repeat(np.arange(size.people), size.each)
    side = random.choice([-0.8, 0.6], size.people, p=[0.45, 0.55]) + random.normal(0, 0.25, size.people)
    leaning = np.where(random.random(size.statements) < 1 / 3, 0, random.normal(0, 0.45, size.statements))
    liked = 0.5 + random.normal(0, 0.2, size.statements)[statement] + random.normal(0, 0.1, size.people)[person]
    liked = liked + side[person] * leaning[statement] + random.normal(0, 0.25, len(person))
    vote = np.where(liked > 0.6, 1, np.where(liked < 0.4, -1, 0)).astype(np.int8)
    return {"person": person, "statement": statement, "vote": vote}


# --- one measurement, in a process of its own -------------------------------------------------------


def measure_ours(made: dict[str, np.ndarray]) -> dict[str, object]:
    """Answers in memory to a score for each statement."""
    from manyhands.analysis.bridging import bridging
    from manyhands.analysis.responses import Responses

    responses = Responses.from_answers(made["person"], made["statement"], made["vote"])
    started = time.process_time()
    found = bridging(responses, seed=SEED)
    spent = time.process_time() - started
    order = np.argsort(responses.statements.astype(np.int64))
    again = bridging(responses, seed=SEED)
    return {
        "cpu": spent,
        "loss": found.fit.loss,
        "rounds": found.fit.rounds,
        "same": bool((again.scores == found.scores).all()),
        "scores": found.scores[order],
        "rated": made["statement"].max() + 1,
    }


def measure_plain(made: dict[str, np.ndarray]) -> dict[str, object]:
    """Down the gradient of the same loss, all parameters in one vector."""
    from scipy.optimize import minimize

    from manyhands.analysis.bridging.fitting import FACTOR_PENALTY, INTERCEPT_PENALTY

    rater, statement, rating = made["person"], made["statement"], (made["vote"] + 1) / 2
    people, statements = int(rater.max()) + 1, int(statement.max()) + 1
    parts = np.cumsum([1, people, statements, people])
    start = np.zeros(1 + 2 * (people + statements))
    start[parts[2] :] = np.random.default_rng(SEED).normal(0, 0.1, people + statements)
    pull = np.full(len(start), INTERCEPT_PENALTY)
    pull[parts[2] :] = FACTOR_PENALTY

    def loss_and_slope(values: np.ndarray) -> tuple[float, np.ndarray]:
        mean, i_u, i_n, f_u, f_n = np.split(values, parts)
        missed = rating - (mean[0] + i_u[rater] + i_n[statement] + f_u[rater] * f_n[statement])
        slope = pull * values
        slope[0] -= missed.sum()
        slope[parts[0] : parts[1]] -= np.bincount(rater, missed, people)
        slope[parts[1] : parts[2]] -= np.bincount(statement, missed, statements)
        slope[parts[2] : parts[3]] -= np.bincount(rater, missed * f_n[statement], people)
        slope[parts[3] :] -= np.bincount(statement, missed * f_u[rater], statements)
        return float(missed @ missed) + float(pull @ values**2), 2 * slope

    started = time.process_time()
    found = minimize(
        loss_and_slope,
        start,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": MOST_STEPS, "maxfun": 2 * MOST_STEPS, "ftol": 1e-9, "gtol": 1e-4},
    )
    spent = time.process_time() - started
    return {"cpu": spent, "loss": float(found.fun), "rounds": int(found.nit), "scores": found.x[parts[1] : parts[2]]}


def child(what: str, file: Path, out: Path) -> None:
    """Run one measurement and write down what it cost."""
    found = (measure_ours if what == "ours" else measure_plain)(dict(np.load(file)))
    np.savez(out, scores=found.pop("scores"))
    found.pop("rated", None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found["peak"] = peak / (1024**3 if sys.platform == "darwin" else 1024**2)  # GB
    print(json.dumps(found))


# --- the whole run ----------------------------------------------------------------------------------


def run_child(what: str, file: Path, out: Path) -> dict:
    """Measure in a fresh process."""
    # One thread each: threads that wait for work count as CPU seconds too.
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    words = [sys.executable, __file__, "--child", what, str(file), str(out)]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{what} failed on {file.name}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(size: Size) -> dict:
    """Both on the same ratings; of several runs of ours the quickest counts, plain runs once."""
    made = made_ratings(size)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        file = folder / "ratings.npz"
        np.savez(file, **made)
        ours = min((run_child("ours", file, folder / "ours.npz") for _ in range(REPEAT)), key=lambda run: run["cpu"])
        plain = run_child("plain", file, folder / "plain.npz")
        scores = [np.load(folder / f"{name}.npz")["scores"] for name in ("ours", "plain")]
    row = {"name": size.name, "ratings": len(made["vote"]), "ours": ours, "plain": plain}
    row["r"] = float(np.corrcoef(*scores)[0, 1])
    print(json.dumps(row), flush=True)
    return row


def machine() -> str:
    """Where this was measured."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [row.split(":", 1)[1].strip() for row in info.read_text().splitlines() if row.startswith("model name")]
        cpu = names[0] if names else cpu
    used = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy"))
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {used}"


def report(rows: list[dict]) -> str:
    """The table with what must be known to read it."""
    head = [
        "ratings of", "ratings", "ours CPU s", "ours rounds", "ours GB", "plain CPU s", "plain steps", "plain GB",
        "CPU ratio", "loss ours/plain", "r of scores", "same again",
    ]  # fmt: skip
    lines = [
        "# Bridging: measured",
        "",
        f"{time.strftime('%-d %B %Y')}. {machine()}.",
        "No peer: the Community Notes code is on no package index. *Plain* is descent along the gradient of the",
        "same loss, written in the script in NumPy, with SciPy's L-BFGS, until a step changes it by less than a billionth.",
        "",
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
    ]
    for row in rows:
        ours, plain = row["ours"], row["plain"]
        cells = [
            row["name"], f"{row['ratings']:,}", f"{ours['cpu']:.3f}", str(ours["rounds"]), f"{ours['peak']:.2f}",
            f"{plain['cpu']:.1f}", str(plain["rounds"]), f"{plain['peak']:.2f}", f"{plain['cpu'] / ours['cpu']:.0f}x",
            f"{ours['loss'] / plain['loss']:.6f}", f"{row['r']:.6f}", "yes" if ours["same"] else "NO",
        ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    lines += [
        "",
        growth({name: [(row["ratings"], row[name]["cpu"]) for row in rows] for name in ("ours", "plain")}, "ratings"),
        "",
        "CPU seconds from answers in memory to a score for each statement; of three runs of ours the quickest.",
        "GB is the peak of the whole process, made ratings included. *Loss* is ours over the other; below 1 ours is the better fit.",
        "*r* is the correlation of the statements' intercepts. Made ratings are people along one axis with two",
        "humps; they are no claim about real people. The machine was shared.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        what, *files = args.child
        child(what, *map(Path, files))
        return
    text = report([measure(size) for size in SIZES])
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
