"""Duplicate organizations: how many are found, how fast, beside TF-IDF, sparse_dot_topn and RapidFuzz.

    python benchmarks/duplicates.py            # 3k, 10k and 30k names; about a minute
    python benchmarks/duplicates.py --large    # also 100k; some minutes, most of them the peer's

Names are those of the real lists beside the project (or invented ones where these are missing), a fifth of them
written a second time with slips, other legal forms, short forms, accents and other word order
(``src/manyhands/analysis/matching/tests/labelled.py``). Both sides get the same list in the same run, each in a
process of its own. CPU seconds are from names in memory to scored pairs. The table goes to
``benchmarks/results/duplicates.md``.
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
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "results" / "duplicates.md"
PEER_VENV = ROOT / "var" / "benchmarks" / "duplicates-peer"
PEER = ("sparse_dot_topn==1.2.0", "scikit-learn==1.9.1", "rapidfuzz==3.14.6")
SIZES, LARGE = (3_000, 10_000, 30_000), 100_000
#: The peer's usual settings: ten neighbours above half the cosine, then pairs that RapidFuzz finds alike.
NEIGHBOURS, COSINE, ALIKE = 10, 0.5, 85
ASKED = 300


def measure_ours(names: list[str]) -> dict:
    """A list to pairs with score and reasons; then one new name after another."""
    from manyhands.analysis.matching import Record, build_index, find_duplicates, match_one

    started = time.process_time()
    index = build_index(Record(name) for name in names)
    built = time.process_time()
    ones, others = index.pairs_of_names()
    compared = time.process_time()
    pairs = find_duplicates(index)
    spent = time.process_time() - compared + built - started
    reached = peak()
    candidates = set(zip(ones.tolist(), others.tolist(), strict=True))
    asked = [names[at * len(names) // ASKED] for at in range(ASKED)]
    cpu, wall = [], []
    match_one(Record(names[0]), index)  # a running house has asked before
    for name in asked:
        begin, begin_wall = time.process_time(), time.perf_counter()
        match_one(Record(name[:-1] + "x"), index)
        cpu.append(time.process_time() - begin)
        wall.append(time.perf_counter() - begin_wall)
    cpu.sort()
    wall.sort()
    return {
        "cpu": spent,
        "peak": reached,
        "building": built - started,
        "one": [1000 * cpu[ASKED // 2], 1000 * cpu[ASKED * 95 // 100], 1000 * cpu[-1]],
        "one_wall": [1000 * wall[ASKED // 2], 1000 * wall[ASKED * 95 // 100]],
        "core_of": index.core_of.tolist(),
        "candidates": sorted(candidates),
        "found": [(pair.a, pair.b) for pair in pairs],
    }


def measure_peer(names: list[str]) -> dict:
    """The usual chain: TF-IDF of letters in threes, the ten nearest by sparse_dot_topn, RapidFuzz on these."""
    import numpy as np
    from rapidfuzz import fuzz, process, utils
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    started = time.process_time()
    plain = [utils.default_process(name) for name in names]
    table = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), dtype=np.float32).fit_transform(plain)
    near = sp_matmul_topn(table, table.T.tocsr(), top_n=NEIGHBOURS, threshold=COSINE, n_threads=1).tocoo()
    one, other = np.minimum(near.row, near.col), np.maximum(near.row, near.col)
    both = np.unique(one[one != other].astype(np.int64) * len(names) + other[one != other])
    one, other = both // len(names), both % len(names)
    texts = np.array(plain, dtype=object)
    ratio = process.cpdist(texts[one].tolist(), texts[other].tolist(), scorer=fuzz.token_sort_ratio, workers=1)
    spent = time.process_time() - started
    alike = ratio >= ALIKE
    return {
        "cpu": spent,
        "peak": peak(),
        "candidates": list(zip(one.tolist(), other.tolist(), strict=True)),
        "found": list(zip(one[alike].tolist(), other[alike].tolist(), strict=True)),
    }


def peak() -> float:
    """Most memory this process has had so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**3 if sys.platform == "darwin" else 1024**2)


def child(what: str, file: Path) -> None:
    """Run one measurement, and say what it cost and how much of what is labelled it found."""
    made = json.loads(file.read_text())
    found = (measure_ours if what == "ours" else measure_peer)(made["names"])
    truth = {(a, b) for a, b in made["pairs"]}
    candidates, pairs = {tuple(each) for each in found.pop("candidates")}, {tuple(each) for each in found.pop("found")}
    of = found.pop("core_of", None)
    if of is None:
        seen = sum(pair in candidates for pair in truth)
    else:  # ours are pairs of different names; one name in two rows needs no search
        seen = sum(of[a] == of[b] or (min(of[a], of[b]), max(of[a], of[b])) in candidates for a, b in truth)
    found |= {
        "candidate_recall": seen / len(truth),
        "each": len(candidates) / len(made["names"]),
        "recall": len(pairs & truth) / len(truth),
        "precision": len(pairs & truth) / len(pairs),
    }
    print(json.dumps(found))


