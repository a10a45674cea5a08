"""Several raters of one actor: the middle, the quarrel behind it, and what is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.analysis.actors import Accord, Salience, corner, r_wg, rated_by, salience
from manyhands.analysis.tables import BadInput


def test_the_median_the_spread_the_quarters_and_the_dates_of_several_raters():
    days = [date(2026, 1, 5), None, date(2026, 5, 3), date(2025, 11, 30), None, date(2026, 2, 2)]
    said = rated_by([3.2, 4.0, 4.1, 4.2, 4.6, 4.1], days)
    assert (said.raters, said.median, round(said.spread, 2)) == (6, 4.1, 0.27)
    assert (said.lowest, said.highest) == (3.2, 4.6)
    assert (round(said.lower_quartile, 3), round(said.upper_quartile, 3)) == (4.025, 4.175)
    assert (said.oldest, said.newest) == (date(2025, 11, 30), date(2026, 5, 3))


def test_two_who_disagree_wholly_are_shown_as_disagreeing_and_not_as_undecided():
    apart, alike = rated_by([1, 5]), rated_by([3, 3])
    assert apart.median == alike.median == 3
    assert (apart.accord, alike.accord) == (Accord.DISAGREE, Accord.AGREE)


def test_one_rater_neither_agrees_nor_disagrees():
    said = rated_by([4])
    assert (said.agreement, said.accord, said.lower_quartile, said.is_high) == (None, Accord.ONE_RATER, None, True)


def test_missing_is_not_zero():
    said = rated_by([None, 4, None], [date(2020, 1, 1), date(2026, 1, 1), None])
    assert (said.median, said.raters, said.newest, said.oldest) == (4, 1, date(2026, 1, 1), date(2026, 1, 1))
    assert rated_by([]).median is None
    assert corner(rated_by([]), rated_by([5])) is None


def test_the_midpoint_is_of_the_scale_and_counts_as_high():
    assert rated_by([3]).is_high
    assert not rated_by([2.9]).is_high
    # All of five actors can be low: no half of them is made high by construction.
    assert not any(rated_by([value]).is_high for value in (1, 1.5, 2, 2.5, 2.9))


@pytest.mark.parametrize("bad", [0.9, 5.1, float("nan"), float("inf"), -3])
def test_a_rating_off_the_scale_is_refused(bad):
    with pytest.raises(BadInput, match="the scale runs from 1 to 5"):
        rated_by([3, bad])


def test_agreement_by_the_book():
    assert round(r_wg([4, 4, 5, 4, 3, 4]), 3) == 0.8
    assert r_wg([1, 1, 1, 5, 5, 5]) == 0
    assert r_wg([2, 2, 2]) == 1
    assert round(r_wg([1, 2, 3, 4], options=4), 3) == 0


@given(st.lists(st.integers(10, 50).map(lambda tenth: tenth / 10), min_size=1, max_size=8))
def test_the_map_of_allies_and_this_say_the_same(ratings):
    from manyhands.practice.stakeholders import rules

    on_the_map, here = rules.middle(ratings), rated_by(ratings)
    assert on_the_map.value == round(here.median, 2)
    assert abs(on_the_map.spread - here.spread) <= 0.05 + 1e-9  # the map shows one decimal
    assert on_the_map.raters == here.raters
    other = rated_by([3])
    assert rules.corner(here.median, 3).value == corner(here, other).value


def test_eight_classes_and_none_with_a_word_that_offends():
    table = {
        (1, 0, 0): "dormant",
        (0, 1, 0): "discretionary",
        (0, 0, 1): "demanding",
        (1, 1, 0): "dominant",
        (1, 0, 1): "dangerous",
        (0, 1, 1): "dependent",
        (1, 1, 1): "definitive",
        (0, 0, 0): "non-stakeholder",
    }
    assert {key: str(salience(*map(bool, key))) for key in table} == table
    assert not {each.label for each in Salience} & {str(each) for each in Salience}
    assert Salience.DANGEROUS.label == "power and urgency"
    assert salience(None, True, True) is None
