"""Concerns: heard, shared, ranked by their voices, answered by what stands on an agenda."""

import csv
import html
import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import queries as room
from manyhands.practice.alignment.agenda import actions as agendas
from manyhands.practice.alignment.concerns import actions, items, personal, queries, rules
from manyhands.practice.alignment.models import (
    Concern,
    ConcernAnswer,
    ConcernSource,
    ConcernVoice,
    Priority,
    Statement,
)
from manyhands.practice.alignment.success.actions import choose_priority, nominate_priority

from ...tests.factories import open_round

CONCERNS = "/c/clean-air/common-ground/concerns/"


def at(name, *args):
    return reverse(f"alignment:{name}", args=["clean-air", *args])


def order(client, asked="") -> list[list[str]]:
    """The list as its file: place, concern, state, organizations, people, what answers it."""
    answer = client.get(f"{CONCERNS}?format=csv{asked}")
    return list(csv.reader(io.StringIO(answer.content.decode().lstrip("\ufeff"))))[1:]


def shared(world, concern, *who):
    for name in who:
        actions.share_concern(actor=world.actor[name], concern=concern)


def write(world, text, who="amina", shares=False, **source):
    return actions.write_concern(actor=world.actor[who], text=text, shares=shares, **source)


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


def test_people_are_told_in_steps_of_five_and_the_largest_count_is_taken(inside, kept, told, client):
    statement = kept.round.statements.order_by("position").first()
    sixty = write(inside, "Sixty worry.", statement=statement)
    for name in range(8):
        person = told(f"Person {name}", "It is too loud.", kind="person")
        actions.add_source(actor=inside.actor["amina"], concern=sixty, heard=person)
    few = write(inside, "Four worry.")
    shared(inside, few, "ben", "rosa", "omar", "joan")
    client.force_login(inside.user["ben"])
    found = {row[1]: row[3:5] for row in order(client)}
    (row,) = [each for each in kept.round.finding.payload["statements"] if each["id"] == statement.pk]
    least = rules.agreed_at_least(row["groups"])
    assert 50 <= least <= 60, "sixty agree; the finding says of a group that is of one mind only that most do"
    told_number = str((least + 8) // 5 * 5)
    assert found["Sixty worry."] == ["0", told_number], "with the eight who told us, in steps of five"
    assert found["Four worry."] == ["0", "fewer than five"]
    shared(inside, sixty, "ben", "rosa", "omar", "joan")
    assert {row[1]: row[4] for row in order(client)}["Sixty worry."] == told_number, (
        "the same people are not counted twice"
    )
    page = client.get(CONCERNS).text
    assert "Person 0" not in page
    assert f"at least {told_number} people" in page


def test_a_hidden_count_does_not_show_in_the_order(inside, client):
    """With none, two and four behind them they stand in the order in which they were written down."""
    for text, who in [("First.", []), ("Second.", ["ben", "rosa"]), ("Third.", ["ben", "rosa", "omar", "joan"])]:
        shared(inside, write(inside, text), *who)
    client.force_login(inside.user["olu"])
    assert [row[1] for row in order(client)] == ["First.", "Second.", "Third."]


def test_of_the_table_so_many_are_never_told_that_the_rest_could_be_named(inside):
    concern = write(inside, "Everyone worries.")
    shared(inside, concern, "amina", "ben", "mei", "rosa", "omar", "joan")
    assert ConcernVoice.objects.count() == 6
    (shown,) = queries.concerns(inside.actor["olu"])
    assert shown.voices.people is None, "six of six would tell of each that they share it"


def test_a_round_that_is_open_tells_no_voices_yet(inside, client):
    round = open_round(inside, seeds=["Guards at four crossings."])
    concern = write(inside, "Crossings without guards.", statement=round.statements.get())
    (shown,) = queries.concerns(inside.actor["ben"])
    assert (shown.pk, shown.voices.told) == (concern.pk, 0)
    client.force_login(inside.user["mei"])
    listed = client.get(at("statements", round.pk)).text
    assert f"{CONCERNS}write/?statement={round.statements.get().pk}" in listed


def test_where_it_was_heard_is_read_by_those_who_may_read_it(inside, told, client):
    steep = write(inside, "The hill is too steep.", heard=told("Wheelchair Users", "Too steep!"))
    write(inside, "It is too loud at night.", heard=told("Ines Roth", "My son cannot sleep.", kind="person"))
    for who, sees in (("ben", True), ("olu", True), ("gus", False)):
        client.force_login(inside.user[who])
        page = client.get(CONCERNS).text
        assert ("told by Wheelchair Users" in page) is sees, who
        assert "Ines" not in page
        assert "My son" not in page
    mei = inside.actor["mei"]  # leads, but may not read what a person said
    secret = told("Omar Diaz", "I am afraid.", kind="person")
    with pytest.raises(actions.Refused):
        actions.add_source(actor=mei, concern=steep, heard=secret)
    client.force_login(inside.user["mei"])
    assert client.get(f"{CONCERNS}write/?input={secret.pk}").status_code == 404
    assert "Omar Diaz" not in client.get(CONCERNS).text


@pytest.mark.parametrize("who", ["ben", "olu", "gus"])
def test_who_does_not_lead_links_nothing(inside, told, kept, client, who):
    steep = write(inside, "The hill is too steep.", heard=told("Wheelchair Users", "Too steep!"))
    item = items.key_of(items.STATEMENT, kept.statement_ids[0])
    answer = actions.answer_concern(actor=inside.actor["mei"], concern=steep, item=item)
    source = ConcernSource.objects.get()
    client.force_login(inside.user[who])
    for name, row, given in [
        ("answer_concern", steep, {"item": item}),
        ("put_on_agenda", steep, {}),
        ("release_answer", answer, {}),
        ("drop_source", source, {}),
        ("reword_concern", steep, {"text": "x"}),
        ("set_concern_aside", steep, {"why": "x"}),
        ("take_up_concern", steep, {}),
    ]:
        assert client.post(at(name, row.pk), given).status_code == 403, name
    with pytest.raises(PermissionDenied):
        actions.answer_concern(actor=inside.actor[who], concern=steep, item=item)
    may_write = who == "ben"
    assert client.post(at("share_concern", steep.pk), {"shares": "yes"}).status_code == (302 if may_write else 403)
    assert client.get(f"{CONCERNS}write/").status_code == (200 if may_write else 403)
    assert client.get(CONCERNS).status_code == 200


def test_a_representative_writes_one_down_and_shares_anothers(inside, client):
    client.force_login(inside.user["ben"])
    assert client.post(f"{CONCERNS}write/", {"text": "  Where do  we park?  ", "shares": "on"}).url == CONCERNS
    concern = Concern.objects.get()
    assert (concern.text, concern.voices.count()) == ("Where do we park?", 1)
    client.force_login(inside.user["rosa"])
    for _twice in range(2):
        client.post(at("share_concern", concern.pk), {"shares": "yes"})
    assert concern.voices.count() == 2
    assert "You share this. Take it back" in client.get(CONCERNS).text
    client.post(at("share_concern", concern.pk), {"shares": "no"})
    assert concern.voices.count() == 1
    lines = set(LedgerEntry.objects.values_list("kind", flat=True))
    assert lines == {"concerns.ConcernWritten"}, "who shares a concern is in no line of the book"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"text": ""}, "There are no words yet."),
        ({"text": "   "}, "There are no words yet."),
        ({"text": "x" * 301}, "at most 300"),
        ({"text": "a\x00b"}, "Null characters"),
        ({"text": "where do we PARK?", "shares": "on"}, "in the list already"),
    ],
)
def test_what_cannot_be_written_comes_back_filled_in(inside, client, given, says):
    write(inside, "Where do we park?")
    client.force_login(inside.user["ben"])
    answer = client.post(f"{CONCERNS}write/", given)
    assert answer.status_code == 422
    assert says in answer.text
    assert Concern.objects.count() == 1


