"""Parts of pages that are drawn once for the values they name."""

import itertools

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from manyhands.foundation.ui import drawn
from manyhands.foundation.ui.drawn import Drawn, NotPlain, NotTheSame


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(drawn, "drawn", Drawn())


@pytest.fixture
def as_in_production(settings):
    settings.DRAWN_PARTS_ARE_COMPARED = False


def show(body, **values):
    return Template(body).render(Context(values))


def counting():
    """Something that a template shows differently each time it looks."""
    numbers = itertools.count(1)
    return lambda: next(numbers)


ONE_NAME = "{% drawn_from name %}{{ name }}: {{ count }}{% enddrawn %}"


def test_the_same_values_are_drawn_once(as_in_production):
    count = counting()
    assert show(ONE_NAME, name="Amina", count=count) == "Amina: 1"
    assert show(ONE_NAME, name="Amina", count=count) == "Amina: 1"
    assert show(ONE_NAME, name="Ben", count=count) == "Ben: 2"
    assert show(ONE_NAME, name="Amina", count=count) == "Amina: 1"


def test_what_is_equal_and_not_alike_is_drawn_anew(as_in_production):
    body = "{% drawn_from value %}{{ value }}{% enddrawn %}"
    assert [show(body, value=value) for value in (1, True, 1.0, "1")] == ["1", "True", "1.0", "1"]


def test_each_language_and_each_time_zone_has_its_own(as_in_production):
    count = counting()
    assert show(ONE_NAME, name="Amina", count=count) == "Amina: 1"
    with translation.override("de"):
        assert show(ONE_NAME, name="Amina", count=count) == "Amina: 2"
    with timezone.override("Asia/Tokyo"):
        assert show(ONE_NAME, name="Amina", count=count) == "Amina: 3"
    assert show(ONE_NAME, name="Amina", count=count) == "Amina: 1"


def test_two_parts_with_the_same_values_are_two(as_in_production):
    assert show("{% drawn_from a %}one{% enddrawn %}\n{% drawn_from a %}two{% enddrawn %}", a=1) == "one\ntwo"


def test_what_is_kept_is_still_escaped(as_in_production):
    for _ in range(2):
        assert show(ONE_NAME, name="<b>", count=lambda: "&") == "&lt;b&gt;: &amp;"


def test_a_name_set_inside_does_not_leave(as_in_production):
    body = "{% drawn_from a %}{% translate 'inside' as word %}{% enddrawn %}{{ word }}"
    assert show(body, a=1, word="outside") == "outside"


def test_in_tests_a_value_that_is_not_named_is_found():
    count = counting()
    assert show(ONE_NAME, name="Amina", count=count) == "Amina: 1"
    with pytest.raises(NotTheSame, match="Amina: 2"):
        show(ONE_NAME, name="Amina", count=count)


def test_in_tests_a_row_or_a_list_is_refused(clean_air):
    for value in (clean_air.coalition, ["Amina"], {"name": "Amina"}, (clean_air.coalition,)):
        with pytest.raises((NotPlain, TypeError)):
            show(ONE_NAME, name=value, count=1)


def test_a_part_of_nothing_is_refused():
    with pytest.raises(TemplateSyntaxError, match="needs the values"):
        Template("{% drawn_from %}{% enddrawn %}")
