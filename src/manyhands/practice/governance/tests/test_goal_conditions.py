"""No goal is decided before everyone was asked and two organizations stand for it; the pages say who is missing."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import now

from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions.models import Membership, Organization, Seat
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment.models import VisionRound
from manyhands.practice.alignment.tests.factories import open_round
from manyhands.practice.governance import actions, queries
from manyhands.practice.governance.models import Proposal, SharedGoal
from manyhands.practice.governance.tasks import close_due_proposals

from . import factories


def url(name, *args):
    return reverse(f"governance:{name}", args=["clean-air", *args])


@pytest.fixture
def goal(inside) -> Proposal:
    """A goal that waits for its decision; nobody was asked, and nobody stands for it."""
    return factories.in_phase(inside, "react", kind="goal", title="Clean air at every gate")


def join(name: str) -> Organization:
    """An active member for which nobody sits."""
    organization = Organization.objects.create(name=name, state="active")
    Membership.objects.create(organization=organization, state="active", since=now().date())
    return organization


def seat(organization: Organization) -> None:
    person = Person.objects.create_user("late@x.example", name="Lena")
    Seat.objects.create(person=person, organization=organization, name="Lena")


def stand(world, proposal, *who) -> None:
    for each in who:
        actions.stand_for_goal(actor=world.actor[each], goal=proposal.goal)


def decide(world, proposal) -> Proposal:
    return actions.advance_proposal(actor=world.actor["mei"], proposal=proposal, to="decide")


def state(proposal) -> str:
    return SharedGoal.objects.get(pk=proposal.goal_id).state


# --- everyone is asked -----------------------------------------------------------------------------


def test_a_goal_is_not_decided_before_every_active_member_was_asked(inside, goal, client):
    # S0-24
    stand(inside, goal, "amina", "rosa")
    client.force_login(inside.user["mei"])
    soon = {"to": "decide", "closes_at": (now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")}
    young = client.post(url("advance", goal.pk), soon)
    assert young.status_code == 409
    assert "no question was put to everyone yet" in young.text
    assert reverse("alignment:rounds", args=["clean-air"]) in young.text

    late = join("Late Union")
    round = open_round(inside)
    refused = client.post(url("advance", goal.pk), soon)
    assert refused.status_code == 409
    assert "Not asked yet: Late Union." in refused.text
    assert f'href="{reverse("alignment:round", args=["clean-air", round.pk])}"' in refused.text
    goal.refresh_from_db()
    assert (goal.state, goal.decide_at, goal.eligible.count()) == ("react", None, 0)

    seat(late)
    rounds.answer_statement(actor=inside.actor["ben"], statement=round.statements.first(), answer=1)
    page = client.get(url("proposal", goal.pk)).text
    assert "Every active member was asked." in page
    assert "6 were asked and did not respond" in page
    silent = page.split("did not respond")[1].split("</details>")[0]
    assert "Late Union" in silent
    assert "Northside Clinic" in silent
    assert "Two Wheels Club" not in silent, "Ben's club took part"
    assert client.post(url("advance", goal.pk), soon).status_code == 302
    goal.refresh_from_db()
    assert goal.state == "decide"


def test_a_round_from_elsewhere_and_a_draft_asked_nobody_here(inside, goal):
    # S0-24
    stand(inside, goal, "amina", "rosa")
    round = open_round(inside)
    VisionRound.objects.update(is_imported=True)
    rounds.draft_round(actor=inside.actor["amina"], question="Soon?")
    with pytest.raises(actions.NotEveryoneAsked):
        decide(inside, goal)
    VisionRound.objects.filter(pk=round.pk).update(is_imported=False)
    assert decide(inside, goal).state == "decide"


def test_a_goal_is_not_adopted_while_who_joined_meanwhile_was_not_asked(inside, client):
    # S0-24
    goal = factories.in_phase(inside, "decide", kind="goal")
    factories.take(inside, goal, **factories.ALL)
    rounds.close_round(actor=inside.actor["amina"], round=VisionRound.objects.get())
    seat(join("Late Union"))
    client.force_login(inside.user["mei"])
    refused = client.post(url("close", goal.pk))
    assert refused.status_code == 409
    assert "Not asked yet: Late Union." in refused.text
    with time_machine.travel(goal.closing + timedelta(hours=1)):
        enqueue(close_due_proposals)
        run_waiting()
    goal.refresh_from_db()
    assert (goal.state, state(goal)) == ("decide", "endorsed")
    open_round(inside)
    assert client.post(url("close", goal.pk)).status_code == 302
    assert state(goal) == "adopted"


def test_a_goal_that_members_refuse_is_closed_whoever_was_asked(inside):
    goal = factories.in_phase(inside, "decide", kind="goal")
    factories.take(inside, goal, **dict.fromkeys(factories.ALL, "against"))
    join("Late Union")
    assert actions.close_proposal(actor=inside.actor["mei"], proposal=goal).state == "not adopted"


def test_other_decisions_need_nobody_asked(inside):
    assert factories.in_phase(inside, "decide").state == "decide"


def test_many_missing_names_are_counted(inside, goal):
    stand(inside, goal, "amina", "rosa")
    open_round(inside)
    for number in range(8):
        join(f"Union {number}")
    with pytest.raises(actions.NotEveryoneAsked) as refused:
        decide(inside, goal)
    assert str(refused.value).endswith("Not asked yet: Union 0, Union 1, Union 2, Union 3, Union 4 and 3 more.")


# --- two stand for it -------------------------------------------------------------------------------


def test_two_organizations_stand_for_a_goal_before_it_is_decided(inside, goal, client):
    open_round(inside)
    with pytest.raises(actions.TooFewStand):
        decide(inside, goal)
    page = url("proposal", goal.pk)
    client.force_login(inside.user["rosa"])
    assert "We stand for this goal" in client.get(page).text
    assert client.post(url("stand", goal.pk)).status_code == 302
    assert "Step back" in client.get(page).text
    assert state(goal) == "proposed", "one is not enough"
    client.force_login(inside.user["mei"])
    soon = {"to": "decide", "closes_at": (now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")}
    refused = client.post(url("advance", goal.pk), soon)
    assert refused.status_code == 409
    assert "needs two organizations" in refused.text
    client.force_login(inside.user["ben"])
    assert client.post(url("stand", goal.pk)).status_code == 302
    shown = client.get(page).text
    assert "Northside Clinic" in shown
    assert state(goal) == "endorsed"
    assert client.post(url("stand", goal.pk), {"step": "back"}).status_code == 302
    assert state(goal) == "proposed"
    assert client.post(url("stand", goal.pk)).status_code == 302
    lines = LedgerEntry.objects.filter(kind="governance.GoalStoodFor")
    assert [line.facts["stands"] for line in lines.order_by("pk")] == [True, True, False, True]
    assert {line.facts["proposal_id"] for line in lines} == {goal.pk}
    client.force_login(inside.user["mei"])
    assert client.post(url("advance", goal.pk), soon).status_code == 302
    assert state(goal) == "endorsed"


def test_while_it_is_decided_two_go_on_standing(inside, client):
    goal = factories.in_phase(inside, "decide", kind="goal")
    client.force_login(inside.user["amina"])
    refused = client.post(url("stand", goal.pk), {"step": "back"})
    assert refused.status_code == 409
    stand(inside, goal, "rosa")
    assert client.post(url("stand", goal.pk), {"step": "back"}).status_code == 302
    assert queries.sponsors(goal.goal).count() == 2


def test_a_member_that_left_stands_for_nothing(inside):
    goal = factories.in_phase(inside, "decide", kind="goal")
    factories.take(inside, goal, **factories.ALL)
    Membership.objects.filter(organization=inside.organization["mei"]).update(state="former")
    with pytest.raises(actions.TooFewStand):
        actions.close_proposal(actor=inside.actor["ben"], proposal=goal)
    stand(inside, goal, "rosa")
    assert actions.close_proposal(actor=inside.actor["ben"], proposal=goal).is_adopted


def test_only_who_speaks_for_an_organization_stands_for_a_goal(inside, goal, client):
    client.force_login(inside.user["olu"])
    assert "We stand for this goal" not in client.get(url("proposal", goal.pk)).text
    assert client.post(url("stand", goal.pk)).status_code in {403, 404}
    client.force_login(inside.user["rosa"])
    ordinary = factories.in_phase(inside, "react")
    assert client.post(url("stand", ordinary.pk)).status_code == 404
