"""MACTOR against the published Paris airports case, and at its edges."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.analysis.actors import combined, mactor, mactor_of, rated, sensitivity
from manyhands.analysis.tables import BadInput

ACTORS = ["builders", "scheduled", "charter", "State", "ADP", "residents"]
OBJECTIVES = ["o1", "o2", "o3", "o4", "o5"]
INFLUENCE = [
    [0, 1, 1, 3, 0, 2],
    [2, 0, 3, 2, 1, 1],
    [1, 2, 0, 1, 1, 0],
    [2, 3, 3, 0, 3, 2],
    [0, 2, 3, 1, 0, 2],
    [0, 1, 1, 3, 2, 0],
]
POSITIONS = [
    [2, 3, 0, 0, 1],
    [-2, 0, 3, -1, -3],
    [-1, 0, -3, 3, -2],
    [0, 3, 2, 0, 1],
    [-1, 0, -2, 2, -2],
    [0] * 4 + [3],
]


@pytest.fixture(scope="module")
def paris():
    return mactor_of(ACTORS, OBJECTIVES, INFLUENCE, POSITIONS)


# S2-25
def test_direct_and_indirect_influence_and_dependence_of_the_paris_airports(paris):
    assert paris.mdii.tolist() == [
        [4, 6, 6, 7, 7, 5],
        [5, 7, 8, 7, 5, 6],
        [4, 5, 5, 5, 3, 4],
        [5, 9, 11, 8, 7, 7],
        [4, 6, 7, 6, 5, 4],
        [4, 7, 7, 6, 7, 5],
    ]
    assert paris.mmdii.tolist() == [
        [0, 3, 3, 3, 3, 2],
        [2, 0, 3, 2, 2, 2],
        [2, 2, 0, 2, 1, 1],
        [2, 3, 3, 0, 3, 2],
        [2, 2, 3, 2, 0, 2],
        [2, 3, 3, 3, 3, 0],
    ]
    assert paris.influence.tolist() == [31, 31, 21, 39, 27, 31]
    assert paris.dependence.tolist() == [22, 33, 39, 31, 29, 26]
    assert paris.net_scale.sum(axis=1).tolist() == [9, -2, -18, 8, -2, 5]


def test_balance_of_power_and_mobilisation_of_the_paris_airports(paris):
    assert paris.balance.round(3).tolist() == [1.263, 0.93, 0.448, 1.381, 0.848, 1.131]
    assert paris.strongest_path_balance.round(3).tolist() == [1.341, 0.828, 0.457, 1.11, 0.864, 1.4]
    assert paris.mobilisation.round(2).tolist() == [5.68, 7.93, 8.59, 3.97, 11.42]
    assert paris.weighted_positions[1].round(2).tolist() == [-1.86, 0, 2.79, -0.93, -2.79]
    assert [row.rank for row in paris.by_actor()] == [2, 4, 6, 1, 5, 3]
    assert max(paris.by_objective(), key=lambda row: row.mobilisation).objective == "o5"  # noise norms


def test_convergence_divergence_and_ambivalence_of_the_paris_airports(paris):
    first, second, third = paris.agreements
    assert first.convergence[2].tolist() == [0, 2, 0, 0, 4, 0]
    assert first.divergence[1].tolist() == [2, 0, 2, 1, 2, 1]
    assert second.divergence[1].tolist() == [4, 0, 5, 2, 4, 3]
    assert third.convergence[0].round(3).tolist() == [0, 0, 0, 5.288, 0, 2.327]
    assert [[round(value, 3) for value in each.ambivalence] for each in paris.agreements] == [
        [0, 0.769, 0.308, 0.222, 0.308, 0],
        [0, 0.702, 0.302, 0.222, 0.32, 0],
        [0, 0.677, 0.314, 0.214, 0.329, 0],
    ]
    assert [round(100 * each.degree_of_convergence, 1) for each in paris.agreements] == [41.9, 42.1, 42.1]


def test_roles_of_the_paris_airports(paris):
    roles = {row.actor: str(row.role) for row in paris.by_actor()}
    assert roles == {
        "builders": "dominant",
        "scheduled": "relay",
        "charter": "dominated",
        "State": "relay",
        "ADP": "autonomous",
        "residents": "dominant",
    }


def by_loops(a, m):
    """The formulas of the method's page word for word, without NumPy."""
    n, o = len(a), len(m[0])
    every = range(n)
    mdii = [[a[i][j] + sum(min(a[i][k], a[k][j]) for k in every) for j in every] for i in every]
    acts = [sum(mdii[i][j] for j in every if j != i) for i in every]
    acted_on = [sum(mdii[j][i] for j in every if j != i) for i in every]
    total = sum(acts)
    if not total:
        return mdii, acts, acted_on, None, None
    raw = [
        (acts[i] - mdii[i][i]) / total * acts[i] / (acts[i] + acted_on[i]) if acts[i] + acted_on[i] else 0
        for i in every
    ]
    if not sum(raw):
        return mdii, acts, acted_on, None, None
    balance = [n * each / sum(raw) for each in raw]
    return mdii, acts, acted_on, balance, [sum(abs(balance[i] * m[i][k]) for i in every) for k in range(o)]


