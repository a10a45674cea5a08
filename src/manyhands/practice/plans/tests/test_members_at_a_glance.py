"""All members side by side: ally status, contact rhythm and goals endorsed, each for those who may see it."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from manyhands.foundation.coalitions import actions as coalitions
from manyhands.foundation.coalitions.models import Membership
from manyhands.practice.governance import actions as governance
from manyhands.practice.governance.tests.factories import decided
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.models import Stakeholder
from manyhands.practice.stakeholders.outreach import actions as outreach
from manyhands.practice.stakeholders.ties.actions import keep_members_on_the_map

GLANCE = "/c/clean-air/members/at-a-glance/"


def ago(days: int):
    return localdate() - timedelta(days=days)


@pytest.fixture
def on_the_list(clean_air):
    """Every member has its record among the allies."""
    with clean_air.inside():
        keep_members_on_the_map(actor=clean_air.actor["amina"])
        return {ally.name: ally.pk for ally in Stakeholder.objects.all()}


def spoken(world, ally_id, *days, outcome="answered"):
    ally = Stakeholder.objects.get(pk=ally_id)
    for day in days:
        outreach.log_contact(
            actor=world.actor["rosa"], stakeholder=ally, outcome=outcome, on=ago(day), text="A secret."
        )


def row_of(page: str, name: str) -> str:
    """The words of one member's row."""
    row = next(part for part in page.split("<tr>") if f'"who-name">{name}<' in part)
    return " ".join(row.split())


def table(client, asked="") -> dict[str, list[str]]:
    answer = client.get(f"{GLANCE}?format=csv{asked}")
    rows = list(csv.reader(io.StringIO(answer.content.decode().lstrip("\ufeff"))))
    return {row[0]: row[1:] for row in rows[1:]}


# S2-02
def test_one_page_shows_per_member_ally_status_contact_rhythm_and_goals_endorsed(clean_air, on_the_list, client):
    with clean_air.inside():
        streets = decided(clean_air, title="Safe streets", kind="goal").goal
        governance.stand_for_goal(actor=clean_air.actor["ben"], goal=streets)
    client.force_login(clean_air.user["amina"])
    club, clinic = on_the_list["Two Wheels Club"], on_the_list["Northside Clinic"]
    for day in (200, 140, 110, 80, 50):  # as a volunteer writes them down, one by one
        form = {"how": "call", "outcome": "answered", "on": ago(day).isoformat(), "text": "They are well."}
        assert client.post(f"/c/clean-air/allies/{club}/contacts/", form).status_code == 302
    with clean_air.inside():
        spoken(clean_air, clinic, 20, 400)
        ally = Stakeholder.objects.get(pk=clinic)
        allies.change_ally(actor=clean_air.actor["rosa"], stakeholder=ally, version=ally.version, stance="active ally")

    members = client.get("/c/clean-air/members/").text
    assert f'href="{GLANCE}"' in members, "it is found from the list of members"
    page = client.get(GLANCE).text
    ours = row_of(page, "Two Wheels Club")
    assert "Committed" in ours
    assert "4 contacts in the last half year" in ours
    assert "usually every 30 days" in ours
    assert "quiet for 50 days, longer than usual" in ours
    assert "Safe streets</a>" in ours
    assert f"/plans/goals/{streets.pk}/" in ours
    other = row_of(page, "Northside Clinic")
    assert "Active ally" in other
    assert "usual gap: not enough yet" in other
    assert "longer than usual" not in other
    never = row_of(page, "Youth Council")
    assert "No contact written down" in never
    assert "contact rhythm 1" in page
    assert f"As of {localdate():%-d %B %Y}" in page

    with clean_air.inside():
        own = clean_air.organization["ben"].pk
    alone = client.get(f"/c/clean-air/members/{own}/").text
    for fact in ("Committed", "usually every 30 days", "quiet for 50 days, longer than usual", "Safe streets</a>"):
        assert fact in alone, fact


# S2-02
def test_goals_count_by_word_given_and_only_those_one_is_here_for(clean_air, on_the_list, client):
    with clean_air.inside():
        words = {"amina": "for", "ben": "for", "mei": "aside", "rosa": "for", "omar": "against", "joan": "for"}
        streets = decided(clean_air, words, title="Safe streets", kind="goal").goal
        buses = decided(clean_air, title="Clean buses", kind="goal").goal
        governance.stand_for_goal(actor=clean_air.actor["omar"], goal=buses)
        governance.join_for_goals(
            actor=clean_air.actor["joan"], organization=clean_air.organization["joan"], goals=[streets]
        )
        said = {(stance.organization.name, stance.choice) for stance in streets.proposal.stances.all()}
        assert ("Harbor Freight Workers", "against") in said
    client.force_login(clean_air.user["mei"])
    rows = table(client)
    assert "Safe streets" in rows["Two Wheels Club"][-3]
    workers = rows["Harbor Freight Workers"]
    assert workers[-4:] == ["1", "Clean buses", "1", ""]
    traders = rows["Market Traders' Guild"]
    assert traders[-4:] == ["1", "Safe streets", "0", "Safe streets"]
    assert "here for named goals only" in row_of(client.get(GLANCE).text, "Market Traders&#x27; Guild")
    assert set(table(client, "&goals=some")) >= {"Harbor Freight Workers"}
    assert "Market Traders' Guild" in table(client, "&goals=all")


