"""Equal Shares, Phragmén and the plain vote: by the book, by a plain loop, and what they promise."""

from fractions import Fraction

import pytest

from manyhands.analysis.proportional import approval_ballots, choose, equal_shares, phragmen, plain_vote

from .examples import EQUAL_SHARES, SIXTY_FORTY, made, names, running


def test_the_running_example_buys_only_a():
    asked = running()
    found = equal_shares(asked)
    assert names(asked, (each.candidate for each in found.purchases)) == "a"
    assert found.purchases[0].price == Fraction(1, 8)
    assert [str(left) for left in found.left] == ["5/24"] * 8 + ["1/3"] * 4


def test_example_2_12_is_completed_by_phragmen():
    asked = approval_ballots(EQUAL_SHARES, 3, candidates="abcd")
    found = choose(asked, "equal-shares")
    assert names(asked, (step.candidate for step in found.steps)) == "cad"
    assert [str(step.price) for step in found.steps[:2]] == ["1/5", "13/40"]
    assert [step.because for step in found.steps] == ["bought", "bought", "completed"]
    assert [str(left) for left in found.shares.left] == ["7/40", "7/40", "7/40", "1/20", "1/20", "0", "0", "3/8"]
    assert names(asked, choose(asked, "equal-shares", completion="none").positions) == "ac"


def test_forty_of_a_hundred_get_two_of_five():
    asked = approval_ballots(SIXTY_FORTY, 5)
    for method in ("equal-shares", "phragmen", "seq-pav", "pav"):
        assert choose(asked, method).chosen == ("a", "b", "c", "v", "w"), method
    assert choose(asked, "plain").chosen == ("a", "b", "c", "d", "e")


def naive_equal_shares(ballots, by_money):
    """Straight from the definition, trying every number of voters who can pay in full."""
    left = [ballots.budget * weight / sum(ballots.weights) for weight in ballots.weights]
    bought = []
    while True:
        best = None
        for candidate, cost in enumerate(ballots.costs):
            wanting = [voter for voter, own in enumerate(ballots.approvals) if candidate in own]
            if candidate in bought or sum(left[voter] for voter in wanting) < cost:
                continue
            worth = cost if by_money else Fraction(1)
            own = {voter: left[voter] / ballots.weights[voter] for voter in wanting}
            for full in {*own.values(), Fraction(0)}:
                rich = [voter for voter in wanting if own[voter] > full]
                poor = [voter for voter in wanting if own[voter] <= full]
                if rich:
                    price = (cost - sum(left[voter] for voter in poor)) / sum(ballots.weights[voter] for voter in rich)
                else:
                    price = max(own.values(), default=Fraction(0))
                paid = sum(min(left[voter], price * ballots.weights[voter]) for voter in wanting)
                if price >= 0 and paid == cost:
                    offer = (price / worth, candidate, price)
                    best = offer if best is None or offer < best else best
        if best is None:
            return bought, left
        _, candidate, price = best
        for voter, own in enumerate(ballots.approvals):
            if candidate in own:
                left[voter] -= min(left[voter], price * ballots.weights[voter])
        bought.append(candidate)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("by_money", [False, True])
def test_it_agrees_with_the_definition(seed, by_money):
    asked = made(seed, with_costs=seed % 2 == 1, with_weights=seed % 3 == 1)
    found = equal_shares(asked, by_money=by_money, count_empty=True)
    bought, left = naive_equal_shares(asked, by_money)
    assert [each.candidate for each in found.purchases] == bought
    assert list(found.left) == left


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("method", ["equal-shares", "phragmen", "seq-pav", "plain", "pav"])
def test_a_weight_of_two_is_two_voters(seed, method):
    asked = made(seed)
    own = [[asked.candidates[at] for at in sorted(ballot)] for ballot in asked.approvals]
    double = approval_ballots([*own, *own[:2]], asked.budget, candidates=asked.candidates)
    weighed = approval_ballots(own, asked.budget, candidates=asked.candidates, weights=[2, 2] + [1] * (len(own) - 2))
    one, other = choose(double, method, smallest_shown=0), choose(weighed, method, smallest_shown=0)
    assert (one.chosen, one.score) == (other.chosen, other.score)
    assert (one.audit.jr, one.audit.ejr) == (other.audit.jr, other.audit.ejr)


