"""`{% url %}` and `{% static %}` as in all of Django, remembered; see `ui/addresses.py`. Every template has them."""

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import url as as_django_reads_it
from django.templatetags.static import StaticNode

from manyhands.foundation.ui.addresses import AddressNode, FileNode

register = template.Library()


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """The address of a page, by its name and what it takes."""
    read = as_django_reads_it(parser, token)
    return AddressNode(read.view_name, read.args, read.kwargs, read.asvar)


@register.tag
def static(parser: Parser, token: Token) -> StaticNode:
    """The address of a shipped file."""
    return FileNode.handle_token(parser, token)
