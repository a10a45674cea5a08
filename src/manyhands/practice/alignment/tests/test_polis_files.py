"""Files in Polis's columns: what leaves, what stays, and that what left can come in again."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from manyhands.faces.cli.main import main
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.alignment import actions, exports
from manyhands.practice.alignment.models import Finding, Response, RoundImport, Statement, VisionRound

from .factories import add_people, answer_all, at, open_round

NEEDED = ("votes", "comments", "participants-votes")


def file_of(client, round, name):
    answer = client.get(at("polis_file", round.pk, name))
    assert answer.status_code == 200, name
    return answer.getvalue()


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def brought_in(world, files, *, published=True, question="From elsewhere?"):
    """The round that these files make: votes, comments and, for its groups, participants-votes."""
    arriving = actions.check_import(
        actor=world.actor["mei"],
        question=question,
        votes=files["votes"],
        comments=files["comments"],
        groups=files.get("participants-votes", b""),
        is_published=published,
    )
    actions.begin_import(actor=world.actor["mei"], arriving=RoundImport.objects.get(pk=arriving.pk))
    run_waiting()
    return VisionRound.objects.get(question=question)


def figures(round):
    """Everything a page shows of a round, by the numbers people know the statements by."""
    payload = Finding.objects.get(round=round).payload
    number = {each.pk: each.shown_number for each in Statement.objects.filter(round=round)}
    statements = [{**row, "id": number[row["id"]]} for row in payload["statements"]]
    return payload["people"], payload["answers"], [(g["name"], g["size"]) for g in payload["groups"]], statements


def answers(round):
    live = Response.objects.filter(statement__round=round, statement__state="live")
    return sorted(live.values_list("participant__imported_id", "statement__imported_id", "answer"))


MADE = {
    "votes": b"timestamp,datetime,comment-id,voter-id,vote\n"
    + b"".join(
        f"17000000{p:02},x,{s},{p},{(1, -1, 0)[(p * s + p // 20) % 3]}\n".encode() for p in range(40) for s in range(9)
    ),
    "comments": b"timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    b'1,x,0,0,0,0,1,"-5 degrees, and ""still"" open"\n1,x,1,0,0,0,1,=SUM(A1)\n1,x,2,0,0,0,1,\'tis so\n'
    b'1,x,3,0,0,0,-1,Taken out\n1,x,4,0,0,0,0,"Two\nlines"\n1,x,5,0,0,0,1,Zo\xc3\xab\n'
    b"1,x,6,0,0,0,1,Six\n1,x,7,0,0,0,1,Seven\n1,x,8,0,0,0,1,Eight\n",
    "participants-votes": b"participant,group-id,n-comments,n-votes,n-agree,n-disagree,0\n"
    + b"".join(f"{p},{'' if p == 39 else float(p // 20)},0,1,1,0,1\n".encode() for p in range(40)),
}


@pytest.mark.parametrize("groups", ["declared", "found"])
def test_what_left_a_published_round_comes_in_again_the_same(inside, client, groups):
    files = dict(MADE) if groups == "declared" else {name: MADE[name] for name in ("votes", "comments")}
    first = brought_in(inside, files)
    client.force_login(inside.user["ben"])
    out = {name: file_of(client, first, name) for name in NEEDED}
    if groups == "found":
        out.pop("participants-votes")
    again = brought_in(inside, out, question="Again?")
    assert answers(again) == answers(first)
    assert figures(again) == figures(first)
    texts = [list(each.statements.filter(state="live").values_list("imported_id", "text")) for each in (first, again)]
    assert texts[0] == texts[1]
    assert ("1", "=SUM(A1)") in texts[1]
    # What moderators took out stays where it is.
    assert b"Taken out" not in out["comments"]


def test_either_layout_of_answers_holds_the_same(inside, client):
    first = brought_in(inside, MADE)
    client.force_login(inside.user["ben"])
    table = file_of(client, first, "participants-votes")
    rows = rows_of(table)
    assert rows[0] == [*exports.PARTICIPANTS, "0", "1", "2", "4", "5", "6", "7", "8"]
    assert rows[1][:6] == ["0", "0", "", "8", "8", "0"]
    out = {"votes": table, "comments": file_of(client, first, "comments"), "participants-votes": table}
    again = brought_in(inside, out, question="Again?")
    assert answers(again) == answers(first)
    assert figures(again) == figures(first)


def test_the_command_line_reads_what_left_and_counts_the_same(inside, client, tmp_path, capsys):
    round = brought_in(inside, MADE)
    client.force_login(inside.user["ben"])
    for name in NEEDED:
        (tmp_path / f"{name}.csv").write_bytes(file_of(client, round, name))
    table = tmp_path / "table.csv"
    words = ["analyse", "common-ground", str(tmp_path / "participants-votes.csv"), "--groups-from", "group-id"]
    assert main([*words, "--json", "--csv", str(table), "--comments", str(tmp_path / "comments.csv")]) == 0
    told = json.loads(capsys.readouterr().out)
    header, *rows = rows_of(table.read_bytes())
    ours, *own = rows_of(file_of(client, round, "comment-groups"))
    assert header == [*ours, "rank", "group-informed-consensus"]
    by_id = {row[0]: row for row in rows}
    assert len(own) == len(rows) == 8
    for row in own:
        # Wherever the round tells a count of a group, it is the count of the command line.
        for at_, cell in enumerate(row[6:], start=6):
            assert cell in ("", by_id[row[0]][at_]), (row, header[at_])
    consensus = {row["id"]: row["consensus"] for row in told["statements"]}
    assert {row[0]: float(row[-1]) for row in rows} == consensus


def test_of_a_round_in_secret_only_what_groups_said_leaves(inside, client):
    round = open_round(inside, seeds=["One.", "Two.", "Three."])
    people = add_people(inside, 10)
    # Of ten, five disagree with the first (and nobody passes), two with the second, nobody with the third.
    answer_all(round, people, lambda person, statement: -1 if person < (5, 2, 0)[statement] else 1)
    actions.close_round(actor=inside.actor["amina"], round=round)
    run_waiting()
    client.force_login(inside.user["ben"])
    assert rows_of(file_of(client, round, "comment-groups")) == [
        [*exports.COMMENT_GROUPS, "group-a-votes", "group-a-agrees", "group-a-disagrees", "group-a-passes"],
        ["3", "Three.", "10", "", "", "", "10", "", "", ""],
        ["2", "Two.", "10", "", "", "", "10", "", "", ""],
        ["1", "One.", "10", "5", "", "", "10", "5", "", ""],
    ]
    for name in ("votes", "participants-votes"):
        assert client.get(at("polis_file", round.pk, name)).status_code == 404
    with pytest.raises(ValueError, match="published elsewhere"):
        exports.participants_votes(round)
    page = client.get(at("results", round.pk)).text
    assert "There is no votes.csv" in page
    assert at("polis_file", round.pk, "comment-groups") in page
    assert at("polis_file", round.pk, "participants-votes") not in page


def test_a_very_large_table_is_not_made_while_somebody_waits(inside, client, monkeypatch):
    round = brought_in(inside, MADE)
    client.force_login(inside.user["ben"])
    assert "participants-votes.csv" in client.get(at("results", round.pk)).text
    monkeypatch.setattr(exports, "MOST_CELLS", 8 * 40 - 1)
    assert client.get(at("polis_file", round.pk, "participants-votes")).status_code == 404
    assert "participants-votes.csv" not in client.get(at("results", round.pk)).text


@pytest.mark.shared_data
def test_a_real_conversation_comes_in_leaves_and_comes_in_again_the_same(inside, client, shared_data, tmp_path, capsys):
    """Brexit, in openData: 204 people, 50 statements, published groups of 106 and 91."""
    folder = shared_data / "polis-opendata" / "brexit-consensus"
    files = {name: (folder / f"{name}.csv").read_bytes() for name in NEEDED}
    first = brought_in(inside, files)
    client.force_login(inside.user["ben"])
    out = {name: file_of(client, first, name) for name in NEEDED}
    for name in NEEDED:
        assert rows_of(out[name])[0] == rows_of(files[name])[0], name
    summary = dict(rows_of(file_of(client, first, "summary")))
    assert list(summary) == list(dict(rows_of((folder / "summary.csv").read_bytes())))
    assert (summary["voters"], summary["groups"]) == ("204", "2")
    # Through the form, as people do it.
    client.force_login(inside.user["amina"])
    fields = zip(("votes", "comments", "groups"), NEEDED, strict=True)
    uploaded = {field: SimpleUploadedFile(f"{name}.csv", out[name]) for field, name in fields}
    client.post(at("import"), {"question": "Again?", "source": "published", **uploaded})
    client.post(at("begin_import", RoundImport.objects.get(question="Again?").pk))
    run_waiting()
    again = VisionRound.objects.get(question="Again?")
    assert figures(again) == figures(first)
    assert [size for _, size in figures(again)[2]] == [106, 91]
    assert answers(again) == answers(first)
    # And on the command line, from the file that came with the data and from the one that left here.
    told = []
    for name, content in (("theirs", files["participants-votes"]), ("ours", out["participants-votes"])):
        path = tmp_path / f"{name}.csv"
        path.write_bytes(content)
        assert main(["analyse", "common-ground", str(path), "--groups-from", "group-id", "--json"]) == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]
