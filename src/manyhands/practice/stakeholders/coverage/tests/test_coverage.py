"""Who is at the table: by members' own word only, measured against a list that the coalition chose."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.foundation.coalitions.models import Membership, Organization
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders.actions import Refused, add_ally, change_ally
from manyhands.practice.stakeholders.coverage import actions, queries, tasks
from manyhands.practice.stakeholders.models import CoverageItem, CoverageList, CoverageSnapshot, SpeaksFor, Stakeholder


@pytest.fixture
def chosen(inside):
    """Three sectors and two places."""
    amina = inside.actor["amina"]
    actions.write_own_list(actor=amina, kind="sectors", name="Ours", items=["Health", "Media", "Youth"])
    actions.write_own_list(actor=amina, kind="places", name="Quarters", items=["North", "South"])
    return {item.name: item for item in CoverageItem.objects.select_related("listing")}


def own(inside, who):
    return Organization.objects.get(pk=inside.actor[who].organization_id)


def declare(inside, who, *items):
    actions.declare_coverage(actor=inside.actor[who], organization=own(inside, who), items=items)


def by_name():
    tables = queries.tables(queries.chosen_items(), queries.declarations())
    return {heard.item.name: heard for table in tables for heard in table.entries}


# S0-04
def test_absent_and_single_voices_are_named_from_what_members_declared_themselves(inside, chosen):
    declare(inside, "ben", chosen["Health"], chosen["North"])
    add_ally(actor=inside.actor["amina"], name="Linden Daily", sector="Media")
    heard = by_name()
    assert {name: each.presence.value for name, each in heard.items()} == {
        "Health": "one voice", "Media": "absent", "Youth": "absent", "North": "one voice", "South": "absent",
    }  # fmt: skip
    # A record that others wrote counts as somebody to ask, never as a voice.
    assert [ally.name for ally in heard["Media"].could_ask] == ["Linden Daily"]


def test_nobody_declares_for_another_and_a_membership_that_rests_is_not_counted(inside, chosen):
    with pytest.raises(PermissionDenied):
        actions.declare_coverage(actor=inside.actor["amina"], organization=own(inside, "ben"), items=[chosen["Health"]])
    declare(inside, "ben", chosen["Health"])
    Membership.objects.filter(organization=own(inside, "ben")).update(state="paused")
    assert by_name()["Health"].presence.value == "absent"


def test_declaring_again_replaces_and_declaring_twice_is_declaring_once(inside, chosen):
    declare(inside, "ben", chosen["Health"], chosen["North"])
    declare(inside, "ben", chosen["Health"], chosen["South"])
    assert set(SpeaksFor.objects.values_list("item__name", flat=True)) == {"Health", "South"}


def test_the_grid_counts_members_that_speak_for_both(inside, chosen):
    declare(inside, "ben", chosen["Health"], chosen["North"])
    declare(inside, "amina", chosen["Health"], chosen["South"], chosen["Youth"])
    grid = queries.grid(queries.chosen_items(), queries.declarations())
    assert {row.name: counts for row, counts in grid.rows} == {"Health": [1, 1], "Media": [0, 0], "Youth": [0, 1]}
    assert grid.holes == 3


def test_the_holes_of_the_grid_are_named_in_words_where_most_could_be_asked_first(inside, chosen, client):
    amina = inside.actor["amina"]
    declare(inside, "ben", chosen["Health"], chosen["North"], chosen["South"])
    for n, (sector, city) in enumerate(
        [("Youth", "South"), ("Youth", "South"), ("Youth", "North"), ("Media", "North")]
    ):
        add_ally(actor=amina, name=f"Ally {n}", sector=sector, city=city)
    add_ally(actor=amina, name="Refused", sector="Media", city="South")
    Stakeholder.objects.filter(name="Refused").update(stage="declined")
    client.force_login(inside.user["ben"])
    page = client.get(reverse("stakeholders:coverage", args=["clean-air"])).text
    [told] = re.findall(r'<ul[^>]* id="holes">(.*?)</ul>', page, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", "", line).split()) for line in told.split("</li>")[:-1]]
    assert words == [
        "Youth is missing in every place: South (2 allies to ask), North (one ally to ask).",
        "Media is missing in every place: North (one ally to ask), South.",
    ]
    declare(inside, "amina", chosen["Youth"], chosen["Media"], chosen["North"], chosen["South"])
    assert (
        "Every sector is heard in every place" in client.get(reverse("stakeholders:coverage", args=["clean-air"])).text
    )


def test_without_places_the_page_says_how_the_holes_would_be_named(inside, client):
    actions.write_own_list(actor=inside.actor["amina"], kind="sectors", name="Ours", items=["Health"])
    address, link = reverse("stakeholders:coverage", args=["clean-air"]), "lists/places/"
    for who, has_link in (("amina", True), ("ben", False)):
        client.force_login(inside.user[who])
        page = client.get(address).text
        assert "names each place in which a sector has no voice" in page
        assert (link in page) is has_link


def test_whom_one_could_ask_is_found_however_far_down_the_list(inside, chosen):
    crowd = [Stakeholder(name=f"Clinic {n}", sector="Health", weight=3) for n in range(2100)]
    for each in crowd:
        each.prepare()
    Stakeholder.objects.bulk_create(crowd)
    add_ally(actor=inside.actor["amina"], name="Linden Daily", sector="Media")
    heard = by_name()
    assert [ally.name for ally in heard["Media"].could_ask] == ["Linden Daily"]
    assert [ally.name for ally in heard["Health"].could_ask] == ["Clinic 0", "Clinic 1", "Clinic 10"]


# S3-08
def test_coverage_is_remembered_over_time(inside, chosen, time_machine):
    today = localdate()
    for days, who, item in ((30, "ben", "Health"), (60, "amina", "Media")):
        time_machine.move_to(datetime.combine(today + timedelta(days=days), time(12), tzinfo=UTC))
        declare(inside, who, chosen[item])
    told = [((each[0].on - today).days, *each[1:]) for each in queries.history(queries.snapshots())]
    assert told == [(0, 0, 3), (30, 1, 3), (60, 2, 3)]


def test_a_job_writes_each_day_down_once(inside, chosen):
    CoverageSnapshot.objects.all().delete()
    enqueue(tasks.remember_coverage)
    enqueue(tasks.remember_coverage)
    run_waiting()
    with inside.inside():
        assert CoverageSnapshot.objects.count() == 2  # one for each chosen list


def test_changing_the_list_keeps_what_members_said_for_the_one_before(inside, chosen):
    declare(inside, "ben", chosen["Health"])
    amina = inside.actor["amina"]
    actions.choose_ready_list(actor=amina, kind="sectors", key="twelve")
    assert by_name()["Health care"].presence.value == "absent"
    with pytest.raises(Refused):
        declare(inside, "ben", CoverageItem.objects.select_related("listing").get(name="Health"))
    actions.write_own_list(actor=amina, kind="sectors", name="Ours", items=["Health", "Media", "Youth", "Sport"])
    assert by_name()["Health"].presence.value == "one voice"


@pytest.mark.parametrize(
    ("name", "items"),
    [("", ["A"]), ("L", []), ("L", ["  "]), ("L", ["A", "a"]), ("L", ["x" * 81]), ("L", [str(n) for n in range(101)])],
)
def test_a_list_that_makes_no_sense_is_refused(inside, name, items):
    with pytest.raises(Refused):
        actions.write_own_list(actor=inside.actor["amina"], kind="sectors", name=name, items=items)
    assert not CoverageList.objects.exists()


def test_an_entry_that_a_member_speaks_for_stays(inside, chosen):
    declare(inside, "ben", chosen["Health"])
    with pytest.raises(Refused, match="Health"):
        actions.write_own_list(actor=inside.actor["amina"], kind="sectors", name="Ours", items=["Media"])
    assert by_name()["Health"].presence.value == "one voice"


# S3-33
def test_a_legal_limit_switches_asks_off_until_it_ends(inside, clinic):
    amina = inside.actor["amina"]
    said = {"kind": "lobbying", "text": "May not lobby.", "source": "State law", "on": localdate()}
    found = actions.disclose_interest(actor=amina, stakeholder=clinic, asks_off=["lobby"], **said)
    assert queries.asks_off(clinic) == {"lobby"}
    actions.end_disclosure(actor=amina, disclosure=found)
    assert queries.asks_off(clinic) == set()
    assert queries.disclosures(clinic)[0].ended_at is not None


# S3-34
def test_interests_stand_on_the_partners_page(inside, clinic, client):
    amina = inside.actor["amina"]
    said = {"kind": "funder", "text": "Pays a third of us.", "source": "Budget 2026", "on": localdate()}
    actions.disclose_interest(actor=amina, stakeholder=clinic, **said)
    client.force_login(inside.user["ben"])
    page = client.get(reverse("stakeholders:ally", args=["clean-air", clinic.pk]))
    assert "Pays a third of us." in page.text
    assert "Budget 2026" in page.text


@pytest.mark.parametrize(
    "wrong",
    [{"text": " "}, {"source": ""}, {"on": localdate() + timedelta(days=2)}, {"asks_off": ["dance"]}, {"kind": "odd"}],
)
def test_a_disclosure_without_ground_is_refused(inside, clinic, wrong):
    said = {"kind": "funder", "text": "Pays.", "source": "Budget", "on": localdate(), **wrong}
    with pytest.raises(Refused):
        actions.disclose_interest(actor=inside.actor["amina"], stakeholder=clinic, **said)


def test_the_pages_say_what_is_missing_and_come_back_filled(inside, chosen, client):
    client.force_login(inside.user["amina"])
    page = client.get(reverse("stakeholders:coverage", args=["clean-air"]))
    assert "Nobody speaks for 3 of them yet" in page.text
    table = client.get(reverse("stakeholders:coverage", args=["clean-air"]) + "?format=csv").content.decode()
    assert "Ours,Media,absent," in table
    wrong = client.post(
        reverse("stakeholders:choose_list", args=["clean-air", "sectors"]),
        {"key": "own", "name": "Mine", "items": "A\na"},
    )
    assert wrong.status_code == 422
    assert "One entry is there twice." in wrong.text
    assert 'value="Mine"' in wrong.text
    done = client.post(
        reverse("stakeholders:declare_coverage", args=["clean-air"]),
        {f"list-{chosen['Media'].listing_id}": [chosen["Media"].pk]},
    )
    assert done.status_code == 302
    assert by_name()["Media"].organizations == [own(inside, "amina").name]


# S3-14
def test_a_new_ally_needs_a_sector_and_its_typical_contribution_is_prompted(inside, client):
    actions.choose_ready_list(actor=inside.actor["amina"], kind="sectors", key="twelve")
    client.force_login(inside.user["ben"])
    add = reverse("stakeholders:add", args=["clean-air"])
    assert "the public" in client.get(add).text  # what media typically bring
    without = client.post(add, {"name": "Linden Daily", "kind": "organization", "stage": "identified"})
    assert without.status_code == 422
    assert 'value="Linden Daily"' in without.text
    form = {"name": "Linden Daily", "kind": "organization", "stage": "identified", "sector": "Press"}
    assert client.post(add, form).status_code == 302
    [ally] = Stakeholder.objects.filter(name="Linden Daily")
    assert "Such members typically bring" in client.get(reverse("stakeholders:ally", args=["clean-air", ally.pk])).text


# S3-14
def test_a_sector_once_known_is_not_taken_away_and_those_without_one_are_a_gap_one_sees(inside, client):
    ben = inside.actor["ben"]
    known = add_ally(actor=ben, name="Linden Daily", sector="Media")
    with pytest.raises(Refused, match="which sector"):
        change_ally(actor=ben, stakeholder=known, version=1, sector=" ")
    add_ally(actor=ben, name="Orchard School")  # as lists, maps and brainstorms bring them
    client.force_login(inside.user["ben"])
    page = client.get(reverse("stakeholders:allies", args=["clean-air"]), {"view": "sectorless"}).text
    assert "No sector yet" in page
    assert "Give many of them a sector at once" in page
    assert "Orchard School" in page.split('id="list"')[1]
    assert "Linden Daily" not in page.split('id="list"')[1]


# S3-14
def test_many_get_their_sector_at_once_and_each_brings_something(inside, client):
    ben = inside.actor["ben"]
    for name in ("Orchard School", "Harbor School", "Bakery"):
        add_ally(actor=ben, name=name)
    media = add_ally(actor=ben, name="School Radio", sector="Media")
    client.force_login(inside.user["ben"])
    address = reverse("stakeholders:without_sector", args=["clean-air"])
    assert "the public" in client.get(address).text  # what media typically bring
    keys = {ally.name: ally.pk for ally in Stakeholder.objects.all()}
    for form in ({"whom": "found"}, {"whom": "chosen", "sector": "Schools"}, {"whom": "nobody", "sector": "Schools"}):
        assert client.post(address, form).status_code == 422
    kept = client.post(address, {"whom": "chosen", "ally": [keys["Bakery"]], "sector": "x" * 81})
    assert kept.status_code == 422
    assert f'id="ally-{keys["Bakery"]}" checked' in kept.text
    client.post(f"{address}?q=school", {"whom": "found", "sector": "Schools"})
    sectors = dict(Stakeholder.objects.values_list("name", "sector"))
    assert [sectors[name] for name in ("Orchard School", "Harbor School", "Bakery")] == ["Schools", "Schools", ""]
    assert sectors["School Radio"] == "Media", "whoever has one keeps it"
    assert "2 allies are now in Schools." in client.get(address).text
    chosen = {"whom": "chosen", "ally": [keys["Bakery"], media.pk, "no number"], "sector": "Shops"}
    assert client.post(address, chosen).status_code == 302
    assert Stakeholder.objects.get(search_text__contains="shops").name == "Bakery", "it is found by its sector"
    assert "Every ally has a sector" in client.get(address).text
    counts = [
        entry.facts["count"] for entry in LedgerEntry.objects.filter(kind__endswith=".SectorGiven").order_by("pk")
    ]
    assert counts == [2, 1]
    client.force_login(inside.user["olu"])
    assert client.post(address, {"whom": "found", "sector": "x"}).status_code in {403, 404}
