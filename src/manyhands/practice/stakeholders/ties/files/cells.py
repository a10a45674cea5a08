"""One cell of a file of ties: a name, a kind, a level, a day. Each answers with what it means, or with a sentence."""

import re
from math import isfinite

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.ui.spreadsheets import FORMULA_STARTS

from ...importing.days import NoDay, day_in
from ...models import Tie
from ...rules import folded
from .. import rules

#: The level of a tie where the file names none.
USUAL_LEVEL = 2
LONGEST_NAME = 300
_MONTH_OR_YEAR = re.compile(r"\d{4}(-\d{1,2})?")

KINDS = {
    "works with": ("collaboration", "cooperation", "collaborates", "cooperates", "works with", "partner"),
    "knows": ("contact", "contacts", "acquaintance", "friend", "friendship"),
    "funds": ("funding", "funder", "money", "donor", "grant"),
    "influences": ("influence", "power", "has a say over"),
    "informs": ("information", "communication", "advice"),
    "opposes": ("opposition", "conflict", "against", "opponent"),
}


def plain(cell: str) -> str:
    """One line, without the mark that exports put before what a spreadsheet would run.

    >>> plain(" City   Council "), plain("'=Equals"), plain("'t Hof")
    ('City Council', '=Equals', "'t Hof")
    """
    text = " ".join(cell.split())
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA_STARTS and text[1:] else text


def names_trouble(source: str, target: str) -> str:
    """What keeps two names from being the ends of a tie."""
    if not source or not target:
        return _("One of the two names is missing.")
    if max(len(source), len(target)) > LONGEST_NAME:
        return _("A name has more than 300 letters.")
    if folded(source) == folded(target):
        return _("Nobody is tied to themselves.")
    return ""


def kind_of(text: str, usual: str) -> tuple[str, bool]:
    """The kind of tie by any word for it; a word we do not know is of the usual kind."""
    word = folded(text)
    if not word:
        return usual, True
    for value, label in Tie.Kind.choices:
        if word in {value, folded(str(label)), *KINDS[value]}:
            return value, True
    return usual, False


def level_of(text: str, *, may_be_none: bool = False) -> tuple[int, str]:
    """The level, or a sentence. A level of 0 says that there is no tie: nothing to bring in."""
    if not text:
        return USUAL_LEVEL, ""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return 0, _("The level “%(text)s” is not a number.") % {"text": text[:40]}
    if not isfinite(value) or value != int(value):
        return 0, _("A level is a whole number from 0 to 5.")
    if not 0 <= value <= rules.HIGHEST_LEVEL:
        return 0, _("The level is %(value)s; it runs from 0 to 5.") % {"value": int(value)}
    if value == 0 and not may_be_none:
        return 0, _("Level 0 says that there is no tie; leave the row out.")
    return int(value), ""


def day_of(text: str) -> tuple[str, str]:
    """A day as it is kept, from a day, a month or a year; or a sentence."""
    if not text:
        return "", ""
    try:
        # A month is its first day, and so is a year.
        day = day_in(f"{text}{'-01' * (2 - text.count('-'))}" if _MONTH_OR_YEAR.fullmatch(text) else text)
    except NoDay as problem:
        words = _("“%(text)s”: %(problem)s Write it as 2026-11-21.")
        return "", words % {"text": text[:40], "problem": problem}
    if day > localdate():
        return "", _("The date %(day)s lies in the future.") % {"day": day.isoformat()}
    return day.isoformat(), ""
