"""What changed between two rounds on one matter, in the agreement of every group. Made from what may be shown."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .models import Finding, Statement, VisionRound

#: Less than this is no change worth a word.
STEP = 0.05
#: Standard errors that chance exceeds in one case of twenty.
CERTAIN = 1.96


@dataclass(frozen=True)
class Level:
    """How far every group accepts a statement: the geometric mean, over the groups, of (agree + 1) / (answered + 2).

    Rounds may find different numbers of groups; the mean can be compared where the product of them cannot. Where
    counts are joined so that nobody can be worked out, it is known only to lie between two figures.

    ``spread`` is the standard error of its logarithm: how far chance alone could move it, since other people may
    answer the next time.
    """

    low: float
    high: float
    spread: float = 0.0

    @property
    def shown(self) -> str:
        """
        >>> Level(0.846, 0.846).shown, Level(0.7199, 0.761).shown
        ('0.85', '0.71 to 0.77')
        """
        if round(self.low, 2) == round(self.high, 2):
            return f"{self.low:.2f}"
        low, high = math.floor(self.low * 100) / 100, math.ceil(self.high * 100) / 100
        return _("%(low)s to %(high)s") % {"low": f"{low:.2f}", "high": f"{high:.2f}"}


@dataclass(frozen=True)
class Change:
    """One statement that was put to everyone in both rounds."""

    text: str
    number: str
    before: Level | None
    after: Level | None

    @property
    def direction(self) -> str:
        """See `direction`."""
        return direction(self.before, self.after)


def direction(before: Level | None, after: Level | None) -> str:
    """Which way the agreement of every group went.

    Returns
    -------
    str
        "rose" or "fell" where it surely moved by a step and further than chance would in nineteen of twenty cases;
        "same" where no reading of the figures is a step apart; "chance" where it moved, and chance might have done
        it; "" where what is known leaves both open.

    Examples
    --------
    >>> direction(Level(0.5, 0.5), Level(0.7, 0.7)), direction(Level(0.7, 0.8), Level(0.5, 0.6))
    ('rose', 'fell')
    >>> direction(Level(0.5, 0.5), Level(0.52, 0.52)), direction(Level(0.5, 0.7), Level(0.6, 0.8))
    ('same', '')
    >>> direction(Level(0.5, 0.5, spread=0.15), Level(0.7, 0.7, spread=0.15))
    'chance'
    """
    if before is None or after is None:
        return ""
    by_chance = CERTAIN * math.hypot(before.spread, after.spread)
    for word, lower, upper in (("rose", before, after), ("fell", after, before)):
        if upper.low - lower.high >= STEP:
            return word if math.log(upper.low / lower.high) > by_chance else "chance"
    widest = max(after.high - before.low, before.high - after.low)
    return "same" if widest < STEP else ""


@dataclass(frozen=True)
class Changes:
    """All kept statements, and the headline."""

    before: VisionRound
    rows: list[Change]
    #: Both rounds found as many groups by the same method, or at least say so.
    groups_before: int
    groups_after: int

    @property
    def rose(self) -> int:
        return sum(row.direction == "rose" for row in self.rows)

    @property
    def same(self) -> int:
        return sum(row.direction in {"same", "chance"} for row in self.rows)

    @property
    def fell(self) -> int:
        return sum(row.direction == "fell" for row in self.rows)


def before(round: VisionRound) -> tuple[QuerySet[Finding], QuerySet[Statement]]:
    """What the round this one follows found, and the statements kept from it, not asked yet."""
    if round.follows_id is None:
        return Finding.objects.none(), Statement.objects.none()
    kept = Statement.objects.filter(round=round, kept_from__round_id=round.follows_id).order_by("position", "pk")
    return Finding.objects.filter(round_id=round.follows_id), kept


def since_the_round_before(
    round: VisionRound, payload: Mapping[str, Any], findings: Iterable[Finding], kept: Iterable[Statement]
) -> Changes | None:
    """What changed since the round this one follows; None where it follows none, or that one has no figures."""
    found = next(iter(findings), None)
    if round.follows is None or found is None or not found.payload["is_enough"]:
        return None
    earlier, later = _levels(found.payload), _levels(payload)
    rows = [Change(each.text, each.shown_number, earlier.get(each.kept_from_id), later.get(each.pk)) for each in kept]
    order = {"rose": 0, "fell": 1, "chance": 2, "same": 3, "": 4}
    rows.sort(key=lambda row: order[row.direction])
    return Changes(round.follows, rows, len(found.payload["groups"]), len(payload["groups"]))


def _levels(payload: Mapping[str, Any]) -> dict[int | None, Level]:
    return {row["id"]: level(row["groups"]) for row in payload["statements"] if not row["too_few"]}


def level(groups: Sequence[Mapping[str, Any]]) -> Level:
    """Between which figures the mean lies, by what may be shown of each group and nothing else.

    >>> exact = {"seen": 18, "parts": [{"answers": ["agree"], "count": 9}], "mostly": None, "over": None}
    >>> found = level([exact, exact])
    >>> found.low, found.high, round(found.spread, 3)
    (0.5, 0.5, 0.158)
    >>> mostly = {"seen": 44, "parts": [], "mostly": "agree", "over": 88}
    >>> found = level([mostly])
    >>> round(found.low, 3), round(found.high, 3)
    (0.87, 0.978)
    """
    low = high = variance = 0.0
    for group in groups:
        least, most = _acceptance(group)
        low, high = low + math.log(least), high + math.log(most)
        middle, answered = (least + most) / 2, (group["seen"] or 1) + 2
        variance += (1 - middle) / (middle * answered)  # of the logarithm of a share
    n = len(groups)
    return Level(round(math.exp(low / n), 6), round(math.exp(high / n), 6), round(math.sqrt(variance) / n, 6))


def _acceptance(group: Mapping[str, Any]) -> tuple[float, float]:
    """The least and the most that (agree + 1) / (answered + 2) can be in one group."""
    seen = group["seen"]
    if seen is None:  # one to four people, of whom nothing is told
        return 1 / 6, 5 / 6
    least, most = 0, seen
    if group["mostly"]:
        sure = group["over"] * seen // 100 + 1
        least, most = (sure, seen) if group["mostly"] == "agree" else (0, seen - sure)
    for part in group["parts"]:
        if part["answers"] == ["agree"]:
            least = most = part["count"]
        elif "agree" in part["answers"]:
            most = part["count"]
    return (least + 1) / (seen + 2), (most + 1) / (seen + 2)
