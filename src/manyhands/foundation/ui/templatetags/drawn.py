"""`{% drawn_from … %}`: see `ui/drawn.py`. Every template has it."""

from typing import Any

from django import template
from django.forms import Form
from django.template.base import Parser, Token

from manyhands.foundation.ui.drawn import DrawnNode

register = template.Library()


@register.filter
def told(form: Form) -> tuple[Any, ...]:
    """What a form shows, for forms whose fields and choices are always the same."""
    values = tuple([(bound.html_name, str(bound.value())) for bound in form])
    return type(form).__qualname__, values, form.errors.as_json() if form.is_bound else ""


@register.tag
def drawn_from(parser: Parser, token: Token) -> DrawnNode:
    """A part of a page that follows from the values named, and from nothing else."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not values:
        raise template.TemplateSyntaxError("drawn_from needs the values that the part is drawn from.")
    nodelist = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return DrawnNode(token.contents, token.lineno, values, nodelist)
