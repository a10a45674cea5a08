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
