"""``manyhands analyse proportional`` as a script or a person meets it."""

import json
import subprocess
import sys

import pytest

from manyhands.faces.cli.main import main

#: Lackner and Skowron, example 2.12: c d, c d, c d, a b, a b, a c, a c, b d; three to choose.
EXAMPLE = {
    "profile": [[2, 3]] * 3 + [[0, 1]] * 2 + [[0, 2]] * 2 + [[1, 3]],
    "num_cand": 4,
    "committeesize": 3,
}
SIXTY_FORTY = {"profile": [list("abcde")] * 60 + [list("vwxyz")] * 40, "committeesize": 5}
PB = (
    "META\nkey;value\nbudget;100\nPROJECTS\nproject_id;cost;name;selected\n"
    "x1;60;Trees;1\nx2;50;Benches;0\nx3;40;Lamps;1\nVOTES\nvoter_id;vote\n7;x1\n8;x1\n9;x2,x3\n"
)


@pytest.fixture
def run(tmp_path, capsys):
    def running(content, *words):
        path = tmp_path / "ballots"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        status = main(["analyse", "proportional", str(path), *map(str, words)])
        written = capsys.readouterr()
        return status, written.out, written.err

    return running


@pytest.mark.parametrize(
    ("method", "chosen", "score"),
    [("equal-shares", [0, 2, 3], "21/2"), ("pav", [0, 2, 3], None), ("seq-pav", None, None), ("phragmen", None, None)],
)
def test_json_keeps_its_contract(run, method, chosen, score):
    status, out, err = run(EXAMPLE, "--method", method, "--json")
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert len(answer["chosen"]) == 3
    assert sorted(answer["chosen"] + answer["left_out"]) == [0, 1, 2, 3]
    assert len(answer["served"]) == 8
    assert set(answer["audit"]) == {"jr", "ejr", "complete", "left_out_group"}
    if chosen is not None:
        assert answer["chosen"] == chosen
    if score is not None:
        assert answer["score_exact"] == score
    if method == "equal-shares":
        assert answer["method"] == "equal shares 1, completed by Phragmén"
        assert [(step["candidate"], step["price_exact"]) for step in answer["steps"][:2]] == [(2, "1/5"), (0, "13/40")]


# S2-19
def test_the_audit_says_whom_the_plain_vote_leaves_out(run):
    answer = json.loads(run(SIXTY_FORTY, "--json")[1])
    assert answer["chosen"] == ["a", "b", "c", "v", "w"]
    assert answer["audit"]["left_out_group"] is None
    plain = answer["plain_vote"]["audit"]["left_out_group"]
    assert (plain["size"], plain["owed"], plain["most_served"], len(plain["members"])) == (40, 2, 0, 40)
    few = {"profile": [["a"]] * 4 + [["b"]] * 4, "committeesize": 1, "candidates": ["a", "b", "c"]}
    words = run(few | {"must_have": ["c"]}, "--json")[1]
    group = json.loads(words)["audit"]["left_out_group"]
    assert group is None
    few = few | {"committeesize": 2, "must_have": ["c"]}
    group = json.loads(run(few, "--json", "--method", "plain")[1])["audit"]["left_out_group"]
    assert (group["members"], group["size"], group["owed"]) == ("suppressed", None, 1)


def test_plain_words_say_method_choice_and_who_is_left_out(run):
    status, out, _ = run(SIXTY_FORTY)
    assert status == 0
    for words in (
        "5 of 10 chosen by 100 voters",
        "Method: equal shares 1, completed by Phragmén.",
        "a (wanted by 60, paid for by those who want it)",
        "Left out: d, e, x, y, z.",
        "3 of the chosen: 60 voters",
        "With the plain vote: 40 voters who all want v, w, x, y, z are left out: they could pay for 2",
    ):
        assert words in out
    plain = run(SIXTY_FORTY, "--method", "plain")[1]
    assert "They are: 61, 62," in plain
    assert "The plain vote would choose" not in plain


def test_a_vote_on_projects_with_costs(run):
    answer = json.loads(run(PB, "--json")[1])
    assert answer["chosen"] == ["x1", "x3"]
    assert answer["really_funded"] == ["x1", "x3"]
    assert (answer["spent"], answer["budget"]) == (100, 100)
    assert "satisfaction by cost" in answer["method"]
    assert "satisfaction by cost" not in json.loads(run(PB, "--json", "--satisfaction", "count")[1])["method"]
    assert json.loads(run(PB, "--json", "--budget", "150")[1])["chosen"] == ["x1", "x2", "x3"]
    words = run(PB)[1]
    assert "Spent 100 of 100." in words
    assert "x1: Trees (wanted by 2" in words


def test_options_change_the_choice(run):
    tie = {"profile": [["a"], ["b"]], "committeesize": 1}
    assert json.loads(run(tie, "--json")[1])["chosen"] == ["a"]
    assert json.loads(run(tie, "--json", "--order", "b,a")[1])["chosen"] == ["b"]
    assert json.loads(run(tie, "--json", "--must-have", "b")[1])["chosen"] == ["b"]
    assert json.loads(run(tie, "--json", "--size", 2)[1])["chosen"] == ["a", "b"]
    empty = {"profile": [["a"], ["b"], []], "committeesize": 2}
    words = ["--json", "--completion", "none"]
    assert json.loads(run(empty, *words)[1])["chosen"] == ["a", "b"]
    assert json.loads(run(empty, *words, "--count-empty")[1])["chosen"] == []


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        ("", [], "The file is empty."),
        ("profile: [[1]]", [], "neither JSON nor a .pb file"),
        (EXAMPLE | {"committeesize": 9}, [], "9 cannot be chosen out of 4."),
        (EXAMPLE | {"voter_weights": [1.3, 1]}, [], "There are 2 weights, but there must be 8."),
        (EXAMPLE, ["--budget", "5"], "The file has no costs"),
        (EXAMPLE, ["--must-have", "7"], "There is no candidate '7'."),
        (EXAMPLE, ["--order", "7"], "There is no candidate '7'."),
        (EXAMPLE, ["--order", "1,1"], "names one of them more than once"),
        (PB, ["--size", "2"], "give a budget instead"),
        (PB, ["--budget", "lots"], "The budget must be a number, not 'lots'."),
        (PB, ["--must-have", "x1", "--must-have", "x2"], "What must be in costs 110, but there is only 100."),
    ],
)
def test_bad_input_is_one_sentence_and_status_two(run, content, words, sentence):
    status, out, err = run(content, *words)
    assert (status, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_it_never_loads_the_site(tmp_path):
    path = tmp_path / "ballots.json"
    path.write_text(json.dumps(EXAMPLE))
    program = (
        "import sys; from manyhands.faces.cli.main import main;"
        f"main(['analyse', 'proportional', {str(path)!r}]);"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.returncode == 0, done.stderr
