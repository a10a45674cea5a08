"""Bridging: two camps, the loss at its smallest, and when nothing may be said."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from manyhands.analysis.bridging import bridging, fit
from manyhands.analysis.bridging.fitting import FACTOR_PENALTY, INTERCEPT_PENALTY
from manyhands.analysis.responses import Responses

#: Two camps of ten. "bridge" is liked by both, "none" by nobody, each other statement by one camp.
LIKED_BY = {"bridge": "ab", "camp1": "a", "camp2": "b", "none": ""} | {f"p{at}": "ba"[at % 2] for at in range(6)}


def two_camps(each: int) -> list[list[int]]:
    return [[1 if camp in liked else -1 for liked in LIKED_BY.values()] for camp in "ab" for _ in range(each)]


def ratings_of(table, seen) -> csr_array:
    """A table as sparse ratings, without what was not seen."""
    rows, columns = np.nonzero(seen)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(table)))])
    return csr_array((np.asarray(table, dtype=float)[rows, columns], columns, starts), shape=np.shape(table))


# S2-13
def test_what_both_camps_like_beats_whatever_one_camp_likes():
    found = bridging(Responses.from_dense(two_camps(10)), fewest_raters=20)
    score = dict(zip(LIKED_BY, found.scores, strict=True))
    assert max(score, key=score.get) == "bridge"
    assert min(score, key=score.get) == "none"
    # Expected differences: .582 - .087 for a camp's, .582 + .411 for what nobody likes.
    for name in score:
        if name not in ("bridge", "none"):
            assert score["bridge"] - score[name] == pytest.approx(0.495, abs=0.003)
    assert score["bridge"] - score["none"] == pytest.approx(0.993, abs=0.001)
    factor = dict(zip(LIKED_BY, found.factors, strict=True))
    assert abs(factor["bridge"]) < 0.003 < abs(factor["none"]) + 0.003
    assert factor["camp1"] * factor["camp2"] < 0
    assert abs(factor["camp1"]) == pytest.approx(0.86, abs=0.03)


def made(seed: int, raters: int = 60, statements: int = 25):
    random = np.random.default_rng(seed)
    side, leaning = random.normal(0, 0.7, raters), random.normal(0, 0.7, statements)
    liked = 0.5 + random.normal(0, 0.3, statements) + np.outer(side, leaning)
    table = np.clip(np.round(2 * (liked + random.normal(0, 0.2, liked.shape))) / 2, 0, 1)
    return table, random.random(table.shape) < 0.5


@pytest.mark.parametrize("seed", range(8))
def test_no_small_step_makes_the_loss_smaller(seed):
    table, seen = made(seed)
    found = fit(ratings_of(table, seen))
    assert found.converged
    f_u, f_n = found.rater_factor, found.statement_factor
    told = found.mean + found.rater_intercept[:, None] + found.statement_intercept + np.outer(f_u, f_n)
    missed = np.where(seen, table - told, 0)
    slopes = [
        missed.sum() - INTERCEPT_PENALTY * found.mean,
        missed.sum(axis=1) - INTERCEPT_PENALTY * found.rater_intercept,
        missed.sum(axis=0) - INTERCEPT_PENALTY * found.statement_intercept,
        missed @ f_n - FACTOR_PENALTY * f_u,
        missed.T @ f_u - FACTOR_PENALTY * f_n,
    ]
    assert max(float(np.abs(slope).max()) for slope in slopes) < 1e-3
    loss = float(np.sum(missed**2)) + INTERCEPT_PENALTY * (
        found.mean**2 + np.sum(found.rater_intercept**2) + np.sum(found.statement_intercept**2)
    )
    assert found.loss == pytest.approx(loss + FACTOR_PENALTY * (np.sum(f_u**2) + np.sum(f_n**2)))


@pytest.mark.parametrize("seed", range(8))
def test_other_starts_come_to_the_same(seed):
    ratings = ratings_of(*made(seed))
    one, other, again = fit(ratings, seed=1), fit(ratings, seed=2), fit(ratings, seed=1)
    assert other.loss == pytest.approx(one.loss, rel=1e-6)
    assert other.statement_intercept == pytest.approx(one.statement_intercept, abs=1e-3)
    assert other.statement_factor == pytest.approx(one.statement_factor, abs=1e-3)  # the sign is fixed
    assert (again.statement_intercept == one.statement_intercept).all()


def test_the_sign_puts_most_raters_on_the_positive_side():
    table = [row if at < 18 else [-each for each in row] for at, row in enumerate([[1, 1, -1]] * 25)]
    for own in (table, [[-each for each in row] for row in table]):
        found = bridging(Responses.from_dense(own), fewest_raters=5)
        assert np.sum(found.fit.rater_factor > 0) == 18


def test_a_pass_is_half_and_what_was_not_seen_is_nothing():
    nan = float("nan")
    half = bridging(Responses.from_dense([[1, 0, -1, nan]] * 60))
    score = half.scores
    assert score[0] - score[1] == pytest.approx(score[1] - score[2], abs=1e-6)
    assert (half.row(3).score, half.row(3).ratings) == (None, 0)


def test_not_enough_yet():
    few = bridging(Responses.from_dense(two_camps(10)))
    assert (few.enough_raters, few.fit) == (False, None)
    assert {row.score for row in few.rows()} == {None}
    nan = float("nan")
    table = [row + [1 if at < 4 else nan, 1 if at < 5 else nan] for at, row in enumerate(two_camps(30))]
    found = bridging(Responses.from_dense(table))
    assert (found.row(10).score, found.row(10).ratings) == (None, 4)
    assert found.row(11).score is not None
    assert [row.score is None for row in found.rows()] == [False] * 11 + [True]


def test_fifty_people_who_answered_and_not_fifty_on_the_list():
    nan = float("nan")
    silent = [[nan] * len(LIKED_BY)] * 40
    assert bridging(Responses.from_dense(two_camps(20) + silent)).enough_raters is False
    spoke = bridging(Responses.from_dense(silent + two_camps(30)))
    alone = bridging(Responses.from_dense(two_camps(30)))
    assert spoke.scores == pytest.approx(alone.scores, abs=1e-9)


@pytest.mark.parametrize("table", [[[1, 1]] * 60, [[0, 0]] * 60, [[-1]] * 60, [[1]] * 30 + [[-1]] * 30])
def test_where_nothing_divides_all_figures_are_finite(table):
    found = bridging(Responses.from_dense(table))
    assert np.isfinite(found.scores).all()
    assert np.isfinite(found.factors).all()
    assert found.fit.converged


def test_nobody_answered():
    found = bridging(Responses.from_dense([[float("nan")] * 2] * 60))
    assert (found.raters, found.enough_raters, found.rows()[0].score) == (0, False, None)