def test_what_cannot_be_linked_is_said_and_nothing_is_written(inside, kept, client):
    steep = write(inside, "The hill is too steep.")
    client.force_login(inside.user["mei"])
    off = Statement.objects.filter(round=kept.round).exclude(pk__in=kept.statement_ids).first().pk
    for item in ("", "x", "alignment.Statement:", f"alignment.Statement:{off}", "alignment.Priority:999",
                 "accounts.Person:1", "alignment.Priority:٣", "alignment.Statement:" + "9" * 40, "a\x00"):  # fmt: skip
        answer = client.post(at("answer_concern", steep.pk), {"item": item})
        assert answer.status_code == 422, item
        assert "This item stands on no agenda now" in answer.text
    assert not ConcernAnswer.objects.exists()
    for wrong in ("?input=x", "?input=999", "?statement=-1", "?input=1&statement=1"):
        assert client.get(f"{CONCERNS}write/{wrong}").status_code == 404, wrong


def test_set_aside_with_a_reason_and_taken_up_again(inside, client):
    steep = write(inside, "The hill is too steep.")
    client.force_login(inside.user["mei"])
    assert client.post(at("set_concern_aside", steep.pk), {"why": " "}).status_code == 422
    done = client.post(at("set_concern_aside", steep.pk), {"why": "Only the Council can."}, follow=True).text
    assert "Only the Council can." in done
    assert f'action="{at("take_up_concern", steep.pk)}"' in done
    assert queries.unanswered(inside.actor["ben"]) == []
    assert client.post(at("put_on_agenda", steep.pk), {"horizon": "short"}).status_code == 422
    client.post(at("take_up_concern", steep.pk))
    assert len(queries.unanswered(inside.actor["ben"])) == 1


