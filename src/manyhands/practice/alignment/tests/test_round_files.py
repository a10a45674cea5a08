"""What leaves a round: the report on one page, and files with the columns of Polis."""

import csv
import io
import json

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.alignment import actions, queries
from manyhands.practice.alignment.models import Finding, VisionRound

from .factories import add_people, answer_all, answered, at, close, open_round, two_camps

PEOPLE = ("amina", "ben", "mei", "rosa", "omar", "joan")
EIGHT = [f"Sentence {at} about something of its own." for at in range(8)]


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_report_holds_everything_on_one_page(inside, client):
    # Common ground: report
    round = open_round(inside, seeds=EIGHT)
    client.force_login(inside.user["ben"])
    assert "shows when the round closes" in client.get(at("report", round.pk)).text
    answered(round, two_camps(48))
    close(inside, round)
    page = client.get(at("report", round.pk)).text
    for text in (*EIGHT, "One person, one voice.", "Method:"):
        assert text in page
    assert client.get(at("results", round.pk)).text.count(at("report", round.pk)) == 1


def test_files_have_the_columns_of_polis_and_no_count_that_may_not_be_shown(inside, client):
    # Common ground: CSV in Polis's columns
    round = open_round(inside, seeds=EIGHT[:3])
    people = [*add_people(inside, 10)]
    # Five agree with the first, and five do not, who are joined with those who pass. Two disagree with the second
    # and all agree with the third, which must not be told.
    answer_all(round, people, lambda person, statement: -1 if person < (5, 2, 0)[statement] else 1)
    client.force_login(inside.user["ben"])
    assert client.get(at("polis_file", round.pk, "comments")).status_code == 404, "nothing before the close"
    close(inside, round)
    header, *rows = rows_of(client.get(at("polis_file", round.pk, "comments")))
    assert header == [
        "timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body",
    ]  # fmt: skip
    assert [row[2:] for row in rows] == [
        ["1", "", "5", "", "1", EIGHT[0]],
        ["2", "", "", "", "1", EIGHT[1]],
        ["3", "", "", "", "1", EIGHT[2]],
    ]
    assert ["voters", "10"] in rows_of(client.get(at("polis_file", round.pk, "summary")))
    assert client.get(at("polis_file", round.pk, "votes")).status_code == 404, "single answers never leave"
    assert client.get(at("polis_file", round.pk, "anything")).status_code == 404


def test_votes_leave_only_from_a_round_that_was_published_and_come_in_again_as_they_went_out(inside, client):
    # Common ground: CSV in Polis's columns
    from manyhands.practice.alignment.models import RoundImport

    votes = "timestamp,datetime,comment-id,voter-id,vote\n" + "".join(
        f"17000000{p:02},x,{s},{p},{1 if (p + s) % 3 else -1}\n" for p in range(6) for s in range(3)
    )
    comments = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n" + "".join(
        f"1,x,{s},0,0,0,1,Sentence {s}\n" for s in range(3)
    )
    arriving = actions.check_import(
        actor=inside.actor["mei"],
        question="From elsewhere?",
        votes=votes.encode(),
        comments=comments.encode(),
        is_published=True,
    )
    actions.begin_import(actor=inside.actor["mei"], arriving=RoundImport.objects.get(pk=arriving.pk))
    run_waiting()
    round = VisionRound.objects.get()
    client.force_login(inside.user["ben"])
    out = client.get(at("polis_file", round.pk, "votes")).getvalue()
    texts = client.get(at("polis_file", round.pk, "comments")).content
    again = actions.check_import(
        actor=inside.actor["mei"], question="Again?", votes=out.removeprefix(b"\xef\xbb\xbf"), comments=texts
    )
    assert (again.summary["people"], again.summary["statements"], again.summary["answers"]) == (6, 3, 18)


def test_what_is_kept_of_a_finding_is_fit_for_json_and_stays_small(inside):
    round = open_round(inside, seeds=EIGHT, shows_organizations=True)
    answer_all(round, [inside.actor[who] for who in PEOPLE], lambda person, statement: 1)
    close(inside, round)
    payload = Finding.objects.get().payload
    assert "NaN" not in json.dumps(payload)
    assert len(payload["pairs"]) == 15
    assert queries.finding(round).payload == payload
