"""What a page made for others shows of few people, what moderators took out, and the bar that shows how far it is."""

import io
import json
import re
import sys

import pytest

from manyhands.faces.cli.main import main

HEADER = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\n"


@pytest.fixture
def answers(tmp_path):
    """Write answers of so many people in each group; all agree on 0, groups differ on 1, nobody likes 2."""

    def write(*sizes):
        path = tmp_path / "participants-votes.csv"
        groups = [at for at, size in enumerate(sizes) for _ in range(size)]
        rows = [f"{at},camp {group},0,3,1,1,1,{1 if group % 2 else -1},-1" for at, group in enumerate(groups)]
        path.write_text(HEADER + "\n".join(rows) + "\n")
        return path

    return write


@pytest.fixture
def run(capsys):
    def running(path, *words):
        status = main(["analyse", "common-ground", str(path), "--groups-from", "group-id", *map(str, words)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return running


def test_a_report_joins_groups_of_fewer_than_five_and_the_screen_warns_of_them(answers, run, tmp_path):
    page = tmp_path / "report.html"
    status, out, _ = run(answers(12, 9, 3), "--report", page)
    assert status == 0
    assert "camp 2: 3" in out
    assert "Fewer than 5 people: group camp 2." in out
    assert "as the report does by itself" in out
    text = page.read_text()
    assert "camp 0 (12), camp 1 + camp 2 (12)" in text
    assert not re.search(r"\b\d+ of 3\b", text), "no count of the three alone"


def test_who_asks_for_it_gets_small_groups_in_the_report_too(answers, run, tmp_path):
    page = tmp_path / "report.html"
    assert run(answers(12, 9, 3), "--report", page, "--smallest-group", 1)[0] == 0
    assert "camp 2 (3)" in page.read_text()


def test_a_report_on_fewer_than_five_people_is_not_written(answers, run, tmp_path):
    page = tmp_path / "report.html"
    status, out, err = run(answers(2, 2), "--report", page)
    assert (status, out, page.exists()) == (2, "", False)
    assert "together have fewer than 5 people" in err
    assert err.count("\n") == 1


def test_the_help_says_that_the_report_joins_small_groups(capsys):
    with pytest.raises(SystemExit):
        main(["analyse", "common-ground", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "in it groups of fewer than 5 people are joined" in said


def test_statements_that_moderators_took_out_are_left_out_and_counted(answers, run, tmp_path):
    comments, page = tmp_path / "comments.csv", tmp_path / "report.html"
    # 9 was taken out before anyone answered it; 0.0 is how a spreadsheet writes 0.
    comments.write_text("comment-id,comment-body,moderated\n0.0,Kept,1\n1,Not looked at,0\n2,Spam,-1\n9,Spam,-1\n")
    path = answers(12, 12)
    _, out, _ = run(path, "--comments", comments, "--json")
    answer = json.loads(out)
    assert ([row["id"] for row in answer["statements"]], answer["moderated_out"]) == (["0", "1"], 1)
    _, out, _ = run(path, "--comments", comments, "--report", page)
    assert "Left out, because moderators took them out: 1 statements." in out
    assert "moderators took them out: 1." in page.read_text()
    assert "Kept" in page.read_text()
    assert json.loads(run(path, "--json")[1])["moderated_out"] == 0
    assert len(json.loads(run(path, "--comments", comments, "--leave-out", "1,2", "--json")[1])["statements"]) == 1


@pytest.mark.shared_data
def test_what_was_taken_out_of_a_real_conversation(run, shared_data):
    folder = shared_data / "polis-opendata" / "scoop-hivemind.biodiversity"
    _, out, _ = run(folder / "participants-votes.csv", "--comments", folder / "comments.csv", "--json")
    answer = json.loads(out)
    assert (answer["moderated_out"], len(answer["statements"])) == (160, 154)


class Screen(io.StringIO):
    """Standard error on which somebody looks."""

    def isatty(self):
        return True


def test_a_bar_on_the_screen_names_each_step_fills_and_goes(answers, run, monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    _, out, _ = run(answers(12, 12), "--json")
    json.loads(out)  # nothing of the bar in what a script reads
    *steps, last, after = screen.getvalue().split("\r")[1:]
    assert [re.fullmatch(r"\[(#*)\.*\] ([a-z ]+?) *", step).groups() for step in steps] == [
        ("", "reading"),
        ("######", "finding groups"),
        ("############", "looking for bridges"),
        ("##################", "writing"),
    ]
    assert max(map(len, steps)) <= len(last)
    assert (last.strip(), after) == ("", "")


def test_a_refusal_stands_on_a_line_of_its_own_after_the_bar(tmp_path, run, monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    assert run(tmp_path / "nowhere.csv")[0] == 2
    assert screen.getvalue().split("\r")[-1].startswith("The file nowhere.csv cannot be opened")
