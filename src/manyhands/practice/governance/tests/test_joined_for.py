"""A member that joined for named goals only has its name used for nothing else."""

import pytest
from django.urls import reverse

from manyhands.foundation.coalitions.models import Organization
from manyhands.practice.governance import actions, queries
from manyhands.practice.governance.models import Eligibility, SharedGoal

from .factories import decided, in_phase


def own(world, who):
    return Organization.objects.get(pk=world.actor[who].organization_id)


def adopted(world, title):
    return decided(world, title=title, kind="goal").goal


# S2-08
def test_a_name_is_used_for_the_named_goals_and_for_nothing_else(inside, client):
    streets, buses = adopted(inside, "Safe streets"), adopted(inside, "Clean buses")
    ben = own(inside, "ben")
    Organization.objects.filter(pk=ben.pk).update(is_public=True)
    actions.join_for_goals(actor=inside.actor["ben"], organization=ben, goals=[streets])

    actions.stand_for_goal(actor=inside.actor["ben"], goal=streets)
    with pytest.raises(actions.JoinedForOthers):
        actions.stand_for_goal(actor=inside.actor["ben"], goal=buses)

    for title, serves, has_voice in (
        ("More streets", streets, True),
        ("More buses", buses, False),
        ("A party", None, False),
    ):
        proposal = in_phase(inside, "decide", title=title, serves_goal=serves)
        assert Eligibility.objects.filter(proposal=proposal, organization=ben).exists() == has_voice, title

    inside.coalition.is_public = True
    inside.coalition.save()
    page = client.get(reverse("public:coalition", args=["clean-air"])).text
    assert f"{ben.name} (Safe streets)" in page
    assert page.count(ben.name) == page.count(f"{ben.name} (Safe streets)")

    with pytest.raises(actions.JoinedForOthers):
        actions.join_for_goals(actor=inside.actor["ben"], organization=ben, goals=[buses])
    actions.join_for_goals(actor=inside.actor["ben"], organization=ben, goals=[])
    assert queries.organizations_apart(buses.pk) == set()


def test_the_page_lets_one_change_ones_own_and_coordinators_everybodys(inside, client):
    goal = adopted(inside, "Safe streets")
    ben = own(inside, "ben")
    address = reverse("governance:join_for", args=["clean-air", ben.pk])
    client.force_login(inside.user["rosa"])
    assert client.post(address, {"goals": [goal.pk]}).status_code in {403, 404}
    client.force_login(inside.user["ben"])
    assert client.post(address, {"goals": [goal.pk]}).status_code == 302
    assert "Safe streets" in client.get(reverse("governance:joined_for", args=["clean-air"])).text
    assert SharedGoal.objects.get(joined_for_by__organization=ben) == goal
