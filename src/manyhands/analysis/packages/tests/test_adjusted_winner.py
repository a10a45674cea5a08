"""Adjusted Winner: the Panama Canal, and what it promises for any two parties."""

from fractions import Fraction

import numpy as np
import pytest

from manyhands.analysis.packages import adjusted_winner
from manyhands.analysis.tables import BadInput

from .examples import PANAMA


def test_the_panama_canal():
    items = [f"issue {at}" for at in range(1, 11)]
    found = adjusted_winner({name: dict(zip(items, own, strict=True)) for name, own in PANAMA.items()})
    assert [str(share) for share in found.shares] == ["1", "1", "2/15", "1", "0", "1", "0", "0", "0", "0"]
    assert (found.points, found.split) == ((66, 66), "issue 3")


@pytest.mark.parametrize("seed", range(60))
def test_both_get_the_same_at_least_half_and_one_item_is_split_at_most(seed):
    random = np.random.default_rng(seed)
    number = int(random.integers(1, 9))
    items = [f"item {at}" for at in range(number)]
    points = random.multinomial(100, np.full(number, 1 / number), size=2).tolist()
    found = adjusted_winner({who: dict(zip(items, own, strict=True)) for who, own in zip("ab", points, strict=True)})
    assert found.points[0] == found.points[1] >= 50
    assert sum(share not in (0, 1) for share in found.shares) <= 1
    assert all(0 <= share <= 1 for share in found.shares)
    # Efficient: whoever has some of an item values it at least as much, against any item the other has some of.
    mine, yours = points
    for one, share in enumerate(found.shares):
        for other, another in enumerate(found.shares):
            if share > 0 and another < 1:
                assert mine[one] * yours[other] >= mine[other] * yours[one]


def test_the_same_wishes_are_halved():
    found = adjusted_winner({"a": {"x": 100}, "b": {"x": 100}})
    assert (found.shares, found.split, found.points) == ((Fraction(1, 2),), "x", (50, 50))


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ({"a": {"x": 100}}, "is for two parties, not 1"),
        ({"a": {"x": 100}, "b": {"y": 100}}, "the same items"),
        ({"a": {}, "b": {}}, "the same items"),
        ({"a": {"x": 100}, "b": {"x": 90}}, "The points of b must add up to 100, but add up to 90."),
        ({"a": {"x": 101.5}, "b": {"x": 100}}, "The points of a must add up to 100, but add up to 101.5."),
        ({"a": {"x": 110, "y": -10}, "b": {"x": 50, "y": 50}}, "must not be below zero"),
    ],
)
def test_what_makes_no_sense_is_refused(points, sentence):
    with pytest.raises(BadInput) as told:
        adjusted_winner(points)
    assert sentence in str(told.value)
