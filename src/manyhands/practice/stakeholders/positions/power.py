"""What the picture of power shows people: names for ids, places on a plot, and sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manyhands.foundation.ui.charts import Scale

from ..chart import short
from ..models import Issue, Stakeholder
from .words import listed

#: The four roles under names that people understand: what it is called, and what it means.
ROLES = {
    "dominant": (gettext_lazy("Sets the course"), gettext_lazy("acts much on others and is little acted on")),
    "relay": (gettext_lazy("Passes it on"), gettext_lazy("acts much and is much acted on: what it gets, it hands on")),
    "dominated": (gettext_lazy("Follows"), gettext_lazy("acts little and is much acted on")),
    "autonomous": (gettext_lazy("Stands apart"), gettext_lazy("acts little and is little acted on")),
}
#: An actor that agrees with others nearly as much as it disagrees with the same others.
AMBIVALENT = 0.5
MOST_IN_A_LIST = 5
WIDTH, HEIGHT, LETTER, ROW = 620.0, 470.0, 7.4, 17.0


@dataclass(frozen=True)
class Row:
    """One actor with its figures."""

    ally: Stakeholder
    influence: float
    dependence: float
    balance: float
    rank: int
    best: int | None
    worst: int | None
    role: str
    side: int  # 1 with us on the whole, -1 against, 0 in between
    ambivalence: float | None

    @property
    def role_name(self) -> Any:
        return ROLES[self.role][0] if self.role else ""

    @property
    def wedge(self) -> str:
        """The sign that stands for its side."""
        return {1: "active ally", 0: "undecided", -1: "against"}[self.side]

    @property
    def is_unsure(self) -> bool:
        """Could one single rating give it another place?"""
        return self.best is not None and self.best != self.worst


@dataclass(frozen=True)
class Point:
    """One actor on the plot, in percent from the left and from the top."""

    row: Row
    x: float
    y: float
    label: str
    side: str


@dataclass(frozen=True)
class OnIssue:
    """How the weight of all actors lies on one issue."""

    issue: Issue
    wanted_by: int
    rejected_by: int
    force_for: float
    force_against: float

    @property
    def mobilisation(self) -> float:
        return self.force_for + self.force_against

    @property
    def share(self) -> int | None:
        """Percent of all weight that is for us; None if nobody cares."""
        return round(100 * self.force_for / self.mobilisation) if self.mobilisation else None


@dataclass(frozen=True)
class Pair:
    """Two actors that go together, or against each other, on our issues."""

    one: Stakeholder
    other: Stakeholder
    together: float
    apart: float


@dataclass(frozen=True)
class Power:
    """All that the page shows."""

    rows: list[Row]
    points: list[Point]
    middle: float
    on_issues: list[OnIssue]
    with_each_other: list[Pair]
    against_each_other: list[Pair]
    ambivalent: list[Row]
    title: str
    changes: list[str]
    sureness: str
    disputed: list[str]


def shown(payload: Mapping[str, Any], names: Mapping[int, Stakeholder], issues: Mapping[int, Issue]) -> Power:
    """The finding in people's words. Actors and issues that are gone meanwhile are left out."""
    sides = payload_sides(payload)
    rows = [
        Row(
            names[row["id"]],
            row["influence"],
            row["dependence"],
            row["balance"],
            row["rank"],
            row["best"],
            row["worst"],
            row["role"],
            sides.get(row["id"], 0),
            row["ambivalence"],
        )
        for row in payload["rows"]
        if row["id"] in names
    ]
    rows.sort(key=lambda row: (row.rank, row.ally.name))
    on_issues = [
        OnIssue(issues[each["id"]], each["for"], each["against"], each["force_for"], each["force_against"])
        for each in payload["objectives"]
        if each["id"] in issues
    ]
    on_issues.sort(key=lambda each: (-(each.share or 0), -each.mobilisation))
    pairs = [
        Pair(names[one], names[other], together, apart)
        for one, other, together, apart in payload["pairs"]
        if one in names and other in names
    ]
    points, middle = plane(rows)
    return Power(
        rows,
        points,
        middle,
        on_issues,
        sorted((p for p in pairs if p.together > p.apart), key=lambda p: p.apart - p.together)[:MOST_IN_A_LIST],
        sorted((p for p in pairs if p.apart > p.together), key=lambda p: p.together - p.apart)[:MOST_IN_A_LIST],
        sorted(
            (row for row in rows if row.ambivalence is not None and row.ambivalence >= AMBIVALENT),
            key=lambda row: -(row.ambivalence or 0),
        ),
        title(rows, on_issues),
        changes(payload, names, issues),
        sureness(payload),
        disputed(payload, names),
    )


def payload_sides(payload: Mapping[str, Any]) -> dict[int, int]:
    """On which side each actor stands on the whole, as the job found it."""
    return {int(actor): side for actor, side in payload.get("sides", {}).items()}


