"""A page asks the database as few times as it can, and never once for each row."""

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions.models import Membership, Organization, Seat
from manyhands.foundation.tenancy.scope import inside
from manyhands.practice.alignment.models import Statement
from manyhands.practice.governance.models import Eligibility, Stance
from manyhands.practice.plans.models import Assignment, Measurement, Objective, Task
from manyhands.practice.stakeholders.models import Import, Input, Pair, ProfileEntry, Stakeholder, TieList
from tests.architecture.house import addresses
from tests.security.test_outsiders import arguments

#: PostgreSQL reads the choices of a form through a cursor.
READS = re.compile(r"\(?SELECT |DECLARE \S+ NO SCROLL CURSOR (WITH HOLD )?FOR SELECT ")

#: Each page, the rows or words in its address, and the most it may ask, counted exactly: a page that grows must say so
#: here. Four are every page's: session, person, seat, and what awaits beside the rooms. What is kept until the next
#: line of the ledger (`ledger/remembered.py`) is kept nowhere inside a test's transaction, so these are pages seen for
#: the first time.
#:
#: More than eight have: priorities with how far each has come, whom it serves, which concerns it answers and what it
#: rests on; concerns with their voices, where they were heard, and every agenda that could answer them.
PAGES = {
    "desk:home": ((), 8),
    "stakeholders:allies": ((), 8),
    "stakeholders:ally": (("stakeholder",), 7),
    "stakeholders:imports": ((), 5),
    "stakeholders:pairs": ((), 6),
    "stakeholders:pair": (("pair",), 6),
    "stakeholders:network": ((), 7),
    "stakeholders:gaps": ((), 8),
    "stakeholders:network_as_a_whole": ((), 7),
    "stakeholders:ally_ties": (("stakeholder",), 8),
    "stakeholders:tie": (("tie",), 5),
    "stakeholders:tie_lists": ((), 5),
    "stakeholders:issues": ((), 6),
    "stakeholders:issue": (("issue",), 7),
    "stakeholders:position_matrix": ((), 7),
    "stakeholders:power": ((), 7),
    "stakeholders:ally_positions": (("stakeholder",), 8),
    "stakeholders:drives": ((), 8),
    "stakeholders:ally_profile": (("stakeholder",), 8),
    "stakeholders:outreach": ((), 8),
    "stakeholders:candidates": ((), 6),
    "stakeholders:ally_contacts": (("stakeholder",), 7),
    "stakeholders:scripts": ((), 7),
    "stakeholders:menu": ((), 5),
    "stakeholders:offers": ((), 5),
    "stakeholders:inputs": ((), 5),
    "stakeholders:invited": ((), 7),
    "stakeholders:brainstorm": ((), 5),
    "stakeholders:coverage": ((), 7),
    "stakeholders:invite_next": ((), 8),
    "stakeholders:add": ((), 6),
    "stakeholders:edit": (("stakeholder",), 7),
    "stakeholders:bring_list": ((), 4),
    "stakeholders:import": (("list_that_waits",), 8),
    "stakeholders:match": (("list_that_waits",), 5),
    "stakeholders:import_rows": (("list_that_waits", "refused"), 6),
    "stakeholders:choose_list": (("sectors",), 5),
    "stakeholders:declare_coverage": ((), 7),
    "stakeholders:without_sector": ((), 7),
    "stakeholders:unexpected": ((), 6),
    "stakeholders:fit": (("stakeholder",), 6),
    "stakeholders:disclose": (("stakeholder",), 5),
    "stakeholders:compare": (("stakeholder",), 8),
    "stakeholders:write_invitation": (("stakeholder",), 7),
    "stakeholders:answer_input": (("input",), 5),
    "stakeholders:add_script": ((), 4),
    "stakeholders:edit_script": (("script",), 5),
    "stakeholders:add_menu_item": ((), 4),
    "stakeholders:edit_menu_item": (("menu_item",), 5),
    "stakeholders:name_issue": ((), 4),
    "stakeholders:change_issue": (("issue",), 5),
    "stakeholders:write_position": ((), 6),
    "stakeholders:rate_sways": ((), 6),
    "stakeholders:surveys": ((), 5),
    "stakeholders:survey": (("survey",), 6),
    "stakeholders:interview": (("stakeholder",), 5),
    "stakeholders:add_tie": ((), 5),
    "stakeholders:tie_list": (("tie_list",), 5),
    "alignment:rounds": ((), 5),
    "alignment:results": (("vision_round",), 8),
    "alignment:statements": (("vision_round",), 7),
    "alignment:agenda": (("vision_round",), 8),
    "alignment:priority_agenda": ((), 8),
    "alignment:concerns": ((), 12),
    "alignment:success": ((), 9),
    "alignment:our_success": ((), 7),
    "alignment:conflicts": ((), 6),
    "alignment:priorities": ((), 13),
    "alignment:priority_rounds": ((), 5),
    "alignment:priority_round": (("priority_round",), 8),
    "alignment:priority_card": (("priority_round",), 7),
    "alignment:priority_results": (("priority_round",), 9),
    "alignment:hands": (("speaker_queue",), 9),
    "alignment:hands_reports": ((), 5),
    "alignment:clashes": ((), 7),
    "alignment:negotiations": ((), 6),
    "alignment:negotiation": (("negotiation",), 7),
    "alignment:concessions": ((), 6),
    "governance:decisions": ((), 6),
    "governance:register": ((), 6),
    "governance:dissents": ((), 5),
    "governance:proposal": (("proposal",), 7),
    "governance:voices": (("proposal",), 10),
    "governance:how_we_decide": ((), 6),
    "governance:joined_for": ((), 6),
    "plans:plans": ((), 8),
    "plans:tasks": ((), 7),
    "plans:goal": (("shared_goal",), 8),
    "plans:objective": (("objective",), 7),
    "plans:task": (("task",), 6),
    "coalitions:members": ((), 6),
    "coalitions:members_at_a_glance": ((), 8),
    "coalitions:organization": (("organization",), 9),
    "coalitions:groups": ((), 6),
    "coalitions:invitations": ((), 5),
    "coalitions:settings": ((), 5),
    "ledger:book": ((), 8),
    "ui:more": ((), 5),
}


