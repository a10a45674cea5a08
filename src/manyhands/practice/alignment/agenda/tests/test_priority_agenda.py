"""What comes first is tested: no like-minded members large enough are left with nothing, and if so they are named."""

import csv
import io
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from manyhands.foundation.coalitions.models import Membership
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment.agenda import actions, tasks
from manyhands.practice.alignment.agenda.insights import find_priority_agenda
from manyhands.practice.alignment.models import Agenda, AgendaFinding, Priority, PriorityStand
from manyhands.practice.alignment.success import actions as success

PAGE = "/c/clean-air/common-ground/success/priorities/agenda/"
#: Which priorities serve whom: four members want the first three, two want the last.
WANTED = {
    "Vans leave early": ["amina", "ben", "mei", "rosa"],
    "Paint the crossings": ["amina", "ben", "mei", "rosa"],
    "Lights at dusk": ["amina", "ben", "mei", "rosa"],
    "A loading bay": ["omar", "joan"],
}


@pytest.fixture
def priorities(inside):
    made = {}
    for title, members in WANTED.items():
        made[title] = success.nominate_priority(actor=inside.actor["amina"], title=title, horizon="short")
        for who in members:
            success.stand_on_priority(actor=inside.actor[who], priority=made[title], side="serves")
        if title != "A loading bay":
            success.choose_priority(actor=inside.actor["mei"], priority=made[title], state="selected")
    return made


def worked_out(world, size=3):
    agenda = actions.ask_for_priority_agenda(actor=world.actor["mei"], size=size)
    run_waiting()
    return agenda


# S2-19
def test_the_selected_priorities_are_tested_and_the_members_left_with_nothing_are_named(inside, priorities, client):
    assert reverse("alignment:priority_agenda", args=["clean-air"]) == PAGE
    client.force_login(inside.user["ben"])
    assert PAGE in client.get(reverse("alignment:priorities", args=["clean-air"])).text
    assert "Nobody has asked for this yet" in client.get(PAGE).text
    client.force_login(inside.user["mei"])
    asked = client.post(PAGE, {"size": "3"})
    assert asked.url == PAGE + "?size=3"
    assert "Working it out" in client.get(asked.url).text
    run_waiting()
    client.force_login(inside.user["ben"])
    text = client.get(PAGE).text
    who = "Harbor Freight Workers and Market Traders&#x27; Guild"
    assert f"What comes first leaves a like-minded group with nothing: {who}" in text
    assert f"“A loading bay” would serve {who}." in text
    assert "They are enough for 1 place. Nothing on this list serves any of them." in text
    assert "Equal Shares, Proportional approval and Phragmén give them a place." in text
    assert "Serves 4 of 6 members; not Harbor Freight Workers, Market Traders&#x27; Guild" in text
    assert "Serves 6 of 6 members." in text
    # After the test, those who lead put the bay first instead of the lights.
    success.choose_priority(actor=inside.actor["mei"], priority=priorities["Lights at dusk"], state="deferred")
    success.choose_priority(actor=inside.actor["mei"], priority=priorities["A loading bay"], state="selected")
    assert "something else comes first, since this was worked out" in client.get(PAGE).text
    worked_out(inside)
    text = client.get(PAGE).text
    assert "What comes first leaves no like-minded group of members out" in text
    assert "since this was worked out" not in text


def test_only_those_who_lead_ask(inside, priorities, client):
    for who in ("ben", "olu", "gus"):
        client.force_login(inside.user[who])
        assert client.get(PAGE).status_code == 200
        assert client.post(PAGE, {"size": "3"}).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.ask_for_priority_agenda(actor=inside.actor[who], size=3)
    assert not Agenda.objects.exists()


@pytest.mark.parametrize(
    ("size", "says"),
    [
        ("", "Say how many places"),
        ("some", "Type a whole number"),
        ("0", "at least one place"),
        ("5", "Members say of 4 priorities that they serve them"),
        ("9" * 300, "Members say of 4 priorities"),
    ],
)
def test_a_number_that_cannot_be_comes_back_with_one_sentence(inside, priorities, client, size, says):
    client.force_login(inside.user["mei"])
    page = client.post(PAGE, {"size": size})
    assert page.status_code == 422
    assert says in page.text
    assert not Agenda.objects.exists()


