"""``manyhands analyse common-ground`` as a script or a person meets it."""

import json
import subprocess
import sys

import pytest

from manyhands.faces.cli.main import main

HEADER = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\n"


@pytest.fixture
def table(tmp_path):
    """Twelve people in two groups: all accept 0, statement 1 divides them, hardly anyone saw 2."""
    path = tmp_path / "participants-votes.csv"
    north = [f"{n},0.0,0,2,2,0,1,1," for n in range(6)]
    south = [f"{n},1.0,0,2,1,1,1,-1," for n in range(6, 12)]
    path.write_text(HEADER + "\n".join([*north, *south, "12,,0,3,3,0,1,1,1"]) + "\n")
    return path


def run(capsys, *words):
    status = main(["analyse", "common-ground", *map(str, words)])
    written = capsys.readouterr()
    return status, written.out, written.err


def test_json_keeps_its_contract(table, capsys):
    status, out, err = run(capsys, table, "--groups-from", "group-id", "--json")
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert answer["method"] == "group-informed consensus 1"
    assert [(group["id"], group["size"]) for group in answer["groups"]] == [("0", 6), ("1", 6)]
    kept = ("id", "consensus", "agree", "disagree", "pass", "seen")
    assert [tuple(row[key] for key in kept) for row in answer["statements"]] == [
        ("0", pytest.approx(49 / 64), 13, 0, 0, 13),
        ("2", 0.25, 1, 0, 0, 1),
        ("1", pytest.approx(7 / 64), 7, 6, 0, 13),
    ]
    assert [row["rank"] for row in answer["statements"]] == [1, None, 2]


def test_without_groups_they_are_found_and_the_seed_is_told(table, capsys):
    status, out, _ = run(capsys, table, "--json", "--seed", 7)
    answer = json.loads(out)
    assert (status, answer["seed"], answer["groups_were"]) == (0, 7, "found")
    assert len(answer["explained"]) == 2
    assert run(capsys, table, "--json", "--seed", 7)[1] == out


def test_plain_words_say_method_counts_and_what_is_too_thin(table, capsys):
    status, out, _ = run(capsys, table, "--groups-from", "group-id")
    assert status == 0
    for words in (
        "Method: group-informed consensus 1. 27 answers.",
        "People in each group: 0: 6, 1: 6. In none: 1.",
        "13/13 100%",
        "One group clearly agrees and another disagrees: 1.",
        "Too few have answered to rank 1 of them: 2.",
    ):
        assert words in out


def test_statements_are_left_out_and_small_groups_joined_on_demand(table, capsys):
    words = [table, "--groups-from", "group-id", "--json", "--leave-out", "1, 2", "--smallest-group", 7]
    answer = json.loads(run(capsys, *words)[1])
    assert [row["id"] for row in answer["statements"]] == ["0"]
    assert [(group["id"], group["size"]) for group in answer["groups"]] == [("0 + 1", 12)]
    assert answer["method"] == "plain consensus 1"


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        (None, [], "cannot be opened"),
        ("", [], "The file is empty."),
        (HEADER + "1,,0,1,1,0,7,,\n", [], "Row 2: the vote in column '0' must be -1, 0 or 1, not '7'."),
        (HEADER + "1,,0,1,1,0,1,,\n", ["--groups-from", "group-id"], "blank in every row"),
        (HEADER + "1,,0,1,1,0,1,,\n", ["--groups-from", "camp"], "There is no column 'camp'"),
        (HEADER + "1,,0,1,1,0,1,,\n", ["--leave-out", "99"], "There is no statement '99' to leave out."),
        (HEADER + "1,,0,0,0,0,,,\n", [], "No one has answered anything yet."),
        ("\0", [], "NUL byte"),
    ],
)
def test_bad_input_is_one_sentence_and_status_two(tmp_path, capsys, content, words, sentence):
    path = tmp_path / "answers.csv"
    if content is not None:
        path.write_text(content)
    status, out, err = run(capsys, path, *words)
    assert (status, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [["--seed", "-1"], ["--seed", "x"], ["--smallest-group", "1.5"]])
def test_options_that_make_no_sense_are_refused(table, capsys, words):
    with pytest.raises(SystemExit) as stopped:
        run(capsys, table, *words)
    assert stopped.value.code == 2


def test_it_never_loads_the_site(table):
    program = (
        "import sys; from manyhands.faces.cli.main import main;"
        f"main(['analyse', 'common-ground', {str(table)!r}]);"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.returncode == 0, done.stderr
