"""How plans are measured and how tasks go. Pure and exact: no database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

__all__ = [
    "TASK_STEPS",
    "Course",
    "Direction",
    "Path",
    "Reading",
    "course",
    "lag",
    "missing_in_objective",
    "oddities",
    "planned_value",
    "share_of_way",
]

#: Every step of a task. A task without an accountable person cannot begin.
TASK_STEPS: Mapping[str, frozenset[str]] = {
    "unowned": frozenset({"offered", "dropped"}),
    "offered": frozenset({"accepted", "unowned", "dropped"}),
    "accepted": frozenset({"doing", "unowned", "dropped"}),
    "doing": frozenset({"blocked", "done", "unowned", "dropped"}),
    "blocked": frozenset({"doing", "unowned", "dropped"}),
    "done": frozenset({"verified", "doing"}),
    "verified": frozenset(),
    "dropped": frozenset(),
}


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Course(StrEnum):
    """How an objective goes, as far as anyone can know."""

    INCOMPLETE = "not complete yet"
    NOT_MEASURED = "not measured yet"
    SLOWER = "slower than planned"
    ON_TRACK = "on track"
    REACHED = "reached"
    OVERDUE = "not reached in time"


@dataclass(frozen=True)
class Path:
    """A straight way from the baseline to the target.

    Raises
    ------
    ValueError
        If the target day is not after the baseline day.
    """

    baseline: Decimal
    since: date
    target: Decimal
    due: date
    direction: Direction

    def __post_init__(self) -> None:
        if self.due <= self.since:
            raise ValueError("The target day must come after the day of the baseline.")


@dataclass(frozen=True)
class Reading:
    """One measured value and its day."""

    value: Decimal
    on: date


def missing_in_objective(has: Mapping[str, object]) -> list[str]:
    """What an objective still lacks to be measurable and owned, by field name.

    Whether it is achievable and relevant stays a judgement of people.

    >>> missing_in_objective({"indicator": "NO₂ at 18 gates", "unit": "µg/m³", "baseline_value": Decimal(38)})
    ['baseline_on', 'target_value', 'due_on', 'owner', 'data_source']
    """
    wanted = ("indicator", "unit", "baseline_value", "baseline_on", "target_value", "due_on", "owner", "data_source")
    return [name for name in wanted if has.get(name) in (None, "")]


def share_of_way(path: Path, value: Decimal) -> Fraction:
    """How much of the way from baseline to target a value has come: 0 at or behind the start, 1 at the target.

    >>> from datetime import date
    >>> air = Path(Decimal(38), date(2026, 3, 1), Decimal(20), date(2027, 12, 31), Direction.DOWN)
    >>> share_of_way(air, Decimal(31)), share_of_way(air, Decimal(40)), share_of_way(air, Decimal("19.5"))
    (Fraction(7, 18), Fraction(0, 1), Fraction(1, 1))

    Keeping what there is (target equal to baseline) is all or nothing:

    >>> keep = Path(Decimal(5), date(2026, 1, 1), Decimal(5), date(2027, 1, 1), Direction.UP)
    >>> share_of_way(keep, Decimal(5)), share_of_way(keep, Decimal(4))
    (Fraction(1, 1), Fraction(0, 1))
    """
    if _is_reached(path, value):
        return Fraction(1)
    whole = Fraction(path.target) - Fraction(path.baseline)
    if not whole:
        return Fraction(0)
    return min(Fraction(1), max(Fraction(0), (Fraction(value) - Fraction(path.baseline)) / whole))


def planned_value(path: Path, on: date) -> Fraction:
    """Where the plan would be on a day; flat before it begins and after it ends.

    >>> from datetime import date
    >>> plan = Path(Decimal(0), date(2026, 1, 1), Decimal(10), date(2026, 1, 11), Direction.UP)
    >>> planned_value(plan, date(2026, 1, 4))
    Fraction(3, 1)
    """
    days = min(max((on - path.since).days, 0), (path.due - path.since).days)
    gone = Fraction(days, (path.due - path.since).days)
    return Fraction(path.baseline) + gone * (Fraction(path.target) - Fraction(path.baseline))


def course(path: Path | None, readings: Sequence[Reading], today: date) -> Course:
    """How an objective goes: its last reading against the plan on the day of that reading.

    A reading says nothing about the days after it, so the plan is never compared with today.

    >>> from datetime import date
    >>> air = Path(Decimal(38), date(2026, 3, 1), Decimal(20), date(2027, 12, 31), Direction.DOWN)
    >>> course(air, [Reading(Decimal(31), date(2026, 10, 15))], date(2026, 11, 21))
    <Course.ON_TRACK: 'on track'>
    >>> course(air, [Reading(Decimal(35), date(2026, 10, 15))], date(2026, 11, 21))
    <Course.SLOWER: 'slower than planned'>
    >>> course(air, [], date(2026, 11, 21)), course(None, [], date(2026, 11, 21))
    (<Course.NOT_MEASURED: 'not measured yet'>, <Course.INCOMPLETE: 'not complete yet'>)
    """
    if path is None:
        return Course.INCOMPLETE
    if not readings:
        return Course.NOT_MEASURED
    last = max(readings, key=lambda reading: reading.on)
    if _is_reached(path, last.value):
        return Course.REACHED
    if today > path.due:
        return Course.OVERDUE
    planned = planned_value(path, last.on)
    ahead = Fraction(last.value) - planned if path.direction is Direction.UP else planned - Fraction(last.value)
    return Course.ON_TRACK if ahead >= 0 else Course.SLOWER


def lag(path: Path, reading: Reading) -> timedelta:
    """How long ago the plan was where the reading is; negative when the reading is ahead of the plan.

    >>> from datetime import date
    >>> plan = Path(Decimal(0), date(2026, 1, 1), Decimal(100), date(2026, 4, 11), Direction.UP)
    >>> lag(plan, Reading(Decimal(20), date(2026, 2, 10))).days
    20
    """
    way = (path.due - path.since).days
    there = path.since + timedelta(days=round(share_of_way(path, reading.value) * way))
    return min(reading.on, path.due) - there


def oddities(parts: Sequence[tuple[str, str]]) -> list[str]:
    """What is odd about who does what, from (part, acceptance) pairs; parts are R, A, C and I.

    >>> oddities([("A", "accepted"), ("R", "accepted")])
    []
    >>> oddities([("R", "offered")])
    ['nobody accountable', 'work not accepted']
    >>> oddities([("A", "offered"), ("C", "accepted"), ("C", "accepted"), ("C", "accepted"), ("C", "accepted")])
    ['accountable not accepted', 'everybody consulted']
    """
    live = [(part, state) for part, state in parts if state in {"offered", "accepted"}]
    accountable = [state for part, state in live if part == "A"]
    found = []
    if not accountable:
        found.append("nobody accountable")
    if len(accountable) > 1:
        found.append("several accountable")
    if accountable == ["offered"]:
        found.append("accountable not accepted")
    if any(part == "R" and state == "offered" for part, state in live):
        found.append("work not accepted")
    if sum(part == "C" for part, _ in live) > 3:
        found.append("everybody consulted")
    return found


def _is_reached(path: Path, value: Decimal) -> bool:
    return value >= path.target if path.direction is Direction.UP else value <= path.target
