"""Concerns: heard, shared, ranked by their voices, answered by what stands on an agenda."""

import html
import re

import pytest
from django.urls import reverse

from manyhands.practice.alignment import queries as room
from manyhands.practice.alignment.agenda import actions as agendas
from manyhands.practice.alignment.concerns import actions, items, queries
from manyhands.practice.alignment.models import (
    Concern,
    ConcernAnswer,
    Priority,
    Statement,
)
from manyhands.practice.alignment.success.actions import choose_priority, nominate_priority

from ...tests.factories import at
from .factories import CONCERNS, order, write


# S2-12
def test_each_agenda_item_shows_the_concerns_it_answers_and_the_unanswered_are_ranked(inside, told, kept, client):
    hill = told("Wheelchair Users’ Union", "The hill is too steep for wheelchairs.")
    same = told("Harbor Pensioners", "Nobody can get up that hill.")
    exams = told("Canal Road School", "Not in the weeks of exams.")
    client.force_login(inside.user["mei"])  # facilitator

    page = client.get(CONCERNS).text
    assert "Nobody has written down a concern yet" in page
    assert "Heard, and under no concern yet" in page
    assert f"{CONCERNS}write/?input={hill.pk}" in page
    assert f"{CONCERNS}write/?input={hill.pk}" in client.get(reverse("stakeholders:inputs", args=["clean-air"])).text
    form = client.get(f"{CONCERNS}write/?input={hill.pk}")
    assert "The hill is too steep for wheelchairs." in form.text
    for heard, words in ((hill, "The hill is too steep."), (exams, "Not in exam weeks.")):
        assert client.post(f"{CONCERNS}write/?input={heard.pk}", {"text": words}).url == CONCERNS
    steep, weeks = Concern.objects.order_by("pk")
    assert client.post(f"{CONCERNS}write/?input={same.pk}", {"same_as": steep.pk}).url == CONCERNS
    client.post(f"{CONCERNS}write/", {"text": "Who pays for it?", "shares": "on"})

    assert [(row[0], row[1], row[3], row[4]) for row in order(client)] == [
        ("1", "The hill is too steep.", "2", "fewer than five"),
        ("2", "Not in exam weeks.", "1", "fewer than five"),
        ("3", "Who pays for it?", "0", "fewer than five"),
    ]
    page = client.get(CONCERNS).text
    assert "3 concerns are on no agenda" in page
    assert "2 organizations told us" in page
    assert "concern voices 1" in page

    on_agenda = Statement.objects.get(pk=kept.statement_ids[0])
    key = f"alignment.Statement:{on_agenda.pk}"
    assert f'<option value="{key}">' in page
    agenda = at("agenda", kept.round_id)
    assert "Answers no concern that we know of." in client.get(agenda).text
    linked = client.post(at("answer_concern", steep.pk), {"item": key}, follow=True)
    undo = at("release_answer", ConcernAnswer.objects.get().pk)
    assert f'action="{undo}"' in linked.text, "it can be undone at once"

    client.force_login(inside.user["olu"])  # an observer reads what the agenda answers
    shown = client.get(agenda).text
    assert "The hill is too steep." in shown
    assert "2 organizations told us; fewer than five people" in " ".join(shown.split())
    assert [(row[0], row[1]) for row in order(client, "&state=open")] == [
        ("1", "Not in exam weeks."),
        ("2", "Who pays for it?"),
    ]
    assert order(client, "&state=answered")[0][5] == on_agenda.text

    client.force_login(inside.user["mei"])
    assert client.post(undo).status_code == 302
    assert order(client)[0][:2] == ["1", "The hill is too steep."]
    assert weeks.text not in client.get(agenda).text


# S2-12
def test_one_click_puts_a_concern_among_the_priorities_which_show_it(inside, told, client):
    steep = write(inside, "The hill is too steep.", heard=told("Wheelchair Users", "Too steep!"))
    client.force_login(inside.user["mei"])
    done = client.post(at("put_on_agenda", steep.pk), {"horizon": "medium"}, follow=True).text
    priority = Priority.objects.get(title="The hill is too steep.")
    assert priority.horizon == "medium"
    assert f'action="{at("release_answer", ConcernAnswer.objects.get().pk)}"' in done
    listed = " ".join(client.get(at("priorities")).text.split())
    assert "Answers a concern" in listed
    assert "1 organization told us; fewer than five people" in listed
    assert order(client)[0][2] == "Answered by an agenda"

    choose_priority(actor=inside.actor["mei"], priority=priority, state="deferred")
    assert order(client)[0][2] == "On no agenda", "what is put off until later answers nothing"
    choose_priority(actor=inside.actor["mei"], priority=priority, state="reached")
    assert order(client)[0][2] == "Answered by an agenda", "what was reached was answered"
    assert client.post(at("put_on_agenda", steep.pk), {"horizon": "never"}).status_code == 422


