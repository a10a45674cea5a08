"""Priorities that cost something, within so many hours or so much money: who gets a part, and who is left out."""

import csv
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from manyhands.analysis.proportional import approval_ballots, choose
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment.agenda import actions
from manyhands.practice.alignment.agenda.events import PricedAgendaAsked
from manyhands.practice.alignment.agenda.insights import find_priority_agenda
from manyhands.practice.alignment.agenda.rules import Priced
from manyhands.practice.alignment.models import Agenda, Priority
from manyhands.practice.alignment.success import actions as success

PAGE = "/c/clean-air/common-ground/success/priorities/agenda/by-cost/"
#: Two members out of six want the bay alone; the other four want all the rest.
WANTED = {
    "Vans leave early": (["amina", "ben", "mei", "rosa"], "20"),
    "Paint the crossings": (["amina", "ben", "mei", "rosa"], "20"),
    "Lights at dusk": (["amina", "ben", "mei", "rosa"], "15"),
    "A loading bay": (["omar", "joan"], "12.50"),
}


@pytest.fixture
def made(inside):
    found = {}
    for title, (members, _cost) in WANTED.items():
        found[title] = success.nominate_priority(actor=inside.actor["amina"], title=title, horizon="short")
        for who in members:
            success.stand_on_priority(actor=inside.actor[who], priority=found[title], side="serves")
    return found


def filled(made, budget="40", **changes):
    said = {"budget": budget, "unit": "hours"}
    return said | {f"cost_{made[title].pk}": cost for title, (_who, cost) in WANTED.items()} | changes


# S2-19
def test_a_facilitator_says_what_each_costs_and_everyone_reads_who_is_left_out(made, inside, client):
    client.force_login(inside.user["ben"])
    assert PAGE in client.get(PAGE.removesuffix("by-cost/")).text, "everyone finds it"
    assert "Nobody has asked for this yet" in client.get(PAGE).text
    assert client.post(PAGE, filled(made)).status_code == 403
    client.force_login(inside.user["mei"])
    assert client.post(PAGE, filled(made)).url == PAGE
    assert "Working it out" in client.get(PAGE).text
    run_waiting()
    client.force_login(inside.user["ben"])
    text = " ".join(client.get(PAGE).text.split())
    who = "Harbor Freight Workers and Market Traders&#x27; Guild"
    assert "What serves most members for 40 hours leaves a like-minded group out" in text
    assert f"“A loading bay” would serve {who}. Their part of what there is pays for 1 of these." in text
    assert "32.5 hours" in text
    assert "What “Vans leave early” costs" not in text, "the form is for those who lead"
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(client.get(PAGE + "?format=csv").text.lstrip("\ufeff")))}
    assert rows["A loading bay"][0] == "no"
    assert "yes" in rows["A loading bay"]
    assert "40 hours" in rows["costs"]
    assert LedgerEntry.objects.filter(kind=PricedAgendaAsked.kind).count() == 1
    client.force_login(inside.user["mei"])
    form = client.get(PAGE).text
    assert 'value="12.5"' in form, "the costs stand there to be changed"
    client.post(PAGE, filled(made))
    assert LedgerEntry.objects.filter(kind=PricedAgendaAsked.kind).count() == 1, "the same was worked out before"


def test_it_is_the_priced_choice_of_the_library(made, inside):
    order = [each.pk for each in made.values()]
    serves = dict.fromkeys(range(4), order[:3]) | dict.fromkeys((4, 5), order[3:])
    costs = dict(zip(order, map(Decimal, ["20", "20", "15", "12.5"]), strict=True))
    priced = Priced(Decimal(40), "hours", costs, (order[2],))
    found = find_priority_agenda(serves, order, [], 0, priced=priced)
    ballots = approval_ballots(
        [[str(each) for each in own] for own in serves.values()], 40,
        candidates=[str(each) for each in order], costs=[20, 20, 15, Fraction(25, 2)],
    )  # fmt: skip
    for row in found["ways"]:
        library = choose(ballots, row["way"], must_haves=[str(order[2])], smallest_shown=0)
        assert row["chosen"] == [order[step.candidate] for step in library.steps]
        assert order[2] in row["chosen"]
        assert Decimal(row["spent"]) == sum(costs[pk] for pk in row["chosen"]) <= 40


