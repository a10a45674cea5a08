"""The line of an objective, as places on a plot: baseline, plan, measured values, target. No markup."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from manyhands.foundation.ui.charts import Scale, line, ticks

from .models import Measurement, Objective
from .sentences import figure

#: The unit stands above this, in percent from the top; no value is written over it.
UNIT_ENDS = 9


@dataclass(frozen=True)
class Spot:
    """A point on the plot, in percent, with its value in words."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class LineChart:
    """Everything the picture needs; the template only places it."""

    rules: list[Spot]  # one per round value: where its line runs
    measured: list[Spot]
    measured_line: str
    plan_line: str
    plan_middle: Spot
    baseline: Spot
    target: Spot
    last: Spot
    start: str
    middle: str
    end: str


def line_chart(objective: Objective, readings: list[Measurement]) -> LineChart | None:
    """The chart of an objective, or None while it has no whole plan."""
    path = objective.path
    if path is None:
        return None
    values = [path.baseline, path.target, *(reading.value for reading in readings)]
    low, high = float(min(values)), float(max(values))
    room = (high - low) * 0.12 or 1.0
    days = [path.since, path.due, *(reading.measured_on for reading in readings)]
    first, last_day = min(days), max(days)
    across = Scale(first.toordinal(), last_day.toordinal(), room=5)
    up = Scale(low - room, high + room, room=4, upwards=True)

    def spot(day: date, value: Decimal, label: str = "") -> Spot:
        return Spot(across(day.toordinal()), up(float(value)), label or figure(value))

    baseline, target = spot(path.since, path.baseline), spot(path.due, path.target)
    measured = [spot(reading.measured_on, reading.value) for reading in readings]
    whole = [baseline, *measured] if not readings or readings[0].measured_on > path.since else measured
    steps = [Spot(0, up(tick), figure(Decimal(str(tick)))) for tick in ticks(low - room, high + room)]
    return LineChart(
        rules=[step for step in steps if step.y > UNIT_ENDS],
        measured=measured,
        measured_line=line([(point.x, point.y) for point in whole]),
        plan_line=line([(baseline.x, baseline.y), (target.x, target.y)]),
        plan_middle=Spot((baseline.x + target.x) / 2, (baseline.y + target.y) / 2, ""),
        baseline=baseline,
        target=target,
        last=measured[-1] if measured else baseline,
        start=date_format(first, "F Y"),
        middle=date_format(date.fromordinal((first.toordinal() + last_day.toordinal()) // 2), "F Y"),
        end=date_format(last_day, "F Y"),
    )
