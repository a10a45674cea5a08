"""Nobody sees how anyone answered: not on a page, not in a file, not in the ledger, not by subtraction."""

import itertools
import json

from django.urls import reverse

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import lines as read
from manyhands.practice.alignment import actions, insights, personal
from manyhands.practice.alignment.models import Finding, Participant, Response, Statement

from .factories import add_people, answer_all, open_round


def pages(round):
    names = ["round", "card", "statements", "results"]
    files = ["statements", "results"]
    yield from (reverse(f"alignment:{name}", args=["clean-air", round.pk]) for name in names)
    yield from (reverse(f"alignment:{name}", args=["clean-air", round.pk]) + "?format=csv" for name in files)
    yield reverse("alignment:rounds", args=["clean-air"])
    yield reverse("alignment:rounds", args=["clean-air"]) + "?format=csv"


def read_all(client, round):
    """Every page and file about a round, without the tokens that differ each time."""
    import re

    found = {}
    for url in pages(round):
        page = client.get(url)
        assert page.status_code == 200, url
        text = page.content.decode()
        found[url] = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": "|nonce=")[^"]+', "", text)
    return found


def test_no_page_changes_with_another_persons_answer(inside, client):
    """The strongest form of secrecy: Ben changes his mind, and nothing that the coordinator can read is different."""
    round = open_round(inside)
    statement = round.statements.first()
    actions.answer_statement(actor=inside.actor["ben"], statement=statement, answer=1)
    client.force_login(inside.user["amina"])
    before = read_all(client, round)
    actions.answer_statement(actor=inside.actor["ben"], statement=statement, answer=-1, is_important=True)
    run_waiting()
    assert read_all(client, round) == before


def test_no_address_gives_another_persons_answers(inside, client):
    round = open_round(inside)
    secret = round.statements.first()
    actions.answer_statement(actor=inside.actor["ben"], statement=secret, answer=1)
    mine = reverse("alignment:own_answers", args=["clean-air", round.pk])
    for who in ("amina", "mei", "rosa"):
        client.force_login(inside.user[who])
        assert secret.text not in client.get(mine).text
        assert secret.text not in client.get(mine + "?format=csv").content.decode()
    client.force_login(inside.user["ben"])
    assert secret.text in client.get(mine).text


def test_answers_leave_no_line_and_anonymous_statements_no_author_in_the_ledger(inside):
    round = open_round(inside)
    lines = LedgerEntry.objects.count()
    actions.answer_statement(actor=inside.actor["ben"], statement=round.statements.first(), answer=1)
    actions.undo_answer(actor=inside.actor["ben"], round=round)
    assert LedgerEntry.objects.count() == lines
    actions.contribute_statement(actor=inside.actor["ben"], round=round, text="More trees.")
    entry = LedgerEntry.objects.latest("id")
    assert (entry.by_seat_id, entry.by_system) == (None, "someone in the round")
    assert read([entry], "clean-air")[0].author == "Someone, without their name"
    named = open_round(inside, is_anonymous=False)
    actions.contribute_statement(actor=inside.actor["ben"], round=named, text="More trees.")
    assert LedgerEntry.objects.latest("id").by_seat_id == inside.seat["ben"].pk


def test_in_an_anonymous_round_nobody_reads_who_wrote(inside, client):
    round = open_round(inside)
    actions.contribute_statement(actor=inside.actor["joan"], round=round, text="More trees.")
    for who in ("amina", "mei", "rosa"):
        client.force_login(inside.user[who])
        texts = [client.get(url).content.decode() for url in pages(round)]
        assert any("More trees." in text for text in texts)
        assert not any("Joan" in text for text in texts)


def test_with_fewer_than_five_people_there_is_no_figure_at_all(inside, client):
    round = open_round(inside)
    people = [inside.actor[who] for who in ("ben", "rosa", "omar", "joan")]
    answer_all(round, people, lambda person, statement: 1)
    actions.close_round(actor=inside.actor["amina"], round=round)
    run_waiting()
    finding = Finding.objects.get()
    assert finding.payload == {"is_enough": False, "method": ""}
    client.force_login(inside.user["amina"])
    page = client.get(reverse("alignment:results", args=["clean-air", round.pk]))
    assert "Too few answered" in page.text


