"""Walks the whole house, so that a new room is covered the day it is added."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "manyhands"

#: Modules that may look over all coalitions, each with the reason why.
MAY_LOOK_EVERYWHERE = {
    "foundation/tenancy": "it builds the fence",
    "foundation/ledger": "it delivers every coalition's lines",
    "foundation/jobs": "it works for every coalition",
    "foundation/accounts": "it finds who asks, under the fence that the next question needs",
    "foundation/coalitions": "it finds the seats of a person, and the coalition of an invitation",
}


def modules(under: Path = SOURCE) -> Iterator[Path]:
    """Every file of the product; tests and migrations left out."""
    for path in sorted(under.glob("**/*.py")):
        if not {"tests", "migrations", "node_modules"} & set(path.relative_to(SOURCE).parts):
            yield path


def rooms() -> list[Path]:
    """Every folder that is a room of its own."""
    return sorted(
        path
        for floor in ("foundation", "practice", "faces")
        for path in (SOURCE / floor).iterdir()
        if path.is_dir() and (path / "__init__.py").exists()
    )


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def action_files() -> Iterator[Path]:
    for path in modules():
        if path.name == "actions.py" or path.parent.name == "actions":
            yield path


def actions() -> list[tuple[str, ast.FunctionDef, Path]]:
    """Every action in the house: its name, its source and its file."""
    return [
        (f"{path.relative_to(SOURCE).parts[1]}.{node.name}", node, path)
        for path in action_files()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def addresses(
    resolver: URLResolver | None = None, prefix: str = "", namespace: str = "", converters: dict | None = None
) -> Iterator[tuple[str, str, object, dict]]:
    """Every address the site answers to: its pattern, its name, its view and what must be filled in."""
    for entry in (resolver or get_resolver()).url_patterns:
        known = {**(converters or {}), **entry.pattern.converters}
        if isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            yield prefix + str(entry.pattern), name, entry.callback, known
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, prefix + str(entry.pattern), inner, known)


def decorators(node: ast.FunctionDef) -> list[str]:
    return [ast.unparse(item) for item in node.decorator_list]
