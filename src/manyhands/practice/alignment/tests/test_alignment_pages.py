"""Pages of common ground: what a newcomer meets, what goes wrong and says so, with and without htmx."""

import csv
import io
import json
import re
import unicodedata

import pytest
from django.urls import reverse

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ui.offers import OFFERS, register_offer
from manyhands.foundation.ui.spreadsheets import neutral
from manyhands.practice.alignment import actions, rules
from manyhands.practice.alignment.models import Response, Statement, VisionRound
from tests.typed import typed

from .factories import QUESTION, SEEDS, add_people, answer_all, at, open_round


@pytest.fixture
def round(clean_air):
    with clean_air.inside():
        return open_round(clean_air)


def test_a_coordinator_asks_a_question_from_an_empty_room(clean_air, client):
    client.force_login(clean_air.user["amina"])
    assert "Nobody has been asked yet" in client.get(at("rounds")).text
    answer = client.post(at("draft_round"), {"question": QUESTION, "seeds": "\n".join([SEEDS[0], "", SEEDS[1]])})
    with clean_air.inside():
        round = VisionRound.objects.get()
        assert list(round.statements.values_list("text", flat=True)) == SEEDS[:2]
    assert answer.url == at("round", round.pk)
    assert "Put it to everyone" in client.get(answer.url).text
    assert client.post(at("open_round", round.pk)).url == at("round", round.pk)
    assert client.post(at("open_round", round.pk)).status_code == 409
    client.force_login(clean_air.user["ben"])
    assert "Answer 2 statements" in client.get(at("round", round.pk)).text


def test_a_draft_is_not_there_for_members(inside, client):
    draft = actions.draft_round(actor=inside.actor["amina"], question="Not yet asked?")
    client.force_login(inside.user["ben"])
    assert client.get(at("round", draft.pk)).status_code == 404
    assert "Not yet asked?" not in client.get(at("rounds")).text


def test_a_question_that_cannot_be_asked_comes_back_filled_in(clean_air, client):
    client.force_login(clean_air.user["amina"])
    page = client.post(at("draft_round"), {"question": "", "seeds": "fine\n" + "x" * 300, "explanation": "Because."})
    assert page.status_code == 422
    assert "Line 2: A statement has at most 280 signs" in page.text
    assert "Because." in page.text
    page = client.post(at("draft_round"), {"question": "Why?", "closes_at": "2020-01-01T10:00"})
    assert page.status_code == 422
    assert "This moment has passed" in page.text
    with clean_air.inside():
        assert not VisionRound.objects.exists()


def test_one_card_at_a_time_with_and_without_htmx(clean_air, client, round):
    client.force_login(clean_air.user["ben"])
    page = client.get(at("card", round.pk)).text
    assert "0 of about 3" in page
    action = re.search(r'action="([^"]*/answer/\d+/)"', page)[1]
    assert client.post(action, {"answer": "agree", "important": "1"}).url == at("card", round.pk)
    page = client.get(at("card", round.pk)).text
    assert "1 of about 3" in page
    assert "You agreed with" in page
    action = re.search(r'action="([^"]*/answer/\d+/)"', page)[1]
    part = client.post(action, {"answer": "disagree"}, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "2 of about 3" in part
    part = client.post(at("undo_answer", round.pk), headers={"HX-Request": "true"}).text
    assert "1 of about 3" in part
    assert action in part  # the same card again
    with clean_air.inside():
        assert [(r.answer, r.is_important) for r in Response.objects.all()] == [(1, True)]


def test_the_star_works_without_scripts_and_is_no_answer(clean_air, client, round):
    client.force_login(clean_air.user["ben"])
    with clean_air.inside():
        first = Statement.objects.first()
    answer = client.post(at("answer", first.pk), {"star": "1", "important": "0"})
    page = client.get(answer.url).text
    assert first.text in page
    assert 'name="important" value="1"' in page
    with clean_air.inside():
        assert not Response.objects.exists()


def test_an_answer_nobody_offered_is_refused_in_a_sentence(clean_air, client, round):
    client.force_login(clean_air.user["ben"])
    with clean_air.inside():
        first = Statement.objects.first()
    for answer in ("maybe", "", "1"):
        page = client.post(at("answer", first.pk), {"answer": answer})
        assert page.status_code == 422
        assert "Choose agree, disagree or pass" in page.text
    assert client.get(at("card", round.pk) + "?statement=99999999999999999999").status_code == 200
    with clean_air.inside():
        assert not Response.objects.exists()


def test_a_closed_round_answers_409_and_an_observer_403(clean_air, client, round):
    with clean_air.inside():
        first = Statement.objects.first()
    client.force_login(clean_air.user["olu"])
    assert client.post(at("answer", first.pk), {"answer": "agree"}).status_code == 403
    assert "read along" in client.get(at("card", round.pk)).text
    with clean_air.inside():
        actions.close_round(actor=clean_air.actor["amina"], round=round)
    client.force_login(clean_air.user["ben"])
    for headers in ({}, {"HX-Request": "true"}):
        page = client.post(at("answer", first.pk), {"answer": "agree"}, headers=headers)
        assert page.status_code == 409
        assert "takes no more answers" in page.text
        assert client.post(at("undo_answer", round.pk), headers=headers).status_code == 409
    page = client.post(at("write_statement", round.pk), {"text": "Too late."})
    assert page.status_code == 409
    assert "Too late." in page.text


def test_a_statement_is_shown_as_it_was_written(clean_air, client, round):
    written = "<script>alert(1)</script> & “trees” ﷽ 👩‍👩‍👧 =SUM(A1)"
    client.force_login(clean_air.user["ben"])
    assert client.post(at("write_statement", round.pk), {"text": written}).status_code == 302
    page = client.get(at("statements", round.pk)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    with clean_air.inside():
        assert Statement.objects.latest("id").text == written


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing to read"),
        (" \u200b\u2060\u3164 ", "nothing to read"),
        ("x" * 300, "at most 280 signs"),
        ("x" * 1_000_000, "at most 280 signs"),
        ("tree\x00s", "NUL byte"),
    ],
)
def test_what_is_no_statement_comes_back_with_one_sentence(clean_air, client, round, text, says):
    client.force_login(clean_air.user["ben"])
    page = client.post(at("write_statement", round.pk), {"text": text})
    assert page.status_code == 422
    assert says in page.text
    if len(text) == 300:
        assert text in page.text  # the form comes back filled in
    with clean_air.inside():
        assert Statement.objects.count() == len(SEEDS)


