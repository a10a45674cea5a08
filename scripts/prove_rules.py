"""Breaks each rule of the house once, in a copy, and expects the suite to notice every time.

A check that cannot fail protects nothing. For each rule, one file of a copy of the project is changed the way
somebody might change it by mistake, and the tests that guard the rule are run. All must fail.

    python scripts/prove_rules.py           all of them, on the embedded database
    python scripts/prove_rules.py scope     those with this word in their name
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ROOMS = "src/manyhands"


@dataclass(frozen=True)
class Break:
    """One mistake: in this file, this (a pattern) becomes that, and these tests must fail."""

    name: str
    file: str
    find: str
    put: str
    tests: str


G, A, T = f"{ROOMS}/practice/governance", "tests/architecture", f"{ROOMS}/foundation/tenancy"
C = f"{ROOMS}/practice/alignment"
BREAKS = [
    Break("a require is removed", f"{G}/actions*", r"\n    require\(actor, policies\.\w+[^\n]*\)\n", "\n", f"{A}/test_permissions.py"),
    Break("an @allow is removed", f"{G}/views*", r"@allow\(\w+(?:\.\w+)?\)\n", "", f"{A}/test_permissions.py"),
    Break("an action loses its transaction", f"{G}/actions*", r"@transaction\.atomic\n", "", f"{A}/test_permissions.py"),
    Break("an action gets a way round", f"{G}/actions*", r"\(\*, actor: Actor,", "(*, actor: Actor, force: bool = False,", f"{A}/test_permissions.py"),
    Break("a ledger line is left out", f"{G}/actions*", r"    record\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\n", "    pass\n", f"{A}/test_ledger.py"),
    Break("an event carries what somebody wrote", f"{G}/events.py", r"    proposal_id: int\n", "    proposal_id: int\n    reason_text: str = ''\n", f"{A}/test_ledger.py"),
    Break("a ledger line can be changed", f"{ROOMS}/foundation/ledger/models.py", r"raise LineIsWritten\(\"A ledger line is never changed.\"\)", "pass", f"{A}/test_ledger.py"),
    Break("record works outside a transaction", f"{ROOMS}/foundation/ledger/spine.py", r"if not transaction\.get_connection\(\)\.in_atomic_block:", "if False:", f"{A}/test_ledger.py"),
    Break("a scope is removed", f"{T}/models.py", r"\.filter\(coalition_id=current_coalition_id\(\)\)", "", f"{A}/test_tenancy.py {T}"),
    Break("a row may point at another coalition", f"{T}/models.py", r"raise WrongCoalition\(f\"\{self\._meta\.label\} reaches outside coalition \{here\}\"\)", "pass", T),
    Break("a model without an owner", f"{G}/models*", r"\(CoalitionOwned\)", "(models.Model)", f"{A}/test_tenancy.py"),
    Break("a room looks over all coalitions", f"{G}/queries.py", r"\A", "", f"{A}/test_tenancy.py"),
    Break("an upward import", f"{ROOMS}/practice/stakeholders/queries*", r"\Z", "\nfrom manyhands.practice.governance import models as _upward  # noqa\n", f"{A}/test_walls.py"),
    Break("the analysis library meets the web", f"{ROOMS}/analysis/suppression.py", r"\Z", "\nimport django  # noqa\n", f"{A}/test_walls.py"),
    Break("a view asks the analysis library", f"{G}/views*", r"\Z", "\nfrom manyhands.analysis import suppression as _numbers  # noqa\n", f"{A}/test_walls.py"),
    Break("a rule asks the clock", f"{G}/rules.py", r"\Z", "\nfrom django.utils.timezone import now  # noqa\n", f"{A}/test_order.py"),
    Break("a lock holds the key too", f"{G}/steps.py", r"select_for_update\(no_key=True\)", "select_for_update()", f"{A}/test_order.py"),
    Break("inline style in a page", f"{G}/templates/governance/*.html", r"<h1", '<h1 style="color: red"', f"{A}/test_order.py"),
    Break("a setting nobody explains", f"{ROOMS}/config/environment.py", r"    @property\n    def is_production", '    hidden: bool = Field(False, description="Hidden.")\n\n    @property\n    def is_production', f"{A}/test_settings.py"),
    Break("it starts without a secret", f"{ROOMS}/config/environment.py", r"if len\(found\.secret_key\) < 32:", "if False:", f"{A}/test_settings.py"),
    Break("outsiders see a coalition", f"{ROOMS}/foundation/access/views.py", r"if needed\.holds\(request\.actor\):", "if True:", "tests/security/test_outsiders.py"),
    Break("every page may be framed", f"{ROOMS}/config/settings.py", r'"frame-ancestors": \[NONE\]', '"frame-ancestors": ["*"]', f"{C}/tests/test_public_report.py::test_every_other_page_still_refuses_to_be_framed"),
    Break("a public address can be guessed", f"{C}/publishing.py", r" or not constant_time_compare\([^\n]+\):", ":", f"{C}/tests/test_public_report.py::test_an_address_cannot_be_guessed"),
    Break("a policy lets everybody", f"{G}/policies.py", r"    return [^\n]+\n\Z", "    return True\n", "tests/security/test_roles.py"),
]  # fmt: skip

#: Appended rather than replaced where the pattern says so.
SPECIAL = {
    "a room looks over all coalitions": "\n\ndef _everything():\n    from .models import Proposal\n\n    return Proposal.all_coalitions.all()\n"
}


def copy_project(to: Path) -> None:
    ignore = shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", "node_modules", ".mypy_cache", ".ruff_cache")
    shutil.copytree(PROJECT, to, ignore=ignore)


def apply(mistake: Break, project: Path) -> str:
    """Make the mistake in the first file where it fits; return that file's name."""
    for path in candidates(project, mistake.file):
        text = path.read_text(encoding="utf-8")
        if mistake.name in SPECIAL:
            changed = text + SPECIAL[mistake.name]
        else:
            changed = re.sub(mistake.find, lambda _: mistake.put, text, count=1)
        if changed != text:
            path.write_text(changed, encoding="utf-8")
            return str(path.relative_to(project))
    raise SystemExit(f"Nowhere to make the mistake “{mistake.name}”: the script is behind the code.")