def test_putting_it_on_the_agenda_twice_takes_the_priority_that_is_there(inside):
    steep = write(inside, "The hill is too steep.")
    listed = nominate_priority(actor=inside.actor["ben"], title="the hill is too steep.", horizon="short")
    first = actions.put_on_agenda(actor=inside.actor["mei"], concern=steep)
    again = actions.put_on_agenda(actor=inside.actor["mei"], concern=steep)
    assert first.pk == again.pk
    assert first.item == f"alignment.Priority:{listed.pk}"
    assert Priority.objects.count() == 1


def test_from_an_item_one_comes_to_its_concern_however_long_it_is(inside, client):
    long = write(
        inside, "Whoever pushes a pram or a wheelchair up the hill in winter needs a gate that is nearer & lower."
    )
    write(inside, "Another one.")
    actions.put_on_agenda(actor=inside.actor["mei"], concern=long)
    client.force_login(inside.user["olu"])
    (address,) = re.findall(r'href="([^"]*/concerns/\?q=[^"]*)"', client.get(at("priorities")).text)
    page = client.get(html.unescape(address)).text
    assert f'id="concern-{long.pk}"' in page
    assert "Another one." not in page


def test_an_agenda_that_is_let_go_answers_nothing_and_answers_again_when_it_is_kept(inside, kept, client):
    steep = write(inside, "The hill is too steep.")
    item = items.key_of(items.STATEMENT, kept.statement_ids[1])
    actions.answer_concern(actor=inside.actor["mei"], concern=steep, item=item)
    assert queries.unanswered(inside.actor["ben"]) == []
    agendas.let_go_of_agenda(actor=inside.actor["mei"], round=kept.round)
    assert [shown.text for shown in queries.unanswered(inside.actor["ben"])] == ["The hill is too steep."]
    with pytest.raises(actions.Refused):
        actions.answer_concern(actor=inside.actor["mei"], concern=steep, item=item)
    agendas.keep_agenda(actor=inside.actor["mei"], round=kept.round, size=5, method="equal-shares")
    assert queries.unanswered(inside.actor["ben"]) == []


def test_another_rooms_agenda_items_answer_too(inside, client):
    """As a room of meetings would make its items known."""
    stands = {7: "Pick-up points"}

    def of_meetings(actor, numbers, open_ones):
        return [
            items.AgendaItem("meetings.AgendaItem", pk, title, "Meeting of May", "/meetings/7/")
            for pk, title in stands.items()
            if open_ones or pk in numbers
        ]

    room.register_agenda_items("meetings.AgendaItem", of_meetings)
    try:
        steep = write(inside, "The hill is too steep.")
        client.force_login(inside.user["mei"])
        assert "Pick-up points" in client.get(CONCERNS).text
        actions.answer_concern(actor=inside.actor["mei"], concern=steep, item="meetings.AgendaItem:7")
        found = room.concerns_answered_by(inside.actor["ben"], ["meetings.AgendaItem:7", "meetings.AgendaItem:8"])
        assert [shown.text for shown in found["meetings.AgendaItem:7"]] == ["The hill is too steep."]
        assert found["meetings.AgendaItem:8"] == []
        stands.clear()
        assert [shown.text for shown in room.unanswered_concerns(inside.actor["ben"])] == ["The hill is too steep."]
    finally:
        items._kinds.pop("meetings.AgendaItem")


def test_forty_concerns_ask_as_much_as_four(inside, told, kept, client, django_assert_num_queries):
    client.force_login(inside.user["mei"])

    def more(numbers):
        for n in numbers:
            concern = write(inside, f"Concern {n}.", heard=told(f"Union {n}", "Hear us."))
            if n % 2:
                actions.put_on_agenda(actor=inside.actor["mei"], concern=concern)
            else:
                item = items.key_of(items.STATEMENT, kept.statement_ids[n % 5])
                actions.answer_concern(actor=inside.actor["mei"], concern=concern, item=item)
        write(inside, f"Open {numbers[0]}.", statement=kept.round.statements.first())

    more(range(4))
    client.get(CONCERNS)
    with django_assert_num_queries(7):
        client.get(CONCERNS)
    more(range(4, 40))
    with django_assert_num_queries(7):
        assert "of 42 concerns" in client.get(CONCERNS).text


def test_a_member_from_elsewhere_finds_nothing(inside, safe_streets, client):
    steep = write(inside, "The hill is too steep.")
    client.force_login(safe_streets.user["zed"])
    assert client.get(CONCERNS).status_code == 404
    assert client.post(reverse("alignment:share_concern", args=["safe-streets", steep.pk])).status_code == 404
