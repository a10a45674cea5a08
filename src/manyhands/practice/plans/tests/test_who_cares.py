"""A goal lists who else cares, and an actor's profile the goals it fits."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.models import Tie
from manyhands.practice.stakeholders.profiles import actions as profiles

from . import factories


@pytest.fixture
def school(clean_air):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        school = allies.add_ally(actor=amina, name="Hilltop", sector="Education")
        mayor = allies.add_ally(actor=amina, name="Mayor's Office")
        Tie.objects.create(one=school, other=mayor, kind="knows", level=3, source="Seen", seen_on=localdate())
        profiles.write_entry(
            actor=amina, stakeholder=school, about="motive", text="Cars at our gate all morning", source="A talk"
        )
        return school


# S2-15
def test_a_goal_lists_who_says_the_same_words_and_who_is_one_tie_away(clean_air, school, client):
    with clean_air.inside():
        goal = factories.adopted_goal(clean_air, title="Air at the school gate")
    page = reverse("plans:goal", args=["clean-air", goal.pk])
    client.force_login(clean_air.user["amina"])
    shown = client.get(page).text
    cares = shown[shown.index("h-cares") :]
    assert cares.index("Hilltop") < cares.index("One tie away") < cares.index("Mayor")
    client.force_login(clean_air.user["ben"])
    assert "Hilltop" not in client.get(page).text, "ben may not read the motive it was found by"
    client.force_login(clean_air.user["gus"])
    assert "h-cares" not in client.get(page).text


# S2-07
def test_a_profile_names_the_goals_it_fits(clean_air, school, client):
    with clean_air.inside():
        factories.adopted_goal(clean_air, title="Air at the school gate")
        factories.adopted_goal(clean_air, title="Cheaper bread")
    client.force_login(clean_air.user["amina"])
    for page in (f"/c/clean-air/allies/{school.pk}/profile/", "/c/clean-air/allies/drives/"):
        shown = client.get(page).text
        assert "Air at the school gate" in shown
        assert "Cheaper bread" not in shown
