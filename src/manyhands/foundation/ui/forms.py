"""How forms look: label above, hint, the error in words, everything tied together for screen readers.

Nothing to do in a room's `forms.py`: `{{ form }}`, `<c-field :field="form.title" />` and `{{ form.title }}` all
come out right. Choices with a word of explanation are written `Described(_("For"), _("We support it."))`.
"""

from datetime import date, time
from decimal import Decimal
from types import NoneType
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from .drawn import drawn_once

#: The look of each kind of widget; the nearest class in its ancestry counts.
LOOKS: dict[type[forms.Widget], str] = {
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "",
    forms.CheckboxSelectMultiple: "",
    forms.HiddenInput: "",
    forms.MultipleHiddenInput: "",
    forms.Select: "form-select",
    forms.MultiWidget: "form-control",
    forms.Textarea: "form-control",
    Input: "form-control",
}


class Described:
    """A choice's label with a line that explains it.

    >>> for_it = Described("For", "We support it.")
    >>> str(for_it), for_it.hint
    ('For', 'We support it.')
    """

    def __init__(self, label: Any, hint: Any) -> None:
        self.label, self.hint = label, hint

    def __str__(self) -> str:
        return str(self.label)


class HueSelect(forms.RadioSelect):
    """A coalition's colour, as arches to pick from; the choices' values are names in `context.ACCENTS`."""

    template_name = "ui/forms/hues.html"


class RangeInput(forms.NumberInput):
    """A slider; give `min`, `max`, `step` in attrs. The number stays readable beside it."""

    input_type = "range"
    template_name = "ui/forms/range.html"


class DateInput(forms.DateInput):
    """The device's own calendar, which every browser fills in ISO form."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The device's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Bound(BoundField):
    """A field of a form, with the look of its widget and its group."""

    @property
    def is_check(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_file(self) -> bool:
        return isinstance(self.field.widget, forms.FileInput)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        classes = f"{look_of(widget)} {widget.attrs.get('class', '')}".strip()
        if classes:
            attrs["class"] = classes
        if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
            attrs["rows"] = "4"  # Django's ten lines frighten; whoever wants them says so in the form
        return attrs


class Renderer(TemplatesSetting):
    """Draws every form in the house with our templates."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Bound

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Widgets follow from what they are handed, and are drawn once for it (`drawn.py`)."""
        values = frozen(context)
        if values is None:
            return super().render(template_name, context, request)
        return SafeString(
            drawn_once(template_name, values, lambda: super(Renderer, self).render(template_name, context))
        )


def frozen(context: Any) -> tuple[Any, ...] | None:
    """All that stands in a context, as values that are equal only where the same is shown; None where it cannot be.

    >>> frozen({"widget": {"name": "q", "attrs": {"rows": 4}}})
    (('widget', (('name', 'q'), ('attrs', (('rows', (<class 'int'>, 4)),)))),)
    >>> frozen({"form": object()})
    """
    try:
        return _frozen(context)
    except TypeError:
        return None


def _frozen(value: Any) -> Any:
    if type(value) is str:
        return value
    if isinstance(value, dict):
        return tuple([(name, _frozen(inner)) for name, inner in value.items()])
    if isinstance(value, list | tuple):
        return (type(value), *map(_frozen, value))
    if isinstance(value, str | int | float | Decimal | date | time | NoneType | Promise):
        return type(value), value  # safe text and plain text are equal, and one of them is escaped
    raise TypeError(type(value))


def look_of(widget: forms.Widget) -> str:
    """The class of a widget, from the nearest ancestor we know.

    >>> look_of(forms.EmailInput()), look_of(forms.SelectMultiple()), look_of(forms.RadioSelect())
    ('form-control', 'form-select', '')
    """
    if isinstance(widget, RangeInput):
        return "form-range"
    return next((LOOKS[kind] for kind in type(widget).__mro__ if kind in LOOKS), "")