def candidates(project: Path, pattern: str) -> list[Path]:
    """A file, a pattern, or every file of a folder of that name."""
    found: list[Path] = []
    for path in sorted(project.glob(pattern)):
        found += sorted(path.glob("*.py")) if path.is_dir() else [path]
    return [path for path in found if path.suffix in {".py", ".html"}]


def noticed(mistake: Break) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory() as room:
        project = Path(room) / "project"
        copy_project(project)
        where = apply(mistake, project)
        environment = {
            **os.environ,
            "PYTHONPATH": str(project / "src"),
            "MANYHANDS_DATA_FOLDER": str(Path(room) / "data"),
            "MANYHANDS_TEST_DATABASE_SUFFIX": "broken",
        }
        environment.pop("MANYHANDS_DATABASE_URL", None)
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "--nomigrations", "-p", "no:xdist", *mistake.tests.split()],
            cwd=project, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    last = next((line for line in reversed(ran.stdout.splitlines()) if line.startswith(("FAILED", "ERROR"))), "")
    # 1: tests failed, 2 or 4: it could not even be loaded. Both stop a change from landing; 5 (no tests) does not.
    return ran.returncode in {1, 2, 4}, f"{where}: {last[:110] or ran.stdout[-200:]}"


def main() -> int:
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [mistake for mistake in BREAKS if word in mistake.name]
    sound = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--no-header", "--nomigrations", "-p", "no:xdist", *sorted({t for b in chosen for t in b.tests.split()})],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if sound.returncode:
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
