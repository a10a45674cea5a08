"""Proportional approval voting: the highest score by trying every choice, and two solvers that agree."""

from fractions import Fraction

import pytest

from manyhands.analysis.proportional import approval_ballots, best_by_pav, pav_score, sequential_pav

from .examples import affordable, made, names, running


def test_the_running_example():
    asked = running()
    best = best_by_pav(asked)
    assert (names(asked, best.chosen), best.proved) == ("abcf", True)
    assert pav_score(asked, best.chosen) == Fraction(83, 6)


@pytest.mark.parametrize("seed", range(60))
def test_no_choice_has_a_higher_score(seed):
    asked = made(seed, with_costs=seed % 2 == 1, with_weights=seed % 3 == 1)
    scores = {each: pav_score(asked, each) for each in affordable(asked)}
    best = best_by_pav(asked)
    assert best.proved
    assert scores[best.chosen] == max(scores.values())
    # Of equal ones the first in the stated order, without what nobody gains from.
    equal = [each for each, score in scores.items() if score == max(scores.values())]
    smallest = [each for each in equal if not any(set(other) < set(each) for other in equal)]
    assert best.chosen == min(smallest)


@pytest.mark.parametrize("seed", range(30))
def test_both_solvers_reach_the_same_score(seed):
    asked = made(seed, with_costs=seed % 2 == 1, with_weights=seed % 3 == 1)
    one, other = best_by_pav(asked), best_by_pav(asked, most_nodes=0)
    assert pav_score(asked, one.chosen) == pav_score(asked, other.chosen)
    assert other.proved


@pytest.mark.parametrize("seed", range(30))
def test_must_haves_are_in_the_best_choice_of_those_that_have_them(seed):
    asked = made(seed)
    last = len(asked.candidates) - 1
    scores = {each: pav_score(asked, each) for each in affordable(asked) if last in each}
    for nodes in (20_000, 0):
        best = best_by_pav(asked, must_haves=[last], most_nodes=nodes)
        assert last in best.chosen
        assert pav_score(asked, best.chosen) == max(scores.values())


@pytest.mark.parametrize("seed", range(30))
def test_one_after_the_other_agrees_with_a_plain_loop(seed):
    asked = made(seed, with_costs=seed % 2 == 1, with_weights=seed % 3 == 1)
    chosen: list[int] = []
    while True:
        room = asked.budget - asked.cost_of(chosen)
        now = pav_score(asked, chosen)
        offers = [
            ((pav_score(asked, [*chosen, at]) - now) / asked.costs[at], -at)
            for at in range(len(asked.candidates))
            if at not in chosen and asked.costs[at] <= room and pav_score(asked, [*chosen, at]) > now
        ]
        if not offers:
            break
        chosen.append(-max(offers)[1])
    assert list(sequential_pav(asked)) == chosen


def test_weights_too_fine_for_whole_numbers_of_64_bits_go_to_the_solver():
    asked = approval_ballots(["ab", "bc", "c"], 2, candidates="abc", weights=[f"1/{10**19 + 7}", 1, 1])
    best = best_by_pav(asked)
    assert names(asked, best.chosen) == "bc"
