"""What every page is told: whose coalition it is, its accent, and where one can go from here."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from .navigation import Door, person_links, rooms_for

DEFAULT_ACCENT = "lake"

#: The hues a coalition chooses from, as in `[data-accent]` of styles/tokens.css.
ACCENTS = ("lake", "iris", "berry", "clay", "olive", "fern")


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor behind page.html."""
    coalition = getattr(request, "coalition", None)
    accent = getattr(coalition, "accent", "")
    user = getattr(request, "user", None)
    match = getattr(request, "resolver_match", None)
    return {
        "page_coalition": coalition,
        "page_accent": accent if accent in ACCENTS else DEFAULT_ACCENT,
        "page_rooms": _Once(lambda: rooms_for(request)),
        "page_at_more": match is not None and match.view_name == "ui:more",
        "page_person": user if user is not None and user.is_authenticated else None,
        "page_person_links": _Once(lambda: person_links(request)),
    }


class _Once:
    """Asks when a template first looks, and once: many pages are fragments that show no rooms."""

    def __init__(self, ask: Callable[[], list[Door]]) -> None:
        self.ask = ask

    @cached_property
    def told(self) -> tuple[Door, ...]:
        return tuple(self.ask())

    def __iter__(self) -> Iterator[Door]:
        return iter(self.told)
