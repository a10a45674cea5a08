"""Days as people write them in lists. What could be two days is refused, never guessed."""

import re
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ]\d\d:\d\d.*)?")
_DAY_WORD_YEAR = re.compile(r"(\d{1,2})[. -]*([a-z]{3,9})\.?[, -]*(\d{4}|\d\d)", re.I)
_WORD_DAY_YEAR = re.compile(r"([a-z]{3,9})\.? *(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4}|\d\d)", re.I)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)")


class NoDay(ValueError):
    """These words are no day, or could be two; the message says which."""


def day_in(text: str) -> date:
    """The day that a cell names.

    >>> {day_in(text).isoformat() for text in ("2008-09-01", "20080901", "2008-9-1 ", "2008-09-01 00:00")}
    {'2008-09-01'}
    >>> {day_in(text).isoformat() for text in ("September 12, 2008", "12-Sep-08", "12 Sept. 2008", "12.09.2008")}
    {'2008-09-12'}

    Where signs part three numbers with the year last, countries differ over the order. Dots mean that the day comes
    first; otherwise a day is taken only where there is one way to read it.

    >>> day_in("13/9/2008").isoformat(), day_in("9/13/08").isoformat(), day_in("9/9/2008").isoformat()
    ('2008-09-13', '2008-09-13', '2008-09-09')
    >>> day_in("09/01/2008")
    Traceback (most recent call last):
        ...
    manyhands.practice.stakeholders.importing.days.NoDay: This may be 2008-01-09 or 2008-09-01.

    Raises
    ------
    NoDay
    """
    text = text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(text, found[1], int(found[3]), int(found[4]))
    if found := _DAY_WORD_YEAR.fullmatch(text):
        return _day(text, found[3], _MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := _WORD_DAY_YEAR.fullmatch(text):
        return _day(text, found[3], _MONTHS.get(found[1].lower(), 0), int(found[2]))
    if found := _YEAR_LAST.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or first > 12 or first == second:
            return _day(text, found[4], second, first)
        if second > 12:
            return _day(text, found[4], first, second)
        one, other = _day(text, found[4], second, first), _day(text, found[4], first, second)
        raise NoDay(_("This may be %(one)s or %(other)s.") % {"one": one.isoformat(), "other": other.isoformat()})
    raise NoDay(_("We do not understand this day."))


def _day(text: str, year: str, month: int, day: int) -> date:
    whole = int(year)
    if len(year) == 2:
        whole += 2000 if whole <= localdate().year % 100 else 1900
    try:
        return date(whole, month, day)
    except ValueError as problem:
        raise NoDay(_("There is no such day.")) from problem
