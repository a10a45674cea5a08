"""Forty-six elections with known winners and the votes of thirty cities."""

import json
from itertools import permutations

import pytest

from manyhands.analysis.proportional import choose, pav_score, read_ballots

pytestmark = pytest.mark.shared_data

#: The rules of the collection that are also ours: its name, our method and completion. Not ours, and so not
#: compared: sav, slav, seqslav, geom2, cc, lexcc, seqcc, monroe, greedy-monroe, minimaxav, lexminimaxav,
#: minimaxphragmen, leximaxphragmen, maximin-support, phragmen-enestroem, revseqpav, eph, rsd, trivial,
#: consensus-rule, adams, and Equal Shares with increment completion.
RULES = {
    "av": ("plain", "none"),
    "pav": ("pav", "none"),
    "seqpav": ("seq-pav", "none"),
    "seqphragmen": ("phragmen", "none"),
    "equal-shares": ("equal-shares", "phragmen"),
    "equal-shares-with-av-completion": ("equal-shares", "utilitarian"),
}


@pytest.fixture(scope="module")
def elections(shared_data):
    files = sorted((shared_data / "abc-committees").glob("instance*.json"))
    assert len(files) == 46
    return [(read_ballots(file), json.loads(file.read_text())["compute"]) for file in files]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("count_empty", [False, True])
def test_every_expected_committee(elections, rule, count_empty):
    method, completion = RULES[rule]
    for file, compute in elections:
        expected = [sorted(each) for row in compute if row["rule_id"] == rule for each in row["result"]]
        found = choose(file.ballots, method, completion=completion, count_empty=count_empty)
        assert [file.ids[name] for name in found.chosen] in expected


def test_all_committees_of_pav_and_no_other(elections):
    """Whatever the stated order, the winner is on the list; and everything on the list has its score."""
    for file, compute in elections:
        [expected] = [row["result"] for row in compute if row["rule_id"] == "pav" and not row["resolute"]]
        best = pav_score(file.ballots, choose(file.ballots, "pav").positions)
        assert {pav_score(file.ballots, each) for each in expected} == {best}
        orders = list(permutations(file.ballots.candidates))[:: 720 if len(file.ballots.candidates) < 8 else 5040]
        for order in orders:
            chosen = choose(file.ballots.in_order(order), "pav").chosen
            assert sorted(map(int, chosen)) in [sorted(each) for each in expected]


def test_the_plain_vote_funds_what_the_cities_funded(shared_data):
    same = 0
    for path in sorted((shared_data / "participatory-budgeting").glob("*.pb")):
        if "\nrule;greedy" in path.read_text(encoding="utf-8-sig"):
            file = read_ballots(path)
            if file.funded is not None:
                assert set(choose(file.ballots, "plain").chosen) == file.funded, path.name
                same += 1
    assert same == 25


def test_equal_shares_leaves_no_group_of_a_city_out(shared_data):
    plain_leaves_out = 0
    for path in sorted((shared_data / "participatory-budgeting").glob("*.pb")):
        file = read_ballots(path)
        found = choose(file.ballots, "equal-shares")
        assert found.spent <= file.ballots.budget
        assert found.audit.jr is True, path.name
        plain_leaves_out += choose(file.ballots, "plain").audit.jr is False
    assert plain_leaves_out == 11


def test_broken_ballot_files_are_refused(shared_data):
    from manyhands.analysis.tables import BadInput

    files = sorted((shared_data / "abc-committees/malformed").iterdir())
    assert len(files) == 9
    for file in files:
        with pytest.raises(BadInput):
            read_ballots(file)