def test_it_is_searched_sorted_narrowed_and_goes_out_with_formulas_made_harmless(clean_air, on_the_list, client):
    with clean_air.inside():
        made = coalitions.add_member_organization(actor=clean_air.actor["amina"], name="=1+1 Friends", state="active")
        assert made.pk
        keep_members_on_the_map(actor=clean_air.actor["amina"])
        spoken(clean_air, on_the_list["Two Wheels Club"], 10, 40, 70, 100)
        spoken(clean_air, on_the_list["Northside Clinic"], 90, 100, 110, 120)
        spoken(clean_air, on_the_list["Youth Council"], 30)
    client.force_login(clean_air.user["amina"])
    rows = table(client)
    assert "'=1+1 Friends" in rows
    assert len(rows) == 7
    assert list(table(client, "&q=wheels")) == ["Two Wheels Club"]
    assert list(table(client, "&quiet=longer")) == ["Northside Clinic"]
    assert list(table(client, "&quiet=unknown")) == ["Youth Council"]
    by_contact = list(table(client, "&sort=contact"))
    assert by_contact[:3] == ["Northside Clinic", "Youth Council", "Two Wheels Club"]
    assert list(table(client, "&sort=-contact"))[:3] == ["Two Wheels Club", "Youth Council", "Northside Clinic"]
    assert "Nothing fits" in client.get(f"{GLANCE}?q=zzz").text
    for odd in ("sort=zzz", "quiet=zzz", "q=%00", "page=99"):
        assert client.get(f"{GLANCE}?{odd}").status_code == 200


def test_tries_without_an_answer_break_no_silence(clean_air, on_the_list, client):
    with clean_air.inside():
        spoken(clean_air, on_the_list["Two Wheels Club"], 60)
        spoken(clean_air, on_the_list["Two Wheels Club"], 5, 3, outcome="no answer")
    client.force_login(clean_air.user["ben"])
    ours = row_of(client.get(GLANCE).text, "Two Wheels Club")
    assert "2 tries without an answer since" in ours
    assert "1 contact in the last half year" in ours


def test_who_may_not_see_allies_sees_neither_stage_nor_contact_and_nobody_reads_words(clean_air, on_the_list, client):
    with clean_air.inside():
        spoken(clean_air, on_the_list["Two Wheels Club"], 10, 40, 70, 100)
    client.force_login(clean_air.user["gus"])  # a guest
    for address in (GLANCE, f"/c/clean-air/members/{clean_air.organization['ben'].pk}/"):
        page = client.get(address).text
        assert "Goals endorsed" in page
        for hidden in ("Contact rhythm", "Ally status", "Committed", "usually every"):
            assert hidden not in page, (address, hidden)
    assert "Last contact" not in client.get(f"{GLANCE}?format=csv&sort=contact&quiet=usual").text
    client.force_login(clean_air.user["olu"])  # an observer reads along
    page = client.get(GLANCE).text
    assert "usually every 30 days" in page
    assert "A secret." not in page


def test_it_asks_as_much_for_forty_members_as_for_six(clean_air, on_the_list, client, django_assert_num_queries):
    client.force_login(clean_air.user["amina"])
    client.get(GLANCE)
    with django_assert_num_queries(6):
        client.get(GLANCE)
    with clean_air.inside():
        goals = [decided(clean_air, title=f"Goal {n}", kind="goal").goal for n in range(3)]
        for n in range(40):
            coalitions.add_member_organization(actor=clean_air.actor["amina"], name=f"Club {n:02}", state="active")
        keep_members_on_the_map(actor=clean_air.actor["amina"])
        for ally in Stakeholder.objects.all():
            spoken(clean_air, ally.pk, 10, 40)
        for goal in goals:
            governance.stand_for_goal(actor=clean_air.actor["ben"], goal=goal)
    client.get(GLANCE)
    with django_assert_num_queries(6):
        assert "of 46 organizations" in client.get(GLANCE).text


def test_before_there_is_a_member_or_a_goal_it_says_what_comes(clean_air, client):
    client.force_login(clean_air.user["amina"])
    page = client.get(GLANCE).text
    assert "not on the list of allies" in page
    assert "There is no adopted goal to endorse yet." in page
    with clean_air.inside():
        Membership.objects.update(state="paused")
    assert "No active member yet" in client.get(GLANCE).text
