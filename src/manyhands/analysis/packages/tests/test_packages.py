"""Packages: Nash's own example, a plain loop over all, and a solver that finds the same."""

from fractions import Fraction
from itertools import product
from math import prod

import pytest

from manyhands.analysis.packages import Terms, exchanges, favourites, find_packages, negotiation
from manyhands.analysis.packages.solver import fairest_by_solver, model, nash_by_solver
from manyhands.analysis.tables import BadInput

from .examples import made, nash_1950


def test_nash_1950():
    """Bill gives book, whip, ball and bat, Jack gives pen, toy and knife: they gain 12 and 5."""
    asked = nash_1950()
    found = find_packages(asked)
    words = asked.words(found.nash)
    assert {name for name, owner in words.items() if owner == "Jack"} == {"book", "whip", "ball", "bat", "hat"}
    # On the scale they were told in: 34 is all there is to Bill, 16 to Jack.
    bill, jack = found.nash.gains[0] * 34 / 100, found.nash.gains[1] * 16 / 100
    assert (bill, jack, bill * jack) == (12, 5, 60)
    products = sorted({each.gains[0] * each.gains[1] * 34 * 16 / 10_000 for each in found.feasible}, reverse=True)
    assert products[:2] == [60, 56]
    [runner_up] = [each for each in found.feasible if each.gains[0] * each.gains[1] * 34 * 16 == 560_000]
    assert runner_up.gains[0] * 34 == 1400
    assert runner_up.gains[1] * 16 == 400


def naive(asked):
    """Every package that crosses no red line and leaves nobody below the walk-away."""
    for options in product(*(range(len(issue.options)) for issue in asked.issues)):
        package = asked.package(options)
        crossed = any(place in party.red_lines for party in asked.parties for place in enumerate(options))
        if not crossed and min(package.gains) >= 0:
            yield package


# S1-07
@pytest.mark.parametrize("seed", range(60))
def test_it_agrees_with_looking_at_every_package(seed):
    asked = made(seed, parties=2 + seed % 3, lines=0.15 * (seed % 2))
    expected = list(naive(asked))
    found = find_packages(asked)
    assert found.possible is bool(expected)
    assert found.feasible == tuple(expected)
    assert found.feasible_count == len(expected)
    if not expected:
        assert (found.nash, found.fairest, found.pareto) == (None, None, ())
        assert found.relaxations is not None
        return
    better = [
        each
        for each in expected
        if not any(
            other.points != each.points and all(a >= b for a, b in zip(other.points, each.points, strict=True))
            for other in expected
        )
    ]
    assert found.pareto == tuple(better)
    most = max(sum(gain > 0 for gain in each.gains) for each in expected)
    winners = [each for each in expected if sum(gain > 0 for gain in each.gains) == most]
    assert found.nash == max(winners, key=lambda each: prod(gain for gain in each.gains if gain > 0))
    assert found.fairest == max(expected, key=lambda each: sorted(each.gains))
    assert found.nash in found.pareto
    assert found.fairest in found.pareto


@pytest.mark.parametrize("seed", range(30))
def test_the_solver_finds_what_looking_at_all_finds(seed):
    asked = made(seed, issues=5, parties=2 + seed % 4, walk_away=35, lines=0.1 * (seed % 2))
    looked, solved = find_packages(asked), find_packages(asked, most=1)
    assert solved.possible is looked.possible
    if looked.possible and not solved.every_package_looked_at:
        assert min(solved.fairest.gains) == min(looked.fairest.gains)
        if min(looked.fairest.gains) > 0:
            assert prod(solved.nash.gains) == prod(looked.nash.gains)
        else:
            assert solved.nash is None


def test_twelve_issues_with_five_options_for_eight_parties_are_solved():
    asked = made(7, issues=12, options=5, parties=8, walk_away=10)
    assert asked.number > 10**8
    found = find_packages(asked)
    assert (found.every_package_looked_at, found.feasible_count, found.pareto_count) == (False, None, None)
    assert min(found.nash.gains) > 0
    assert prod(found.nash.gains) >= prod(found.fairest.gains)
    assert min(found.fairest.gains) >= min(found.nash.gains)
    assert find_packages(asked).nash == found.nash


def test_more_than_can_be_searched_is_refused():
    asked = made(1, issues=50, options=13, parties=3, walk_away=0)
    with pytest.raises(BadInput, match=r"^There are about 10\^55 packages for 3 parties, too many to search; settle"):
        find_packages(asked)


@pytest.mark.parametrize("seed", range(20))
def test_the_nash_package_does_not_depend_on_anyones_scale(seed):
    told = made(seed)
    names = [issue.name for issue in told.issues]

    def terms(party, scale):
        points = {
            name: {option: value * scale for option, value in zip(issue.options, own, strict=True)}
            for name, issue, own in zip(names, told.issues, party.points, strict=True)
        }
        return Terms(points, party.walk_away * scale)

    issues = {issue.name: issue.options for issue in told.issues}
    scales = [Fraction(1), Fraction(7, 3), Fraction(1, 50)]
    again = negotiation(
        issues,
        {party.name: terms(party, scale) for party, scale in zip(told.parties, scales, strict=True)},
        points_total=None,
    )
    assert find_packages(again).nash == find_packages(told).nash


def test_someone_to_whom_all_is_the_same_spoils_nothing():
    asked = negotiation(
        {"hours": ["long", "short"]},
        {
            "shops": Terms({"hours": {"long": 100, "short": 0}}, 10),
            "choir": Terms({"hours": {"long": 100, "short": 100}}, 100),
        },
    )
    found = find_packages(asked)
    assert asked.words(found.nash) == {"hours": "long"}
    assert found.nash.gains == (90, 0)


