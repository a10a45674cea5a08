"""Components: each drawn in the style guide, none leaking what its page knows, all safe with hostile words."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory

from manyhands.foundation.ui import guide

UI = Path(guide.__file__).parent
COMPONENTS = sorted(path.stem.replace("_", "-") for path in (UI / "templates" / "cotton").glob("*.html"))
HOSTILE = '"><script>alert(1)</script>{{ 7|add:7 }}'


def draw(template: str, **context) -> str:
    return engines["django"].from_string(compiled(template)).render(context, RequestFactory().get("/here/"))


def compiled(template: str) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    return CottonCompiler().process(template)


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_in_the_style_guide(name):
    shown = "".join(
        path.read_text() for path in [UI / "templates/ui/style_guide.html", *(UI / "templates/ui/guide").glob("*.html")]
    )
    assert f"<c-{name} " in shown or f"<c-{name}>" in shown, f"show <c-{name}> in templates/ui/guide/"


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_says_how_to_use_it(name):
    text = (UI / "templates" / "cotton" / f"{name.replace('-', '_')}.html").read_text()
    assert text.startswith("{#")
    assert f"<c-{name}" in text.partition("#}")[0]


def test_every_component_that_a_template_names_exists():
    """A misspelt one would otherwise break its page only when somebody opens it."""
    named = {
        (tag, template.name)
        for template in UI.parents[1].rglob("templates/**/*.html")
        for tag in re.findall(r"<c-([a-z][a-z-]*)", template.read_text())
    }
    unknown = {(tag, where) for tag, where in named if tag not in {*COMPONENTS, "vars", "slot", "…"}}
    here = {path.stem.replace("_", "-") for path in UI.parents[1].rglob("templates/cotton/**/*.html")}
    assert not {(tag, where) for tag, where in unknown if tag not in here}


def test_the_style_guide_opens_for_anyone(client, db):
    page = client.get("/style-guide/")
    assert page.status_code == 200
    html = page.content.decode()
    assert "<c-" not in html.replace("&lt;", "")
    assert 'aria-sort="descending"' in html


@pytest.mark.parametrize(
    "template",
    [
        '<c-empty title="{{ words }}">{{ words }}</c-empty>',
        '<c-empty :title="words">x</c-empty>',
        '<c-who name="{{ words }}" sub="{{ words }}" />',
        '<c-who :name="words" :sub="words" />',
        '<c-awaits-item title="{{ words }}" kind="{{ words }}" href="{{ words }}" action="{{ words }}" />',
        '<c-chart-frame id="a" :title="words" source="{{ words }}">x</c-chart-frame>',
        '<c-raised name="{{ words }}" says="{{ words }}" />',
        '<c-point x="1" y="2" label="{{ words }}" full="{{ words }}" href="#a" />',
        '<c-task title="{{ words }}">{{ words }}</c-task>',
        '<c-type-to-go-on word="{{ words }}" />',
        '<c-step-field name="a" label="{{ words }}" value="1" />',
    ],
)
def test_hostile_words_stay_words(template):
    drawn = draw(template, words=HOSTILE)
    assert "<script" not in drawn
    assert "14" not in drawn
    assert "&lt;script&gt;" in drawn


def test_hostile_words_are_escaped_once():
    assert "Tom &amp; Ana" in draw('<c-who name="{{ words }}" />', words="Tom & Ana")
    assert "&amp;amp;" not in draw('<c-who name="{{ words }}" />', words="Tom & Ana")


def test_a_component_does_not_take_what_only_its_page_knows():
    drawn = draw(
        "<c-note>x</c-note><c-badge>y</c-badge><c-who name='Ana' />", kind="stop", icon="trash", sub="LEAK", href="LEAK"
    )
    assert "LEAK" not in drawn
    assert "note-stop" not in drawn


def test_hands_are_counted_for_those_who_hear_the_page():
    drawn = draw('<c-hands :count="2" :of="5" label="2 of 5 are coming" />')
    assert drawn.count("is-waiting") == 3
    assert 'aria-label="2 of 5 are coming"' in drawn


def test_a_running_job_asks_again_and_an_ended_one_does_not():
    from types import SimpleNamespace

    running = draw(
        '<c-progress :run="run" title="Importing" />',
        run=SimpleNamespace(pk=4, state="running", done=1000, of=13731, note=""),
    )
    assert 'hx-trigger="every 1s"' in running
    assert "1,000 of 13,731" in running
    assert 'value="1000"' in running
    done = draw('<c-progress :run="run" />', run=SimpleNamespace(pk=4, state="done", done=3, of=3, note=""))
    assert "hx-trigger" not in done