def test_what_comes_first_is_tested_too_if_it_can_be_paid(made, inside, client):
    for title in ("Vans leave early", "Paint the crossings"):
        success.choose_priority(actor=inside.actor["mei"], priority=made[title], state="selected")
    client.force_login(inside.user["mei"])
    client.post(PAGE, filled(made))
    run_waiting()
    assert "What comes first leaves a like-minded group with nothing" in client.get(PAGE).text
    client.post(PAGE, filled(made, budget="39"))
    run_waiting()
    assert "What comes first leaves" not in client.get(PAGE).text
    assert Agenda.objects.exclude(budget=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"budget": ""}, "required"),
        ({"budget": "0"}, "greater than or equal to 0.01"),
        ({"budget": "-5"}, "greater than or equal to 0.01"),
        ({"budget": "NaN"}, "Enter a number"),
        ({"budget": "Infinity"}, "Enter a number"),
        ({"budget": "1e30"}, "less than or equal to 999999999"),
        ({"unit": "x" * 21}, "at most 20 characters"),
        ({"first": "forty"}, "Enter a number"),
        ({"first": "0"}, "greater than or equal to 0.01"),
        ({"first": "1.005"}, "no more than 2 decimal places"),
        ({"must": "on", "first": ""}, "What must be in needs a cost too."),
        ({"must": "on", "first": "41"}, "What must be in costs more than there is."),
        ({"none": True}, "Say of at least one priority that serves somebody what it costs."),
    ],
)
def test_what_cannot_be_is_said_and_comes_back_as_it_was_typed(made, inside, client, changes, says):
    client.force_login(inside.user["mei"])
    first = made["Vans leave early"].pk
    said = {"budget": "40"} if changes.get("none") else filled(made)
    names = {"first": f"cost_{first}", "must": f"must_{first}"}
    said |= {names.get(key, key): value for key, value in changes.items() if key != "none"}
    answer = client.post(PAGE, said)
    assert answer.status_code == 422
    assert says in answer.text
    assert not Agenda.objects.exists()


def test_priorities_that_are_gone_leave_a_sentence_and_no_crash(made, inside, client):
    client.force_login(inside.user["mei"])
    client.post(PAGE, filled(made, **{f"must_{made['A loading bay'].pk}": "on"}))
    run_waiting()
    Priority.objects.filter(title="A loading bay").update(state="reached")
    assert "Something new was said since" in client.get(PAGE).text
    stands = {n: [made["Vans leave early"].pk] for n in range(3)}
    gone = Priced(Decimal(40), "", {made["Vans leave early"].pk: Decimal(5)}, (made["A loading bay"].pk,))
    assert find_priority_agenda(stands, [made["Vans leave early"].pk], [], 0, priced=gone)["problem"] == "costs"
    assert find_priority_agenda({}, [], [], 0, priced=gone)["problem"] == "costs"


def test_who_may_not_lead_may_not_ask_and_there_is_one_of_it(made, inside):
    priced = Priced(Decimal(40), "hours", {made["A loading bay"].pk: Decimal(5)})
    with pytest.raises(PermissionDenied):
        actions.ask_for_priced_agenda(actor=inside.actor["ben"], priced=priced)
    actions.ask_for_priced_agenda(actor=inside.actor["mei"], priced=priced)
    actions.ask_for_priority_agenda(actor=inside.actor["mei"], size=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agenda.objects.create(round=None, size=0, budget=3, terms={"costs": {}, "must_haves": []})
