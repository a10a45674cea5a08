"""Breaks each rule of the house once, in a copy, and expects the suite to notice every time.

A check that cannot fail protects nothing. For each rule, one file of a copy of the project is changed the way
somebody might change it by mistake (`scripts/rule_breaks.py`), and the test that guards the rule is run. It must fail.
A rule of `tests/architecture` for which no mistake is written down is a fault too.

    python scripts/prove_rules.py           all of them
    python scripts/prove_rules.py scope     those with this word in their name
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from scripts.rule_breaks import BREAKS, SEE_TO_IT, Break  # noqa: E402

POSTGRESQL = "postgres://manyhands_tests:manyhands_tests@127.0.0.1/manyhands_tests"
LEFT_BEHIND = (".venv", ".git", "var", "__pycache__", "node_modules", ".mypy_cache", ".ruff_cache", "screenshots")


def apply(mistake: Break, project: Path) -> str:
    """Make the mistake in the first file where it fits; return that file's name."""
    if not mistake.find:
        (project / mistake.file).write_text(mistake.put, encoding="utf-8")
        return mistake.file
    for path in candidates(project, mistake.file):
        text = path.read_text(encoding="utf-8")
        changed = re.sub(mistake.find, lambda found: put(mistake, found), text, count=1)
        if changed != text:
            path.write_text(changed, encoding="utf-8")
            return str(path.relative_to(project))
    raise SystemExit(f"Nowhere to make the mistake “{mistake.name}”: the list of mistakes is behind the code.")


def put(mistake: Break, found: re.Match[str]) -> str:
    """What stands there instead; ``@@1`` keeps what the pattern put in brackets."""
    return mistake.put.replace("@@1", found.group(1)) if found.re.groups else mistake.put


def candidates(project: Path, pattern: str) -> list[Path]:
    """A file, a pattern, or every file of a folder of that name."""
    found: list[Path] = []
    for path in sorted(project.glob(pattern)):
        found += sorted(path.glob("*.py")) if path.is_dir() else [path]
    return found


def pytest_of(project: Path, tests: list[str], *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run these tests of this copy. Tables are made without migrations, which is quicker, unless those are meant."""
    environment = {**os.environ, "PYTHONPATH": str(project / "src"), **settings}
    if "MANYHANDS_DATABASE_URL" not in settings:
        environment.pop("MANYHANDS_DATABASE_URL", None)
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:xdist", *words, *tests]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def noticed(mistake: Break) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory() as room:
        project = Path(room) / "project"
        shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
        where = apply(mistake, project)
        # Several are tried side by side: with one database for all, one would throw away the tables of another.
        suffix = f"broken{threading.current_thread().name.rpartition('_')[2]}"
        settings = {"MANYHANDS_DATA_FOLDER": str(Path(room) / "data"), "MANYHANDS_TEST_DATABASE_SUFFIX": suffix}
        if mistake.needs == "postgresql":
            settings["MANYHANDS_DATABASE_URL"] = os.environ.get("MANYHANDS_DATABASE_URL", POSTGRESQL)
        ran = pytest_of(project, [mistake.test], "-x", *([] if mistake.needs else ["--nomigrations"]), **settings)
    last = next((line for line in reversed(ran.stdout.splitlines()) if line.startswith(("FAILED", "ERROR"))), "")
    # 1: a test failed; 2 or 4: nothing could be loaded, which proves the rule only where that is the point of it.
    caught = (ran.returncode == 1 and last.startswith("FAILED")) or (mistake.hinders and ran.returncode in {1, 2, 4})
    return caught, f"{where}: {last[:110] or ran.stdout[-200:] or ran.stderr[-200:]}"


def unproven() -> list[str]:
    """Rules of `tests/architecture` for which no mistake is written down."""
    rules = {
        node.name.removeprefix("test_")
        for path in (PROJECT / "tests" / "architecture").glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    return sorted(rules - SEE_TO_IT - {mistake.test.split("::")[-1].removeprefix("test_") for mistake in BREAKS})


def main() -> int:
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [mistake for mistake in BREAKS if word in mistake.name]
    if missing := unproven():
        print(f"No mistake is written down for: {', '.join(missing)}.")
        return 1
    here = sorted({mistake.test for mistake in chosen if mistake.needs != "postgresql"})
    sound = pytest_of(PROJECT, here, "--nomigrations") if here else None  # without a name it would run everything
    if sound is not None and sound.returncode not in {0, 5}:
        print(sound.stdout[-3000:])
        print("The rules do not even hold unbroken; nothing can be proven.")
        return 1
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        results = list(pool.map(noticed, chosen))
    missed = 0
    for mistake, (caught, what) in zip(chosen, results, strict=True):
        missed += not caught
        print(f"{'noticed' if caught else 'MISSED '}  {mistake.name}  ({what})")
    print(f"{len(chosen) - missed} passed, {missed} failed")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
