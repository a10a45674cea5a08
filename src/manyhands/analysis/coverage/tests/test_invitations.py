"""Whom to invite next: what the value promises, how good the choice is, and who is left alone."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.analysis.coverage import Someone, Value, Wanted, Weights, invite_next
from manyhands.analysis.coverage.invitations import greedy
from manyhands.analysis.tables import BadInput

SECTORS, PLACES, GROUPS, ASSETS = ("s1", "s2", "s3"), ("p1", "p2"), ("g1", "g2", "g3"), ("a1", "a2", "a3")
WANTED = Wanted(SECTORS, PLACES, {"g1": 100, "g2": 10, "g3": 0}, ASSETS)


def some(of):
    return st.frozensets(st.sampled_from([*of, "other"]), max_size=3)


def people(prefix, most):
    one = st.builds(
        Someone,
        id=st.just(""),
        sectors=some(SECTORS),
        places=some(PLACES),
        constituencies=some(GROUPS),
        assets=some(ASSETS),
        warmth=st.none() | st.floats(0, 1),
    )
    return st.lists(one, max_size=most).map(
        lambda found: [
            Someone(f"{prefix}{at}", each.sectors, each.places, each.constituencies, each.assets, each.warmth)
            for at, each in enumerate(found)
        ]
    )


weights = st.tuples(*[st.floats(0, 1)] * 4).filter(lambda each: sum(each) > 0.01).map(lambda each: Weights(*each))


@settings(max_examples=150, deadline=None)
@given(people("m", 3), people("c", 7), weights, st.data())
def test_more_invitations_never_add_less_and_each_adds_less_to_a_larger_set(members, candidates, given_weights, data):
    value = Value(members, candidates, WANTED, given_weights, 4)
    everyone = range(len(candidates))
    larger = data.draw(st.frozensets(st.sampled_from(everyone))) if candidates else frozenset()
    smaller = data.draw(st.frozensets(st.sampled_from(sorted(larger)))) if larger else frozenset()
    assert value.of(smaller) <= value.of(larger) + 1e-12
    for one in set(everyone) - larger:
        to_smaller = value.of(smaller | {one}) - value.of(smaller)
        to_larger = value.of(larger | {one}) - value.of(larger)
        assert to_smaller >= to_larger - 1e-12
        assert to_larger >= -1e-12
    assert value.of([]) == 0


@settings(max_examples=150, deadline=None)
@given(people("m", 3), people("c", 8), weights, st.integers(0, 4))
def test_the_choice_is_worth_at_least_63_percent_of_the_best(members, candidates, given_weights, capacity):
    found = invite_next(members, candidates, WANTED, capacity, weights=given_weights)
    value = Value(members, candidates, WANTED, given_weights, capacity)
    best = max(
        value.of(each) for each in itertools.combinations(range(len(candidates)), min(capacity, len(candidates)))
    )
    assert found.value >= (1 - 1 / math.e) * best - 1e-12
    assert found.best == pytest.approx(best, abs=1e-12)
    assert found.value >= found.at_least * best - 1e-12
    assert 1 - 1 / math.e <= found.at_least <= 1
    assert found.value == pytest.approx(sum(pick.gain for pick in found.picks))
    gains = [pick.gain for pick in found.picks]
    assert gains == pytest.approx(sorted(gains, reverse=True))


@settings(max_examples=100, deadline=None)
@given(people("m", 2), people("c", 9), weights, st.integers(1, 5))
def test_looking_again_only_where_it_matters_chooses_the_same(members, candidates, given_weights, capacity):
    value = Value(members, candidates, WANTED, given_weights, capacity)
    chosen = []
    while len(chosen) < min(capacity, len(candidates)):
        counts = value.counts(chosen)
        gains = {at: round(value.gain(at, counts), 12) for at in range(len(candidates)) if at not in chosen}
        best = min(gains, key=lambda at: (-gains[at], at))
        if gains[best] <= 1e-12:
            break
        chosen.append(best)
    assert greedy(value, capacity) == chosen


def test_each_pick_says_what_it_adds_to_those_before():
    # S2-22 S3-14
    members = [Someone("Clinic", ["health"], ["north"], ["patients"], ["rooms"])]
    candidates = [
        Someone("Union", ["work"], ["north", "south"], ["workers"], ["rooms", "lawyer"], 0.5),
        Someone("Ward", ["health"], ["north"], ["patients"], ["rooms"]),
    ]
    wanted = Wanted(["health", "work"], ["north", "south"], {"patients": 300, "workers": 700}, ["rooms", "lawyer"])
    union, ward = invite_next(members, candidates, wanted, 5, weights=Weights(1, 1, 1, 1)).picks
    assert union.first_voice_in == (("work", "north"), ("work", "south"))
    assert (union.newly_reaches, union.newly_brings, union.path) == (("workers",), ("lawyer",), 0.5)
    assert union.coverage == pytest.approx(0.25 * 2 / 4 * 2 / 3)
    assert union.reach == pytest.approx(0.25 * 0.7)
    assert union.assets == pytest.approx(0.25 * 1 / 2)
    assert union.warmth == pytest.approx(0.25 * 0.5 / 5)
    assert (ward.first_voice_in, ward.second_voice_in) == ((), (("health", "north"),))
    assert (ward.newly_reaches, ward.newly_brings, ward.path, ward.warmth) == ((), (), None, 0)
    assert ward.gain == pytest.approx(0.25 / 4 / 3)


def test_two_who_add_much_alone_but_the_same_are_not_both_taken():
    # The best two by themselves are the twins; together they are worse than one of them and the small one.
    twins = [Someone(name, assets=["rooms", "lawyer"]) for name in ("twin 1", "twin 2")]
    small = Someone("small", assets=["van"])
    found = invite_next([], [*twins, small], Wanted(assets=["rooms", "lawyer", "van"]), 2)
    assert [pick.id for pick in found.picks] == ["twin 1", "small"]
    assert found.share_of_best == 1.0


def test_the_nearest_choice_is_not_always_the_best_and_says_how_near_it_is():
    # The classic trap: the broad one looks best, but the other two together cover everything.
    wanted = Wanted(assets=[f"a{n}" for n in range(6)])
    candidates = [
        Someone("broad", assets=["a0", "a1", "a3", "a4"]),
        Someone("left", assets=["a0", "a1", "a2"]),
        Someone("right", assets=["a3", "a4", "a5"]),
    ]
    found = invite_next([], candidates, wanted, 2, weights=Weights(0, 0, 1, 0))
    assert (found.picks[0].id, found.value, found.best) == ("broad", pytest.approx(5 / 6), pytest.approx(1.0))
    assert found.share_of_best == pytest.approx(5 / 6)
    assert found.at_least <= 5 / 6


def test_not_now_and_never_are_honoured():
    candidates = [Someone(name, ["s1"], ["p1"], assets=["a1"], warmth=1) for name in ("asked", "later", "refused")]
    found = invite_next([], candidates, WANTED, 3, not_now=["later"], never=["refused"])
    assert [pick.id for pick in found.picks] == ["asked"]
    assert (found.considered, found.left_out) == (1, 2)
    assert "refused" not in repr(found)
    assert "later" not in repr(found)


def test_who_adds_nothing_is_not_invited_to_fill_the_number():
    members = [Someone("m1", assets=["a1"]), Someone("m2", assets=["a1"])]
    found = invite_next(members, [Someone("c", assets=["a1"])], Wanted(assets=["a1"]), 3)
    assert (found.picks, found.value, found.share_of_best, found.at_least) == ((), 0, 1.0, 1.0)


def test_equal_candidates_are_taken_in_natural_order_whatever_the_order_given():
    alike = [Someone(f"c{n}", ["s1"], ["p1"], warmth=0.5) for n in (10, 9, 1)]
    numbers = [Someone(n, ["s1"], ["p1"], warmth=0.5) for n in ("10", "9", "1")]
    assert [pick.id for pick in invite_next([], alike, WANTED, 3).picks] == ["c1", "c10", "c9"]
    assert [pick.id for pick in invite_next([], numbers[::-1], WANTED, 3).picks] == ["1", "9", "10"]


def test_nobody_nothing_and_no_capacity_are_answered():
    assert invite_next([], [], WANTED, 3).picks == ()
    assert invite_next([], [Someone("c", ["s1"], ["p1"])], WANTED, 0).picks == ()
    assert invite_next([], [Someone("c", ["s1"], ["p1"])], Wanted(), 2).picks == ()
    one_list = invite_next([], [Someone("c", places=["p1"])], Wanted(places=["p1"]), 1)
    assert one_list.picks[0].first_voice_in == (("", "p1"),)


def test_thousands_of_candidates_are_chosen_among_without_the_best_being_known():
    candidates = [
        Someone(f"c{n}", [SECTORS[n % 3]], [PLACES[n % 2]], [GROUPS[n % 3]], [ASSETS[n % 3]], (n % 100) / 100)
        for n in range(3_000)
    ]
    found = invite_next([], candidates, WANTED, 20)
    assert (len(found.picks), found.best, found.share_of_best) == (20, None, None)
    assert found.at_least > 1 - 1 / math.e


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"capacity": -1}, "0 or more"),
        ({"candidates": [Someone("m")]}, "'m' is there twice"),
        ({"candidates": [Someone("c"), Someone("c")]}, "'c' is there twice"),
        ({"candidates": [Someone("c", warmth=1.5)]}, "between 0 and 1"),
        ({"candidates": [Someone("c", warmth=float("nan"))]}, "between 0 and 1"),
    ],
)
def test_what_makes_no_sense_is_refused(words, sentence):
    given_words = {"members": [Someone("m")], "candidates": [], "wanted": WANTED, "capacity": 1} | words
    with pytest.raises(BadInput, match=sentence):
        invite_next(**given_words)


def test_weights_and_sizes_out_of_range_are_refused():
    for wrong in ((0, 0, 0, 0), (-1, 1, 1, 1), (float("nan"), 1, 1, 1)):
        with pytest.raises(BadInput, match="Weights"):
            Weights(*wrong)
    with pytest.raises(BadInput, match="size of 'g'"):
        Wanted(constituencies={"g": -1})


@settings(max_examples=150, deadline=None)
@given(people("c", 5), weights, st.integers(1, 3))
def test_many_who_give_the_same_are_not_all_looked_at_and_the_choice_is_the_same(kinds, given_weights, capacity):
    """Each of a few kinds nine times: as good a set, by the same names, as if everybody were looked at."""
    crowd = [
        Someone(f"c{at:02}", kind.sectors, kind.places, kind.constituencies, kind.assets, kind.warmth)
        for at, kind in enumerate(each for _ in range(9) for each in kinds)
    ]
    found = invite_next([], crowd, WANTED, capacity, weights=given_weights)
    every = Value([], crowd, WANTED, given_weights, capacity)
    assert [pick.id for pick in found.picks] == [crowd[at].id for at in greedy(every, capacity)]
    assert found.considered == len(crowd)
    if len(crowd) <= 18:
        best = max(every.of(each) for each in itertools.combinations(range(len(crowd)), min(capacity, len(crowd))))
        assert found.value >= found.at_least * best - 1e-12


def test_the_same_name_twice_is_refused_even_among_many_alike():
    with pytest.raises(BadInput):
        invite_next([], [Someone("twice", ["s1"]), Someone("twice", ["s1"])], WANTED, 1)
