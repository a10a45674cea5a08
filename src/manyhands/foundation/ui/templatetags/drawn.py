"""`{% drawn_from … %}`: see `ui/drawn.py`. Every template has it."""

from django import template
from django.template.base import Parser, Token

from manyhands.foundation.ui.drawn import DrawnNode

register = template.Library()


@register.tag
def drawn_from(parser: Parser, token: Token) -> DrawnNode:
    """A part of a page that follows from the values named, and from nothing else."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not values:
        raise template.TemplateSyntaxError("drawn_from needs the values that the part is drawn from.")
    nodelist = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return DrawnNode(token.contents, token.lineno, values, nodelist)
