"""Every role tries every action, and what each may do is written down here by hand.

The table says for each permission which roles it lets through when the record is somebody else's. "own" means that
it depends on whose record it is; those have tests of their own beside the room.
"""

import ast
import importlib
import inspect
import typing
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import get_resolver

from manyhands.foundation.access.rules import REGISTRY, Actor, Visitor
from manyhands.foundation.tenancy.scope import inside
from tests.architecture.house import SOURCE, actions

from .who_may import WHO_MAY

ROLES = {
    "coordinator": {"representative", "coordinator"},
    "steward": {"representative", "steward"},
    "facilitator": {"representative", "facilitator"},
    "representative": {"representative"},
    "alternate": {"alternate"},
    "observer": {"observer"},
    "guest": {"guest"},
}
ACTIONS = actions()
#: Whoever holds the secret of a letter may answer it, signed in or not.
AT_THE_DOOR = {"coalitions.answer_invitation"}


def asked(node: ast.FunctionDef) -> str:
    """The permission that an action asks first, such as ``governance.close_proposal``."""
    first = node.body[1] if ast.get_docstring(node) else node.body[0]
    return ast.unparse(first.value.args[1]).removeprefix("policies.")


def actual(path, name: str):
    module = ".".join(("manyhands", *path.relative_to(SOURCE).with_suffix("").parts))
    return getattr(importlib.import_module(module), name.split(".")[-1])


def plausible(hint: object, rows: dict) -> object:
    """Something of the asked kind: a real row of the example for a model, a small value for the rest."""
    if isinstance(hint, type):
        for row in rows.values():
            if type(row) is hint:
                return row
        for kind, value in (
            (bool, True),
            (int, 1),
            (str, "x"),
            (datetime, datetime.now().astimezone()),
            (date, date.today()),
        ):
            if issubclass(hint, kind):
                return value
    inner = [kind for kind in typing.get_args(hint) if kind is not type(None)]
    return plausible(inner[0], rows) if inner else None


def attempt(action, actor, rows) -> str:
    """ "refused" if the permission stopped it; anything that came later means that it was let through."""
    hints = typing.get_type_hints(action)
    filled = {
        name: plausible(hints.get(name), rows)
        for name, parameter in inspect.signature(action).parameters.items()
        if name != "actor" and parameter.default is inspect.Parameter.empty
    }
    try:
        with transaction.atomic():
            action(actor=actor, **filled)
            transaction.set_rollback(True)
    except PermissionDenied:
        return "refused"
    except Exception:
        return "let through"
    return "let through"


def test_the_table_knows_every_permission_that_an_action_asks():
    get_resolver().url_patterns  # noqa: B018  (loads every view, and with it every permission)
    asks = {f"{name.split('.')[0]}.{asked(node)}" for name, node, _ in ACTIONS}
    assert asks <= set(WHO_MAY), sorted(asks - set(WHO_MAY))
    assert set(WHO_MAY) <= set(REGISTRY), sorted(set(WHO_MAY) - set(REGISTRY))


def test_every_role_tries_every_action(example, rows, safe_streets):
    wrong, tried = [], 0
    for name, node, path in ACTIONS:
        needed = f"{name.split('.')[0]}.{asked(node)}"
        allowed, action = WHO_MAY[needed], actual(path, name)
        if allowed == "person":
            continue  # about one's own account, whatever the role; tried below
        for role, words in ROLES.items():
            # A seat and an organization that own nothing in the example.
            actor = Actor(example.pk, 10**9, frozenset(words), organization_id=10**9, person_id=10**9)
            with inside(example.pk):
                outcome = attempt(action, actor, rows)
            expected = "let through" if role in allowed else "refused"
            tried += 1
            if outcome != expected:
                wrong.append(f"{name} ({needed}) as {role}: {outcome}, expected {expected}")
        stranger = Actor(
            safe_streets.coalition.pk,
            safe_streets.seat["zed"].pk,
            frozenset({"representative", "coordinator", "steward", "facilitator"}),
        )
        with inside(example.pk):
            if attempt(action, stranger, rows) != "refused":
                wrong.append(f"{name}: a coordinator of another coalition got through")
    assert not wrong, "\n".join(wrong)
    assert tried > 200


def test_a_visitor_acts_in_no_coalition(example, rows):
    let_through = []
    for name, node, path in ACTIONS:
        if WHO_MAY[f"{name.split('.')[0]}.{asked(node)}"] != "person":
            with inside(example.pk):
                if attempt(actual(path, name), Visitor(), rows) != "refused":
                    let_through.append(name)
    assert not let_through


def test_what_a_person_does_about_themselves_asks_no_role_and_needs_somebody_signed_in(example, rows):
    wrong, tried = [], 0
    for name, node, path in ACTIONS:
        needed = f"{name.split('.')[0]}.{asked(node)}"
        if WHO_MAY[needed] != "person":
            continue
        tried += 1
        for who, actor in (("nobody", Visitor()), ("a person", Visitor(person_id=1))):
            expected = "refused" if who == "nobody" and needed not in AT_THE_DOOR else "let through"
            if (outcome := attempt(actual(path, name), actor, rows)) != expected:
                wrong.append(f"{name} as {who}: {outcome}, expected {expected}")
    assert not wrong, "\n".join(wrong)
    assert tried > 5
