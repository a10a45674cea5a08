"""Parts of pages that are drawn once for the values they name."""

import itertools

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from manyhands.foundation.ui import drawn
from manyhands.foundation.ui.drawn import Drawn, NotPlain, NotTheSame
from manyhands.foundation.ui.forms import frozen
from manyhands.foundation.ui.templatetags.drawn import told


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


def test_a_form_that_is_drawn_once_has_the_token_of_each_asking(as_in_production):
    body = "{% drawn_from name %}<form>{% csrf_token %}{{ name }}{{ count }}</form>{{ csrf_token }}{% enddrawn %}"
    count = counting()
    first, second = (show(body, name="Amina", count=count, csrf_token=token) for token in ("abc", "xyz"))
    assert first == '<form><input type="hidden" name="csrfmiddlewaretoken" value="abc">Amina1</form>abc'
    assert second == first.replace("abc", "xyz")
    assert drawn.TOKEN not in first
    assert show(body, name="Amina", count=count) == "<form>Amina1</form>".replace(
        "<form>", '<form><input type="hidden" name="csrfmiddlewaretoken" value="">'
    ), "without a token nothing stands in its place"


class SignUp(forms.Form):
    name = forms.CharField(widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Name")}))
    kind = forms.ChoiceField(choices=[("a", "A & B"), ("b", mark_safe("A &amp; B"))])


def test_what_tells_nothing_of_itself_is_refused():
    with pytest.raises(NotPlain, match=r"row\.told is not there"):
        show("{% drawn_from row.told %}{{ row.name }}{% enddrawn %}", row=object())
    assert show("{% drawn_from row.told %}x{% enddrawn %}", row={"told": ("a",)}) == "x"


def test_widgets_are_drawn_once_for_what_they_are_handed(as_in_production, monkeypatch):
    made = []
    render = TemplatesSetting.render
    monkeypatch.setattr(TemplatesSetting, "render", lambda self, *given: made.append(given[0]) or render(self, *given))
    texts = [str(SignUp(initial={"name": name})["name"]) for name in ("Amina", "Amina", "<Ben>")]
    assert len(made) == 2
    assert texts[0] == texts[1] != texts[2]
    assert 'value="&lt;Ben&gt;"' in texts[2]
    options = str(SignUp()["kind"])
    assert options.count("A &amp; B") == 2, "safe words and plain ones are told apart"
    with translation.override("de"):
        assert 'placeholder="Name"' in str(SignUp(initial={"name": "Amina"})["name"])
    assert len(made) == 4, "another language is drawn anew"


def test_what_cannot_be_told_apart_is_drawn_each_time():
    assert frozen({"widget": {"value": object()}}) is None
    assert frozen({"a": 1}) != frozen({"a": True}) != frozen({"a": 1.0})
    assert frozen({"a": mark_safe("x")}) != frozen({"a": "x"})
    assert frozen({"a": ["x"]}) != frozen({"a": ("x",)})


def test_a_form_told_by_its_values_and_errors():
    plain, filled, wrong = SignUp(), SignUp(initial={"name": "Amina"}), SignUp({"name": "", "kind": "a"})
    assert told(plain) == told(SignUp())
    assert len({told(plain), told(filled), told(wrong), told(SignUp({"name": "x", "kind": "a"}))}) == 4
