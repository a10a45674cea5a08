"""What templates of `ui` ask for and plain Django has not."""

from django import template
from django.contrib.messages.storage.base import Message
from django.utils.http import url_has_allowed_host_and_scheme

from manyhands.foundation.ui.charts import shape
from manyhands.foundation.ui.lists import ListPage

register = template.Library()


@register.filter
def undo_address(message: Message) -> str:
    """The address in ``extra_tags="undo:/c/clean-air/…"``, or nothing. Only our own pages are answered."""
    address = (message.extra_tags or "").removeprefix("undo:")
    is_ours = (message.extra_tags or "").startswith("undo:/") and not address.startswith("//")
    return address if is_ours else ""


@register.simple_tag(takes_context=True)
def page_before(context: template.Context) -> str:
    """Where a sent form stood: the page before this one if it is ours, else the start. The form's own address may
    take no visits."""
    request = context.get("request")
    if request is None:
        return "/"
    before = str(request.META.get("HTTP_REFERER", ""))
    is_ours = bool(before) and url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
    return before if is_ours else "/"


@register.filter
def letters(name: str) -> str:
    """Two letters that stand for a name beside it.

    >>> letters("Amina"), letters("Northside Clinic"), letters("Parents of Linden"), letters("the guild"), letters("")
    ('Am', 'NC', 'PL', 'tg', '?')
    """
    words = [word for word in str(name).replace("(", " ").split() if word[0].isalnum()]
    capitals = [word for word in words if word[0].isupper()]
    words = capitals if len(capitals) > 1 else words
    if len(words) > 1:
        return words[0][0] + words[1][0]
    return words[0][:2] if words else "?"


@register.filter
def tone(key: object) -> int:
    """One of the six tones, always the same one for the same row or name.

    >>> tone("Amina") == tone("Amina"), {tone(number) for number in range(12)} == {1, 2, 3, 4, 5, 6}
    (True, True)
    """
    number = key if isinstance(key, int) else getattr(key, "pk", None)
    if not isinstance(number, int):
        number = sum(position * ord(letter) for position, letter in enumerate(str(key), start=1))
    return number % 6 + 1


@register.filter
def times(count: object) -> range:
    """1 to count, for drawing something so many times; never more than 200 strokes, for nobody counts those.

    >>> list(times(3)), list(times(None)), len(times(5000))
    ([1, 2, 3], [], 200)
    """
    return range(1, min(_whole(count), 200) + 1)


@register.filter
def less(count: object, taken: object) -> int:
    """What is left, never below nothing.

    >>> less(14, 11), less(3, 5)
    (3, 0)
    """
    return max(0, _whole(count) - _whole(taken))


@register.filter
def plus(number: float, other: float) -> float:
    """The sum of two numbers; unlike Django's `add`, also of fractions.

    >>> plus(1.5, 2)
    3.5
    """
    return float(number) + float(other)


@register.filter
def unlocalize(number: object) -> str:
    """A number as HTML attributes want it, in every language."""
    return str(number)


@register.filter
def chart_shape(series: object) -> str:
    """The shape that goes with a chart's colour."""
    return shape(_whole(series))


@register.filter
def sorting(listing: ListPage, key: str) -> dict[str, object]:
    """How a column sorts now, and what its title asks for when pressed."""
    is_current = listing.sort == key
    state = ("descending" if listing.is_descending else "ascending") if is_current else ""
    return {"label": listing.sorts[key][0], "state": state, "next": f"-{key}" if state == "ascending" else key}


def _whole(number: object) -> int:
    try:
        return int(number)  # type: ignore[call-overload, no-any-return]
    except (TypeError, ValueError):
        return 0
