"""``manyhands analyse duplicates`` from files, good and bad."""

import json
import subprocess
import sys

import pytest

from manyhands.faces.cli.main import main

LIST = """name,ein,web,city
"Linden Family Clinic, Inc.",12-3,info@clinic.example,Linden
Guild of Nurses,,,
The Linden Famly Clinic,,www.clinic.example,Linden
"Guild of Nurses, Northern Chapter",,,
Guild of Nurses,7,,
Guild of Nurses,8,,
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return str(path)


def test_pairs_with_rows_names_score_and_reasons_without_any_settings(file, tmp_path):
    command = [sys.executable, "-m", "manyhands", "analyse", "duplicates", file, "--column", "name", "--json"]
    done = subprocess.run(
        [*command, "--identifier", "ein", "--domain", "web", "--place", "city"],
        env={"PYTHONPATH": ":".join(sys.path), "DJANGO_SETTINGS_MODULE": "no.such.settings"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    assert answer["method"] == "organization matching 1"
    assert [(pair["a"], pair["b"]) for pair in answer["pairs"]] == [(3, 6), (3, 7), (2, 4)]
    clinic = answer["pairs"][-1]
    assert clinic["names"] == ["Linden Family Clinic, Inc.", "The Linden Famly Clinic"]
    assert 0.9 < clinic["score"] < 1
    assert clinic["reasons"] == ['"family" is written "famly"', "the same domain clinic.example", "the same place"]
    assert answer["groups"] == [[2, 4], [3, 6]]  # rows 6 and 7 have two numbers, so they are not one


def test_in_words(file, capsys):
    assert main(["analyse", "duplicates", file, "--column", "name"]) == 0
    said = capsys.readouterr().out
    assert "row 2: Linden Family Clinic, Inc." in said
    assert "Nothing was changed." in said


def test_nothing_alike(tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text("name,x\nGuild,1\nClinic,1\n,1\n")
    assert main(["analyse", "duplicates", str(path), "--column", "name"]) == 0
    said = capsys.readouterr().out
    assert "No two rows are alike enough" in said
    assert "Rows without a name: 1." in said


def test_a_bad_file_or_column_gets_one_sentence_and_status_2(file, tmp_path, capsys):
    assert main(["analyse", "duplicates", file, "--column", "nom"]) == 2
    assert "There is no column 'nom'; the columns are 'name', 'ein', 'web', 'city'." in capsys.readouterr().err
    assert main(["analyse", "duplicates", str(tmp_path / "none.csv"), "--column", "name"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(SystemExit) as ended:
        main(["analyse", "duplicates", file, "--column", "name", "--at-least", "2"])
    assert ended.value.code == 2
