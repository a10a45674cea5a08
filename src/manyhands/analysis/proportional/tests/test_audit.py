"""Who is left with less than they are owed: named if enough, and none overlooked."""

from itertools import combinations

import pytest

from manyhands.analysis.proportional import approval_ballots, audit, choose

from .examples import SIXTY_FORTY, made, running


# S2-19
def test_the_plain_vote_leaves_out_the_forty_who_are_owed_two():
    asked = approval_ballots(SIXTY_FORTY, 5)
    found = choose(asked, "plain").audit
    left = found.left_out
    assert (found.jr, found.ejr, left.people, left.owed, left.most_served) == (False, False, 40, 2, 0)
    assert left.members == tuple(range(60, 100))
    assert {asked.candidates[at] for at in left.agree_on} == set("vwxyz")
    assert choose(asked, "equal-shares").audit.left_out is None


def test_three_choices_of_the_running_example_leave_nobody_out():
    asked = running()
    for chosen in ("abcf", "abcd", "aefg"):
        found = audit(asked, [asked.position(name) for name in chosen])
        assert (found.jr, found.ejr, found.left_out) == (True, True, None), chosen


def test_fewer_than_five_are_not_named():
    small = approval_ballots(["a"] * 4 + ["b"] * 4, 2)
    left = audit(small, [0]).left_out
    assert (left.members, left.people, left.owed) == (None, None, 1)
    open_vote = audit(small, [0], smallest_shown=0).left_out
    assert (open_vote.members, open_vote.people) == ((4, 5, 6, 7), 4)
    with pytest.raises(ValueError, match="fewer than 3"):
        audit(small, [0], smallest_shown=2)


def naive(ballots, chosen, count_empty):
    """Every set of voters large enough, and every set of candidates they agree on."""
    sharing = sum(weight for weight, own in zip(ballots.weights, ballots.approvals, strict=True) if own or count_empty)
    served = ballots.served(chosen)
    best = None
    for size in range(1, len(ballots.candidates) + 1):
        for wanted in combinations(range(len(ballots.candidates)), size):
            group = [
                voter
                for voter, own in enumerate(ballots.approvals)
                if own.issuperset(wanted) and served[voter] < size and ballots.weights[voter]
            ]
            weight = sum(ballots.weights[voter] for voter in group)
            if group and weight * ballots.budget >= ballots.cost_of(wanted) * sharing:
                best = max(best, (weight, size)) if best else (weight, size)
    return best


@pytest.mark.parametrize("seed", range(80))
def test_no_group_is_overlooked(seed):
    asked = made(seed, with_costs=seed % 2 == 1, with_weights=seed % 3 == 1)
    number = len(asked.candidates)
    for chosen in ([], [0], [number - 1], list(range(number // 2))):
        expected = naive(asked, chosen, seed % 5 == 0)
        found = audit(asked, chosen, count_empty=seed % 5 == 0, smallest_shown=0)
        assert found.ejr is (expected is None)
        if expected is not None:
            assert (found.left_out.weight, found.left_out.owed) == expected


@pytest.mark.parametrize("seed", range(80))
def test_equal_shares_leaves_no_group_out(seed):
    """It promises extended justified representation for seats; the proof is Peters and Skowron's."""
    assert choose(made(seed, with_weights=seed % 2 == 1), "equal-shares", completion="none").audit.ejr is True


@pytest.mark.parametrize("seed", range(80))
def test_the_pav_optimum_leaves_no_group_out(seed):
    assert choose(made(seed), "pav").audit.ejr is True


def test_a_search_that_is_cut_off_says_so():
    asked = approval_ballots(["abcdefgh"] * 10, 4)
    found = audit(asked, range(4), most_nodes=3)
    assert (found.complete, found.jr, found.ejr, found.left_out) == (False, None, None, None)