def test_other_words_are_shared_anew(inside, client):
    steep = write(inside, "The hil is too steep.", who="ben", shares=True)
    client.force_login(inside.user["mei"])
    assert client.post(at("reword_concern", steep.pk), {"text": "The hill is too steep."}).status_code == 302
    steep.refresh_from_db()
    assert (steep.text, steep.voices.count()) == ("The hill is too steep.", 0)


def test_another_rooms_agenda_items_answer_too(inside, client):
    """As a room of meetings would make its items known."""
    stands = {7: "Pick-up points"}

    def of_meetings(actor, numbers):
        return [
            items.AgendaItem("meetings.AgendaItem", pk, title, "Meeting of May", "/meetings/7/")
            for pk, title in stands.items()
            if numbers is None or pk in numbers
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


def test_a_persons_copy_holds_theirs_and_erasing_changes_no_count(inside):
    steep = write(inside, "The hill is too steep.", who="ben", shares=True)
    shared(inside, steep, "rosa")
    ben = inside.seat["ben"].pk
    copy = personal.export([ben])
    assert copy["concerns written down"][0]["text"] == "The hill is too steep."
    assert copy["concerns shared"][0]["concern__text"] == "The hill is too steep."
    personal.forget([ben])
    steep.refresh_from_db()
    assert (steep.written_by_id, steep.voices.count()) == (None, 2)
    assert personal.export([ben]) == {"concerns written down": [], "concerns shared": []}


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
    with django_assert_num_queries(12):
        client.get(CONCERNS)
    more(range(4, 40))
    with django_assert_num_queries(12):
        assert "of 42 concerns" in client.get(CONCERNS).text


def test_a_member_from_elsewhere_finds_nothing(inside, safe_streets, client):
    steep = write(inside, "The hill is too steep.")
    client.force_login(safe_streets.user["zed"])
    assert client.get(CONCERNS).status_code == 404
    assert client.post(reverse("alignment:share_concern", args=["safe-streets", steep.pk])).status_code == 404