def test_weights_move_money():
    even = approval_ballots(["a", "a", "b", "b", "b"], 1)
    heavy = approval_ballots(["a", "a", "b", "b", "b"], 1, weights=[2, "3/2", 1, 1, 1])
    assert [choose(each).chosen for each in (even, heavy)] == [("b",), ("a",)]


def test_empty_ballots_lower_the_others_share_only_on_demand():
    asked = approval_ballots(["a", "a", "b", "b", "", ""], 2)
    assert choose(asked, completion="none").chosen == ("a", "b")
    assert choose(asked, completion="none", count_empty=True).chosen == ()
    assert choose(asked, count_empty=True).chosen == ("a", "b")


def test_must_haves_are_in_and_paid_for_by_everyone():
    asked = approval_ballots(["a"] * 5 + ["b"] * 4 + ["c"], 2, candidates="abc")
    for method in ("equal-shares", "phragmen", "seq-pav", "pav", "plain"):
        found = choose(asked, method, must_haves=["c"])
        assert found.chosen == ("a", "c"), method
        assert found.steps[0].because == "must have"


def test_ties_go_by_the_stated_order():
    asked = approval_ballots(["a", "b", "c"], 1, candidates="abc")
    for method in ("equal-shares", "phragmen", "seq-pav", "pav", "plain"):
        assert choose(asked, method).chosen == ("a",), method
        assert choose(asked.in_order(["c", "b"]), method).chosen == ("c",), method


def test_nothing_is_bought_that_nobody_wants():
    asked = approval_ballots(["a", ""], 3, candidates="abc")
    for method in ("equal-shares", "phragmen", "seq-pav", "pav", "plain"):
        assert choose(asked, method).chosen == ("a",), method
    nobody = approval_ballots(["", ""], 1, candidates="ab")
    for method in ("equal-shares", "phragmen", "seq-pav", "pav", "plain"):
        found = choose(nobody, method)
        assert (found.chosen, found.served, found.audit.jr) == ((), (0, 0), True), method


def test_a_budget_below_every_cost_buys_nothing():
    asked = approval_ballots(["a", "b"], 5, costs=[6, 7])
    for method in ("equal-shares", "phragmen", "seq-pav", "pav", "plain"):
        assert choose(asked, method).chosen == (), method


def test_what_costs_nothing_is_taken_by_whoever_wants_it():
    asked = approval_ballots(["ab", "b"], 0, candidates="abc", costs=[0, 3, 0])
    for method in ("equal-shares", "phragmen", "seq-pav", "pav", "plain"):
        assert choose(asked, method).chosen == ("a",), method


@pytest.mark.parametrize("seed", range(40))
def test_every_method_stays_within_the_budget_and_leaves_no_room(seed):
    asked = made(seed, with_costs=True, with_weights=seed % 2 == 0)
    wanted = {at for own in asked.approvals for at in own}
    for method in ("equal-shares", "phragmen", "seq-pav", "plain"):
        found = choose(asked, method)
        assert found.spent <= asked.budget
        assert set(found.chosen) | set(found.left_out) == set(asked.candidates)
        room = asked.budget - found.spent
        assert not [at for at in wanted - set(found.positions) if asked.costs[at] <= room], method


def test_loads_of_phragmen_never_fall():
    for seed in range(30):
        loads = [each.load for each in phragmen(made(seed, with_costs=seed % 2 == 0))]
        assert loads == sorted(loads)


def test_points_decide_the_plain_vote_where_there_are_any():
    asked = approval_ballots(["a", "a", "b"], 1, candidates="ab", points=[4, 9])
    assert names(asked, plain_vote(asked)) == "b"
