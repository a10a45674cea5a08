"""What ``manyhands analyse common-ground`` says of groups and of statements that bridge them."""

import csv
import json
import re

import pytest

from manyhands.faces.cli.main import main

HEADER = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,3\n"


@pytest.fixture
def run(tmp_path, capsys):
    """Two camps: both like 0, one each likes 1 and 2; three people have seen 3."""

    def running(each, *words):
        path = tmp_path / "participants-votes.csv"
        rows = [
            f"{at},{at % 2},0,3,2,1,1,{1 - 2 * (at % 2)},{2 * (at % 2) - 1},{1 if at < 3 else ''}" for at in range(each)
        ]
        path.write_text(HEADER + "\n".join(rows) + "\n")
        status = main(["analyse", "common-ground", str(path), "--groups-from", "group-id", *words])
        assert status == 0
        return capsys.readouterr().out

    return running


def test_each_group_has_its_representative_statements_with_their_statistics(run):
    answer = json.loads(run(40, "--json"))
    north = answer["groups"][0]["representative"]
    assert [(row["statement"], row["answer"], row["count"], row["seen"]) for row in north] == [
        ("1", "agree", 20, 20),
        ("2", "disagree", 20, 20),
    ]
    row = north[0]
    assert row["share"] == pytest.approx(21 / 22)
    assert row["share_z"] == pytest.approx(2 * 21**0.5 * 0.5)
    assert row["ratio"] == pytest.approx(21)
    # Two shares with one added to each count, pooled: 21/21 against 1/21.
    assert row["ratio_z"] == pytest.approx((20 / 21) / (22 / 42 * 20 / 42 * 2 / 21) ** 0.5)


# S2-13
def test_statements_that_both_camps_like_bridge(run):
    answer = json.loads(run(60, "--json"))
    bridging = {row["id"]: row["bridging"] for row in answer["statements"]}
    assert (answer["bridging_method"], answer["bridging_enough_people"]) == ("bridging 1", True)
    assert bridging["3"] is None  # three have seen it
    assert bridging["0"] > 0.4 > 0.2 > max(bridging["1"], bridging["2"])
    factors = {row["id"]: row["bridging_factor"] for row in answer["statements"]}
    assert factors["1"] * factors["2"] < 0
    assert "Liked most whatever side people are on (bridging 1): 0 (" in run(60)


def test_with_fewer_than_fifty_there_is_no_bridging_yet(run):
    answer = json.loads(run(40, "--json"))
    assert answer["bridging_enough_people"] is False
    assert {row["bridging"] for row in answer["statements"]} == {None}
    assert "Bridging: not enough yet. Fewer than 50 people answered (40)." in run(40)


def test_the_report_stands_alone_and_shows_nothing_that_a_statement_smuggles_in(tmp_path, capsys):
    votes = tmp_path / "participants-votes.csv"
    people = [f"{n},{n % 2}.0,0,2,2,0,1,{1 if n % 2 else -1}" for n in range(24)]
    votes.write_text("participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n" + "\n".join(people) + "\n")
    comments = tmp_path / "comments.csv"
    comments.write_text('comment-id,comment-body\n0,"<script>alert(1)</script> Cleaner buses"\n1,More gates\n')
    page = tmp_path / "report.html"
    words = ["analyse", "common-ground", str(votes), "--groups-from", "group-id", "--comments", str(comments)]
    assert main([*words, "--report", str(page)]) == 0
    capsys.readouterr()
    text = page.read_text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Cleaner buses" in text
    assert "<script" not in text
    assert "24 people gave 48 answers to 2 statements" in text
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import""", text), "it needs nothing from elsewhere"
    assert main([*words, "--report", str(tmp_path / "no" / "such.html")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_table_of_comments_without_texts_is_refused_in_one_sentence(tmp_path, capsys):
    votes, comments = tmp_path / "v.csv", tmp_path / "c.csv"
    votes.write_text("participant,group-id,n-comments,n-votes,n-agree,n-disagree,0\n1,,0,1,1,0,1\n")
    comments.write_text("id,author\n0,1\n")
    assert main(["analyse", "common-ground", str(votes), "--comments", str(comments)]) == 2
    assert "needs the columns comment-id and comment-body" in capsys.readouterr().err


def test_the_table_has_the_columns_of_polis_and_no_formula(run, tmp_path):
    comments, table = tmp_path / "comments.csv", tmp_path / "table.csv"
    comments.write_text("comment-id,comment-body\n0,=SUM(A1)\n1,One\n")
    run(40, "--csv", str(table), "--comments", str(comments))
    header, *rows = list(csv.reader(table.open(encoding="utf-8", newline="")))
    assert header == [
        "comment-id", "comment", "total-votes", "total-agrees", "total-disagrees", "total-passes",
        "group-0-votes", "group-0-agrees", "group-0-disagrees", "group-0-passes",
        "group-1-votes", "group-1-agrees", "group-1-disagrees", "group-1-passes",
        "rank", "group-informed-consensus",
    ]  # fmt: skip
    consensus = f"{(21 / 22) ** 2:.12f}"
    assert rows[0] == ["0", "'=SUM(A1)", "40", "40", "0", "0", *["20", "20", "0", "0"] * 2, "1", consensus]
    assert [row[0] for row in rows] == ["0", "3", "1", "2"]
    assert (rows[1][1], rows[1][2], rows[1][-2]) == ("", "3", "")  # three saw it: no rank


def test_a_table_that_cannot_be_written_is_said_in_one_sentence(tmp_path, capsys):
    answers = tmp_path / "participants-votes.csv"
    answers.write_text(HEADER + "".join(f"{at},0,0,4,4,0,1,1,1,1\n" for at in range(6)))
    nowhere = str(tmp_path / "nowhere" / "table.csv")
    assert main(["analyse", "common-ground", str(answers), "--csv", nowhere]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_the_report_says_how_sure_each_share_is_also_where_too_few_answered(run, tmp_path):
    page = tmp_path / "report.html"
    run(60, "--report", str(page))
    text = page.read_text()
    assert "60 of 60 (94% to 100%)" in text
    assert "30 of 30 (89% to 100%)" in text
    thin = text.split("Seen by too few to rank</h2>")[1]
    assert "3: 3 of 3 (44% to 100%) agree" in thin


def test_the_report_names_statements_that_bridge(run, tmp_path):
    page = tmp_path / "report.html"
    run(60, "--report", str(page))
    bridges = page.read_text().split("Liked whatever side people are on</h2>")[1].split("</ol>")[0]
    assert bridges.index("<li>0 ") < bridges.index("<li>1 ")
    run(40, "--report", str(page))
    assert "fewer than 50 people answered (40)" in page.read_text()
