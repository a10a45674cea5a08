"""A round from elsewhere: tried first, brought in whole, its figures as published, undone without a trace."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from manyhands.faces.cli.main import main
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import actions, importing
from manyhands.practice.alignment.models import (
    Finding,
    Participant,
    Response,
    RoundImport,
    Statement,
    VisionRound,
)

from .factories import at

COMMENTS = b"comment-id,comment-body,moderated\n0,Guards before gates.,1\n1,Close every street.,0\n2,Spam.,-1\n"
VOTES = b"timestamp,comment-id,voter-id,vote\n" + b"".join(
    f"{at},{at % 3},p{at // 3},{(1, 0, -1)[at % 3]}\n".encode() for at in range(18)
)


def upload(client, **changes):
    files = {"votes": VOTES, "comments": COMMENTS, **changes}
    data = {name: SimpleUploadedFile(f"{name}.csv", content) for name, content in files.items() if content is not None}
    return client.post(at("import"), {"question": "Which way?", "source": "confidential", **data})


# S0-06
@pytest.mark.shared_data
def test_brexit_scores_are_those_that_were_published(clean_air, client, shared_data):
    folder = shared_data / "polis-opendata" / "brexit-consensus"
    files = {name: (folder / f"{file}.csv").read_bytes() for name, file in
             [("votes", "votes"), ("comments", "comments"), ("groups", "participants-votes")]}  # fmt: skip
    client.force_login(clean_air.user["amina"])
    data = {name: SimpleUploadedFile(f"{name}.csv", content) for name, content in files.items()}
    answer = client.post(at("import"), {"question": "Consensus on Brexit?", "source": "published", **data})
    tried = client.get(answer.url).text
    for figure in ("5,303", "204", "50", "7 people are in none"):
        assert figure in tried
    with clean_air.inside():
        assert not VisionRound.objects.exists()
        arriving = RoundImport.objects.get()
    assert client.post(at("begin_import", arriving.pk)).url == answer.url
    run_waiting()
    with clean_air.inside():
        round = VisionRound.objects.get()
        assert (Response.objects.count(), Participant.objects.count()) == (5303, 204)
    page = client.get(at("results", round.pk)).text
    best = [(14, "0.8505"), (19, "0.846"), (1, "0.8343"), (46, "0.825")]
    places = [page.index(f"statement {number}, score {score}") for number, score in best]
    assert places == sorted(places)
    assert "Group 0" in page
    assert "106" in page
    assert "Two groups agree on" in page
    again = client.post(at("import"), {"question": "Again", "source": "published", **{
        name: SimpleUploadedFile(f"{name}.csv", content) for name, content in files.items()}})  # fmt: skip
    assert "these very files" in client.get(again.url).text
    assert client.post(at("undo_import", arriving.pk)).status_code == 302
    with clean_air.inside():
        for model in (VisionRound, Statement, Participant, Response, Finding):
            assert not model.objects.exists(), model
        kinds = list(LedgerEntry.objects.order_by("id").values_list("kind", flat=True))
        assert kinds == ["alignment.RoundImported", "alignment.ImportUndone"]


@pytest.mark.shared_data
def test_the_same_answers_given_in_confidence_say_at_least(inside, client, shared_data):
    folder = shared_data / "polis-opendata" / "brexit-consensus"
    arriving = actions.check_import(
        actor=inside.actor["amina"],
        question="In confidence",
        votes=(folder / "votes.csv").read_bytes(),
        comments=(folder / "comments.csv").read_bytes(),
        groups=(folder / "participants-votes.csv").read_bytes(),
    )
    actions.begin_import(actor=inside.actor["amina"], arriving=arriving)
    run_waiting()
    payload = Finding.objects.get().payload
    top = payload["statements"][0]
    assert not top["is_exact"]  # four people of one group did not agree: the exact score would tell
    assert top["score"] < 0.8505
    client.force_login(inside.user["ben"])
    assert "0.8505" not in client.get(at("results", VisionRound.objects.get().pk)).text


def test_what_moderators_took_out_is_kept_but_not_counted(inside):
    arriving = actions.check_import(actor=inside.actor["mei"], question="Which way?", votes=VOTES, comments=COMMENTS)
    assert arriving.summary["taken_out"] == 1
    actions.begin_import(actor=inside.actor["mei"], arriving=arriving)
    with pytest.raises(actions.AlreadyIn):
        actions.begin_import(actor=inside.actor["mei"], arriving=arriving)
    run_waiting()
    assert Statement.objects.get(imported_id="2").state == "retired"
    assert len(Finding.objects.get().payload["statements"]) == 2


def test_a_worker_that_dies_midway_leaves_nothing_twice(inside, monkeypatch):
    arriving = actions.check_import(actor=inside.actor["amina"], question="Which way?", votes=VOTES, comments=COMMENTS)
    run = actions.begin_import(actor=inside.actor["amina"], arriving=arriving)
    monkeypatch.setattr(importing, "BATCH", 5)
    real, calls = importing._finish, []

    def dies_once(*arguments):
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("killed")
        return real(*arguments)

    monkeypatch.setattr(importing, "_finish", dies_once)
    run_waiting()
    from manyhands.practice.alignment import queries

    assert Response.objects.count() == 18  # written, but shown to nobody
    assert not queries.rounds_for(inside.actor["amina"]).exists()
    from django.utils.timezone import now

    JobRun.objects.filter(pk=run.pk).update(due_at=now())
    run_waiting()
    assert len(calls) == 2
    assert Response.objects.count() == 18
    assert queries.rounds_for(inside.actor["ben"]).count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"comments": None}, "This field is required"),
        ({"votes": b"timestamp,comment-id,voter-id,vote\n1,0,a,2\n"}, "Row 2: a vote must be -1, 0 or 1"),
        (
            {"votes": b"timestamp,comment-id,voter-id,vote\nnan,0,a,1\n"},
            "Row 2: the timestamp must be a moment in time",
        ),
        ({"votes": b"timestamp,comment-id,voter-id,vote\n1,9,a,1\n"}, "votes on statement 9"),
        ({"votes": b"timestamp,comment-id,voter-id,vote\n1,0,a,\n"}, "cut short"),
        ({"votes": b"a,b\n1,2\n"}, "header"),
        ({"votes": b"\x00\x01\x02"}, "NUL byte"),
        ({"comments": b"comment-id,comment-body\n0,a\x00b\n"}, "Line 2: there is a NUL byte"),
        ({"comments": b"id,words\n0,Guards\n"}, "column “comment-id” is missing"),
        ({"comments": b"comment-id,comment-body\n0,Guards\n0,Gates\n"}, "Row 3: comment-id 0 is there twice"),
        ({"comments": b"comment-id,comment-body\n"}, "header but no rows"),
        ({"comments": b"comment-id,comment-body\n0," + b"x" * 2000 + b"\n"}, "Row 2: the statement is longer"),
        ({"comments": b'comment-id,comment-body\n0,"' + b"x" * 200_000 + b"\n"}, "quote may never be closed"),
        ({"groups": b"participant,n-votes,0\np0,1,1\n"}, "group-id"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(clean_air, client, changes, says):
    client.force_login(clean_air.user["amina"])
    page = upload(client, **changes)
    assert page.status_code == 422
    assert says in page.text.replace("&#x27;", "'")
    assert "Which way?" in page.text
    with clean_air.inside():
        assert not RoundImport.objects.exists()


@pytest.mark.parametrize("who", ["ben", "olu", "gus"])
def test_members_do_not_bring_in_rounds(clean_air, client, who):
    client.force_login(clean_air.user[who])
    assert client.get(at("import")).status_code == 403
    assert upload(client).status_code == 403


@pytest.fixture
def folder(tmp_path):
    for name, content in (("votes", VOTES), ("comments", COMMENTS)):
        (tmp_path / f"{name}.csv").write_bytes(content)
    return tmp_path


def command(folder, *more, coalition="clean-air"):
    return main(["import", "responses", "--votes", str(folder / "votes.csv"), "--comments",
                 str(folder / "comments.csv"), "--coalition", coalition, "--title", "Which way?", *more])  # fmt: skip


def test_the_command_line_does_the_same(clean_air, folder, capsys):
    assert command(folder, "--dry-run") == 0
    assert "would come in" in capsys.readouterr().out
    assert command(folder, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["round"], answer["statements"], answer["people"], answer["answers"]) == (1, 3, 6, 18)
    with clean_air.inside():
        assert VisionRound.objects.get().state == "clustered"
        assert Finding.objects.get().payload["is_enough"]


def test_the_command_line_refuses_in_one_sentence(clean_air, folder, capsys):
    assert command(folder, coalition="nowhere") == 2
    assert capsys.readouterr().err == "There is no coalition “nowhere”.\n"
    (folder / "votes.csv").write_text("comment-id,voter-id,vote\n0,a,7\n")
    assert command(folder) == 2
    assert "votes.csv: Row 2" in capsys.readouterr().err
    (folder / "comments.csv").unlink()
    assert command(folder) == 2
    assert "There is no file comments.csv" in capsys.readouterr().err
    with clean_air.inside():
        assert not VisionRound.objects.exists()