def run_child(python: str, what: str, file: Path) -> dict:
    """Measure in a fresh process."""
    environment = {**os.environ, "PYTHONPATH": "" if what == "peer" else str(ROOT / "src"), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [python, __file__, "--child", what, str(file)], capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        raise SystemExit(f"{what} failed on {file.name}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def peer_python() -> str | None:
    """A virtual environment that has the peer, made the first time."""
    python = PEER_VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER_VENV)], check=True)
    wanted = "import sparse_dot_topn, sklearn, rapidfuzz"
    if subprocess.run([python, "-c", wanted], capture_output=True, check=False).returncode:
        done = subprocess.run([python, "-m", "pip", "install", "-q", *PEER], capture_output=True, check=False)
        if done.returncode:
            print("The peer cannot be installed; only our own figures are measured.")
            return None
    return str(python)


def measure(number: int, names: list[str], peer: str | None, repeat: int) -> dict:
    """Both sides on one list; of several runs the quickest counts."""
    from manyhands.analysis.matching.tests.labelled import labelled

    made = labelled(names, number)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "names.json"
        file.write_text(json.dumps({"names": made.names, "pairs": sorted(made.pairs)}))
        row = {"names": number, "twice": len(made.pairs)}
        row["ours"] = min((run_child(sys.executable, "ours", file) for _ in range(repeat)), key=lambda r: r["cpu"])
        if peer:
            row["peer"] = min((run_child(peer, "peer", file) for _ in range(repeat)), key=lambda r: r["cpu"])
    print(json.dumps(row), flush=True)
    return row


def lines(row: dict) -> tuple[str, str, str]:
    """One row of each table."""
    ours, peer = row["ours"], row.get("peer")
    speed = [f"{row['names']:,}", f"{ours['cpu']:.2f}", f"{ours['building']:.2f}", f"{ours['peak']:.2f}"]
    speed += [f"{peer['cpu']:.2f}", f"{peer['peak']:.2f}", f"{peer['cpu'] / ours['cpu']:.1f}x"] if peer else ["–"] * 3
    found = [f"{row['names']:,}", f"{row['twice']:,}"]
    for side in (ours, peer):
        if side:
            found += [f"{side['candidate_recall']:.4f}", f"{side['each']:.1f}"]
            found += [f"{side['recall']:.4f}", f"{side['precision']:.4f}"]
        else:
            found += ["–"] * 4
    one = [f"{row['names']:,}", *(f"{each:.1f}" for each in ours["one"]), *(f"{each:.1f}" for each in ours["one_wall"])]
    return tuple("| " + " | ".join(cells) + " |" for cells in (speed, found, one))


def machine() -> str:
    """Where this was measured."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [row.split(":", 1)[1].strip() for row in info.read_text().splitlines() if row.startswith("model name")]
        cpu = models[0] if models else cpu
    used = ", ".join(f"{name} {version(name)}" for name in ("numpy", "rapidfuzz"))
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {used}"


def report(rows: list[dict], peer: str | None, source: str) -> str:
    """The page."""
    tables = list(zip(*(lines(row) for row in rows), strict=True))
    heads = (
        "| names | ours CPU s | of that the index | ours GB | peer CPU s | peer GB | CPU ratio |\n" + "|---" * 7 + "|",
        "| names | written twice | ours: candidate recall | compared a name | recall | precision "
        "| peer: candidate recall | compared a name | recall | precision |\n" + "|---" * 10 + "|",
        "| names | CPU ms, median | 95 % | most | wall ms, median | 95 % |\n" + "|---" * 6 + "|",
    )
    titles = ("## A whole list", "## What is found", "## One new name against the list")
    text = [
        "# Duplicate organizations: measured",
        "",
        f"{time.strftime('%-d %B %Y')}. {machine()}.",
        f"Peer: {', '.join(PEER).replace('==', ' ')}: TF-IDF of letters in threes, the {NEIGHBOURS} nearest with a "
        f"cosine of {COSINE} or more, then `token_sort_ratio` of {ALIKE} or more; one thread."
        if peer
        else "Peer: could not be installed.",
        f"Names: {source}",
        "",
    ]
    for title, head, body in zip(titles, heads, tables, strict=True):
        text += [title, "", head, *body, ""]
    text += [
        "CPU seconds from names in memory to pairs with a score (ours also with reasons in words); up to 30,000 names",
        "the quicker of two runs. GB is the peak of the whole process. *Candidate recall*: share of the labelled pairs",
        "that are compared at all. *Recall* and *precision* are of the pairs shown, ours from a score of 0.8, and only",
        "as good as the labels: the real lists also hold duplicates that nobody labelled, which count as wrong here.",
        "Names beyond the real ones are put together from halves of two, so they are nearer to each other than real",
        "names are. One new name is a row of the list with its last letter changed. The machine was shared, so CPU",
        "seconds vary by about a third, and wall time also holds what others made us wait.",
        "",
    ]
    return "\n".join(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", action="store_true", help="also 100k names")
    parser.add_argument("--no-peer", action="store_true", help="only our own figures")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        child(args.child[0], Path(args.child[1]))
        return
    sys.path.insert(0, str(ROOT / "src"))
    from manyhands.analysis.matching.tests.labelled import invented_names, real_names

    names = real_names(ROOT.parent / "shared" / "data")
    source = f"{len(names):,} different real ones (American and European lists), filled up from their halves."
    if not names:
        names, source = invented_names(), "invented; the real lists are not on this machine."
    peer = None if args.no_peer else peer_python()
    rows = [measure(number, names, peer, repeat=2) for number in SIZES]
    if args.large:
        rows.append(measure(LARGE, names, peer, repeat=1))
    text = report(rows, peer, source)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
