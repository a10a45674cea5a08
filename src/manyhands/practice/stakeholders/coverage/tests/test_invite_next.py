"""Whom to invite next: as a set, with reasons that anyone can check, and nobody who asked not to be asked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.foundation.coalitions.models import Organization
from manyhands.practice.stakeholders.actions import Refused, add_ally
from manyhands.practice.stakeholders.coverage import actions, insights
from manyhands.practice.stakeholders.models import CoverageItem, InviteWeights, ProfileEntry, Stakeholder, Tie


@pytest.fixture
def inside(clean_air):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        actions.write_own_list(actor=amina, kind="sectors", name="Ours", items=["Health", "Media", "Youth"])
        yield clean_air


def ally(inside, name, sector="", **more):
    found = add_ally(actor=inside.actor["amina"], name=name, sector=sector)
    Stakeholder.objects.filter(pk=found.pk).update(**more)
    return Stakeholder.objects.get(pk=found.pk)


def entry(actor_record, about, tags, readers="members"):
    return ProfileEntry.objects.create(
        stakeholder=actor_record,
        about=about,
        text=tags,
        tags=tags,
        readers=readers,
        source="said so",
        said_on=localdate(),
    )


def member(inside, who):
    """The member's own record among the allies."""
    organization = Organization.objects.get(pk=inside.actor[who].organization_id)
    known = Stakeholder.objects.filter(member=organization).first()
    return known or Stakeholder.objects.create(name=organization.name, member=organization)


def chosen(inside, a_month=5, **weights):
    return insights.invite_next(inside.actor["amina"], InviteWeights(a_month=a_month, **weights))


def test_the_second_of_a_kind_adds_less_than_a_new_voice(inside):
    ally(inside, "Clinic A", "Health", weight=9)
    ally(inside, "Clinic B", "Health", weight=8)
    ally(inside, "Linden Daily", "Media", weight=1)
    found = chosen(inside, a_month=2)
    assert {pick.ally.name for pick in found.picks} == {"Clinic A", "Linden Daily"}
    assert all("yet" in pick.reasons[0] for pick in found.picks)
    assert "100%" in found.method_in_words


def test_not_now_never_refused_and_against_are_left_out_and_counted(inside):
    ally(inside, "Now", "Media")
    ally(inside, "Later", "Media", not_before=localdate() + timedelta(days=3))
    ally(inside, "Never", "Media", never_because="They asked us not to")
    ally(inside, "Refused", "Media", stage="declined")
    ally(inside, "Against", "Media", stance="against", stance_source="Letter", stance_on=localdate())
    ally(inside, "Ripe again", "Youth", not_before=localdate())
    found = chosen(inside)
    assert {pick.ally.name for pick in found.picks} == {"Now", "Ripe again"}
    assert found.left_out == ["1 to be asked later", "1 that said no", "1 that we do not ask"]


def test_the_last_of_thousands_is_found_if_nobody_else_speaks_for_its_sector(inside):
    """Whoever adds most is picked, however far down the list by rating."""
    crowd = [
        Stakeholder(name=f"Clinic {n}", sector="Health", weight=9, interest=3, influence=3, raters=1)
        for n in range(2500)
    ]
    for each in crowd:
        each.prepare()
    Stakeholder.objects.bulk_create(crowd)
    ally(inside, "Linden Daily", "Media", weight=0)
    found = chosen(inside, a_month=4)
    assert [pick.ally.name for pick in found.picks] == ["Clinic 0", "Linden Daily", "Clinic 1"]
    assert "all 2,501 allies one may invite" in found.computed_from


# S1-19
def test_low_interest_of_somebody_nobody_spoke_with_is_called_a_guess(inside):
    ally(inside, "Port", "Media", raters=3, interest=1.5, influence=4.6, weight=6.1)
    [pick] = chosen(inside).picks
    assert pick.in_short == "strong, never asked"
    assert "only a guess" in pick.reasons[-1]


