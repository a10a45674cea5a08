"""Addresses that a page shows again and again: of files and of other pages.

Django works each out anew, and a list of 25 rows shows some seventy. They follow from their words alone, so each is
worked out once; measured on the list of members, this is a tenth of the page (docs/decisions/0011-quick-pages.md).
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.base import FilterExpression
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape

#: Addresses of pages that a process keeps; a few hundred bytes each.
KEPT = 4096


def address_of(name: str, *args: Any, app: str | None = None, **kwargs: Any) -> str:
    """Like Django's `reverse`, remembered.

    Raises
    ------
    NoReverseMatch
        When no page of that name takes these words.
    """
    words = tuple(map(str, args)), tuple((key, str(value)) for key, value in kwargs.items())
    return _worked_out(name, *words, app, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=KEPT)
def _worked_out(
    name: str,
    args: tuple[str, ...],
    kwargs: tuple[tuple[str, str], ...],
    app: str | None,
    urlconf: str,
    prefix: str,  # `reverse` reads it itself; it is here because the address depends on it
) -> str:
    return reverse(name, urlconf=urlconf, args=args, kwargs=dict(kwargs), current_app=app)


class AddressNode(URLNode):
    """`{% url %}`, remembered."""

    def render(self, context: Context) -> str:
        name = self.view_name.resolve(context)
        args = [arg.resolve(context) for arg in self.args]
        kwargs = {key: value.resolve(context) for key, value in self.kwargs.items()}
        try:
            address = address_of(name, *args, app=_app(context), **kwargs)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            address = ""
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address) if context.autoescape else address


class FileNode(StaticNode):
    """`{% static %}` of a file named in the template, remembered with it. Not for developers, who change files."""

    known: str | None = None

    def render(self, context: Context) -> str:
        if self.known is not None:
            return self.known
        shown = super().render(context)
        if not settings.DEBUG and context.autoescape and self.varname is None and _is_plain(self.path):
            self.known = shown
        return shown


def _is_plain(path: FilterExpression) -> bool:
    return isinstance(path.var, str) and not path.filters


def _app(context: Context) -> str | None:
    """The app whose page this is, as Django's own tag finds it."""
    request = getattr(context, "request", None)
    if request is None:
        return None
    try:
        return request.current_app
    except AttributeError:
        match = getattr(request, "resolver_match", None)
        return match.namespace if match else None
