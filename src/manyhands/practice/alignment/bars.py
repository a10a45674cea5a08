"""The answers of one group as a bar, in figures and in words: what may be told of them, and how sure it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Bar:
    """One group's answers to one statement: percents for the bar, words for the eye and for the ear."""

    group: str
    series: int
    agree: float
    passed: float
    disagree: float
    figure: str
    of: str
    spoken: str
    #: "between 51 and 72", in percent: where the share that agrees likely lies. Empty where nothing may be said.
    between: str = ""


def percent(count: float, of: float) -> int:
    """
    >>> percent(85, 89)
    96
    """
    return round(100 * count / of) if of else 0


def between(answers: Payload) -> str:
    """How sure the share that agrees is, in words; nothing in findings made before this was kept.

    >>> between({"interval": [0.5127, 0.7188]}), between({"interval": None}), between({})
    ('between 51 and 72', '', '')
    """
    interval = answers.get("interval")
    if not interval:
        return ""
    low, high = (round(100 * share) for share in interval)
    return _("between %(low)d and %(high)d") % {"low": low, "high": high}


def bar(name: str, series: int, answers: Payload) -> Bar:
    """What may be said of one group, as finely as it may be said."""
    return replace(_bar(name, series, answers), between=between(answers))


def _bar(name: str, series: int, answers: Payload) -> Bar:
    seen, parts, over = answers["seen"], parts_of(answers), answers["over"]
    of = _("of %(n)d") % {"n": seen} if seen else ""
    if seen is None:
        return Bar(name, series, 0, 0, 0, _("fewer than 5"), "", _("fewer than five answered"))
    if answers["mostly"]:
        spoken = _("over %(n)d %% %(do)s") % {"n": over, "do": _words(answers["mostly"])}
        figure = _("over %(n)d %%") if answers["mostly"] == "agree" else _("under %(n)d %%")
        at = over if answers["mostly"] == "agree" else 100 - over
        agree, disagree = (over if answers["mostly"] == each else 0 for each in ("agree", "disagree"))
        return Bar(name, series, agree, 100 - agree - disagree, disagree, figure % {"n": at}, of, spoken)
    if not parts:
        return Bar(name, series, 0, 100, 0, _("mixed"), of, _("answers too few to be told apart"))
    agree, disagree = (percent(parts.get(frozenset([each]), 0), seen) for each in ("agree", "disagree"))
    spoken = "; ".join(f"{percent(count, seen)} % {_joined(each)}" for each, count in parts.items())
    return Bar(name, series, agree, 100 - agree - disagree, disagree, _figure(parts, seen), of, spoken)


def parts_of(answers: Payload) -> dict[frozenset[str], int]:
    return {frozenset(part["answers"]): part["count"] for part in answers["parts"]}


def _figure(parts: dict[frozenset[str], int], seen: int) -> str:
    """How many agree; where that is joined with another answer, how many at most."""
    if frozenset(["agree"]) in parts:
        return f"{percent(parts[frozenset(['agree'])], seen)} %"
    joined = next(each for each in parts if "agree" in each)
    return _("up to %(n)d %%") % {"n": percent(parts[joined], seen)}


def _joined(answers: Iterable[str]) -> str:
    order = ("agree", "pass", "disagree")
    return _(" or ").join(_words(each) for each in sorted(answers, key=order.index))


def _words(answer: str) -> str:
    words = {
        "agree": pgettext("they", "agree"),
        "pass": pgettext("they", "pass"),
        "disagree": pgettext("they", "disagree"),
    }
    return words[answer]
