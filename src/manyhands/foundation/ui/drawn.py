"""Parts of pages that are drawn once for what they show, and shown again while that stays the same.

A list of 25 rows is the same 25 rows for most who open it, and Django's templates take longer to draw them than the
database takes to find them. The values are asked for at every request, as always; only the drawing is left out::

    {% drawn_from organization.pk organization.name organization.people_told %} … {% enddrawn %}

Whatever changes what is inside must be named: also what the reader may do. Two who are shown different things name
different values, so nobody can be shown another's page. In tests every part is drawn each time and compared with what
was kept, so a value that was left out is found by whichever test changes it (`DRAWN_PARTS_ARE_COMPARED`).

A form's token is no such value: it is put in afterwards.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from threading import Lock
from typing import Any

from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

#: Characters that one process keeps of all parts together; a row of a list has about a thousand.
MOST = 2_000_000
_PLAIN = (str, int, float, Decimal, date, time, timedelta, type(None), type, Promise)


class NotPlain(TypeError):
    """A value was named that can change while it stays equal to itself, such as a row of the database."""


class NotTheSame(AssertionError):
    """A part was drawn differently for the same values: it shows something that its tag does not name."""


class Drawn:
    """What was drawn, by its place in the templates and the values it was drawn from; the oldest goes first.

    >>> kept = Drawn(most=10)
    >>> kept.keep("a", "12345"), kept.keep("b", "12345"), kept.get("a")
    (None, None, '12345')
    >>> kept.keep("c", "12345")
    >>> kept.get("b"), kept.get("a"), kept.size
    (None, '12345', 10)
    """

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self._parts: OrderedDict[Any, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Any) -> str | None:
        with self._lock:
            found = self._parts.get(key)
            if found is not None:
                self._parts.move_to_end(key)
            return found

    def keep(self, key: Any, part: str) -> None:
        with self._lock:
            self.size += len(part) - len(self._parts.pop(key, ""))
            self._parts[key] = part
            while self.size > self.most:
                self.size -= len(self._parts.popitem(last=False)[1])


drawn = Drawn()

#: Stands in a drawn part where the token of a form goes, which is another at each asking. Nobody can guess it, so
#: nothing that people write can hold it and have a reader's token put in its place.
TOKEN = secrets.token_hex(32)


class DrawnNode(Node):
    """`{% drawn_from … %} … {% enddrawn %}`."""

    child_nodelists = ("nodelist",)

    def __init__(self, words: str, line: int | None, values: Sequence[FilterExpression], nodelist: NodeList) -> None:
        self.place, self.values, self.nodelist = (words, line), values, nodelist

    def render(self, context: Context) -> SafeString:
        values = tuple([value.resolve(context) for value in self.values])
        if settings.DRAWN_PARTS_ARE_COMPARED and "" in values:
            self._check_they_are_there(values)
        part = drawn_once((self.origin.name, self.place), values, lambda: self._draw(context))
        if TOKEN in part:
            part = part.replace(TOKEN, str(context.get("csrf_token", "")))
        return SafeString(part)

    def _check_they_are_there(self, values: tuple[Any, ...]) -> None:
        """Django gives nothing for a property that is missing, and then all such parts would be taken for the same."""
        for value, found in zip(self.values, values, strict=True):
            if found == "" and str(value.var).rpartition(".")[2].startswith("told"):
                raise NotPlain(f"{value.var} is not there, and nothing says what this part shows.")

    def _draw(self, context: Context) -> str:
        with context.push(csrf_token=TOKEN):
            return self.nodelist.render(context)


def drawn_once(place: Any, values: tuple[Any, ...], draw: Callable[[], str]) -> str:
    """What was drawn at this place from these values, in the reader's language and hours."""
    # One and True are equal, and are not shown alike.
    key = (place, get_language(), get_current_timezone_name(), tuple(map(type, values)), values)
    if settings.DRAWN_PARTS_ARE_COMPARED:
        return _compared(key, values, draw)
    part = drawn.get(key)
    if part is None:
        part = draw()
        drawn.keep(key, part)
    return part


def _compared(key: Any, values: tuple[Any, ...], draw: Callable[[], str]) -> str:
    for value in values:
        _check(value)
    before, now = drawn.get(key), draw()
    if before is not None and before != now:
        raise NotTheSame(f"{key[0]}: {values} gave\n{before}\nand now\n{now}")
    drawn.keep(key, now)
    return now


def _check(value: Any) -> None:
    """Refuse what is equal to another and shows something else.

    >>> _check((1, "one", (None, 2.0)))
    >>> _check([1])
    Traceback (most recent call last):
    manyhands.foundation.ui.drawn.NotPlain: [1] is a list; name plain values, tuples of them, or frozen dataclasses.
    """
    if isinstance(value, tuple | frozenset):
        for each in value:
            _check(each)
    elif is_dataclass(value) and not isinstance(value, type) and value.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        for field in fields(value):
            if field.compare:
                _check(getattr(value, field.name))
    elif not isinstance(value, _PLAIN):
        kind = type(value).__name__
        raise NotPlain(f"{value!r} is a {kind}; name plain values, tuples of them, or frozen dataclasses.")
