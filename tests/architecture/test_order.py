"""Small enough to read, explained, documented, and honest about itself."""

import ast
import os
import re
import subprocess
import sys

import pytest
from django.core.management import call_command

from .house import PROJECT, SOURCE, decorators, modules, parsed, rooms

TEXTS = [
    path
    for pattern in ("*.md", "docs/**/*.md", "src/**/*.md", "src/**/*.py", "src/**/*.html", "scripts/*", "tests/**/*.py")
    for path in PROJECT.glob(pattern)
    if path.is_file() and "node_modules" not in path.parts and path.name != "test_order.py"
]


def test_no_file_is_longer_than_a_sitting():
    for path in modules():
        assert len(path.read_text().splitlines()) <= 500, path


@pytest.mark.parametrize("room", rooms(), ids=lambda p: p.name)
def test_every_room_says_what_it_is_for_on_one_screen(room):
    readme = room / "README.md"
    assert readme.exists(), f"{room.name} has no README.md"
    assert 5 <= len(readme.read_text().splitlines()) <= 60, readme


def test_every_module_begins_with_what_it_is():
    for path in modules():
        if path.name not in {"__init__.py", "apps.py"} and path.read_text().strip():
            assert ast.get_docstring(parsed(path)), path


def test_rules_are_pure():
    """A rule asks no database, no clock and no request, so that anyone can check it by hand."""
    for path in modules():
        if path.stem == "rules" and path.parent.name != "access":
            text = path.read_text()
            assert not re.search(r"from django\.(db|http|utils\.timezone)|\bnow\(\)|\.objects\b", text), path


def test_a_lock_leaves_the_key_free():
    """Every new row takes a share of the keys it points at; a lock on the key too would stop all who write beside us.

    Only a queue that skips what others hold takes the whole row.
    """
    for path in modules():
        for call in (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "select_for_update":
                said = {keyword.arg for keyword in call.keywords}
                assert said & {"no_key", "skip_locked"}, f"{path}:{call.lineno}"


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_pages_carry_no_inline_style_or_script():
    for path in SOURCE.glob("**/templates/**/*.html"):
        text = path.read_text()
        if "mail" in path.parts or "email" in str(path):
            continue  # mail programs know nothing else
        assert not re.search(r"\sstyle=\"|\son(click|change|submit|load)=|<script>|<style>|hx-on", text), path


def test_no_document_or_code_names_a_place_on_one_machine_or_a_package_host():
    """What is written here must be true on every machine."""
    hosts = "|".join(["python" + "hosted", "pypi" + r"\.org", "registry" + r"\.npmjs"])  # in parts: it reads itself too
    somewhere = re.compile(rf"(?<![\w.])/(?:home|Users|root)/\w|{hosts}", re.I)
    for path in TEXTS:
        found = somewhere.search(path.read_text(encoding="utf-8", errors="ignore"))
        assert not found, f"{path}: {found and found.group()}"


def test_the_analysis_library_works_without_the_site(tmp_path):
    code = (
        "import sys, manyhands.analysis.common_ground, manyhands.faces.cli.analyse;"
        "sys.exit(any(m.split('.')[0] == 'django' for m in sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(SOURCE.parent)}, check=False
    )
    assert found.returncode == 0


def test_every_link_in_the_documents_leads_somewhere():
    broken = []
    for page in [*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), *SOURCE.glob("**/README.md")]:
        if "node_modules" in page.parts:
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if not re.match(r"https?:|mailto:|#", target) and not (page.parent / target.split("#")[0]).exists():
                broken.append(f"{page.relative_to(PROJECT)}: {target}")
    assert not broken, broken


def test_workers_know_every_job():
    """A worker finds a job by its name; one in a file that nothing loads at start would fail when its turn comes."""
    code = "import django; django.setup(); from manyhands.foundation.jobs.tasks import JOBS; print(*JOBS)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    known = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    written = [
        f"{'.'.join(('manyhands', *path.relative_to(SOURCE).with_suffix('').parts))}.{node.name}"
        for path in modules()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and any(d.startswith("job(") for d in decorators(node))
    ]
    assert len(written) > 5
    assert set(written) <= set(known), sorted(set(written) - set(known))