@pytest.fixture
def rows(example, rows):
    """Also the list of allies and the survey that wait for a decision."""
    with inside(example.pk):
        waiting = Import.objects.get(state=Import.State.TRIED)
        return rows | {"list_that_waits": waiting, "survey": TieList.objects.get(holds=TieList.Holds.POSITIONS)}


@pytest.fixture
def ask(example, rows, client):
    """Count the queries of one page, signed in as the coordinator, after it was seen once."""
    from manyhands.demo.story import person

    client.force_login(person("Amina"))

    def count(name: str) -> list[str]:
        parts = [rows[part].pk if part in rows else part for part in PAGES[name][0]]
        address = reverse(name, args=[example.slug, *parts])
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return [query["sql"] for query in asked.captured_queries]

    return count


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_few_questions(ask, name):
    asked = ask(name)
    assert len(asked) <= PAGES[name][1], "\n".join(line[:200] for line in asked)
    assert not [line for line in asked if not READS.match(line)], "A page that is only looked at writes nothing."


def test_every_page_about_allies_is_counted(example, rows, client):
    from manyhands.demo.story import person

    client.force_login(person("Amina"))
    uncounted = []
    for pattern, name, _view, converters in addresses():
        filled = arguments(pattern, converters, rows, example.slug)
        if name.startswith("stakeholders:") and name not in PAGES and filled is not None:
            answer = client.get(reverse(name, kwargs=filled))
            if answer.status_code == 200 and b"<main" in answer.content:
                uncounted.append(name)
    assert not uncounted


