"""Reading ballots: both layouts, and one sentence for whatever is wrong."""

import json

import pytest

from manyhands.analysis.proportional import read_ballots
from manyhands.analysis.tables import BadInput

PB = (
    "META\nkey;value\nbudget;100\nnum_projects;2\nnum_votes;2\nPROJECTS\nproject_id;cost;score;name;selected\n"
    "x1;60;9;Trees;1\nx2;50,5;4;Benches;0\nVOTES\nvoter_id;vote;points\n7;x1,x2;5,4\n8;x1;4\n"
)


def written(folder, content, name="ballots.json"):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_candidates_are_numbers_as_in_the_file(tmp_path):
    found = read_ballots(written(tmp_path, {"profile": [[0, 2], [], [1]], "num_cand": 3, "committeesize": 2}))
    assert list(found.ids.values()) == [0, 1, 2]
    assert [sorted(own) for own in found.ballots.approvals] == [[0, 2], [], [1]]


def test_names_weights_costs_and_must_haves(tmp_path):
    content = {
        "profile": [["park", 1], ["pool"]],
        "candidates": ["park", "pool"],
        "voters": ["Traders", "Clinic"],
        "voter_weights": [2, 0.5],
        "costs": [10, "2.5"],
        "budget": 12,
        "must_have": ["pool"],
    }
    found = read_ballots(written(tmp_path, content))
    assert (found.ballots.voters, found.must_haves) == (("Traders", "Clinic"), ("pool",))
    assert [str(each) for each in (*found.ballots.costs, *found.ballots.weights)] == ["10", "5/2", "2", "1/2"]
    assert found.ballots.approvals[0] == {0, 1}


def test_a_pb_file(tmp_path):
    found = read_ballots(written(tmp_path, PB, "town.pb"))
    assert found.ballots.candidates == ("x1", "x2")
    assert [str(each) for each in (*found.ballots.costs, found.ballots.budget)] == ["60", "101/2", "100"]
    assert (found.funded, found.titles) == ({"x1"}, {"x1": "Trees", "x2": "Benches"})
    assert [int(each) for each in found.ballots.points] == [9, 4]
    assert read_ballots(written(tmp_path, PB, "town.pb"), budget="200").ballots.budget == 200


GOOD = {"profile": [[0], [1]], "num_cand": 2, "committeesize": 1}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty."),
        ("profile: [[0]]", "neither JSON nor a .pb file"),
        ("[1, 2]", "must be an object with a list of ballots under 'profile'"),
        ("[" * 100_000, "neither JSON nor a .pb file"),
        (GOOD | {"profile": {}}, "What stands under 'profile' must be a list."),
        (GOOD | {"profile": []}, "There are no ballots."),
        (GOOD | {"profile": [[0], 1]}, "Ballot 2 must be a list of candidates."),
        (GOOD | {"profile": [[0], [2]]}, "Ballot 2 names '2', which is not a candidate."),
        (GOOD | {"profile": [[0], [-1]]}, "Ballot 2 names '-1', which is not a candidate."),
        (GOOD | {"profile": [[0], [True]]}, "Ballot 2 names 'True', which is not a candidate."),
        (GOOD | {"profile": [[0], [[1]]]}, "which is not a candidate."),
        (GOOD | {"profile": [[0, 0]]}, "Ballot 1 approves the same candidate more than once."),
        (GOOD | {"committeesize": 3}, "3 cannot be chosen out of 2."),
        (GOOD | {"committeesize": "1"}, "how many to choose, as a whole number"),
        (GOOD | {"committeesize": -1}, "must not be below zero"),
        (GOOD | {"num_cand": 0}, "What stands under 'num_cand' must be a whole number"),
        (GOOD | {"num_voters": 314}, "The file speaks of 314 voters but has 2 ballots."),
        (GOOD | {"candidates": ["a"]}, "The file speaks of 2 candidates but names 1."),
        (GOOD | {"candidates": ["a", "a"]}, "Two candidates have the same name."),
        (GOOD | {"voter_weights": [1.3]}, "There are 1 weights, but there must be 2."),
        (GOOD | {"voter_weights": [1, -2]}, "A weight must not be below zero, but is -2."),
        (GOOD | {"voter_weights": [1, "much"]}, "A weight must be a number, not 'much'."),
        (GOOD | {"voter_weights": [1, float("nan")]}, "A weight must be a number, not 'nan'."),
        (GOOD | {"voter_weights": [0, 0]}, "All voters have weight zero."),
        (GOOD | {"voters": ["a"]}, "There are 1 names of voters, but 2 ballots."),
        (GOOD | {"costs": [1, 2]}, "so it must tell the budget"),
        (GOOD | {"costs": [1], "budget": 2}, "There are 1 costs, but there must be 2."),
        (GOOD | {"costs": [1, 2], "budget": "lots"}, "The budget must be a number, not 'lots'."),
        (GOOD | {"must_have": [7]}, "The list of must-haves names '7', which is not a candidate."),
        (PB.replace("budget;100\n", ""), "The section META does not tell the budget."),
        (PB.replace("num_votes;2", "num_votes;3"), "The file speaks of 3 votes but has 2; it may be cut short."),
        (PB.replace("8;x1;4", "8;x9;4"), "Ballot 2 approves 'x9', which is not a candidate."),
        (PB.replace("60;9", "much;9"), "The cost of project x1 must be a number, not 'much'."),
        (PB.replace("60;9", ";9"), "lacks its project_id or cost"),
        (PB.replace("x2;50,5", "x1;50,5"), "Two candidates have the same name."),
        (PB.replace(";vote;", ";choice;"), "The section VOTES has no column 'vote'."),
        (PB.split("VOTES")[0], "The file has no section VOTES, or nothing in it."),
        (PB.replace("8;x1;4", "8;x1;4;5;6"), "Row 13 has 5 columns where the section VOTES has 3."),
    ],
)
def test_bad_files_get_one_clear_sentence(tmp_path, content, sentence):
    with pytest.raises(BadInput) as told:
        read_ballots(written(tmp_path, content))
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)


def test_files_that_are_not_there_or_no_text(tmp_path):
    with pytest.raises(BadInput, match="cannot be opened"):
        read_ballots(tmp_path / "none.json")
    with pytest.raises(BadInput, match="is a folder"):
        read_ballots(tmp_path)
    (tmp_path / "odd.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(BadInput, match="not text in UTF-8"):
        read_ballots(tmp_path / "odd.json")


def test_size_and_budget_fit_the_file(tmp_path):
    plain = written(tmp_path, GOOD)
    assert read_ballots(plain, size=2).ballots.budget == 2
    with pytest.raises(BadInput, match="has no costs"):
        read_ballots(plain, budget="3")
    with pytest.raises(BadInput, match="give a budget instead"):
        read_ballots(written(tmp_path, PB, "town.pb"), size=2)