def test_ties_go_by_the_stated_order():
    both = {"hours": {"long": 50, "short": 50}, "noise": {"loud": 50, "quiet": 50}}
    asked = negotiation({"hours": ["long", "short"], "noise": ["quiet", "loud"]}, {"a": Terms(both), "b": Terms(both)})
    found = find_packages(asked)
    assert asked.words(found.nash) == asked.words(found.fairest) == {"hours": "long", "noise": "quiet"}
    assert found.pareto_count == 4


# S2-04
@pytest.mark.parametrize("seed", range(30))
def test_trades_are_what_both_give_up_and_get(seed):
    asked = made(seed, walk_away=20)
    package = find_packages(asked).nash
    if package is None:
        return
    told = exchanges(asked, package)
    pairs = [(each.one, each.other) for each in told]
    assert len(set(pairs)) == len(pairs)
    for each in told:
        for giver, getter, given in (
            (asked.parties[each.one], asked.parties[each.other], each.one_gives),
            (asked.parties[each.other], asked.parties[each.one], each.other_gives),
        ):
            assert given
            for concession in given:
                at, option, wanted = concession.issue, package.options[concession.issue], favourites(giver)
                assert concession.costs == giver.points[at][wanted[at]] - giver.points[at][option] > 0
                assert concession.brings == getter.points[at][option] - getter.points[at][wanted[at]] > 0


def test_a_solver_and_a_negotiation_where_someone_can_gain_nothing():
    asked = negotiation(
        {"hours": ["long", "short"]},
        {"a": Terms({"hours": {"long": 100, "short": 0}}), "b": Terms({"hours": {"long": 0, "short": 100}})},
    )
    of = model(asked)
    even = fairest_by_solver(of)
    assert min(even.gains) == 0
    assert nash_by_solver(of, even) is None
    assert asked.words(find_packages(asked).nash) == {"hours": "long"}


ISSUES = {"hours": ["long", "short"], "noise": ["loud", "quiet"]}
FAIR = {"hours": {"long": 60, "short": 0}, "noise": {"loud": 40, "quiet": 10}}


@pytest.mark.parametrize(
    ("issues", "terms", "sentence"),
    [
        ({}, Terms({}), "at least one issue"),
        ({"hours": []}, Terms({"hours": {}}), "The issue 'hours' has no options."),
        ({"hours": ["a", "a"]}, Terms({"hours": {"a": 100}}), "two options of the same name"),
        (ISSUES, Terms({"hours": FAIR["hours"]}), "Shops gives no points to the issue 'noise'."),
        (ISSUES, Terms(FAIR | {"rent": {}}), "Shops speaks of the issue 'rent', which is not there."),
        (ISSUES, Terms(FAIR | {"noise": {"loud": 40}}), "Shops gives no points to 'quiet' of the issue 'noise'."),
        (ISSUES, Terms(FAIR | {"noise": {"loud": 40, "quiet": 1, "odd": 2}}), "'odd', which is no option of 'noise'"),
        (ISSUES, Terms(FAIR | {"noise": {"loud": 60, "quiet": 10}}), "must add up to 100 points, but add up to 120."),
        (ISSUES, Terms(FAIR | {"noise": {"loud": 38, "quiet": 10}}), "must add up to 100 points, but add up to 98."),
        (ISSUES, Terms(FAIR | {"noise": {"loud": 40, "quiet": -3}}), "must not be below zero, but is -3."),
        (ISSUES, Terms(FAIR | {"noise": {"loud": 40, "quiet": "x"}}), "gives to 'quiet' must be a number, not 'x'."),
        (ISSUES, Terms(FAIR | {"noise": {"loud": 40, "quiet": float("nan")}}), "must be a number, not 'nan'."),
        (ISSUES, Terms(FAIR | {"noise": {"loud": True, "quiet": 0}}), "must be a number, not 'True'."),
        (ISSUES, Terms(FAIR | {"noise": {"loud": "1e99999", "quiet": 0}}), "has too many digits"),
        (ISSUES, Terms(FAIR, -5), "The walk-away of Shops must not be below zero, but is -5."),
        (ISSUES, Terms(FAIR, 101), "The walk-away of Shops is 101, but the best package is worth 100."),
        (ISSUES, Terms(FAIR, None, {"rent": []}), "Shops speaks of the issue 'rent'"),
        (ISSUES, Terms(FAIR, None, {"hours": ["never"]}), "'never', which is no option of 'hours'"),
        (ISSUES, Terms({name: dict.fromkeys(own, 0) for name, own in FAIR.items()}), "gives no points to anything"),
    ],
)
def test_what_makes_no_sense_is_refused(issues, terms, sentence):
    with pytest.raises(BadInput) as told:
        negotiation(issues, {"Shops": terms, "Homes": terms})
    assert sentence in str(told.value)


def test_one_party_does_not_negotiate():
    with pytest.raises(BadInput, match="at least two parties"):
        negotiation(ISSUES, {"Shops": Terms(FAIR)})


def test_points_within_rounding_are_stretched_to_a_hundred():
    third = {"hours": {"long": 33.3}, "noise": {"loud": 33.3}, "rent": {"low": 33.3}}
    asked = negotiation({"hours": ["long"], "noise": ["loud"], "rent": ["low"]}, {"a": Terms(third), "b": Terms(third)})
    assert asked.package([0, 0, 0]).points == (100, 100)
    assert [party.walk_away_told for party in asked.parties] == [False, False]
