"""Measurements and what they say: honest about what nobody knows."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manyhands.practice.plans import actions, queries, rules, sentences
from manyhands.practice.plans.charts import line_chart
from manyhands.practice.plans.models import Measurement
from manyhands.practice.plans.rules import Course, Direction, Path, Reading

from . import factories

amounts = st.decimals(-1000, 1000, places=4, allow_nan=False)
days = st.integers(1, 2000)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(amounts, amounts, amounts, days)
def test_the_way_is_between_nothing_and_all_and_the_same_upside_down(start, end, value, length):
    since = date(2026, 1, 1)
    due = since + timedelta(days=length)
    direction, mirrored = (Direction.UP, Direction.DOWN) if end >= start else (Direction.DOWN, Direction.UP)
    share = rules.share_of_way(Path(start, since, end, due, direction), value)
    assert 0 <= share <= 1
    assert share == rules.share_of_way(Path(-start, since, -end, due, mirrored), -value)
    assert rules.share_of_way(Path(start, since, end, due, direction), end) == 1


@unhurried
@given(amounts, amounts, days, st.integers(0, 2000))
def test_a_reading_on_the_plan_is_on_track(start, end, length, day):
    since = date(2026, 1, 1)
    direction = Direction.UP if end >= start else Direction.DOWN
    path = Path(start, since, end, since + timedelta(days=length), direction)
    on = since + timedelta(days=min(day, length))
    planned = rules.planned_value(path, on)
    exactly = Reading(Decimal(planned.numerator) / Decimal(planned.denominator), on)
    if Fraction(exactly.value) == planned:  # only where a decimal can say it
        assert rules.course(path, [exactly], on) in {Course.ON_TRACK, Course.REACHED}


def test_a_plan_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="after"):
        Path(Decimal(1), date(2026, 1, 2), Decimal(2), date(2026, 1, 2), Direction.UP)


def test_it_says_so_when_nobody_knows(clean_air):
    with clean_air.inside():
        goal = factories.adopted_goal(clean_air)
        bare = actions.set_objective(actor=clean_air.actor["rosa"], goal=goal, title="Greener")
        whole = factories.objective(clean_air, goal)
        progress = {o.objective.pk: o for o in queries.goal_progress(clean_air.actor["rosa"])[0].objectives}
        assert (progress[bare.pk].course, progress[bare.pk].percent) == (Course.INCOMPLETE, None)
        assert (progress[whole.pk].course, progress[whole.pk].percent) == (Course.NOT_MEASURED, None)
        assert progress[whole.pk].now == "–"
        assert "who looks after it" in sentences.lacks(bare)
        assert line_chart(bare, []) is None


@time_machine.travel("2026-11-21T09:00Z")
def test_down_from_38_and_behind_the_plan(clean_air):
    with clean_air.inside():
        goal = factories.adopted_goal(clean_air)
        objective = factories.objective(clean_air, goal)
        for month, value in enumerate(("38", "37.6", "36.9", "35.2", "34.8", "34.9", "34"), start=3):
            actions.measure(
                actor=clean_air.actor["rosa"],
                objective=objective,
                value=Decimal(value),
                measured_on=date(2026, month, 15),
                source="Gates",
            )
        progress = queries.goal_progress(clean_air.actor["rosa"])[0].leading
        assert (progress.now, progress.percent, progress.course) == ("34", 22, Course.SLOWER)
        assert sentences.finding(progress) == "Down from 38 to 34, and 7 weeks behind our plan"
        assert progress.towards == "µg/m³, from 38, target 20, due December 2027"
        chart = line_chart(objective, progress.readings)
        assert len(chart.measured) == 7
        assert all(
            0 <= spot.x <= 100 and 0 <= spot.y <= 100 for spot in [*chart.measured, chart.baseline, chart.target]
        )


def test_a_correction_counts_and_the_wrong_value_is_kept(clean_air):
    with clean_air.inside():
        objective = factories.objective(clean_air, factories.adopted_goal(clean_air))
        said = {"measured_on": date(2026, 6, 1), "source": "Gates"}
        wrong = actions.measure(actor=clean_air.actor["rosa"], objective=objective, value=Decimal(350), **said)
        right = actions.correct_measurement(actor=clean_air.actor["rosa"], measurement=wrong, value=Decimal(35), **said)
        with pytest.raises(actions.AlreadyCorrected):
            actions.correct_measurement(actor=clean_air.actor["rosa"], measurement=wrong, value=Decimal(3), **said)
        assert list(queries.current_measurements()) == [right]
        assert Measurement.objects.count() == 2


def test_goal_progress_asks_one_question_however_many_goals(clean_air, django_assert_num_queries):
    with clean_air.inside():
        for number in range(3):
            goal = factories.adopted_goal(clean_air, f"Goal {number}")
            objective = factories.objective(clean_air, goal)
            said = {"measured_on": date(2026, 6, 1), "source": "Gates", "value": Decimal(30)}
            actions.measure(actor=clean_air.actor["rosa"], objective=objective, **said)
            factories.task(clean_air, goal)
        with django_assert_num_queries(2):  # goals with objectives and measurements, the coalition's address
            progress = queries.goal_progress(clean_air.actor["amina"])
            assert [goal.leading.now for goal in progress] == ["30", "30", "30"]
            assert [goal.count_unowned for goal in progress] == [1, 1, 1]