def title(rows: Sequence[Row], on_issues: Sequence[OnIssue]) -> str:
    """Who holds most power here, and on which issue we are strongest and weakest."""
    leaders = [short(row.ally.name) for row in rows if row.rank == 1]
    words = {"who": listed(leaders)}
    told = ngettext("%(who)s holds most power here", "%(who)s hold most power here", len(leaders)) % words
    known = [each for each in on_issues if each.share is not None]
    if not known:
        return told
    first, last = known[0], known[-1]
    if first.share == last.share:
        return _("%(told)s; %(share)s %% of the weight is for us") % {"told": told, "share": first.share}
    issues = {"told": told, "first": first.issue.title, "last": last.issue.title}
    return _("%(told)s; we are strongest on “%(first)s” and weakest on “%(last)s”") % issues


def sureness(payload: Mapping[str, Any]) -> str:
    """How much the answer hangs on single ratings, in one sentence."""
    found = payload["sensitivity"]
    if found is None:
        return ""
    leader = round(100 * found["same_leader"])
    if leader == 100:
        return _("Whoever leads stays in front whatever single rating is one step off.")
    return _("In %(n)s of 100 cases the same actor stays in front when one single rating is one step off.") % {
        "n": leader
    }


def changes(payload: Mapping[str, Any], names: Mapping[int, Stakeholder], issues: Mapping[int, Issue]) -> list[str]:
    """The single ratings that most conclusions hang on, each in one sentence."""
    found = payload["sensitivity"]
    told = []
    for effect in found["effects"] if found else []:
        other = names.get(effect["other"]) if effect["kind"] == "influence" else issues.get(effect["other"])
        if effect["one"] not in names or other is None:
            continue
        words = {
            "one": names[effect["one"]].name,
            "other": str(other),
            "was": _number(effect["rating"]),
            "will": _number(effect["becomes"]),
        }
        if effect["kind"] == "influence":
            start = _("%(one)s over %(other)s at %(will)s instead of %(was)s:") % words
        else:
            start = _("%(one)s on “%(other)s” at %(will)s instead of %(was)s:") % words
        told.append(f"{start} {_consequences(effect, names)}.")
    return told[:MOST_IN_A_LIST]


def _consequences(effect: Mapping[str, Any], names: Mapping[int, Stakeholder]) -> str:
    parts = []
    if orders := effect["orders"]:
        parts.append(
            ngettext("one pair of actors changes its order", "%(n)s pairs of actors change their order", orders)
            % {"n": orders}
        )
    for actor, _was, will in effect["roles"][:2]:
        if actor in names and will in ROLES:
            parts.append(_("%(who)s becomes “%(role)s”") % {"who": names[actor].name, "role": ROLES[will][0]})
    if orders := effect["issue_orders"]:
        parts.append(
            ngettext("one pair of issues changes its order", "%(n)s pairs of issues change their order", orders)
            % {"n": orders}
        )
    return ", ".join(parts) or _("a role changes")


def disputed(payload: Mapping[str, Any], names: Mapping[int, Stakeholder]) -> list[str]:
    """Pairs on which our raters are two steps apart or more."""
    told = []
    for one, other, middle, spread, raters in payload["disputed"]:
        if one in names and other in names:
            words = {
                "one": names[one].name,
                "other": names[other].name,
                "spread": _number(spread),
                "middle": _number(middle),
                "raters": _number(raters),
            }
            sentence = _("%(one)s over %(other)s: %(raters)s raters, %(spread)s steps apart, middle %(middle)s.")
            told.append(sentence % words)
    return told[:MOST_IN_A_LIST]


def plane(rows: Sequence[Row]) -> tuple[list[Point], float]:
    """Places by dependence (across) and influence (upwards), where their names fit, and where the mean lies."""
    if not rows:
        return [], 50.0
    values = [value for row in rows for value in (row.influence, row.dependence)]
    mean = sum(values) / len(values)
    reach = max(max(values) - mean, mean - min(values)) or 1.0  # the mean stays in the middle of the picture
    across = Scale(mean - reach, mean + reach, room=12)
    upwards = Scale(mean - reach, mean + reach, room=11, upwards=True)
    taken = [(0.0, 0.0, 150.0, 32.0), (WIDTH - 150, 0.0, WIDTH, 32.0)]
    taken += [(0.0, HEIGHT - 32, 150.0, HEIGHT), (WIDTH - 110, HEIGHT - 32, WIDTH, HEIGHT)]
    at = [(across(row.dependence), upwards(row.influence)) for row in rows]
    taken += [_box(x * WIDTH / 100, y * HEIGHT / 100, 22, 22) for x, y in at]
    points = []
    for row, (x, y) in zip(rows, at, strict=True):
        label = short(row.ally.name)
        points.append(Point(row, x, y, label, _free_side(x, y, len(label) * LETTER, taken)))
    return points, across(mean)


def _free_side(x: float, y: float, width: float, taken: list[tuple[float, float, float, float]]) -> str:
    px, py = x * WIDTH / 100, y * HEIGHT / 100
    places = {
        "start": _box(px + 15 + width / 2, py, width, ROW),
        "end": _box(px - 15 - width / 2, py, width, ROW),
        "below": _box(px, py + 22, width, ROW),
        "above": _box(px, py - 22, width, ROW),
    }
    for side in ("start", "end", "below", "above") if x <= 50 else ("end", "start", "below", "above"):
        left, top, right, bottom = places[side]
        inside = left >= 2 and right <= WIDTH - 2 and top >= 0 and bottom <= HEIGHT
        if inside and not any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in taken):
            taken.append(places[side])
            return side
    return ""


def _box(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")
