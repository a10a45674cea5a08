"""``manyhands analyse actors`` from files, good and bad."""

import json
import subprocess
import sys

import pytest

from manyhands.analysis.actors.tests.test_mactor import ACTORS, INFLUENCE, OBJECTIVES, POSITIONS
from manyhands.faces.cli.main import main


def written(path, header, names, rows):
    lines = [",".join(["actor", *header])]
    lines += (",".join([name, *map(str, row)]) for name, row in zip(names, rows, strict=True))
    path.write_text("\n".join(lines) + "\n")
    return str(path)


@pytest.fixture
def files(tmp_path):
    return (
        written(tmp_path / "influence.csv", ACTORS, ACTORS, INFLUENCE),
        written(tmp_path / "positions.csv", OBJECTIVES, ACTORS, POSITIONS),
    )


def test_the_figures_by_name_without_any_settings(files, tmp_path):
    command = [sys.executable, "-m", "manyhands", "analyse", "actors", "--json"]
    done = subprocess.run(
        [*command, "--influence", files[0], "--positions", files[1]],
        env={"PYTHONPATH": ":".join(sys.path), "DJANGO_SETTINGS_MODULE": "no.such.settings"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    assert answer["method"] == "MACTOR 1"
    assert (answer["I"], answer["D"]) == ([31, 31, 21, 39, 27, 31], [22, 33, 39, 31, 29, 26])
    assert [round(each, 3) for each in answer["R"]] == [1.263, 0.93, 0.448, 1.381, 0.848, 1.131]
    assert [round(each, 2) for each in answer["mao3_mobilisation"]] == [5.68, 7.93, 8.59, 3.97, 11.42]
    assert [answer[f"order{order}"]["conv_pct"] for order in (1, 2, 3)] == [41.9, 42.1, 42.1]
    assert answer["net"] == [9, -2, -18, 8, -2, 5]
    assert answer["by_actor"][3]["actor"] == "State"
    assert answer["by_actor"][3]["rank"] == 1
    assert answer["by_objective"][4]["objective"] == "o5"
    assert answer["sensitivity"]["ratings"][0]["actor"] == "scheduled"


def test_in_words(files, capsys):
    assert main(["analyse", "actors", "--influence", files[0], "--positions", files[1]]) == 0
    said = capsys.readouterr().out
    assert "State" in said.splitlines()[4]  # the strongest first
    assert "1.38" in said.splitlines()[4]
    assert "scheduled acts on builders, 1 instead of 2" in said


def test_nothing_but_zeros_says_so(tmp_path, capsys):
    names = ["A", "B", "C"]
    influence = written(tmp_path / "i.csv", names, names, [[0] * 3] * 3)
    positions = written(tmp_path / "p.csv", ["x"], names, [[0]] * 3)
    words = ["analyse", "actors", "--influence", influence, "--positions", positions]
    assert main([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["R"], answer["Q"], answer["mao3"], answer["order3"], answer["sensitivity"]) == (None,) * 5
    assert main(words) == 0
    assert "cannot be told" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("actor,A,B,C\nA,0,9,1\nB,1,0,1\nC,1,1,0\n", "Row 2, column 'B': 9 is not between 0 and 4."),
        ("actor,A,B,C\nA,0,nan,1\nB,1,0,1\nC,1,1,0\n", "Row 2, column 'B': nan is not between 0 and 4."),
        ("actor,A,B,C\nA,0,much,1\nB,1,0,1\nC,1,1,0\n", "Row 2, column 'B': 'much' is not a number."),
        ("actor,A,B,C\nA,0,,1\nB,1,0,1\nC,1,1,0\n", "a blank is not a zero"),
        ("actor,A,B,C\nA,0,1,1\nA,1,0,1\nC,1,1,0\n", "Row 3: 'A' is there a second time."),
        ("actor,A,B,C\nA,0,1,1\n,1,0,1\nC,1,1,0\n", "Row 3: the first column, which names the actor, is blank."),
        ("actor,A,B,C\nA,0,1,1\nB,1,0,1\n", "not square: 'C' has a column but no row"),
        ("actor,A,B,A\nA,0,1,1\n", "the column 'A' more than once"),
        ("actor\nA\n", "at least one more column"),
        ("", "The file is empty."),
    ],
)
def test_a_bad_table_gets_one_sentence_and_status_2(files, tmp_path, capsys, text, says):
    bad = tmp_path / "bad.csv"
    bad.write_text(text)
    assert main(["analyse", "actors", "--influence", str(bad), "--positions", files[1]]) == 2
    out, problem = capsys.readouterr()
    assert (out, problem.count("\n")) == ("", 1)
    assert says in problem
