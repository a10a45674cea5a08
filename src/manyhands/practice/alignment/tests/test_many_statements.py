"""Somebody who writes without end: where it stops, and that 10,000 statements make no page slow for the others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands.practice.alignment import actions, near, queries, rules
from manyhands.practice.alignment.likeness import similar
from manyhands.practice.alignment.live import actions as live
from manyhands.practice.alignment.models import Statement

from .factories import at, open_round

MANY = 10_000


@pytest.fixture
def round(inside):
    return open_round(inside)


def flood(round, seat, number, **more):
    Statement.objects.bulk_create(
        [
            Statement(
                round=round,
                author=seat,
                state="live",
                position=100 + n,
                text=f"Complaint {n} on lane {n % 97}.",
                **more,
            )
            for n in range(number)
        ],
        batch_size=1000,
    )


def test_one_seat_writes_so_many_and_no_more(inside, client, round):
    flood(round, inside.seat["ben"], rules.MOST_STATEMENTS - 1)
    client.force_login(inside.user["ben"])
    assert client.post(at("write_statement", round.pk), {"text": "Mend the bridge."}).status_code == 302
    words = "Light the underpass."
    refused = client.post(at("write_statement", round.pk), {"text": words})
    assert refused.status_code == 429
    assert "as many as one person may" in refused.text
    assert words in refused.text, "the form comes back filled"
    assert not Statement.objects.filter(text=words).exists()
    client.force_login(inside.user["rosa"])
    assert client.post(at("write_statement", round.pk), {"text": words}).status_code == 302


def test_what_was_taken_out_still_counts_and_what_the_round_began_with_does_not(inside, round):
    amina = inside.actor["amina"]
    flood(round, inside.seat["amina"], rules.MOST_STATEMENTS + 5, is_seed=True)
    actions.contribute_statement(actor=amina, round=round, text="Mend the bridge.")
    flood(round, inside.seat["amina"], rules.MOST_STATEMENTS - 1)
    Statement.objects.filter(author=inside.seat["amina"], is_seed=False).update(state="retired")
    with pytest.raises(actions.EnoughWritten):
        actions.contribute_statement(actor=amina, round=round, text="Light the underpass.")


def test_the_same_holds_on_a_phone_in_the_room(inside, client, round):
    room = live.begin_live(actor=inside.actor["mei"], round=round)
    flood(round, inside.seat["ben"], rules.MOST_STATEMENTS)
    client.force_login(inside.user["ben"])
    refused = client.post(at("live_say", room.pk), {"text": "Light the underpass."})
    assert refused.status_code == 429
    assert "as many as one person may" in refused.text
    assert "Light the underpass." in refused.text


# --- ten thousand ---------------------------------------------------------------------------------


def asked(client, round):
    """How many queries each page asks, and how long it is."""
    found = {}
    for name, ask in {
        "card": lambda: client.get(at("card", round.pk)),
        "list": lambda: client.get(at("statements", round.pk)),
        "similar": lambda: client.post(at("similar", round.pk), {"text": "Trained guards before any gates."}),
    }.items():
        ask()  # what is kept between two requests is kept by now
        with CaptureQueriesContext(connection) as captured:
            answer = ask()
        assert answer.status_code == 200
        found[name] = (len(captured), len(answer.content))
    return found


def test_ten_thousand_statements_ask_no_more_and_make_no_page_long(inside, client, round):
    flood(round, inside.seat["ben"], 60)
    client.force_login(inside.user["rosa"])
    few = asked(client, round)
    flood(round, inside.seat["ben"], MANY)
    many = asked(client, round)
    for page, (queries_asked, length) in few.items():
        assert many[page][0] <= queries_asked, page
        assert many[page][1] < length * 1.3, page
    assert "Guards before gates." in client.post(at("similar", round.pk), {"text": "Gates? Guards before!"}).text


def test_a_text_is_read_once_and_only_what_is_new_after_that(inside, round):
    flood(round, inside.seat["ben"], 1000)
    assert [each.text for each in queries.similar_statements(round, "Guards before gates")] == ["Guards before gates."]
    new = actions.contribute_statement(actor=inside.actor["rosa"], round=round, text="Light the long underpass.")
    with CaptureQueriesContext(connection) as captured:
        assert queries.similar_statements(round, "the underpass, light!") == [new]
    texts = [query["sql"] for query in captured.captured_queries if '"text"' in query["sql"]]
    assert all(" IN (" in sql and sql.count(",") < 40 for sql in texts), "the new one by its id, never all of them"
    actions.retire_statement(actor=inside.actor["amina"], statement=new, why="A double.")
    assert queries.similar_statements(round, "the underpass, light!") == []


def test_what_is_kept_finds_the_same_as_reading_anew(inside, round):
    flood(round, inside.seat["ben"], 400)
    live = dict(Statement.objects.filter(round=round).values_list("pk", "text"))
    for text in ("Complaint 7 on lane 7", "complaint on a lane", "Gurds befroe gates.", "Nothing like it", "x"):
        for at_least in (0.45, 0.9):
            kept = [each.pk for each in queries.similar_statements(round, text, at_least)]
            assert kept == similar(text, live, at_least=at_least), text


def test_few_rounds_are_kept(inside, round):
    for _again in range(near.MOST_KEPT + 2):
        queries.similar_statements(open_round(inside), "Guards before gates")
    assert len(near._kept) <= near.MOST_KEPT
