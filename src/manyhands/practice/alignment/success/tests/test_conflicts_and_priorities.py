"""Pairs that conflict stand before every adoption; what comes first shows short against long, and whom it serves."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from manyhands.practice.alignment.models import OutcomeConflict, Priority
from manyhands.practice.alignment.success import actions, queries
from manyhands.practice.governance.actions import advance_proposal, ensure_rules, put_forward_proposal
from manyhands.practice.governance.models import DecisionRule, Proposal


@pytest.fixture
def pair(inside, stalls, quiet):
    return actions.name_conflict(actor=inside.actor["joan"], one=stalls, other=quiet, about="Vans at eight.")


# S0-05
def test_before_a_goal_is_adopted_the_conflicting_pairs_are_listed_and_after_alignment_fewer(inside, pair, client):
    ensure_rules(actor=inside.actor["amina"])
    goal = put_forward_proposal(actor=inside.actor["amina"], title="Streets", text="We do it.", kind="goal")
    goal = advance_proposal(actor=inside.actor["amina"], proposal=goal, to="clarify")
    rosa = actions.write_definition(actor=inside.actor["rosa"], text="Ambulances pass.", is_shared=True)
    actions.name_conflict(actor=inside.actor["mei"], one=rosa, other=pair.one, about="The street is closed to both.")
    client.force_login(inside.user["ben"])
    page = reverse("governance:proposal", args=["clean-air", goal.pk])
    before = client.get(page).text
    assert "2 pairs of members want things that conflict." in before
    assert "Vans at eight." in before
    assert "0 of 2 that were named are settled." in before
    actions.settle_conflict(actor=inside.actor["amina"], conflict=pair, how="Vans leave at 7:50.")
    after = client.get(page).text
    assert "1 pair of members wants things that conflict." in after
    assert "Vans at eight." not in after
    assert "1 of 2 that were named are settled." in after
    settled = client.get(reverse("alignment:conflicts", args=["clean-air"]) + "?state=settled").text
    assert "Vans leave at 7:50." in settled
    Proposal.objects.filter(pk=goal.pk).update(state="withdrawn")
    assert "that were named are settled" not in client.get(page).text


def test_either_side_and_those_who_lead_name_a_pair_and_settle_it_nobody_else(inside, stalls, quiet):
    with pytest.raises(PermissionDenied):
        actions.name_conflict(actor=inside.actor["ben"], one=stalls, other=quiet, about="x")
    pair = actions.name_conflict(actor=inside.actor["mei"], one=quiet, other=stalls, about="x")
    with pytest.raises(PermissionDenied):
        actions.settle_conflict(actor=inside.actor["ben"], conflict=pair, how="x")
    with pytest.raises(actions.Refused):
        actions.name_conflict(actor=inside.actor["joan"], one=stalls, other=quiet, about="again")
    actions.settle_conflict(actor=inside.actor["joan"], conflict=pair, how="We talked.")
    with pytest.raises(actions.ChangedMeanwhile):
        actions.settle_conflict(actor=inside.actor["amina"], conflict=pair, how="We talked.")
    actions.reopen_conflict(actor=inside.actor["amina"], conflict=pair)
    assert queries.standing_conflicts().open == [OutcomeConflict.objects.get()]


def test_what_is_not_shared_cannot_be_named(inside, quiet):
    kept = actions.write_definition(actor=inside.actor["joan"], text="Kept.")
    with pytest.raises(actions.Refused):
        actions.name_conflict(actor=inside.actor["amina"], one=quiet, other=kept, about="x")


def test_a_member_names_pairs_of_its_own_on_the_page(inside, stalls, quiet, client):
    address = reverse("alignment:name_conflict", args=["clean-air"])
    client.force_login(inside.user["ben"])
    others = client.post(address, {"one": stalls.pk, "other": quiet.pk, "about": "Not mine."})
    assert others.status_code == 422
    assert "Not mine." in others.text
    client.force_login(inside.user["joan"])
    assert client.post(address, {"one": stalls.pk, "other": quiet.pk, "about": "Mine."}).status_code == 302
    client.force_login(inside.user["olu"])
    assert client.get(address).status_code == 403
    assert (
        client.post(
            reverse("alignment:settle_conflict", args=["clean-air", OutcomeConflict.objects.get().pk]), {"how": "x"}
        ).status_code
        == 403
    )


# S0-33
def test_priorities_carry_a_horizon_and_the_plan_shows_the_balance_and_whom_each_serves(inside, client):
    def priority(title: str, horizon: str, serves: list[str]) -> Priority:
        made = actions.nominate_priority(actor=inside.actor["amina"], title=title, horizon=horizon)
        for who in serves:
            actions.stand_on_priority(actor=inside.actor[who], priority=made, side="serves")
        return actions.choose_priority(actor=inside.actor["mei"], priority=made, state="selected")

    priority("Paint the crossings", "short", ["joan", "ben"])
    priority("Lights at dusk", "short", ["ben"])
    priority("Trees", "long", ["rosa"])
    actions.nominate_priority(actor=inside.actor["amina"], title="Not chosen", horizon="medium")
    short, medium, long = queries.priority_balance()
    assert (short.percent, short.members) == (67, ["Market Traders' Guild", "Two Wheels Club"])
    assert (medium.percent, medium.titles) == (0, [])
    assert (long.percent, long.members) == (33, ["Northside Clinic"])
    client.force_login(inside.user["omar"])
    for page in (reverse("plans:plans", args=["clean-air"]), reverse("alignment:priorities", args=["clean-air"])):
        text = client.get(page).text
        assert "Serves Northside Clinic" in text
        assert "67 percent of what comes first" in text
    assert "Harbor Freight Workers" in text.split("Nothing that comes first serves:")[1][:200]


def test_a_member_changes_its_mind_and_takes_its_stand_back(inside):
    made = actions.nominate_priority(actor=inside.actor["joan"], title="Trees", horizon="long")
    actions.stand_on_priority(actor=inside.actor["joan"], priority=made, side="serves", strength=3)
    actions.stand_on_priority(actor=inside.actor["joan"], priority=made, side="hinders", strength=1)
    assert [(s.side, s.strength) for s in made.stands.all()] == [("hinders", 1)]
    actions.stand_on_priority(actor=inside.actor["joan"], priority=made, side="")
    assert not made.stands.exists()
    with pytest.raises(actions.Refused):
        actions.stand_on_priority(actor=inside.actor["joan"], priority=made, side="serves", strength=9)
    with pytest.raises(actions.Refused):
        actions.nominate_priority(actor=inside.actor["ben"], title="trees", horizon="long")


# S2-09
def test_each_decision_asks_which_goal_it_serves_and_those_serving_none_are_counted(inside, goals, client):
    for title, goal in (("A", goals[0]), ("B", None), ("C", None)):
        made = put_forward_proposal(actor=inside.actor["amina"], title=title, text="x", serves_goal=goal)
        rule = DecisionRule.objects.get(kind="ordinary", superseded_at=None).pk
        Proposal.objects.filter(pk=made.pk).update(
            state="adopted", decided_at=goals[0].adopted_at, opened_at=goals[0].adopted_at,
            react_at=goals[0].adopted_at, decide_at=goals[0].adopted_at, closes_at=goals[0].adopted_at, rule_id=rule,
        )  # fmt: skip
    client.force_login(inside.user["ben"])
    assert "Which shared goal does it serve?" in client.get(reverse("governance:new", args=["clean-air"])).text
    register = client.get(reverse("governance:register", args=["clean-air"])).text
    assert "1 of 3 adopted decisions serve a shared goal." in register
    assert "2 serve none" in register
    none = client.get(reverse("governance:register", args=["clean-air"]) + "?serves=none").text
    assert ">B</a>" in none
    assert ">A</a>" not in none
