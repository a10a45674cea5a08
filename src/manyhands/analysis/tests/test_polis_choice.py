"""Polis's own choice of statements for each group, and which sign its published files mean by agree."""

import csv
from collections import Counter

import pytest

from manyhands.analysis.common_ground import common_ground, representative_as_polis
from manyhands.analysis.responses import Responses, read_responses

from .test_real_conversations import CONVERSATIONS, FIXTURES, fixture_of


def rows_of(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared_data
@pytest.mark.parametrize("name", FIXTURES)
def test_by_its_own_rule_every_list_of_production_polis_comes_out_in_its_order(shared_data, name):
    found, _, expected = fixture_of(shared_data, name, moderated=True)
    for group, ours in zip(found.groups, representative_as_polis(found), strict=True):
        theirs = [row for row in expected if row["group_id"] == group]
        told = [(row["tid"], 1 if row["repful-for"] == "agree" else -1) for row in theirs]
        assert [(each.statement, each.answer) for each in ours] == told
        assert [each.count for each in ours] == [int(row["n-success"]) for row in theirs]
        for each, row in zip(ours, theirs, strict=True):
            figures = [each.share, each.share_z, each.ratio, each.ratio_z]
            told = [float(row[key]) for key in ("p-success", "p-test", "repness", "repness-test")]
            assert figures == pytest.approx(told, abs=5e-7, rel=5e-7)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_one_is_agree_in_every_published_file(shared_data, name):
    """Polis counted agreements and disagreements of each person itself, beside their answers."""
    folder = shared_data / "polis-opendata" / name
    people = rows_of(folder / "participants-votes.csv")
    answers = read_responses(folder / "votes.csv").votes.data
    assert (answers == 1).sum() == sum(int(float(person["n-agree"] or 0)) for person in people)
    assert (answers == -1).sum() == sum(int(float(person["n-disagree"] or 0)) for person in people)


@pytest.mark.shared_data
def test_statement_290_was_agreed_with(shared_data):
    folder = shared_data / "polis-opendata/scoop-hivemind.biodiversity"
    [comment] = [row for row in rows_of(folder / "comments.csv") if row["comment-id"] == "290"]
    assert (comment["author-id"], comment["agrees"], comment["disagrees"]) == ("0", "73", "0")
    assert Counter(row["vote"] for row in rows_of(folder / "votes.csv") if row["comment-id"] == "290") == {"1": 73}
    groups = {person["participant"]: person["group-id"] for person in rows_of(folder / "participants-votes.csv")}
    found = common_ground(read_responses(folder / "votes.csv").with_groups(groups))
    [ours] = [row for row in found.rows() if row.id == "290"]
    assert (ours.agree, ours.disagree, ours.seen) == (73, 0, 73)
    assert ours.consensus == pytest.approx(0.9221311475409837, abs=1e-12), "as Polis has it, of 14 and 59 who agree"


def test_something_is_named_for_every_group_even_where_nothing_is_clear():
    found = common_ground(Responses.from_dense([[0, 0]] * 12, ["a", "b"] * 6))
    assert all(not telling for telling in found.representative)
    assert all(len(theirs) == 1 for theirs in representative_as_polis(found))


def test_a_statement_that_nobody_of_a_group_answered_is_not_its_best_agreement():
    nan = float("nan")
    found = common_ground(Responses.from_dense([[nan, 1]] * 4 + [[1, -1]] * 4, ["a"] * 4 + ["b"] * 4))
    assert [(each.statement, each.answer) for each in representative_as_polis(found)[0]] == [("1", 1)]


def test_one_group_has_none():
    assert representative_as_polis(common_ground(Responses.from_dense([[1, -1]] * 6, ["a"] * 6))) == ((),)
