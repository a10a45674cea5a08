"""Warm paths: the warmest chain, only through those who agreed, and around one person."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.analysis.network import NoPath, Ties, decayed, introductions
from manyhands.analysis.network.tests.classics import florence
from manyhands.analysis.tables import BadInput

#: A square with two ways round: 0.9 x 0.9 x 0.8 and 0.9 x 0.5.
WARM = Ties.between(["us", "us", "b", "a", "c"], ["a", "b", "c", "t", "t"], [0.9, 0.9, 0.9, 0.5, 0.8])


def test_a_longer_chain_of_strong_ties_is_warmer():
    best = introductions(WARM, ["us"], "t").best
    assert best.chain == ("us", "b", "c", "t")
    assert best.warmth == pytest.approx(0.648)
    assert (best.through, best.weakest) == (("b", "c"), ("c", "t"))


def test_where_all_ties_are_alike_the_fewest_people_win():
    found = introductions(florence(), ["Pazzi"], "Strozzi")
    assert found.best.chain == ("Pazzi", "Salviati", "Medici", "Ridolfi", "Strozzi")


def test_only_through_people_who_agreed():
    # S1-17: who has not agreed is not shown, and is not named in the reason either.
    assert introductions(WARM, ["us"], "t", agreed=["a"]).best.chain == ("us", "a", "t")
    found = introductions(WARM, ["us"], "t", agreed=["b"])
    assert (found.chains, found.reason) == ((), NoPath.NOT_AGREED)
    direct = Ties.between(["us"], ["t"], [0.3])
    assert introductions(direct, ["us"], "t", agreed=[]).best.warmth == pytest.approx(0.3)


def test_around_one_person():
    found = introductions(WARM, ["us"], "t", avoid=["c"])
    assert found.best.chain == ("us", "a", "t")
    assert introductions(WARM, ["us"], "t", avoid=["a", "b"]).reason is NoPath.AVOIDED
    without = dict(introductions(WARM, ["us"], "t").without)
    assert {name: chain.chain for name, chain in without.items()} == dict.fromkeys("bc", ("us", "a", "t"))
    lone = Ties.between(["us", "a"], ["a", "t"], [0.5, 0.5])
    assert introductions(lone, ["us"], "t").without == (("a", None),)


def test_no_chain_says_why():
    apart = Ties.between(["us"], ["a"], [0.5], actors=["us", "a", "t"])
    assert introductions(apart, ["us"], "t").reason is NoPath.UNCONNECTED
    assert introductions(apart, [], "t").reason is NoPath.UNCONNECTED
    none = Ties.between([], [], actors=["us", "t"])
    assert introductions(none, ["us"], "t").reason is NoPath.UNCONNECTED


def test_one_of_ours_needs_no_introduction():
    found = introductions(WARM, ["us", "t"], "t")
    assert (found.best.chain, found.best.warmth, found.best.weakest) == (("t",), 1.0, None)


def test_a_directed_tie_introduces_one_way():
    ties = Ties.between(["us", "t"], ["a", "a"], [0.5, 0.5], is_directed=True)
    assert introductions(ties, ["us"], "t").reason is NoPath.UNCONNECTED


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"starts": ["us"], "target": "nobody"}, "There is no actor 'nobody'."),
        ({"starts": ["us"], "target": "t", "avoid": ["t"]}, "cannot be both reached and avoided"),
        ({"starts": ["us"], "target": "t", "agreed": ["ghost"]}, "There is no actor 'ghost'."),
    ],
)
def test_what_makes_no_sense_is_refused(words, sentence):
    with pytest.raises(BadInput, match=sentence):
        introductions(WARM, **words)


def test_strengths_above_one_are_refused():
    with pytest.raises(BadInput, match="above 1"):
        introductions(WARM.with_weight([5, 1, 1, 1, 1]), ["us"], "t")


def test_an_old_tie_is_a_cold_one():
    # The upper way was last confirmed two years ago, so half and half again of each of its ties is left.
    days = {("b", "us"): 730, ("b", "c"): 730, ("c", "t"): 730, ("a", "us"): 0, ("a", "t"): 0}
    ages = [days[str(WARM.actors[a]), str(WARM.actors[b])] for a, b in zip(WARM.source, WARM.target, strict=True)]
    aged = WARM.with_weight(decayed(WARM.weight, ages))
    assert introductions(aged, ["us"], "t").best.chain == ("us", "a", "t")
    with pytest.raises(BadInput, match=r"^Row 2: the tie is dated in the future\.$"):
        decayed([1], [-1])
    assert decayed([0.5], [math.nan]).tolist() == [0.5]


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1]),
        st.sampled_from([0.2, 0.4, 0.5, 0.8, 0.9, 1.0]),
        max_size=12,
    ),
    st.sets(st.integers(1, 4)),
)
def test_no_other_chain_is_warmer(strengths, agreed):
    pairs = list(strengths)
    ties = Ties.between([a for a, _ in pairs], [b for _, b in pairs], list(strengths.values()), actors=range(6))
    found = introductions(ties, ["0"], "5", agreed=[str(each) for each in agreed], number=100)
    every = {}
    for length in range(len(agreed) + 1):
        for middle in itertools.permutations(sorted(agreed), length):
            steps = [tuple(sorted(step)) for step in itertools.pairwise((0, *middle, 5))]
            if all(step in strengths for step in steps):
                every[tuple(str(each) for each in (0, *middle, 5))] = np.prod([strengths[step] for step in steps])
    assert {each.chain: pytest.approx(each.warmth) for each in found.chains} == every
    warmth = [round(each.warmth, 9) for each in found.chains]
    assert warmth == sorted(warmth, reverse=True)