# S2-22
def test_an_unexpected_ally_is_named_with_what_it_brings_that_nobody_has(inside):
    garden = ally(inside, "Allotments", "Gardening")
    entry(garden, "brings", "compost, planters")
    [pick] = chosen(inside).picks
    assert pick.ally == garden
    assert pick.reasons == ["They bring what nobody here has: compost, planters."]


def test_what_only_stewards_may_read_gives_no_reason(inside):
    entry(ally(inside, "Allotments", "Gardening"), "brings", "compost", readers="stewards")
    assert chosen(inside).picks == []


def test_the_way_goes_only_along_ties_whose_people_agreed(inside):
    ours, door, port = member(inside, "ben"), ally(inside, "Union"), ally(inside, "Port", "Media")
    said = {"level": 5, "source": "Ben", "seen_on": localdate(), "kind": "knows"}
    Tie.objects.create(one=ours, other=door, consent="agreed", consent_source="Ben asked", **said)
    last = Tie.objects.create(one=door, other=port, **said)
    pick = next(pick for pick in chosen(inside).picks if pick.ally == port)
    assert pick.path == []
    Tie.objects.filter(pk=last.pk).update(consent="agreed", consent_source="Union said yes")
    pick = next(pick for pick in chosen(inside).picks if pick.ally == port)
    assert pick.path == [ours.name, "Union", "Port"]


def test_weights_change_who_comes_first_and_are_checked(inside):
    ally(inside, "Daily", "Media")
    ally(inside, "Crowd", "", people_reached=1900, people_reached_source="their page")
    assert chosen(inside, 1, coverage=5, reach=0.1).picks[0].ally.name == "Daily"
    pick = chosen(inside, 1, coverage=0.1, reach=5).picks[0]
    assert pick.ally.name == "Crowd"
    assert pick.reasons == ["They reach about 1,900 people (their page)."]
    for weights, a_month in (({"coverage": 0}, 5), ({"coverage": -1}, 5), ({"coverage": 1}, 0)):
        with pytest.raises(Refused):
            given = {"coverage": 0, "assets": 0, "reach": 0, "paths": 0, **weights}
            actions.set_weights(actor=inside.actor["amina"], weights=given, a_month=a_month)


# S3-15
def test_overlap_and_complement_are_two_scores_with_their_reasons(inside):
    ours, theirs = member(inside, "ben"), ally(inside, "Bus company")
    entry(ours, "motive", "clean air, safe streets")
    entry(ours, "wants", "buses, a lawyer")
    assert insights.fit(inside.actor["amina"], theirs).overlap is None
    entry(theirs, "motive", "clean air")
    entry(theirs, "brings", "buses")
    found = insights.fit(inside.actor["amina"], theirs)
    assert (found.overlap, found.complement) == (50.0, 50.0)
    assert (found.shared, found.new) == (("clean air",), ("buses",))


def test_the_page_shows_it_to_everyone_and_lets_coordinators_weigh(inside, client):
    ally(inside, "Linden Daily", "Media")
    address = reverse("stakeholders:invite_next", args=["clean-air"])
    client.force_login(inside.user["ben"])
    page = client.get(address)
    assert "Linden Daily" in page.text
    assert "Nobody here speaks for Media yet." in page.text
    assert 'name="coverage"' not in page.text
    client.force_login(inside.user["amina"])
    wrong = client.post(reverse("stakeholders:set_weights", args=["clean-air"]), {"coverage": "99", "a_month": "3"})
    assert wrong.status_code == 422
    assert 'value="99"' in wrong.text
    assert "Linden Daily" in client.get(address + "?format=csv").content.decode()


def test_nobody_to_suggest_says_what_to_do(inside, client):
    client.force_login(inside.user["amina"])
    assert "Add some, or import a list." in client.get(reverse("stakeholders:invite_next", args=["clean-air"])).text
    assert CoverageItem.objects.count() == 3
