"""A part of a page that is drawn once names every value that it shows."""

import re
from pathlib import Path

import pytest
from django.template.base import FilterExpression, Node, Variable
from django.template.defaulttags import ForNode, WithNode
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode

from manyhands.foundation.ui.drawn import DrawnNode

SOURCE = Path(__file__).resolve().parents[2] / "src" / "manyhands"
TEMPLATES = sorted(
    str(path).partition("/templates/")[2]
    for path in SOURCE.rglob("templates/**/*.html")
    if "{% drawn_from" in path.read_text()
)

#: A property that gathers what is shown of a row: ``plot.told``, ``ally.told_in_list``.
TOLD = re.compile(r"\.told\w*$")
#: What leads from a node back to the whole.
LEFT_OUT = {"origin", "token", "parser", "source", "engine", "__dict__"}


def parts(nodelist):
    """Every drawn part of a template."""
    return nodelist.get_nodes_by_type(DrawnNode)


def everything_in(thing, seen):
    """All that hangs on a node: the nodes and expressions inside it, and the template that it takes in."""
    if id(thing) in seen or isinstance(thing, str | int | float | bool | type(None)):
        return
    seen.add(id(thing))
    yield thing
    if isinstance(thing, dict):
        inside = list(thing.values())
    elif isinstance(thing, list | tuple | set):
        inside = list(thing)
    elif isinstance(thing, Node | FilterExpression) or type(thing).__module__.startswith("django.template"):
        names = {*getattr(thing, "__dict__", {}), *getattr(type(thing), "__slots__", ())} - LEFT_OUT
        inside = [getattr(thing, name) for name in sorted(names) if hasattr(thing, name)]
        if isinstance(thing, IncludeNode):
            inside.append(list(get_template(thing.template.var).template.nodelist))
    else:
        inside = []
    for each in inside:
        yield from everything_in(each, seen)


def unnamed(part):
    """What a part looks at and its tag does not name.

    ``plot.told`` stands for all of `plot`; ``state`` for its label too; what is made inside follows from the rest.
    """
    named = {".".join(value.var.lookups) for value in part.values}
    named |= {TOLD.sub("", name) for name in named}
    found = list(everything_in(list(part.nodelist), set()))
    made = {"forloop", "True", "False", "None"}
    for each in found:
        made |= set(each.loopvars) if isinstance(each, ForNode) else set()
        made |= set(each.extra_context) if isinstance(each, WithNode | IncludeNode) else set()
        made |= {each.asvar} if getattr(each, "asvar", None) else set()
        made |= {each.counter} if isinstance(getattr(each, "counter", None), str) else set()
        if type(each).__name__ == "BlockTranslateNode":
            made |= {*each.extra_context, each.countervar}
    missing = set()
    for variable in (each for each in found if isinstance(each, Variable) and each.lookups):
        path = list(variable.lookups)
        last = path[-1]
        if last.startswith("get_") and last.endswith("_display"):
            path[-1] = last.removeprefix("get_").removesuffix("_display")
        if path[0] not in made and not {".".join(path[:n]) for n in range(1, len(path) + 1)} & named:
            missing.add(".".join(path))
    return missing


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_value_is_named(name):
    template = get_template(name).template
    found = list(parts(template.nodelist))
    assert found, "this file holds a part, and it was not found"
    for part in found:
        assert not unnamed(part), f"{name}, line {part.place[1]}: name {sorted(unnamed(part))} in the tag"


def test_a_value_left_out_is_seen():
    from django.template import Template

    body = (
        "{% drawn_from a.told row.state %}{{ a.x }}{{ row.get_state_display }}{{ row.name|lower }}"
        "{% for one in row.people %}{{ one.name }}{% if one.age > limit %}{{ forloop.counter }}{% endif %}{% endfor %}"
        "{% blocktranslate with who=row.owner %}{{ who }}{% endblocktranslate %}{% enddrawn %}"
    )
    (part,) = parts(Template(body).nodelist)
    assert unnamed(part) == {"row.name", "row.people", "limit", "row.owner"}
