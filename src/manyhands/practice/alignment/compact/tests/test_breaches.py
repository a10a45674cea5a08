"""A breach can be reported in three ways, is read only by those it is meant for, and gets an answer with a date."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import personal
from manyhands.practice.alignment.compact import actions, queries
from manyhands.practice.alignment.compact.waiting import awaiting
from manyhands.practice.alignment.models import BreachReport

from ...tests.factories import at
from .conftest import in_force


@pytest.fixture
def rosa_too(inside):
    """Rosa becomes a second steward."""
    Seat.objects.filter(pk=inside.seat["rosa"].pk).update(is_steward=True)
    inside.seat["rosa"].refresh_from_db()
    inside.actor["rosa"] = actor_for(inside.seat["rosa"])
    return inside


def test_a_named_report_is_answered_with_a_date_and_its_author_is_told(inside, client):
    # S0-03
    in_force(inside)
    client.force_login(inside.user["olu"])  # any member, observers too
    answer = client.post(at("report_breach"), {"text": "Shouted down twice.", "way": "stewards"})
    assert answer.url == at("own_reports")
    report = BreachReport.objects.get()
    assert report.answer_by == localdate() + timedelta(days=7)
    assert "Shouted down twice." in client.get(at("own_reports")).text
    assert awaiting(inside.actor["amina"])[0].due.date() == report.answer_by
    client.force_login(inside.user["amina"])
    assert "Shouted down twice." in client.get(at("breach_reports")).text
    assert client.post(at("breach_report", report.pk), {"answer": ""}).status_code == 422
    assert client.post(at("breach_report", report.pk), {"answer": "I spoke with them."}).status_code == 302
    again = client.post(at("breach_report", report.pk), {"answer": "Me too."})
    assert again.status_code == 409
    client.force_login(inside.user["olu"])
    assert awaiting(inside.actor["olu"])[0].action == "Read the answer"
    page = client.get(at("own_reports")).text
    assert "I spoke with them." in page
    assert f"Answered on {now():%-d %B %Y}" in page
    client.post(at("see_breach_answer", report.pk))
    assert not awaiting(inside.actor["olu"])


def test_an_anonymous_report_keeps_no_author_and_its_code_opens_the_answer(inside, client):
    # S0-03
    lines = LedgerEntry.objects.count()
    client.force_login(inside.user["ben"])
    page = client.post(at("report_breach"), {"text": "A joke about nurses.", "way": "anonymous"}).text
    code = re.search(r"<code>(\w{10})</code>", page)[1]
    report = BreachReport.objects.get()
    assert report.author_id is None
    assert code not in str(BreachReport.objects.values().get()), "the code itself is kept nowhere"
    assert LedgerEntry.objects.count() == lines, "no line, so no hour, that could point at the author"
    assert not personal.personal_data([inside.seat["ben"].pk])["breach_reports"]
    assert report not in queries.own_reports(inside.actor["ben"])
    actions.answer_breach(actor=inside.actor["amina"], report=report, answer="Thank you. I took it up.")
    client.force_login(inside.user["joan"])
    assert "Thank you. I took it up." in client.post(at("report_by_code"), {"code": f" {code.lower()} "}).text
    wrong = client.post(at("report_by_code"), {"code": "0000000000"})
    assert wrong.status_code == 422
    assert "No report has this code" in wrong.text


def test_a_report_to_one_steward_is_closed_to_the_other_until_that_one_is_gone(rosa_too, client):
    # S0-03
    world = rosa_too
    client.force_login(world.user["ben"])
    bad = client.post(at("report_breach"), {"text": "About Amina.", "way": "one"})
    assert bad.status_code == 422
    assert "About Amina." in bad.text
    client.post(at("report_breach"), {"text": "About Amina.", "way": "one", "to_seat": world.seat["rosa"].pk})
    report = BreachReport.objects.get()
    client.force_login(world.user["amina"])
    assert client.get(at("breach_report", report.pk)).status_code == 404
    assert "About Amina." not in client.get(at("breach_reports")).text
    with pytest.raises(PermissionDenied):
        actions.answer_breach(actor=world.actor["amina"], report=report, answer="Nothing happened.")
    assert not awaiting(world.actor["amina"])
    client.force_login(world.user["rosa"])
    assert client.get(at("breach_report", report.pk)).status_code == 200
    Seat.objects.filter(pk=world.seat["rosa"].pk).update(is_steward=False)
    report = BreachReport.objects.get()
    client.force_login(world.user["amina"])
    assert client.get(at("breach_report", report.pk)).status_code == 200, "nothing waits for somebody who is gone"
    actions.answer_breach(actor=world.actor["amina"], report=report, answer="Taken up.")


def test_others_neither_read_nor_answer(inside, client):
    reported = actions.report_breach(actor=inside.actor["ben"], way="stewards", text="Shouted down.")
    for who in ("mei", "rosa", "olu"):
        client.force_login(inside.user[who])
        assert client.get(at("breach_report", reported.report.pk)).status_code == 404
        assert client.post(at("breach_report", reported.report.pk), {"answer": "x"}).status_code == 404
        assert client.get(at("breach_reports")).status_code == 403
        assert client.post(at("see_breach_answer", reported.report.pk)).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.answer_breach(actor=inside.actor[who], report=reported.report, answer="x")
    client.force_login(inside.user["ben"])
    assert client.post(at("breach_report", reported.report.pk), {"answer": "x"}).status_code == 404


def test_members_see_that_reports_are_answered_and_how_many_are_late(inside, client):
    # S0-03
    in_force(inside)
    actions.report_breach(actor=inside.actor["ben"], way="stewards", text="Shouted down.")
    client.force_login(inside.user["joan"])
    assert "None waits beyond its day" in client.get(at("ground_rules")).text
    with time_machine.travel(now() + timedelta(days=8)):
        client.force_login(inside.user["joan"])
        page = client.get(at("ground_rules")).text
    assert "1 waits beyond its day" in page
    assert "Shouted down." not in page


def test_forgetting_a_person_keeps_the_report_without_them(inside):
    reported = actions.report_breach(actor=inside.actor["ben"], way="stewards", text="Shouted down.")
    seats = [inside.seat["ben"].pk]
    assert personal.personal_data(seats)["breach_reports"][0]["report"] == "Shouted down."
    personal.forget(seats)
    reported.report.refresh_from_db()
    assert (reported.report.author_id, reported.report.text) == (None, "Shouted down.")
