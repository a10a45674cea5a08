"""Forms: every field has its label, its hint and its error tied to it, and comes back filled."""

import re

import pytest
from django import forms
from django.test import RequestFactory

from manyhands.foundation.ui.errors import conflict, csrf_failure
from manyhands.foundation.ui.forms import Described, HueSelect
from manyhands.foundation.ui.guide import ExampleForm


class Small(forms.Form):
    name = forms.CharField(label="Name", help_text="All members see it.", max_length=5)
    stance = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("for", Described("For", "We support it.")), ("no", "Against")],
        help_text="Which?",
    )
    agree = forms.BooleanField(label="They agreed", help_text="Ask them.")


def test_each_control_has_a_label_and_every_reference_leads_somewhere():
    html = str(ExampleForm({}))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for control in re.findall(r"<(?:input|select|textarea)[^>]*>", html):
        name = re.search(r'\bid="([^"]+)"', control)
        assert name, control
        assert f'for="{name[1]}"' in html
    described = [target for targets in re.findall(r'aria-describedby="([^"]+)"', html) for target in targets.split()]
    assert described
    assert set(described) <= set(ids)


def test_an_error_is_tied_to_its_field_and_repeated_above_with_a_link():
    html = str(Small({"name": "far too long", "stance": "for", "agree": "on"}))
    field = re.search(r'<input type="text"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'value="far too long"' in field
    assert '<a href="#id_name">Name</a>' in html
    assert "form-control" in field


def test_choices_are_cards_with_their_explanations():
    html = str(Small())
    assert html.count('class="choice"') == 2
    assert "<b>For</b><span>We support it.</span>" in html
    assert "<legend" in html
    assert 'aria-describedby="id_stance_helptext"' in html


def test_a_valid_form_shows_no_note():
    assert "form-errors" not in str(Small({"name": "Ana", "stance": "for", "agree": "on"}))


def test_hostile_input_comes_back_as_words():
    html = str(Small({"name": '"><script>x</script>', "stance": "<b>", "agree": "on"}))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_colour_is_picked_from_arches():
    class Colour(forms.Form):
        accent = forms.ChoiceField(widget=HueSelect, choices=[("lake", "Lake"), ("fern", "Fern")])

    html = str(Colour({"accent": "fern"}))
    assert 'data-accent="fern"' in html
    assert re.search(r'value="fern"[^>]*checked', html)


@pytest.mark.parametrize(
    ("before", "shown"),
    [("http://testserver/c/x/form/", "http://testserver/c/x/form/"), ("https://evil.example/", "/"), ("", "/")],
)
def test_the_way_back_after_an_error_leads_to_the_form_and_never_elsewhere(before, shown):
    request = RequestFactory().post("/c/x/send/", HTTP_REFERER=before)
    assert f'href="{shown}">Load the page again' in conflict(request, "Someone was faster.").content.decode()


def test_a_session_that_ended_says_that_nothing_is_lost():
    answer = csrf_failure(RequestFactory().post("/c/x/y/"))
    assert answer.status_code == 403
    assert b"nothing is lost" in answer.content
    assert b"data-draft-not-sent" in answer.content