@st.composite
def cases(draw):
    n, o = draw(st.integers(3, 5)), draw(st.integers(1, 3))
    influence = [[0 if i == j else draw(st.integers(0, 4)) for j in range(n)] for i in range(n)]
    positions = [[draw(st.integers(-4, 4)) for _ in range(o)] for _ in range(n)]
    return influence, positions


@settings(max_examples=60, deadline=None)
@given(cases())
def test_it_agrees_with_plain_loops_and_nothing_is_ever_nan(case):
    influence, positions = case
    names = [f"a{at}" for at in range(len(influence))]
    found = mactor_of(names, [f"o{at}" for at in range(len(positions[0]))], influence, positions)
    mdii, acts, acted_on, balance, mobilisation = by_loops(influence, positions)
    assert (found.mdii.tolist(), found.influence.tolist(), found.dependence.tolist()) == (mdii, acts, acted_on)
    if balance is None:
        assert found.balance is None
        assert found.mobilisation is None
        assert found.agreements[2] is None
    else:
        assert np.allclose(found.balance, balance)
        assert np.allclose(found.mobilisation, mobilisation)
    for row in [*found.by_actor(), *found.by_objective()]:
        for value in vars(row).values():
            flat = value if isinstance(value, tuple) else (value,)
            assert not any(isinstance(each, float) and not math.isfinite(each) for each in flat)


@settings(max_examples=25, deadline=None)
@given(cases())
def test_each_step_gives_what_computing_afresh_would_give(case):
    influence, positions = case
    actors, objectives = [f"a{at}" for at in range(len(influence))], [f"o{at}" for at in range(len(positions[0]))]
    found = mactor_of(actors, objectives, influence, positions)
    moved = sensitivity(found)
    if moved is None:
        assert found.balance is None
        return
    for effect in moved.effects:
        one, other = [list(row) for row in influence], [list(row) for row in positions]
        i = actors.index(effect.actor)
        if effect.kind == "influence":
            one[i][actors.index(effect.other)] = int(effect.becomes)
        else:
            other[i][objectives.index(effect.other)] = int(effect.becomes)
        afresh = mactor_of(actors, objectives, one, other)
        assert (afresh.balance is None) == effect.becomes_undefined
        before = {row.actor: row.role for row in found.by_actor()}
        after = {row.actor: row.role for row in afresh.by_actor()}
        changed = tuple((name, before[name], after[name]) for name in actors if before[name] != after[name])
        assert effect.roles_changed == changed
        if afresh.balance is not None:
            assert math.isclose(effect.balance_shift, np.abs(afresh.balance - found.balance).max(), abs_tol=1e-9)
            shift = np.abs(afresh.mobilisation - found.mobilisation).max()
            assert math.isclose(effect.mobilisation_shift, shift, abs_tol=1e-9)
            pairs = itertools.combinations(range(len(actors)), 2)
            swaps = sum(side(found.balance, i, j) != side(afresh.balance, i, j) for i, j in pairs)
            assert effect.order_changes == swaps


def side(values, i, j):
    return np.sign(round(values[i], 9) - round(values[j], 9))


def test_the_ratings_that_matter_most_in_paris_are_named_and_the_bands_hold_every_step(paris):
    moved = sensitivity(paris)
    steps = sum((r > 0) + (r < 4) for i, row in enumerate(INFLUENCE) for j, r in enumerate(row) if i != j)
    steps += sum(2 for row in POSITIONS for _ in row)  # none stands at an end of the scale
    assert len(moved.effects) == steps
    first = moved.effects[0]
    assert (first.actor, first.other, first.rating, first.becomes) == ("scheduled", "builders", 2, 1)
    assert first.conclusions_changed == max(each.conclusions_changed for each in moved.effects) == 5
    bands = {each.actor: (each.best_rank, each.worst_rank) for each in moved.actors}
    assert bands["charter"] == (6, 6)  # last, whatever single rating is off by one
    assert bands["State"] == (1, 2)
    assert 0 < moved.same_order_share < moved.same_leader_share < 1