def test_before_anybody_said_what_serves_them_the_page_teaches_the_next_step(inside, client):
    client.force_login(inside.user["mei"])
    assert "No member has said yet what serves it" in client.get(PAGE).text
    success.nominate_priority(actor=inside.actor["amina"], title="Trees", horizon="long")
    page = client.post(PAGE, {"size": "1"})
    assert page.status_code == 422
    assert "No member has said yet what serves it" in page.text
    with pytest.raises(actions.Refused):
        actions.ask_for_priority_agenda(actor=inside.actor["mei"], size=1)


def test_the_same_stands_are_worked_out_once_and_new_ones_again(inside, priorities, monkeypatch):
    agenda = worked_out(inside)
    first = AgendaFinding.objects.get().fingerprint
    actions.ask_for_priority_agenda(actor=inside.actor["amina"], size=3)
    assert LedgerEntry.objects.filter(kind__endswith="PriorityAgendaAsked").count() == 1
    tasks.work_out_priority_agenda(None, agenda_id=agenda.pk)
    assert AgendaFinding.objects.get().fingerprint == first
    success.stand_on_priority(actor=inside.actor["joan"], priority=priorities["Lights at dusk"], side="serves")
    assert worked_out(inside) == agenda
    assert AgendaFinding.objects.get().fingerprint != first


def test_who_has_left_is_not_counted_and_what_is_reached_is_no_candidate(inside, priorities, client):
    Membership.objects.filter(organization=inside.organization["omar"]).update(state="withdrawn")
    success.choose_priority(actor=inside.actor["mei"], priority=priorities["Paint the crossings"], state="reached")
    worked_out(inside, 2)
    payload = AgendaFinding.objects.get().payload
    assert payload["people"] == 5
    assert all(priorities["Paint the crossings"].pk not in way["chosen"] for way in payload["ways"])
    client.force_login(inside.user["ben"])
    assert "Harbor Freight Workers" not in client.get(PAGE).text


def test_a_priority_that_goes_away_afterwards_troubles_no_page(inside, priorities, client):
    worked_out(inside)
    Priority.objects.filter(title="A loading bay").delete()
    PriorityStand.objects.all().delete()
    client.force_login(inside.user["mei"])
    for address in (PAGE, PAGE + "?size=3&format=csv", PAGE + "?size=99", PAGE + "?size=x"):
        assert client.get(address).status_code == 200


def test_the_file_holds_what_the_page_shows(inside, priorities, client):
    worked_out(inside)
    client.force_login(inside.user["ben"])
    file = client.get(PAGE + "?size=3&format=csv")
    header, *rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert header[:3] == ["priority", "What comes first now", "Plain list"]
    assert rows[-4][:2] == ["serves", "4 of 6 members"]
    assert rows[-3][1] == "Harbor Freight Workers; Market Traders' Guild"


@pytest.mark.parametrize(
    ("serves", "selected", "size", "problem"),
    [
        ({}, [], 1, "size"),
        ({1: []}, [10], 1, "size"),
        ({1: [10]}, [10], 2, "size"),
        ({1: [10]}, [10], 1, ""),
        ({1: [10], 2: [11]}, [], 1, ""),
    ],
)
def test_where_there_is_little_it_says_so_and_stays_fit_for_json(serves, selected, size, problem):
    found = find_priority_agenda(serves, [10, 11], selected, size)
    assert found["problem"] == problem
    assert json.loads(json.dumps(found)) == found
    assert ("ways" in found) == (not problem)


def test_the_page_asks_little_however_much_there_is(inside, priorities, client):
    client.force_login(inside.user["mei"])
    counts = []
    for sizes in ((3,), (1, 2, 4)):
        for size in sizes:
            worked_out(inside, size)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as made:
            client.get(PAGE)
        counts.append(len(made))
        assert len(made) <= 8, [query["sql"][:150] for query in made]
    assert counts[0] == counts[1]
