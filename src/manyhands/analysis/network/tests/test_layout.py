"""The map: the same each time, inside the frame, and no piece over another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.analysis.network import Ties, layout
from manyhands.analysis.network.shape import components
from manyhands.analysis.network.tests.classics import KARATE, classic, star

ties_of_all_kinds = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40)


@settings(max_examples=60, deadline=None)
@given(ties_of_all_kinds, st.integers(1, 31))
def test_everyone_is_inside_the_frame_and_pieces_do_not_cover_each_other(pairs, n):
    pairs = [(a % n, b % n) for a, b in pairs if a % n != b % n]
    ties = Ties.between([a for a, _ in pairs], [b for _, b in pairs], actors=range(n))
    found = layout(ties)
    place = np.column_stack([found.x, found.y])
    assert np.isfinite(place).all()
    assert (place >= 0).all()
    assert (place <= 1).all()
    piece = components(ties)
    tied = [place[piece == each] for each in range(piece.max() + 1) if (piece == each).sum() > 1]
    frames = [(each.min(axis=0), each.max(axis=0)) for each in tied]
    frames += [(each, each) for each in place[np.isin(piece, np.flatnonzero(np.bincount(piece) == 1))]]
    for at, (low, high) in enumerate(frames):
        for other_low, other_high in frames[at + 1 :]:
            assert (high < other_low).any() or (other_high < low).any()


def test_the_same_ties_and_seed_give_the_same_map():
    ties = classic(KARATE)
    one, again, other = layout(ties), layout(ties), layout(ties, seed=3)
    assert (one.x == again.x).all()
    assert (one.y == again.y).all()
    assert (one.x != other.x).any()


def test_tied_actors_stand_nearer_than_others():
    ties = classic(KARATE)
    found = layout(ties)
    place = np.column_stack([found.x, found.y])
    apart = np.linalg.norm(place[:, None] - place[None], axis=2)
    assert apart[ties.source, ties.target].mean() < 0.6 * apart[np.triu_indices(len(place), 1)].mean()


@pytest.mark.parametrize("actors", [[], ["a"], ["a", "b", "c"]])
def test_without_ties_there_is_still_a_map(actors):
    found = layout(Ties.between([], [], actors=actors))
    assert len(found.x) == len(actors)
    assert len(set(zip(found.x, found.y, strict=True))) == len(actors)


def test_ten_thousand_actors_get_a_map():
    random = np.random.default_rng(1)
    source, target = random.integers(0, 10_000, (2, 20_000))
    keep = source != target
    found = layout(Ties.between(source[keep], target[keep], actors=range(10_000)))
    assert np.isfinite(found.x).all()
    assert len(np.unique(np.round(np.column_stack([found.x, found.y]), 5), axis=0)) > 9_900


def test_the_leaves_of_a_large_star_have_room():
    found = layout(star(2_500))
    assert len(np.unique(np.round(np.column_stack([found.x, found.y]), 4), axis=0)) > 2_400