def counts_in(payload):
    for row in payload["statements"]:
        for group in row["groups"]:
            yield from (part["count"] for part in group["parts"])
            if group["seen"] is not None:
                yield group["seen"]


def test_no_count_under_five_is_kept_and_none_can_be_subtracted(inside):
    """Every split of up to fourteen people over three answers, in one group: what is shown leaves room for doubt."""
    for total in range(5, 15):
        splits = [s for s in itertools.product(range(total + 1), repeat=3) if sum(s) == total]
        by_shown = {}
        for agree, passed, disagree in splits:
            answers = [1] * agree + [0] * passed + [-1] * disagree
            payload = insights.find_common_ground((range(total), [1] * total, answers), {})
            assert all(count >= 5 or count == 0 for count in counts_in(payload)), (agree, passed, disagree)
            [row] = payload["statements"]
            shown = json.dumps([row["groups"], row["score"], row["is_exact"], row["seen"]])
            by_shown.setdefault(shown, []).append((agree, passed, disagree))
        for alike in by_shown.values():
            for answer in range(3):
                values = {split[answer] for split in alike}
                small = {value for value in values if 0 < value < 5}
                assert not small or len(values) > 1, (total, alike)


def test_erasing_a_person_changes_no_tally(inside):
    round = open_round(inside)
    actions.contribute_statement(actor=inside.actor["ben"], round=round, text="More trees.")
    people = [inside.actor[who] for who in ("amina", "ben", "mei", "rosa", "omar", "joan")]
    answer_all(round, people, lambda person, statement: (person + statement) % 3 - 1)
    before = insights.find_common_ground(_answers(round), {})
    kept = personal.personal_data([inside.seat["ben"].pk])
    assert [each["statement"] for each in kept["statements"]] == ["More trees."]
    assert len(kept["answers"]) == 4
    personal.forget([inside.seat["ben"].pk])
    assert insights.find_common_ground(_answers(round), {}) == before
    assert Participant.objects.filter(seat=None).count() == 1
    assert Statement.objects.get(text="More trees.").author is None
    assert not any(personal.personal_data([inside.seat["ben"].pk]).values())


def _answers(round):
    from manyhands.practice.alignment import queries

    return queries.answers_to_count(round)


def test_a_closed_round_is_worked_out_once(inside):
    round = open_round(inside)
    answer_all(round, [*[inside.actor[w] for w in ("ben", "rosa", "omar", "joan", "mei")]], lambda p, s: 1)
    actions.close_round(actor=inside.actor["amina"], round=round)
    run_waiting()
    first = Finding.objects.get()
    actions.retire_statement(actor=inside.actor["amina"], statement=round.statements.first(), why="Names a neighbor.")
    run_waiting()
    assert Finding.objects.get().computed_at == first.computed_at


def test_the_map_is_drawn_from_thirty_people_on_and_in_whole_percent(inside):
    statements = list(range(8))

    def found(people):
        cells = [(p, s) for p in range(people) for s in statements]
        answers = [1 if (p % 2 == 0) == (s < 4) else -1 for p, s in cells]
        return insights.find_common_ground(([p for p, _ in cells], [s for _, s in cells], answers), {})

    assert found(29)["map"] == []
    assert len(found(29)["groups"]) == 1
    assert len(found(30)["groups"]) == 2
    marks = found(30)["map"]
    assert len(marks) == 30
    assert all(value == int(value) for mark in marks for value in mark)


def test_the_page_of_a_finding_holds_only_what_the_finding_holds(inside, client):
    round = open_round(inside)
    people = [inside.actor[w] for w in ("ben", "rosa", "omar", "joan", "mei", "amina")] + add_people(inside, 6)
    answer_all(round, people, lambda person, statement: -1 if person == 0 else 1)
    actions.close_round(actor=inside.actor["amina"], round=round)
    run_waiting()
    client.force_login(inside.user["amina"])
    page = client.get(reverse("alignment:results", args=["clean-air", round.pk])).text
    assert "over 58 %" in page  # eleven of twelve agree; one who does not is never shown
    assert "92 %" not in page
    assert Response.objects.filter(answer=-1).count() == 3
