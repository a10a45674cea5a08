"""What goes in: ids, rows, what is refused, and networks too small or too scattered to say much of."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.analysis.network import Ties, network_figures, read_figures, read_ties
from manyhands.analysis.network.burt import brokerage
from manyhands.analysis.tables import BadInput

nan = float("nan")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((["a", "b"], ["b", "b"]), "Row 3: 'b' is tied to itself."),
        ((["a", "b"], ["b", " b "]), "Row 3: 'b' is tied to itself."),
        ((["a", "b"], ["b", "c"], [1, -1]), "Row 3: the weight must be a number, 0 or more."),
        ((["a", "b"], ["b", "c"], [nan, 1]), "Row 2: the weight must be a number, 0 or more."),
        ((["a", "b"], ["b", "c"], [1, math.inf]), "Row 3: the weight must be a number, 0 or more."),
        ((["a", " "], ["b", "c"]), "Row 3: the source id is blank."),
        ((["a", "b"], ["b", None]), "Row 3: the target id is blank."),
        ((["a", "b"], ["b"]), "Each tie needs a source and a target"),
    ],
)
def test_what_cannot_be_a_tie_is_refused_with_its_row(words, sentence):
    with pytest.raises(BadInput, match="^" + sentence.replace("(", r"\(")):
        Ties.between(*words)


def test_ties_to_an_actor_who_is_no_longer_there_are_refused():
    with pytest.raises(BadInput, match=r"^Row 3: 'erased' is not in the list of actors\.$"):
        Ties.between(["a", "b"], ["b", "erased"], actors=["a", "b"])
    with pytest.raises(BadInput, match=r"^Row 4 of the actors: 'a' is listed a second time\.$"):
        Ties.between(["a"], ["b"], actors=["a", "b", "a"])


def test_a_tie_given_twice_counts_once_with_the_larger_weight():
    ties = Ties.between(["b", "a", "b"], ["a", "b", "c"], [1, 4, 2])
    assert (ties.weight.tolist(), ties.merged) == ([4.0, 2.0], 1)
    directed = Ties.between(["b", "a", "b"], ["a", "b", "c"], [1, 4, 2], is_directed=True)
    assert (sorted(directed.weight.tolist()), directed.merged) == ([1.0, 2.0, 4.0], 0)


def test_weight_zero_is_no_tie_but_the_actors_stay():
    ties = Ties.between(["a", "a"], ["b", "c"], [0, 2])
    assert (len(ties.actors), len(ties), ties.said_none) == (3, 1, 1)


def test_nobody_one_actor_and_no_ties_are_answered():
    for actors in ([], ["a"], ["a", "b", "c"]):
        found = network_figures(Ties.between([], [], actors=actors))
        assert found.reciprocity is None
        assert (found.weak_points, found.bridges) == ((), ())
        assert found.without_ties == tuple(actors)
        assert found.density == (0.0 if len(actors) > 1 else None)
        assert found.degree_centralization == (0.0 if len(actors) > 2 else None)
        for row in found.rows():
            assert (row.effective_size, row.constraint, row.closeness) == (None, None, None)
            assert (row.degree, row.betweenness_paths) == (0, 0.0)
            assert row.betweenness == (0.0 if len(actors) > 2 else None)


def test_a_network_in_pieces():
    found = network_figures(Ties.between("abd", "bce", actors="abcdef"))
    rows = {row.id: row for row in found.rows()}
    assert [rows[name].component for name in "abcdef"] == [0, 0, 0, 1, 1, 2]
    # Closeness is to the others of one's own piece: a pair is as close as can be, whoever else there is.
    assert [rows[name].closeness for name in "abcdef"] == [0.75, 1.0, 0.75, 1.0, 1.0, None]
    assert [each.actor for each in found.weak_points] == ["b"]


pairs = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 5)), max_size=25)


@settings(max_examples=60, deadline=None)
@given(pairs, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, is_directed, random):
    rows = [(a, b, w) for a, b, w in rows if a != b]
    shuffled = random.sample(rows, len(rows))
    one, other = (
        network_figures(Ties.between(*columns(each), actors=range(8), is_directed=is_directed)).rows()
        for each in (rows, shuffled)
    )
    assert one == other


def columns(rows):
    return [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]


@settings(max_examples=100, deadline=None)
@given(pairs, st.booleans())
def test_burts_figures_are_those_of_a_plain_loop(rows, is_directed):
    rows = [(a, b, w) for a, b, w in rows if a != b]
    ties = Ties.between(*columns(rows), actors=range(8), is_directed=is_directed)
    found = brokerage(ties)
    z = np.zeros((8, 8))
    for start, stop, weight in zip(ties.source, ties.target, ties.weight, strict=True):
        z[start, stop] += weight
        z[stop, start] += weight
    for i in range(8):
        contacts = np.flatnonzero(z[i])
        if not len(contacts):
            assert math.isnan(found.constraint[i])
            assert math.isnan(found.effective_size[i])
            continue
        p = [row / row.sum() if row.any() else row for row in z]
        m = [row / row.max() if row.any() else row for row in z]
        size = sum(1 - sum(p[i][k] * m[j][k] for k in range(8) if k not in (i, j)) for j in contacts)
        bound = sum((p[i][j] + sum(p[i][k] * p[k][j] for k in range(8) if k not in (i, j))) ** 2 for j in contacts)
        assert found.effective_size[i] == pytest.approx(size)
        assert found.constraint[i] == pytest.approx(bound)


def test_burts_figures_come_out_the_same_both_ways(monkeypatch):
    random = np.random.default_rng(1)
    source, target = random.integers(0, 90, (2, 900))
    keep = source != target
    ties = Ties.between(source[keep], target[keep], random.integers(1, 6, keep.sum()))
    by_table = brokerage(ties)
    monkeypatch.setattr("manyhands.analysis.network.burt.WHOLE_TABLE_UP_TO", 0)
    monkeypatch.setattr("manyhands.analysis.network.triangles._AT_ONCE", 1_000)
    by_triangle = brokerage(ties)
    np.testing.assert_allclose(by_table.effective_size, by_triangle.effective_size)
    np.testing.assert_allclose(by_table.constraint, by_triangle.constraint)


def test_a_large_network_says_that_betweenness_is_from_a_sample():
    n = 5_200
    ties = Ties.between(range(n), [(k + 1) % n for k in range(n)])
    found = network_figures(ties)
    assert found.betweenness.sampled == 500
    # All stand alike on a ring; the estimates scatter around the truth and do not miss it as a whole.
    exact = n * n / 8 - n / 2 + 0.5
    assert found.betweenness.value.mean() == pytest.approx(exact, rel=0.01)
    again = network_figures(ties, seed=7).betweenness.value
    assert not (again == found.betweenness.value).all()


def test_files(tmp_path):
    (tmp_path / "ties.csv").write_text("source;target;weight\nClinic;Guild;2\nGuild;Union;0.5\n")
    (tmp_path / "actors.csv").write_text("id,formal\nUnion,3\nClinic,\nGuild,1\nChoir,2\n")
    ties = read_ties(tmp_path / "ties.csv", tmp_path / "actors.csv")
    assert ties.actors.tolist() == ["Choir", "Clinic", "Guild", "Union"]
    assert read_figures(tmp_path / "actors.csv", "formal", ties.actors.tolist()) == [2.0, None, 1.0, 3.0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("from,to\na,b\n", "There is no column 'source'"),
        ("source,target,weight\na,b,\n", "Row 2: the weight is blank."),
        ("source,target,weight\na,b,1\na,c,much\n", "Row 3: the weight 'much' is not a number."),
        ("source,target,weight\na,b,nan\n", "Row 2: the weight must be a number, 0 or more."),
        ("source,source\na,b\n", "The header names the column 'source' more than once."),
    ],
)
def test_bad_files_get_one_clear_sentence(tmp_path, content, sentence):
    (tmp_path / "ties.csv").write_text(content)
    with pytest.raises(BadInput) as found:
        read_ties(tmp_path / "ties.csv")
    assert sentence in str(found.value)


def test_a_list_of_actors_must_say_which_column_is_the_id(tmp_path):
    (tmp_path / "ties.csv").write_text("source,target\na,b\n")
    (tmp_path / "actors.csv").write_text("first,last\na,b\n")
    with pytest.raises(BadInput, match="has no column 'id'"):
        read_ties(tmp_path / "ties.csv", tmp_path / "actors.csv")
