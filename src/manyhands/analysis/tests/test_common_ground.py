"""The figures: against typed reference values, a naive second writing, and reordered input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.analysis.common_ground import METHOD, PLAIN_METHOD, common_ground, scores
from manyhands.analysis.common_ground.tallies import tally
from manyhands.analysis.responses import BadInput, Responses
from manyhands.analysis.tests.naive import naive_ground

nan = float("nan")


def two_groups(*statements):
    """Responses where each statement is ((agree, disagree, pass), (agree, disagree, pass)) of 20 + 20."""
    columns = []
    for counts in statements:
        column = []
        for agree, disagree, passed in counts:
            given = [1] * agree + [-1] * disagree + [0] * passed
            column += given + [nan] * (20 - len(given))
        columns.append(column)
    return Responses.from_dense(np.array(columns).T, ["n"] * 20 + ["s"] * 20)


# Counts of the Brexit conversation of openData (CC BY 4.0, Computational Democracy Project): agreed and
# seen in the published groups 0 and 1, and the consensus computed from them apart from this program.
BREXIT = [
    ("14", (85, 71), (89, 78), 0.8505),
    ("19", (66, 56), (72, 59), 0.8460),
    ("1", (88, 67), (91, 76), 0.8343),
    ("46", (21, 17), (22, 18), 0.8250),
    ("17", (81, 68), (88, 78), 0.7858),
    ("34", (35, 21), (36, 25), 0.7719),
]


@pytest.mark.parametrize(("statement", "agree", "seen", "expected"), BREXIT)
def test_consensus_of_the_brexit_conversation_from_its_counts(statement, agree, seen, expected):
    found = scores.group_informed_consensus(np.array(agree)[:, None], np.array(seen)[:, None])
    assert found[0] == pytest.approx(expected, abs=5e-5)


# Rows of results that a production Polis wrote: success, trials of the group, then p-success and p-test.
@pytest.mark.parametrize(
    ("count", "seen", "share", "z"),
    [
        (147, 178, 0.8222222222222222, 8.74499058519765),
        (100, 137, 0.7266187050359711, 5.448041796855992),
        (69, 71, 0.9589041095890412, 8.013876853447538),
        (8, 39, 0.2195121951219512, -3.478505426185218),
        (1, 1, 0.6666666666666667, 1.4142135623730951),
    ],
)
def test_share_and_its_z_are_those_of_polis(count, seen, share, z):
    assert scores.agreement(count, seen) == pytest.approx(share, abs=1e-12)
    assert scores.one_proportion_z(count, seen) == pytest.approx(z, abs=1e-9)


def test_everyone_of_one_mind_sets_no_group_apart():
    assert scores.two_proportion_z([4], [4], [9], [9]).tolist() == [0.0]


def test_wilson_interval_by_the_book():
    # 81 of 263: the worked example of Newcombe (1998), Statistics in Medicine 17:857, method 3.
    low, high = scores.wilson_interval(np.array([81, 15, 0, 1]), np.array([263, 148, 20, 29]))
    assert low.round(4).tolist() == [0.2553, 0.0624, 0.0, 0.0061]
    assert high.round(4).tolist() == [0.3662, 0.1605, 0.1611, 0.1718]


# S0-06
def test_a_large_group_cannot_outvote_a_small_one():
    many_against_few = [[1, 1]] * 90 + [[-1, 1]] * 10
    found = common_ground(Responses.from_dense(many_against_few, ["many"] * 90 + ["few"] * 10))
    assert [row.id for row in found.rows()] == ["1", "0"]
    assert found.rows()[1].consensus < 0.1  # though 90 % agree


def test_passes_count_as_seen_but_not_as_agreement():
    found = common_ground(two_groups(((10, 0, 10), (10, 0, 0))))
    (row,) = found.rows()
    assert row.consensus == pytest.approx(11 / 22 * 11 / 12)
    assert (row.agree, row.disagree, row.passed, row.seen) == (20, 0, 10, 30)


def test_a_statement_no_one_saw_scores_one_half_in_each_group_and_is_not_ranked():
    asked = Responses.from_answers(["a", "b"], ["1", "1"], [1, 1], all_statements=["9"], groups={"a": "n", "b": "s"})
    row = next(row for row in common_ground(asked).rows() if row.id == "9")
    assert (row.consensus, row.rank, row.too_few_seen, row.share) == (0.25, None, True, None)
    assert (row.low, row.high) == (0.0, 1.0)


def test_too_few_seen_is_said_of_the_group_that_saw_least():
    found = common_ground(two_groups(((10, 0, 0), (10, 0, 0)), ((20, 0, 0), (9, 0, 0))))
    # half of 20 people is enough; nine of them are not
    assert {row.id: row.too_few_seen for row in found.rows()} == {"0": False, "1": True}
    assert [row.rank for row in found.rows()].count(None) == 1


def test_equal_scores_stand_in_natural_order_of_their_ids():
    people = [str(n) for n in range(6) for _ in range(3)]
    asked = Responses.from_answers(people, ["10", "9", "b"] * 6, [1] * 18, groups=dict.fromkeys(people, "g"))
    assert [row.id for row in common_ground(asked).rows()] == ["9", "10", "b"]


def test_what_divides_and_what_only_seems_agreed():
    found = common_ground(two_groups(((18, 1, 1), (1, 18, 1)), ((18, 1, 1), (17, 2, 1)), ((10, 10, 0), (10, 10, 0))))
    row = {row.id: row for row in found.rows()}
    assert [row[at].divides for at in "012"] == [True, False, False]
    assert [row[at].agreed_everywhere for at in "012"] == [False, True, False]
    assert row["0"].division == pytest.approx(19 / 22 - 2 / 22)
    assert row["0"].least_convinced == "s"


def test_hidden_division_is_a_majority_that_one_group_does_not_share():
    answers = [[1]] * 80 + [[-1]] * 15
    (row,) = common_ground(Responses.from_dense(answers, ["many"] * 80 + ["few"] * 15)).rows()
    assert row.share > 0.8
    assert row.hidden_division


def test_representative_statements_are_those_only_one_group_holds():
    found = common_ground(two_groups(((19, 1, 0), (2, 18, 0)), ((19, 1, 0), (18, 2, 0))))
    north, south = found.representative
    assert [(each.statement, each.answer) for each in north] == [("0", 1)]
    assert [(each.statement, each.answer) for each in south] == [("0", -1)]
    assert north[0].ratio == pytest.approx((20 / 22) / (3 / 22))
    assert (north[0].count, north[0].seen) == (19, 20)


def test_one_group_is_plain_consensus():
    found = common_ground(Responses.from_dense([[1, -1]] * 3, ["all"] * 3))
    assert found.method == PLAIN_METHOD
    assert found.consensus.tolist() == [4 / 5, 1 / 5]
    assert found.representative == ((),)


def test_people_in_no_group_count_in_the_total_only():
    found = common_ground(Responses.from_dense([[1], [1], [-1]], ["g", "g", ""]))
    (row,) = found.rows()
    assert (row.agree, row.disagree, row.seen) == (2, 1, 3)
    assert row.by_group[0].seen == 2
    assert found.in_no_group == 1


def test_small_declared_groups_are_taken_as_given_or_joined_when_asked():
    asked = Responses.from_dense([[1]] * 12, ["a"] * 3 + ["b"] * 7 + ["c"] * 2)
    assert common_ground(asked).groups == ("a", "b", "c")
    joined = common_ground(asked, smallest_group=5)
    assert (joined.groups, joined.sizes.tolist()) == (("a + c", "b"), [5, 7])


def test_no_answers_and_no_groups_are_said():
    with pytest.raises(BadInput, match="No one has answered"):
        common_ground(Responses.from_dense([[nan, nan]]))
    with pytest.raises(BadInput, match="No one is in a group"):
        common_ground(Responses.from_dense([[1.0]], [""]))


def test_counting_goes_on_across_stretches(monkeypatch):
    random = np.random.default_rng(4)
    votes = random.choice([1, 0, -1, nan], size=(60, 7))
    asked, group_of = Responses.from_dense(votes), random.integers(-1, 3, 60)
    whole = tally(asked, group_of, 3)
    monkeypatch.setattr("manyhands.analysis.common_ground.tallies._STRETCH", 5)
    parts = tally(asked, group_of, 3)
    for name in ("agree", "disagree", "passed", "seen"):
        assert (getattr(whole, name) == getattr(parts, name)).all()


conversations = st.dictionaries(
    st.tuples(st.integers(0, 12), st.integers(0, 6)), st.sampled_from([1, 0, -1]), min_size=1, max_size=80
)
memberships = st.dictionaries(st.integers(0, 12), st.sampled_from(["n", "s", "w"]), min_size=1)


def responses_of(answers, group_of, order=None):
    rows = list(answers.items())
    rows = rows if order is None else [rows[at] for at in order]
    return Responses.from_answers(
        [person for (person, _), _ in rows],
        [statement for (_, statement), _ in rows],
        [vote for _, vote in rows],
        all_people=group_of,
        groups=group_of,
    )


@settings(deadline=None)
@given(conversations, memberships)
def test_it_agrees_with_a_naive_loop(answers, group_of):
    found = common_ground(responses_of(answers, group_of))
    groups = sorted(set(group_of.values()))
    expected = naive_ground(answers, group_of, groups)
    assert found.groups == tuple(groups)
    for row in found.rows():
        told = expected[int(row.id)]
        assert row.consensus == pytest.approx(told["consensus"], abs=1e-12)
        for each in row.by_group:
            assert (each.agree, each.disagree, each.passed, each.seen) == told["by_group"][each.group]
    ranked = [row.consensus for row in found.rows()]
    assert ranked == pytest.approx(sorted(ranked, reverse=True), abs=1e-11)


@settings(deadline=None)
@given(conversations, memberships, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(answers, group_of, random):
    order = list(range(len(answers)))
    random.shuffle(order)
    first = common_ground(responses_of(answers, group_of))
    second = common_ground(responses_of(answers, group_of, order))
    assert first.rows() == second.rows()
    assert first.representative == second.representative


@settings(max_examples=50, deadline=None)
@given(conversations, memberships)
def test_every_figure_keeps_to_its_range(answers, group_of):
    found = common_ground(responses_of(answers, group_of))
    assert found.method in (METHOD, PLAIN_METHOD)
    for row in found.rows():
        assert 0 < row.consensus < 1
        assert 0 <= row.low <= (row.share if row.share is not None else 0.5) <= row.high <= 1
        assert row.agree + row.disagree + row.passed == row.seen
        assert 0 <= row.division < 1
