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

from .pages import PAGES

#: Of each kind so many rows are looked at, where a page shows one.
ROWS = 6

#: Whose pages are all counted.
ROOMS = ("stakeholders:", "alignment:", "governance:", "plans:", "coalitions:", "ledger:", "desk:")

#: PostgreSQL reads the choices of a form through a cursor.
READS = re.compile(r"\(?SELECT |DECLARE \S+ NO SCROLL CURSOR (WITH HOLD )?FOR SELECT ")


@pytest.fixture
def rows(example, rows):
    """Also the list of allies and the survey that wait for a decision."""
    with inside(example.pk):
        waiting = Import.objects.get(state=Import.State.TRIED)
        return rows | {"list_that_waits": waiting, "survey": TieList.objects.get(holds=TieList.Holds.POSITIONS)}


@pytest.fixture
def ask(example, rows, client):
    """Count the queries of one page, signed in as the coordinator, after it was seen once.

    Where a page shows one row, that of the first few which asks most: a closed round shows more than a draft.
    """
    from manyhands.demo.story import person

    client.force_login(person("Amina"))

    def count(name: str) -> list[str]:
        found: list[list[str]] = []
        for address in of_rows(*PAGES[name][0], page=name):
            if client.get(address).status_code == 200:
                with CaptureQueriesContext(connection) as asked:
                    client.get(address)
                found.append([query["sql"] for query in asked.captured_queries])
        return max(found, key=len)

    def of_rows(*parts: str, page: str) -> dict[str, None]:
        """Those of the first few rows of the kind, where an address names one; of words as they are."""
        shown = next((part for part in parts if part in rows), None)
        with inside(example.pk):
            few = [rows[shown], *type(rows[shown]).objects.order_by("pk")[:ROWS]] if shown else [None]
        return dict.fromkeys(
            reverse(page, args=[example.slug, *(row.pk if part == shown else part for part in parts)]) for row in few
        )

    return count


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_few_questions(ask, name):
    asked = ask(name)
    assert len(asked) <= PAGES[name][1], "\n".join(line[:200] for line in asked)
    assert not [line for line in asked if not READS.match(line)], "A page that is only looked at writes nothing."


def test_every_page_of_a_coalition_is_counted(example, rows, client):
    from manyhands.demo.story import person

    client.force_login(person("Amina"))
    uncounted = []
    for pattern, name, _view, converters in addresses():
        filled = arguments(pattern, converters, rows, example.slug)
        is_inside = "coalition" in converters and name.startswith(ROOMS)
        if is_inside and name not in PAGES and filled is not None:
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
