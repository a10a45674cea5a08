"""Large rounds: an answer costs one write, however many took part; a job works out results, whole or not at all."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from manyhands.foundation.coalitions.models import Membership, Organization
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.alignment import actions, columns, insights, queries, tasks
from manyhands.practice.alignment.doors import actions as doors
from manyhands.practice.alignment.doors.seals import seal
from manyhands.practice.alignment.models import Finding, Participant, Response, VisionRound

from .factories import add_people, answer_all, at, open_round

#: What asks who is there, and into which coalition the address leads.
WHO = ["accounts_session", "coalitions_seat"]
#: What recording adds: the statement with its round, for the page and again inside the transaction; the participant;
#: and the one write.
RECORDING = ["alignment_statement", "alignment_statement", "alignment_participant", "INSERT alignment_response"]
#: The card that comes next: which statements there are, which I have answered, and the words of two of them.
NEXT_CARD = ["alignment_statement", "alignment_response", "alignment_statement"]


@pytest.fixture
def round(inside):
    return open_round(inside)


def named(captured) -> list[str]:
    """The table each statement reads first, or writes; without the marks of a transaction."""
    found = []
    for query in captured.captured_queries:
        verb, table = (
            re.match(r'(\w+).*?(?:FROM|INTO|UPDATE) "(\w+)"', query["sql"], re.DOTALL).groups()
            if (not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")))
            else ("", "")
        )
        if table:
            found.append(table if verb == "SELECT" else f"{verb} {table}")
    return found


def post_answer(client, statement, **headers):
    with CaptureQueriesContext(connection) as captured:
        answered = client.post(at("answer", statement.pk), {"answer": "agree"}, headers=headers)
    assert answered.status_code in {200, 302}
    return named(captured)


# --- recording one answer -------------------------------------------------------------------------


def test_recording_an_answer_is_one_write_and_no_analysis(inside, client, round):
    first, second, _third = round.statements.all()
    client.force_login(inside.user["ben"])
    client.post(at("answer", first.pk), {"answer": "pass"})  # the first makes the participant
    assert post_answer(client, second) == WHO + RECORDING
    assert post_answer(client, first, **{"HX-Request": "true"}) == WHO + RECORDING + NEXT_CARD
    assert not JobRun.objects.filter(name=tasks.work_out_finding.name).exists()
    assert not Finding.objects.exists()


def test_an_answer_costs_no_more_when_many_have_answered(inside, client, round):
    first, second, _third = round.statements.all()
    client.force_login(inside.user["ben"])
    client.post(at("answer", first.pk), {"answer": "pass"})
    alone = post_answer(client, second)
    answer_all(round, add_people(inside, 12), lambda person, statement: 1)
    assert post_answer(client, second) == alone
    with CaptureQueriesContext(connection) as captured:
        client.get(at("card", round.pk))
    assert not [query for query in captured.captured_queries if "COUNT(" in query["sql"]], "a card counts nobody"


def test_an_answer_by_a_personal_link_counts_nobody_else(inside, client, round):
    link = doors.make_link(actor=inside.actor["amina"], round=round, kind="personal", label="By post", most=9)
    first = round.statements.first()
    with CaptureQueriesContext(connection) as captured:
        client.post(at("answer_by_link", seal(link, 3)), {"answer": "agree", "statement": first.pk})
    assert Response.objects.count() == 1
    assert not [
        query for query in captured.captured_queries if "COUNT(" in query["sql"] and "alignment" in query["sql"]
    ]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="how PostgreSQL plans")
def test_the_write_is_decided_by_an_index_and_the_fence_is_no_guess(inside, round):
    answer_all(round, add_people(inside, 20), lambda person, statement: 1)
    with CaptureQueriesContext(connection) as captured:
        actions.answer_statement(actor=inside.actor["ben"], statement=round.statements.first(), answer=1)
    write = next(
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].startswith('INSERT INTO "alignment_response')
    )
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {write}")
        plan = cursor.fetchone()[0]
        plan = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
        assert plan["Conflict Arbiter Indexes"] == ["one_answer_per_statement"]
        cursor.execute("ANALYZE alignment_response")
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT * FROM alignment_response")
        plan = cursor.fetchone()[0]
        expected = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"]
    assert expected >= Response.objects.count() / 2, "PostgreSQL takes the fence for one that lets few rows through"


# --- working it out -------------------------------------------------------------------------------


def test_closing_asks_for_one_piece_of_work_and_answering_for_none(inside, round):
    answer_all(round, add_people(inside, 6), lambda person, statement: 1)
    assert not JobRun.objects.filter(name=tasks.work_out_finding.name).exists()
    actions.close_round(actor=inside.actor["amina"], round=round)
    with pytest.raises(actions.WrongStep):
        actions.close_round(actor=inside.actor["amina"], round=round)
    assert JobRun.objects.filter(name=tasks.work_out_finding.name).count() == 1


def test_a_finding_that_breaks_off_shows_nothing_and_the_next_try_shows_all(inside, client, round, monkeypatch):
    answer_all(round, add_people(inside, 6), lambda person, statement: 1)
    actions.close_round(actor=inside.actor["amina"], round=round)
    client.force_login(inside.user["ben"])
    seen = []
    whole = insights.find_common_ground

    def looked_at_meanwhile(*words, **options):
        whole(*words, **options)
        seen.append((Finding.objects.count(), client.get(at("results", round.pk))))
        raise RuntimeError("the worker dies before the last write")

    monkeypatch.setattr(insights, "find_common_ground", looked_at_meanwhile)
    with pytest.raises(RuntimeError):
        tasks.work_out_finding(None, round_id=round.pk)
    (kept, page) = seen[0]
    assert kept == 0
    assert 'id="waiting"' in page.text
    assert not Finding.objects.exists()
    assert 'id="waiting"' in client.get(at("results", round.pk)).text
    monkeypatch.undo()
    run_waiting()
    assert Finding.objects.get().payload["people"] == 6
    assert 'id="waiting"' not in client.get(at("results", round.pk)).text


def test_the_finding_is_written_by_one_statement(inside, round):
    answer_all(round, add_people(inside, 6), lambda person, statement: 1)
    actions.close_round(actor=inside.actor["amina"], round=round)
    with CaptureQueriesContext(connection) as captured:
        tasks.work_out_finding(None, round_id=round.pk)
    writes = [name for name in named(captured) if name.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == ["INSERT alignment_finding"]


def test_the_order_of_cards_is_weighed_at_most_once_a_turn(inside, round):
    from manyhands.foundation.jobs.schedules import SCHEDULES

    assert SCHEDULES[tasks.weigh_statements.name].period.total_seconds() >= 60


def test_hundreds_of_members_are_a_line_of_names(inside, client, round):
    names = [f"Club {at:03}" for at in range(61)]
    for organization in Organization.objects.bulk_create(Organization(name=name, state="active") for name in names):
        Membership.objects.create(organization=organization, state="active", since=now().date())
    client.force_login(inside.user["ben"])
    page = client.get(at("round", round.pk)).text
    assert "Club 000, Club 001" in page
    assert "badge-line" not in page


# --- as columns -----------------------------------------------------------------------------------


def test_answers_are_read_in_stretches_and_give_the_same_finding(inside, round, monkeypatch):
    answer_all(round, add_people(inside, 7), lambda person, statement: (person + statement) % 3 - 1)
    whole = queries.answers_to_count(round)
    monkeypatch.setattr(columns, "READ_AT_ONCE", 2)
    parts = queries.answers_to_count(round)
    assert (
        sorted(zip(*parts, strict=True))
        == sorted(zip(*whole, strict=True))
        == sorted(Response.objects.values_list("participant_id", "statement_id", "answer"))
    )
    turned = tuple(column[::-1] for column in whole)
    assert columns.fingerprint(turned, {}) == columns.fingerprint(whole, {})
    assert insights.find_common_ground(turned, {}) == insights.find_common_ground(tuple(map(list, whole)), {})


def test_pages_that_count_participants_read_no_row_of_them(inside, round):
    counting = str(queries.with_counts(VisionRound.objects.all()).query)
    assert "COUNT(*)" in counting
    indexed = {tuple(index.fields) for index in Participant._meta.indexes}
    assert {("round", "coalition"), ("link", "coalition")} <= indexed
