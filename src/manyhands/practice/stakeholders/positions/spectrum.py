"""Where everyone stands on one issue, as a half-circle of five wedges, and who moved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi, radians, sin

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..chart import short
from ..models import WEDGES, Issue, Position
from ..rules import Wedge
from . import rules
from .rules import Age

WEDGE_NAMES = dict(WEDGES)
#: Names that fit into a wedge; the list below has all of them.
MOST_NAMES = 6
LINE = 19  # pixels from one name to the next
SPAN = 180 / len(rules.SPECTRUM)
INNER, OUTER = 26.0, 99.0
#: Where the names of a wedge stand, as a share of the way out: further where a wedge is flat.
REACH = (0.67, 0.7, 0.66, 0.7, 0.67)


@dataclass(frozen=True)
class Standing:
    """One actor in one wedge."""

    position: Position
    steps: int  # wedges moved within the time we look back; above 0 our way
    is_new: bool  # nothing was known at the beginning of that time
    is_old: bool

    @property
    def name(self) -> str:
        return self.position.stakeholder.name

    @property
    def arrow(self) -> str:
        """Which way it moved in the picture, where our side is on the left."""
        return "← " if self.steps > 0 else ("→ " if self.steps < 0 else "")


@dataclass(frozen=True)
class Line:
    """One name in a wedge, so many pixels below its middle."""

    text: str
    dy: float


@dataclass(frozen=True)
class Part:
    """One wedge of the half-circle."""

    wedge: Wedge
    label: str
    path: str
    x: float
    y: float
    head_dy: float
    lines: list[Line]
    standings: list[Standing]

    @property
    def count(self) -> int:
        return len(self.standings)


@dataclass(frozen=True)
class Spectrum:
    """All that the picture of one issue needs."""

    issue: Issue
    parts: list[Part]
    title: str
    moved: str
    since: date
    expired: int

    @property
    def standings(self) -> list[Standing]:
        return [standing for part in self.parts for standing in part.standings]

    @property
    def total(self) -> int:
        return len(self.standings)

    @property
    def newest(self) -> date | None:
        return max((standing.position.on for standing in self.standings), default=None)


def draw(issue: Issue, histories: Mapping[int, Sequence[Position]], today: date) -> Spectrum:
    """The spectrum of an issue from everything written about it, old to new for each actor."""
    since = today - timedelta(days=rules.MOVED_WITHIN_DAYS)
    standings, expired = [], 0
    for history in histories.values():
        kind = history[0].stakeholder.kind
        now = rules.as_of(history, today, kind=kind)
        if now is None:
            expired += 1
            continue
        before = rules.as_of(history, since, kind=kind)
        standings.append(
            Standing(
                now,
                steps=rules.steps_our_way(before.wedge, now.wedge) if before is not None else 0,
                is_new=before is None,
                is_old=rules.age(now.wedge, now.on, today, kind=kind) is Age.OLD,
            )
        )
    standings.sort(key=lambda each: (-abs(each.steps), -abs(each.position.strength), each.name))
    parts = [_part(at, wedge, standings) for at, wedge in enumerate(rules.SPECTRUM)]
    told = finding(standings)
    if any(each.steps for each in standings):
        told = _("%(finding)s; %(moved)s") % {"finding": told, "moved": moved(standings)}
    return Spectrum(issue, parts, told, moved(standings), since, expired)


def finding(standings: Sequence[Standing]) -> str:
    """The sentence above the picture."""
    ours = sum(rules.sign(each.position.wedge) > 0 for each in standings)
    against = sum(rules.sign(each.position.wedge) < 0 for each in standings)
    if not standings:
        return _("Nobody’s position is known yet")
    words = {"ours": ours, "all": len(standings), "against": against}
    if not against:
        return ngettext("%(ours)s of %(all)s stands with us", "%(ours)s of %(all)s stand with us", ours) % words
    return (
        ngettext("%(ours)s of %(all)s stands with us,", "%(ours)s of %(all)s stand with us,", ours) % words
        + " "
        + ngettext("%(against)s against", "%(against)s against", against) % words
    )


def moved(standings: Sequence[Standing]) -> str:
    """Who moved and how far, in words: "2 moved one wedge our way, 1 moved two wedges away"."""
    steps = Counter(each.steps for each in standings if each.steps)
    told = [_moved_by(by, steps[by]) for by in sorted(steps, reverse=True)]
    return ", ".join(told) if told else _("nobody moved")


def _moved_by(steps: int, actors: int) -> str:
    far = abs(steps)
    wedges = _("one wedge") if far == 1 else _("%(n)s wedges") % {"n": far}
    words = {"n": actors, "wedges": wedges}
    if steps > 0:
        return ngettext("%(n)s moved %(wedges)s our way", "%(n)s moved %(wedges)s our way", actors) % words
    return ngettext("%(n)s moved %(wedges)s away", "%(n)s moved %(wedges)s away", actors) % words


def _part(at: int, wedge: Wedge, standings: Sequence[Standing]) -> Part:
    inside = [each for each in standings if each.position.wedge == wedge]
    shown = inside if len(inside) <= MOST_NAMES else inside[: MOST_NAMES - 1]
    texts = [each.arrow + short(each.name) for each in shown]
    if len(inside) > len(shown):
        texts.append(_("and %(n)s more") % {"n": len(inside) - len(shown)})
    rows = len(texts) + 1.4  # the head is a little taller
    top = -(rows - 1) * LINE / 2
    angle, reach = radians(180 - SPAN * (at + 0.5)), REACH[at]
    return Part(
        wedge,
        str(WEDGE_NAMES[wedge.value]),
        wedge_path(at),
        round(50 + 50 * reach * cos(angle), 1),
        round(100 - 100 * reach * sin(angle), 1),
        round(top, 1),
        [Line(text, round(top + (row + 1.4) * LINE, 1)) for row, text in enumerate(texts)],
        inside,
    )


def wedge_path(at: int) -> str:
    """The outline of a wedge, in a box 200 wide and 100 high with the middle at the bottom.

    >>> wedge_path(2)[:20]
    'M91.97 75.27L69.41 5'
    """
    start, end = pi - radians(SPAN * at), pi - radians(SPAN * (at + 1))
    corners = [_corner(INNER, start), _corner(OUTER, start), _corner(OUTER, end), _corner(INNER, end)]
    (a, b, c, d) = (f"{x:.2f} {y:.2f}" for x, y in corners)
    return f"M{a}L{b}A{OUTER:g} {OUTER:g} 0 0 1 {c}L{d}A{INNER:g} {INNER:g} 0 0 0 {a}Z"


def _corner(radius: float, angle: float) -> tuple[float, float]:
    return 100 + radius * cos(angle), 100 - radius * sin(angle)