def test_ten_megabytes_come_back_with_a_sentence_and_nothing_is_written(clean_air, client, round):
    client.force_login(clean_air.user["ben"])
    text = "x" * 10_000_000
    page = client.post(at("write_statement", round.pk), {"text": text})
    assert page.status_code == 422
    assert "280" in page.text
    assert text in page.text
    with clean_air.inside():
        assert Statement.objects.count() == len(SEEDS)


def why_refused(text: str) -> str:
    """The sentence that a statement like this gets: there are these three reasons and no other."""
    if "\0" in text:
        return "This text holds a sign that is no text (a NUL byte)."
    if not any(unicodedata.category(sign)[0] not in "ZC" for sign in text):  # blanks, controls, invisible joiners
        return "There is nothing to read in this statement yet."
    return "A statement has at most 280 signs" if len(text.strip()) > 280 else ""


@pytest.mark.shared_data
def test_every_naughty_string_comes_back_unchanged(clean_air, client, round, shared_data, monkeypatch):
    monkeypatch.setattr(rules, "MOST_STATEMENTS", 1000)  # one person writes all of them here
    naughty = json.loads((shared_data / "csv-hostile/naughty-strings/blns.json").read_text(encoding="utf-8"))
    client.force_login(clean_air.user["ben"])
    kept = []
    for text in [*naughty, "half a\0sign", "\0", "long " * 60]:
        # Many of them are near to one another, which a person would be asked about once.
        answer = client.post(at("write_statement", round.pk), {"text": text, "anyway": "1"})
        if sentence := why_refused(text):
            assert (answer.status_code, sentence in answer.text) == (422, True), text
            assert typed(answer.text, "text") == text
        else:
            kept.append(text.strip())
            assert answer.status_code == 302, text
    with clean_air.inside():
        assert list(Statement.objects.order_by("id").values_list("text", flat=True))[-len(kept) :] == kept
    assert client.get(at("statements", round.pk) + "?page=9").status_code == 200
    out = client.get(at("statements", round.pk) + "?format=csv").content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(out, newline=""))
    assert {neutral(text) for text in kept} <= {row["statement"] for row in rows}


def test_outsiders_find_nothing(clean_air, safe_streets, client, round):
    with clean_air.inside():
        first = Statement.objects.first()
    client.force_login(safe_streets.user["zed"])
    for slug in ("clean-air", "safe-streets"):
        for name, pk in [("round", round.pk), ("card", round.pk), ("results", round.pk), ("merge", first.pk)]:
            assert client.get(reverse(f"alignment:{name}", args=[slug, pk])).status_code == 404
        assert client.post(reverse("alignment:answer", args=[slug, first.pk]), {"answer": "agree"}).status_code == 404


def own_queries(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as made:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in made if "alignment_" in query["sql"]]


def test_pages_ask_little_however_much_there_is(inside, client, round):
    people = [*(inside.actor[who] for who in ("ben", "rosa", "omar", "joan", "mei")), *add_people(inside, 25)]
    for _ in range(20):
        open_round(inside)
    answer_all(round, people, lambda person, statement: 1)
    actions.close_round(actor=inside.actor["amina"], round=round)
    run_waiting()
    client.force_login(inside.user["amina"])
    for name, ids, most in [
        ("rounds", [], 2),
        ("results", [round.pk], 4),  # one of them: was everyone asked?
        ("statements", [round.pk], 4),
        ("round", [round.pk], 4),  # one of them: what was taken out
        ("card", [round.pk], 4),
    ]:
        found = own_queries(client, at(name, *ids))
        assert len(found) <= most, (name, found)


def test_results_say_the_finding_and_offer_what_other_rooms_can_do(inside, client, round, monkeypatch):
    monkeypatch.setitem(OFFERS, "statement", [])
    register_offer("statement", "Worry about it", lambda request, row: f"/worry/{row.pk}/", order=80)
    register_offer("statement", "Draft a proposal from this", lambda request, row: f"/from/{row.pk}/")
    answer_all(round, [inside.actor[who] for who in ("ben", "rosa", "omar", "joan", "mei", "amina")], lambda p, s: 1)
    client.force_login(inside.user["ben"])
    assert "shows when the round closes" in client.get(at("results", round.pk)).text
    actions.close_round(actor=inside.actor["amina"], round=round)
    assert "We are working it out" in client.get(at("results", round.pk)).text
    run_waiting()
    page = client.get(at("results", round.pk)).text
    assert "We agree on three things. First of all:" in page
    first = round.statements.first().pk
    assert f'class="btn btn-primary" href="/from/{first}/"' in page, "the one deed beside the headline"
    assert f"/worry/{first}/" in page
    file = client.get(at("results", round.pk) + "?format=csv")
    assert file["Content-Type"].startswith("text/csv")
    assert SEEDS[0] in file.content.decode()