def test_all_zero_says_that_force_cannot_be_told_instead_of_a_number():
    found = mactor_of(["A", "B", "C"], ["x"], [[0] * 3] * 3, [[0]] * 3)
    rows = found.by_actor()
    assert [(row.balance, row.rank, row.strongest_path_balance, row.role) for row in rows] == [(None,) * 4] * 3
    assert found.mobilisation is None
    assert [each and each.degree_of_convergence for each in found.agreements] == [None, None, None]
    assert sensitivity(found) is None


def test_an_actor_without_any_influence_either_way_has_no_force_and_unknown_ambivalence():
    found = mactor_of(["A", "B", "C"], ["x"], [[0, 3, 0], [1, 0, 0], [0, 0, 0]], [[2], [2], [0]])
    alone = found.by_actor()[2]
    assert (alone.balance, alone.influence, alone.dependence) == (0.0, 0.0, 0.0)
    assert alone.ambivalence == (None, None, None)  # unknown, not 0
    assert found.by_actor()[0].ambivalence[:2] == (0.0, 0.0)


ONE = rated(["A", "B", "C"], ["x"], [[1], [0], [-1]])


@pytest.mark.parametrize(
    ("names", "columns", "values", "says"),
    [
        (["A"], ["A"], [[0]], "at least 3, and there are 1"),
        (["A", "B", "C"], ["A", "B"], [[0, 1]] * 3, "'C' has a row but no column"),
        (["A", "B"], ["A", "B", "C"], [[0, 1, 1]] * 2, "'C' has a column but no row"),
        (["A", "B", "C"], ["A", "B", "C"], [[2, 1, 1], [1, 0, 1], [1, 1, 0]], "'A' on itself must be 0 or blank"),
        (["A", "B", "C"], ["A", "B", "C"], [[0, 5, 1], [1, 0, 1], [1, 1, 0]], "5; the scale runs from 0 to 4"),
        (["A", "B", "C"], ["A", "B", "C"], [[0, -1, 1], [1, 0, 1], [1, 1, 0]], "-1; the scale runs from 0 to 4"),
        (["A", "B", "C"], ["A", "B", "C"], [[0, None, 1], [1, 0, 1], [1, 1, 0]], "'A' on 'B' is not rated"),
        (["A", "B", "D"], ["A", "B", "D"], [[0, 1, 1], [1, 0, 1], [1, 1, 0]], "'D' is in the table of influences"),
    ],
)
def test_bad_influences_get_one_clear_sentence(names, columns, values, says):
    with pytest.raises(BadInput, match=r"^[^\n]*$") as refused:
        mactor(rated(names, columns, values), ONE)
    assert says in str(refused.value)


def test_a_blank_position_is_refused_and_not_taken_for_zero():
    influence = rated(["A", "B", "C"], ["A", "B", "C"], [[0, 1, 1], [1, 0, 1], [1, 1, 0]])
    with pytest.raises(
        BadInput, match=r"the position of 'A' on 'x' is not rated \(and 1 more\); a blank is not a zero"
    ):
        mactor(influence, rated(["A", "B", "C"], ["x"], [[None], [None], [1]]))


def test_rows_in_another_order_and_a_blank_diagonal_change_nothing(paris):
    order = [3, 0, 5, 1, 2, 4]
    influence = [[None if i == j else INFLUENCE[i][j] for j in range(6)] for i in range(6)]
    shuffled = rated([ACTORS[i] for i in order], OBJECTIVES, [POSITIONS[i] for i in order])
    again = mactor(rated(ACTORS, ACTORS, influence), shuffled)
    assert again.by_actor() == paris.by_actor()
    assert again.by_objective() == paris.by_objective()


def test_several_raters_count_by_their_median_and_a_blank_of_one_rests_on_the_others(paris):
    high = [[min(4, each + 1) if i != j else 0 for j, each in enumerate(row)] for i, row in enumerate(INFLUENCE)]
    low = [[max(0, each - 1) if i != j else 0 for j, each in enumerate(row)] for i, row in enumerate(INFLUENCE)]
    low[0][1] = None
    together = combined([rated(ACTORS, ACTORS, each) for each in (high, INFLUENCE, low)])
    assert together.raters[0, 1] == 2
    assert together.values[0, 1] == 1.5  # of 1 and 2; the blank is no 0
    together.values[0, 1] = 1
    assert mactor(together, rated(ACTORS, OBJECTIVES, POSITIONS)).by_actor() == paris.by_actor()
    assert together.spread[0, 3] == 2
