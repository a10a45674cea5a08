"""Who may look at whom: imports go down only, and a name says what is inside."""

import ast
import subprocess
import sys

import pytest

from .house import PROJECT, SOURCE, modules, parsed, rooms

BANNED = {"core", "common", "utils", "util", "helpers", "helper", "extras", "misc", "tools"}
LOWER_ROOM_OFFERS = {
    "models", "queries", "actions", "events", "rules", "policies", "apps", "spine", "tasks", "progress",
}  # fmt: skip


def test_imports_go_down_only():
    """The contracts themselves stand in pyproject.toml, where the import linter reads them."""
    code = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    found = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_room_of_practice_has_its_row_in_the_contract():
    contract = (PROJECT / "pyproject.toml").read_text()
    for room in rooms():
        if room.parent.name == "practice":
            assert f"{room.name}" in contract.split("Practice rooms look down")[1].split("[[")[0], room


@pytest.mark.parametrize("path", list(modules()), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_name_says_what_is_inside(path):
    assert not BANNED & {part.removesuffix(".py") for part in path.relative_to(SOURCE).parts}


def imported(path):
    """Everything a file imports, by its full name: the module, and each name taken from it, which may be one too."""
    package = ("manyhands", *path.relative_to(SOURCE).parts[:-1])
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", list(modules()), ids=lambda p: str(p.relative_to(SOURCE)))
def test_only_insights_ask_the_analysis_library(path):
    parts = path.relative_to(SOURCE).parts
    if parts[0] not in {"practice", "foundation", "faces"} or parts[:2] == ("faces", "cli"):
        return
    if any(name.startswith("manyhands.analysis") for name in imported(path)):
        assert "insights" in {path.stem, path.parent.name}, f"{path}: only insights.py may ask the numbers"


@pytest.mark.parametrize("path", list(modules(SOURCE / "practice")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_room_uses_only_what_a_lower_room_offers(path):
    """Never its views or forms: those are its own way of meeting people."""
    here = path.relative_to(SOURCE).parts[1]
    for name in imported(path):
        parts = name.split(".")
        if parts[:2] == ["manyhands", "practice"] and len(parts) > 3 and parts[2] != here:
            # A large room is divided into parts, each with the same furniture.
            assert {*parts[3:5]} & LOWER_ROOM_OFFERS, f"{path} imports {name}"


def test_no_model_signals_outside_the_foundation():
    for path in modules():
        if path.relative_to(SOURCE).parts[0] != "foundation":
            assert not any(name.startswith("django.db.models.signals") for name in imported(path)), path
