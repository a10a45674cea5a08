"""What happened is written down once, by the deed itself."""

import ast
import dataclasses
import re
from functools import cache
from pathlib import Path

import pytest

from manyhands.foundation.ledger.events import KINDS
from manyhands.foundation.ledger.models import LedgerEntry, LineIsWritten

from .house import SOURCE, actions, modules, parsed

ACTIONS = actions()
#: What an event may carry: ids, counts, outcomes and dates. Text that people wrote stays in its own row.
FACTS = {"int", "bool", "int | None", "list[int]", "float", "str", "float | None", "str | None", "list[str]"}
#: Fields of type str must be one of these kinds of word, never what somebody wrote.
OUTCOME_WORDS = re.compile(
    r"(^was$|^now$|^answer$|^of$|^finding$|^part$|outcome|state|kind|method|choice|phase|office|standing|offices|before|after|source|what|change|field|fields|step|steps|role|status|rule|format|horizon)(_|$)|_(state|kind|outcome|phase|choice|standing|date|reference)$"
)


def calls(node: ast.AST) -> set[str]:
    return {ast.unparse(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)}


@cache
def functions_of(room: Path) -> dict[str, list[ast.FunctionDef]]:
    found: dict[str, list[ast.FunctionDef]] = {}
    for path in modules(room):
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return found


def reachable(node: ast.FunctionDef, room: Path) -> list[ast.FunctionDef]:
    """The action, and every function of its own room that it calls."""
    found, todo = [], [node]
    while todo:
        function = todo.pop()
        if function not in found:
            found.append(function)
            for name in calls(function):
                todo += functions_of(room).get(name.split(".")[-1], [])
    return found


def written(functions: list[ast.FunctionDef]) -> set[str]:
    """Names of the events that these functions hand to `record`: made there, kept in a name first, or handed on."""
    names: set[str] = set()
    for function in functions:
        parameters = {a.arg for a in [*function.args.args, *function.args.kwonlyargs]}
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "record" and call.args:
                event = call.args[0]
                if isinstance(event, ast.Name) and event.id in parameters:
                    names |= {made.split(".")[-1] for each in functions for made in calls(each)}
                elif isinstance(event, ast.Name):
                    names |= {made for value in assigned(function, event.id) for made in made_in(value)}
                else:
                    names |= made_in(event)
    return names


def assigned(function: ast.FunctionDef, name: str) -> list[ast.AST]:
    return [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
    ]


def made_in(node: ast.AST) -> set[str]:
    return {made.split(".")[-1] for made in calls(node)}


@pytest.mark.parametrize(("name", "node", "path"), ACTIONS, ids=[name for name, *_ in ACTIONS])
def test_an_action_writes_the_line_that_it_promises(name, node, path):
    tells = re.search(r"Tells:(.*?)(?:\n\s*\n|\Z)", ast.get_docstring(node) or "", re.S)
    assert tells, name
    promised = re.findall(r"`(\w+)`", tells.group(1))
    said = written(reachable(node, SOURCE.joinpath(*path.relative_to(SOURCE).parts[:2])))
    if re.match(r"\s*no one", tells.group(1)):
        assert not said, f"{name} says it tells no one, and tells {said}"
        assert len(tells.group(1).split()) > 4, f"{name}: say why nobody is told"
    else:
        assert promised, f"{name}: name the event in backticks"
        for event in promised:
            if event[0].isupper():
                assert event in said, f"{name} never writes {event}"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_event_is_explained_and_carries_no_personal_data(kind):
    event = KINDS[kind]
    assert not (event.__doc__ or "").startswith(f"{event.__name__}("), f"{kind}: say in a sentence what happened"
    for field in dataclasses.fields(event):
        kept = field.type.__name__ if field.type in {int, bool, float, str} else str(field.type)
        assert kept in FACTS, f"{kind}.{field.name}: {kept}"
        if "str" in kept:
            assert OUTCOME_WORDS.search(field.name), f"{kind}.{field.name} may hold what people wrote"
        assert not re.search(r"email|text|reason|message|(^|_)name", field.name), f"{kind}.{field.name}"


def test_a_line_is_never_changed_or_taken_out(clean_air):
    from django.utils.timezone import now

    with clean_air.inside():
        entry = LedgerEntry.objects.create(at=now(), kind="x", by_system="a test", about="x:1")
        with pytest.raises(LineIsWritten):
            entry.save()
        with pytest.raises(LineIsWritten):
            entry.delete()


def test_a_line_needs_the_transaction_of_its_change(clean_air, transactional_db):
    from manyhands.foundation.ledger.spine import record

    event = next(iter(KINDS.values()))
    facts = {f.name: [] if "list" in str(f.type) else 1 for f in dataclasses.fields(event)}
    with clean_air.inside(), pytest.raises(RuntimeError):
        record(event(**facts), by=clean_air.actor["amina"], about=clean_air.coalition)
