"""Every deed asks first, and every page says who may open it."""

import ast

import pytest

from manyhands.foundation.access.rules import REGISTRY, Permission

from .house import actions, addresses, decorators, modules, parsed

ACTIONS = actions()


def test_there_are_actions_to_speak_of():
    assert len(ACTIONS) > 30


@pytest.mark.parametrize(("name", "node", "path"), ACTIONS, ids=[name for name, *_ in ACTIONS])
class TestEveryAction:
    def test_says_who_acts_and_takes_everything_by_name(self, name, node, path):
        assert [a.arg for a in node.args.kwonlyargs][:1] == ["actor"], f"{name}: the first argument is `actor`"
        assert not node.args.args, f"{name}: everything by name"

    def test_asks_first(self, name, node, path):
        first = node.body[1] if ast.get_docstring(node) else node.body[0]
        assert ast.unparse(first).startswith("require(actor, policies."), f"{name}: the first statement asks"

    def test_is_one_transaction(self, name, node, path):
        assert "transaction.atomic" in decorators(node), name

    def test_explains_itself(self, name, node, path):
        words = ast.get_docstring(node) or ""
        for word in ("Who:", "Refuses:", "Tells:"):
            assert word in words, f"{name}: the docstring has no `{word}`"

    def test_has_no_way_round(self, name, node, path):
        names = {a.arg for a in node.args.kwonlyargs}
        assert not names & {"skip", "force", "skip_permission", "as_system", "check"}, name


def test_every_view_says_who_may_open_it():
    seen = 0
    for pattern, _, view, _ in addresses():
        if pattern.startswith("static"):
            continue
        assert isinstance(getattr(view, "allows", None), Permission), pattern
        seen += 1
    assert seen > 40


def test_every_permission_is_explained_in_one_sentence():
    assert len(REGISTRY) > 20
    for needed in REGISTRY.values():
        assert needed.meaning.endswith("."), needed.name
        assert needed.meaning[0].isupper(), needed.name


def test_views_leave_writing_to_actions():
    """A view finds, calls one action, and renders."""
    for path in modules():
        if path.name == "views.py" or path.parent.name == "views":
            for node in ast.walk(parsed(path)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    written = ast.unparse(node.func)
                    assert not written.endswith((".objects.create", ".bulk_create", ".bulk_update")), (path, written)
                    if node.func.attr == "save":
                        assert "form" not in written, f"{path}: {written}() writes without an action"
