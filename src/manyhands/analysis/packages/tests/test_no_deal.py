"""Where nobody can agree: the smallest move, found by looking at all and by a solver; and who exaggerates."""

from dataclasses import replace
from itertools import product

import pytest

from manyhands.analysis.packages import Terms, exaggerations, find_packages, negotiation, smallest_relaxations
from manyhands.analysis.packages.relaxation import _by_solver

from .examples import made


def crossed_by(asked, options):
    return sum(place in party.red_lines for party in asked.parties for place in enumerate(options))


def shortfall(package):
    return sum(-gain for gain in package.gains if gain < 0)


# S1-07
@pytest.mark.parametrize("seed", range(60))
def test_nothing_smaller_would_do(seed):
    asked = made(seed, walk_away=95, lines=0.35 * (seed % 3))
    if find_packages(asked).possible:
        return
    every = [asked.package(options) for options in product(*(range(len(issue.options)) for issue in asked.issues))]
    kept = [shortfall(each) for each in every if not crossed_by(asked, each.options)]
    lines = [crossed_by(asked, each.options) for each in every if not shortfall(each)]
    both = [(crossed_by(asked, each.options), shortfall(each)) for each in every]
    for found in (smallest_relaxations(asked), _by_solver(asked)):
        assert (found.walk_aways and found.walk_aways.points) == (min(kept) if kept else None)
        assert (found.red_lines and len(found.red_lines.crossed)) == (min(lines) if lines else None)
        if kept or lines:
            assert found.both is None
        else:
            assert (len(found.both.crossed), found.both.points) == min(both)


@pytest.mark.parametrize("seed", range(30))
def test_a_deal_there_is_once_it_moved(seed):
    asked = made(seed, walk_away=95, lines=0.35 * (seed % 3))
    if find_packages(asked).possible:
        return
    found = smallest_relaxations(asked)
    for each in (found.walk_aways, found.red_lines, found.both):
        if each is None:
            continue
        lowered = dict(each.lowered)
        moved = replace(
            asked,
            parties=tuple(
                replace(
                    party,
                    walk_away=party.walk_away - lowered.get(at, 0),
                    red_lines=party.red_lines - {(issue, option) for who, issue, option in each.crossed if who == at},
                )
                for at, party in enumerate(asked.parties)
            ),
        )
        assert find_packages(moved).possible


def test_an_issue_with_red_lines_on_every_option_says_so():
    points = {"hours": {"long": 100, "short": 50}}
    asked = negotiation(
        {"hours": ["long", "short"]},
        {"a": Terms(points, 10, {"hours": ["short"]}), "b": Terms(points, 10, {"hours": ["long"]})},
    )
    found = find_packages(asked)
    assert (found.possible, found.relaxations.walk_aways) == (False, None)
    assert [(party, option) for party, _, option in found.relaxations.red_lines.crossed] == [(1, 0)]


@pytest.mark.parametrize("seed", range(12))
def test_exaggerations_tell_true_points(seed):
    asked = made(seed, parties=2, walk_away=30)
    honest = find_packages(asked).nash
    if honest is None:
        return
    for each in exaggerations(asked, honest):
        assert each.package is None or each.package.options != honest.options
        if each.package is not None:
            true = asked.package(each.package.options)
            changes = [new - old for new, old in zip(true.points, honest.points, strict=True)]
            assert list(each.change) == changes
            assert each.pays is (changes[each.party] > 0)
            # Points were lied about, red lines were not.
            assert not any(place in party.red_lines for party in asked.parties for place in enumerate(true.options))


def test_exaggerating_can_pay():
    asked = made(5, walk_away=60)
    assert next((each.party, each.change[0]) for each in find_packages(asked).exaggerations if each.pays) == (0, 8)


def test_exaggerating_can_lose_the_deal():
    asked = negotiation(
        {"hours": ["long", "some", "short"]},
        {
            "shops": Terms({"hours": {"long": 100, "some": 55, "short": 0}}, 50),
            "homes": Terms({"hours": {"long": 0, "some": 75, "short": 100}}, 50),
        },
    )
    [found] = find_packages(asked).exaggerations
    assert (found.party, found.issue, found.package, found.change) == (0, None, None, (-5, -25))
    assert not found.pays


def test_with_too_many_packages_exaggeration_is_not_tried():
    asked = made(3, issues=5, walk_away=10)
    assert exaggerations(asked, find_packages(asked).nash, most=100) is None