@pytest.fixture
def crowd(example, rows):
    """Many more of everything a list shows; two pages at least."""

    def add(numbers: range) -> None:
        with inside(example.pk):
            goal, proposal, seat = rows["shared_goal"], rows["proposal"], rows["seat"]
            for n in numbers:
                organization = Organization.objects.create(name=f"Union {n:03}", state="active")
                Membership.objects.create(organization=organization, state="active", since=rows["seat"].taken_at.date())
                person = Person.objects.create_user(f"crowd{n}@example.org", name=f"Crowd {n}")
                standing = Seat.Standing.REPRESENTATIVE
                other = Seat.objects.create(person=person, organization=organization, standing=standing, name=f"C{n}")
                Eligibility.objects.create(proposal=proposal, organization=organization, votes=1)
                Stance.objects.create(
                    proposal=proposal, organization=organization, seat=other, choice="against", reason=f"Doubt {n}"
                )
                task = Task.objects.create(goal=goal, title=f"Task {n}", state="accepted", added_by=seat)
                Assignment.objects.create(task=task, seat=other, part="A", acceptance="accepted", offered_by=seat)
                objective = Objective.objects.create(goal=goal, title=f"Objective {n}")
                Measurement.objects.create(
                    objective=objective, value=n, measured_on=rows["seat"].taken_at.date(), entered_by=seat
                )
                Statement.objects.create(
                    round=rows["vision_round"], text=f"Words {n}", position=1000 + n, author=other, state="live"
                )
                ally = Stakeholder(name=f"Ally {n}", looked_after_by=other, interest=4, influence=4, raters=1)
                ally.prepare()
                ally.save()

    return add


@pytest.mark.parametrize(
    "name",
    ["stakeholders:allies", "alignment:statements", "governance:proposal", "plans:plans", "plans:tasks", "plans:goal",
     "coalitions:members", "coalitions:members_at_a_glance", "ledger:book", "desk:home"],
)  # fmt: skip
def test_more_rows_mean_no_more_questions(ask, crowd, name):
    crowd(range(40))  # more than one page, so that every list counts its rows
    few = ask(name)
    crowd(range(40, 80))
    many = ask(name)
    assert len(many) == len(few), "\n".join(line[:200] for line in many)


@pytest.fixture
def allies(example, rows):
    """Many more allies, each with what the lists about allies show: a pair, a word about them, something they said."""

    def add(numbers: range) -> None:
        with inside(example.pk):
            day = rows["seat"].taken_at.date()
            made = [
                Stakeholder(
                    name=f"Ally {n:05}", sector=f"Sector {n % 7}", city="Linden", interest=2, influence=4, raters=1
                )
                for n in numbers
            ]
            for ally in made:
                ally.prepare()
            Stakeholder.objects.bulk_create(made)
            said = {"source": "Letter", "said_on": day, "readers": "members"}
            ProfileEntry.objects.bulk_create(
                ProfileEntry(stakeholder=ally, about="motive", text="Clean air", tags=f"air {at}", **said)
                for at, ally in enumerate(made)
            )
            Input.objects.bulk_create(Input(stakeholder=ally, text="Begin at seven", on=day) for ally in made)
            Pair.objects.bulk_create(
                Pair(one=one, other=other, score=0.9, reasons=["names are alike"]) for one, other in pairwise(made)
            )

    return add


@pytest.mark.parametrize(
    "name",
    ["stakeholders:candidates", "stakeholders:pairs", "stakeholders:drives", "stakeholders:inputs",
     "stakeholders:coverage", "stakeholders:invite_next", "stakeholders:allies", "stakeholders:network_as_a_whole"],
)  # fmt: skip
def test_lists_about_allies_ask_as_much_of_a_hundred_as_of_two_thousand(ask, allies, name):
    allies(range(5))
    fewest = ask(name)
    allies(range(5, 100))
    few = ask(name)
    allies(range(100, 2200))
    many = ask(name)
    assert len(many) == len(few), "\n".join(line[:200] for line in many)
    assert len(few) <= len(fewest) + 1, "A list with a second page counts its rows; no row asks for itself."
