"""Whose view is in a decision: sectors by members' own word, and who was asked beforehand."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.foundation.coalitions.models import Organization
from manyhands.practice.governance import actions
from manyhands.practice.governance.models import Consulted
from manyhands.practice.governance.voices import heard_in
from manyhands.practice.stakeholders.coverage import actions as coverage
from manyhands.practice.stakeholders.models import CoverageItem, Stakeholder

from .factories import decided, in_phase, take


@pytest.fixture
def inside(clean_air):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        coverage.write_own_list(actor=amina, kind="sectors", name="Ours", items=["Health", "Media", "Youth"])
        yield clean_air


def speaks_for(world, who, *names):
    items = CoverageItem.objects.filter(name__in=names).select_related("listing")
    organization = Organization.objects.get(pk=world.actor[who].organization_id)
    coverage.declare_coverage(actor=world.actor[who], organization=organization, items=items)


# S1-01
def test_a_decision_of_one_perspective_only_is_flagged_for_good(inside, client):
    for who in ("amina", "ben"):
        speaks_for(inside, who, "Health")
    proposal = in_phase(inside, "decide", closes_in=timedelta(hours=1))
    take(inside, proposal, amina="for", ben="for")
    heard = heard_in(proposal)
    assert (heard.sectors, heard.missing, heard.is_single) == (["Health"], ["Media", "Youth"], True)
    done = decided(inside, title="Another", choices={"amina": "for", "ben": "for", "mei": "for", "rosa": "for",
                                                   "omar": "for", "joan": "for"})  # fmt: skip
    assert (done.sectors_heard, done.is_single_perspective) == (["Health"], False), (
        "four have not said where they belong"
    )
    for who in ("mei", "rosa", "omar", "joan"):
        speaks_for(inside, who, "Health")
    done = decided(inside, title="A third")
    assert done.is_single_perspective
    speaks_for(inside, "joan", "Media")  # what is said later does not change what was decided then
    done.refresh_from_db()
    assert done.is_single_perspective
    client.force_login(inside.user["ben"])
    page = client.get(reverse("governance:proposal", args=["clean-air", done.pk]))
    assert "One perspective only" in page.text
    assert "One perspective only" in client.get(reverse("governance:register", args=["clean-air"])).text


# S1-01
def test_an_idea_shows_the_sectors_and_roles_that_took_part(inside, client):
    speaks_for(inside, "ben", "Youth")
    proposal = in_phase(inside, "react")
    client.force_login(inside.user["joan"])
    address = reverse("governance:voices", args=["clean-air", proposal.pk])
    idea = " ".join(client.get(address).text.split())
    assert "Role: Representative. Sectors: Youth." in idea  # before anyone took a stance
    proposal = in_phase(inside, "decide", title="Another")
    take(inside, proposal, amina="for", ben="for", mei="aside")
    inside.seat["mei"].standing = "alternate"
    inside.seat["mei"].is_facilitator = True
    inside.seat["mei"].save()
    heard = heard_in(proposal)
    offices = [role for role, _count in heard.roles]
    assert dict(heard.roles)["Representative"] == 2
    assert dict(heard.roles)["Alternate"] == 1
    assert offices.index("Representative") < offices.index("Alternate") < offices.index("Facilitator")
    assert {tuple(row.roles) for row in heard.rows if row.sectors == ["Youth"]} == {("Representative",)}
    page = client.get(reverse("governance:proposal", args=["clean-air", proposal.pk])).text
    assert "Representative 2, Alternate 1" in page


def disclosed(world, record, text, **more):
    said = {"kind": "business", "text": text, "source": "Own word", "on": localdate(), **more}
    return coverage.disclose_interest(actor=world.actor["amina"], stakeholder=record, **said)


def record_of(world, who):
    organization = Organization.objects.get(pk=world.actor[who].organization_id)
    return Stakeholder.objects.get_or_create(member=organization, defaults={"name": organization.name})[0]


# S3-34
def test_interests_stand_on_the_page_of_the_decision_they_concern(inside, client):
    proposer, voter = record_of(inside, "ben"), record_of(inside, "joan")
    company = Stakeholder.objects.create(name="Harbor Fence Company")
    elsewhere = Stakeholder.objects.create(name="Cinema on the Hill")
    disclosed(inside, proposer, "Its chair sells paint.")
    disclosed(inside, voter, "Gets a grant from the port.", kind="funder")
    disclosed(inside, company, "Sells the fences.")
    disclosed(inside, elsewhere, "Owned by the mayor.")
    over = disclosed(inside, proposer, "Once rented trucks.")
    coverage.end_disclosure(actor=inside.actor["amina"], disclosure=over)
    text = "We buy forty fences of harbor  fence company."
    client.force_login(inside.user["rosa"])
    proposal = in_phase(inside, "clarify", text=text)
    page = client.get(reverse("governance:proposal", args=["clean-air", proposal.pk])).text
    assert "Its chair sells paint." in page
    assert "put it forward" in page
    assert "Sells the fences." in page
    assert "is named in the text" in page
    assert "Gets a grant" not in page  # nobody votes yet
    for words in ("Owned by the mayor.", "Once rented trucks."):
        assert words not in page
    proposal = in_phase(inside, "decide", title="Another", text=text)
    address = reverse("governance:proposal", args=["clean-air", proposal.pk])
    assert "may take a stance" in client.get(address).text
    take(inside, proposal, joan="for")
    page = client.get(address).text
    assert "Gets a grant from the port." in page
    assert "took a stance" in page


# S3-34
def test_interests_of_those_who_stand_for_a_goal_are_told(inside, client):
    disclosed(inside, record_of(inside, "amina"), "Wants the site next door.")
    proposal = in_phase(inside, "decide", kind="goal", title="Clean gates")
    client.force_login(inside.user["rosa"])
    page = client.get(reverse("governance:proposal", args=["clean-air", proposal.pk])).text
    assert "Wants the site next door." in page
    assert "stands for the goal" in page


# S3-34
def test_interests_of_those_who_decide_stand_beside_the_decision(inside, client):
    proposal = in_phase(inside, "decide")
    take(inside, proposal, ben="for")
    organization = Organization.objects.get(pk=inside.actor["ben"].organization_id)
    record, _is_new = Stakeholder.objects.get_or_create(member=organization, defaults={"name": organization.name})
    said = {"kind": "business", "text": "Sells the fences.", "source": "Own word", "on": localdate()}
    coverage.disclose_interest(actor=inside.actor["ben"], stakeholder=record, **said)
    client.force_login(inside.user["amina"])
    page = client.get(reverse("governance:voices", args=["clean-air", proposal.pk]))
    assert "Sells the fences." in page.text


# S3-09 S1-37
def test_who_was_asked_who_came_and_what_changed_is_kept(inside, client):
    proposal = in_phase(inside, "react")
    client.force_login(inside.user["ben"])
    address = reverse("governance:voices", args=["clean-air", proposal.pk])
    today = localdate()
    form = {"who": "Head nurse", "expertise": "asthma in the morning", "invited_on": today - timedelta(days=3)}
    early = client.post(address, {**form, "came_on": today - timedelta(days=9), "said": "Too early"})
    assert early.status_code == 422
    assert "Too early" in early.text
    assert not Consulted.objects.exists()
    heard = {**form, "came_on": today, "said": "The first hour is worst.", "change": "We begin at seven."}
    assert client.post(address, heard).status_code == 302
    assert client.post(address, {**form, "who": "School bus drivers"}).status_code == 302
    page = client.get(address).text
    for words in ("2 were asked beforehand", "Head nurse", "We begin at seven.", "did not come"):
        assert words in page


@pytest.mark.parametrize("wrong", [{"who": " "}, {"expertise": ""}, {"invited_on": localdate() + timedelta(days=1)}])
def test_a_consultation_without_ground_is_refused(inside, wrong):
    proposal = in_phase(inside, "react")
    said = {"who": "Nurse", "expertise": "asthma", "invited_on": localdate(), **wrong}
    with pytest.raises(actions.NothingToSay):
        actions.record_consulted(actor=inside.actor["ben"], proposal=proposal, **said)
