"""Unexpected allies: from outside the usual sectors, and wanting something that meets a goal, with the reason."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.practice.stakeholders.actions import add_ally
from manyhands.practice.stakeholders.coverage import actions, unexpected
from manyhands.practice.stakeholders.coverage.unexpected import unexpected_allies
from manyhands.practice.stakeholders.models import Stakeholder
from manyhands.practice.stakeholders.profiles import goals
from manyhands.practice.stakeholders.profiles.actions import write_entry
from manyhands.practice.stakeholders.profiles.goals import GoalSource, GoalWords

AIR = GoalWords("Clean air at school gates", "Clean air at school gates for every child", "/goal/1/")
BUSES = GoalWords("Night buses", "Buses run through the night", "/goal/2/")
SAID = "We want clean soil and clean air where our school garden grows."


@pytest.fixture
def inside(clean_air, monkeypatch):
    """Most of those one could invite are clubs; members speak for Health."""
    ours = GoalSource(Stakeholder.objects.none, lambda _actor, _rows: [BUSES, AIR])
    monkeypatch.setattr(goals, "_sources", [ours])
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        actions.write_own_list(actor=amina, kind="sectors", name="Ours", items=["Health", "Media"])
        health = {item.name: item for item in unexpected.queries.chosen_sectors()}["Health"]
        organization = clean_air.seat["ben"].organization
        actions.declare_coverage(actor=clean_air.actor["ben"], organization=organization, items=[health])
        for number in range(4):
            add_ally(actor=amina, name=f"Club {number}", sector="Clubs")
        yield clean_air


def ally(inside, name, sector, text=SAID, about="motive", readers="members", **more):
    amina = inside.actor["amina"]
    found = add_ally(actor=amina, name=name, sector=sector)
    if text:
        write_entry(actor=amina, stakeholder=found, about=about, text=text, source="A talk in May", readers=readers)
    Stakeholder.objects.filter(pk=found.pk).update(**more)
    return found


def names(found):
    return [each.ally.name for each in found.allies]


# S2-22
def test_an_ally_from_elsewhere_whose_motive_meets_a_goal_is_named_with_the_reason(inside, client):
    ally(inside, "Allotments", "Gardening")
    ally(inside, "Clinic", "health")  # a sector of members, however it is written
    ally(inside, "Chess Club", "Clubs")  # where most come from
    ally(inside, "Port", "Freight", "We want deeper water and cheaper diesel.")  # from elsewhere, with other wishes
    ally(inside, "Choir", "Music", text="")  # nobody wrote down what they want
    found = unexpected_allies(inside.actor["ben"])
    [only] = found.allies
    [meets] = only.meets
    assert (only.ally.name, meets.goal, meets.words) == ("Allotments", AIR, ["clean", "school"])
    assert "Health" in found.usual_of_members
    assert found.usual_of_candidates == ["Clubs"]
    assert found.count_outside == 3
    client.force_login(inside.user["ben"])
    page = client.get(reverse("stakeholders:unexpected", args=["clean-air"])).text
    for words in ("From Gardening", SAID, "A talk in May", "Clean air at school gates", "both speak of clean, school"):
        assert words in page
    assert "Port" not in page.split("<main")[1]


# S2-22
@pytest.mark.parametrize(
    "more",
    [
        {"stage": "declined"},
        {"never_because": "They asked us not to"},
        {"not_before": localdate() + timedelta(days=9)},
        {"stance": "against", "stance_source": "A vote", "stance_on": localdate()},
        {"sector": ""},
    ],
)
def test_nobody_is_suggested_who_may_not_be_asked_or_whose_sector_is_not_known(inside, more):
    asked = ally(inside, "Allotments", "Gardening")
    assert names(unexpected_allies(inside.actor["ben"])) == ["Allotments"]
    Stakeholder.objects.filter(pk=asked.pk).update(**more)
    found = unexpected_allies(inside.actor["ben"])
    assert names(found) == []
    assert found.count_no_sector == ("sector" in more)


def test_one_word_in_common_is_chance_and_part_of_a_word_is_none(inside):
    ally(inside, "Port", "Freight", "Support for schools.")
    ally(inside, "Garage", "Repairs", "Airlines pay us to clean.")
    assert names(unexpected_allies(inside.actor["ben"])) == []


def test_every_kind_of_wish_counts_and_the_most_in_common_comes_first(inside):
    ally(inside, "Garage", "Repairs", "Every child at school hears of clean engines.", about="agenda")
    ally(inside, "Bakery", "Bread", "School gates that are clean", about="wants")
    ally(inside, "Night Watch", "Guards", "Buses at night bring our people home.", about="gain")
    found = unexpected_allies(inside.actor["ben"])
    assert names(found) == ["Bakery", "Garage", "Night Watch"]
    assert found.allies[2].meets[0].goal == BUSES


def test_nothing_is_matched_that_the_asker_may_not_read(inside):
    ally(inside, "Allotments", "Gardening", readers="stewards")
    assert names(unexpected_allies(inside.actor["amina"])) == ["Allotments"]
    assert names(unexpected_allies(inside.actor["ben"])) == []
    assert unexpected_allies(inside.actor["gus"]).allies == []


def test_a_longer_list_asks_no_more_of_the_database(inside, django_assert_max_num_queries):
    for number in range(15):
        ally(inside, f"Garden {number}", f"Field {number}")
    with django_assert_max_num_queries(8):
        assert len(unexpected_allies(inside.actor["ben"]).allies) == 12


def test_the_page_says_what_is_missing(inside, client, monkeypatch):
    client.force_login(inside.user["ben"])
    address = reverse("stakeholders:unexpected", args=["clean-air"])
    assert "Nobody unexpected is known yet" in client.get(address).text
    monkeypatch.setattr(goals, "_sources", [])
    assert "There is no goal yet" in client.get(address).text


def test_those_from_where_all_come_from_never_crowd_out_the_others(inside, client, monkeypatch):
    monkeypatch.setattr(unexpected, "MOST_LOOKED_AT", 1)
    ally(inside, "Chess Club", "Clubs", weight=9.0)
    ally(inside, "Allotments", "Gardening", weight=1.0)
    found = unexpected_allies(inside.actor["ben"])
    assert (names(found), found.looked_at_most) == (["Allotments"], None)
    ally(inside, "Bee Keepers", "Farming", weight=2.0)
    found = unexpected_allies(inside.actor["ben"])
    assert (names(found), found.looked_at_most) == (["Bee Keepers"], 1)
    client.force_login(inside.user["ben"])
    assert "the 1 things said" in client.get(reverse("stakeholders:unexpected", args=["clean-air"])).text
