"""The ally map and the records, as pages."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from manyhands.foundation.tenancy.copying import insert_rows
from manyhands.practice.stakeholders import actions
from manyhands.practice.stakeholders.models import Rating, Stakeholder

MAP = "/c/clean-air/allies/"


def many(count):
    fields = ["kind", "name", "search_text", "match_key", "raters", "interest", "influence", "weight", "city"]
    rows = [
        [
            "organization",
            f"Ally {n:05}",
            f"ally {n:05} linden",
            f"ally{n}|",
            n % 2,
            n % 2 * 4.0,
            n % 2 * 2.0,
            n % 2 * 6.0,
            "L",
        ]
        for n in range(count)
    ]
    insert_rows(Stakeholder, fields, rows)


def test_an_empty_map_teaches_the_next_step(clean_air, client):
    client.force_login(clean_air.user["amina"])
    page = client.get(MAP)
    assert page.status_code == 200
    assert "Nobody is on the map yet" in page.text
    assert "Import a list" in page.text


def test_the_same_number_of_queries_at_100_and_at_20000(clean_air, client):
    client.force_login(clean_air.user["ben"])
    asked = []
    for count in (100, 20_000):
        with clean_air.inside():
            Stakeholder.objects.all().delete()
            many(count)
        client.get(MAP)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page = client.get(MAP, {"q": "linden"})
        assert page.status_code == 200
        asked.append(len(captured))
        ours = [query for query in captured.captured_queries if "stakeholders_" in query["sql"]]
        assert len(ours) <= 6, [query["sql"][:90] for query in ours]  # one is for saved views
    assert asked[0] == asked[1]


def test_search_folds_accents_and_case(clean_air, client):
    with clean_air.inside():
        actions.add_ally(actor=clean_air.actor["amina"], name="Société Générale d’Énergie")
        actions.add_ally(actor=clean_air.actor["amina"], name="Northside Clinic")
    client.force_login(clean_air.user["ben"])
    for words in ("societe energie", "SOCIÉTÉ", "Générale"):
        page = client.get(MAP, {"q": words}).text
        table = page[page.index("<tbody>") :]
        assert "Énergie" in table
        assert "Northside" not in table


def test_dropping_a_point_is_the_same_as_the_form(clean_air, clinic, client):
    client.force_login(clean_air.user["ben"])
    page = client.get(MAP, {"ally": clinic.pk, "interest": "4.2", "influence": "1.5"}).text
    assert 'value="4.2"' in page
    assert 'value="1.5"' in page
    url = reverse("stakeholders:rate", args=["clean-air", clinic.pk])
    bad = client.post(url, {"interest": "4.2", "influence": "1.5", "basis": " "})
    assert bad.status_code == 422
    assert 'value="4.2"' in bad.text
    assert client.post(url, {"interest": "nan", "influence": "1", "basis": "b"}).status_code == 422
    assert client.post(url, {"interest": "4.2", "influence": "1.5", "basis": "Seen"}).status_code == 302
    with clean_air.inside():
        assert Rating.objects.get().interest == 4.2
    assert f'data-ally="{clinic.pk}"' in client.get(MAP).text


def test_conflicting_edits_are_told_and_nothing_is_lost(clean_air, clinic, client):
    client.force_login(clean_air.user["ben"])
    url = reverse("stakeholders:edit", args=["clean-air", clinic.pk])
    form = {"name": "Northside", "kind": "organization", "sector": "Health", "stage": "identified", "version": "1"}
    assert client.post(url, form).status_code == 302
    late = client.post(url, {**form, "name": "Mine instead"})
    assert late.status_code == 409
    assert 'value="Mine instead"' in late.text
    with clean_air.inside():
        assert Stakeholder.objects.get().name == "Northside"
    assert client.post(url, {**form, "name": ""}).status_code == 422


def test_notes_about_people_stay_with_those_who_need_them(clean_air, client):
    with clean_air.inside():
        ines = actions.add_ally(
            actor=clean_air.actor["amina"],
            name="Ines",
            kind="person",
            email="ines@x.example",
            note="Shy.",
            note_purpose="To ask her gently",
            note_source="Ben",
        )
    url = reverse("stakeholders:ally", args=["clean-air", ines.pk])
    for who, sees in [("amina", True), ("ben", False), ("olu", False)]:
        client.force_login(clean_air.user[who])
        assert ("ines@x.example" in client.get(url).text) is sees
        assert ("ines@x.example" in client.get(MAP, {"format": "csv"}).text) is sees


def test_export_neutralises_formulas_and_keeps_zeros(clean_air, client):
    with clean_air.inside():
        actions.add_ally(actor=clean_air.actor["amina"], name="=HYPERLINK(1)", postal_code="05089")
    client.force_login(clean_air.user["ben"])
    response = client.get(MAP, {"format": "csv"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert "05089" in rows[1]


@pytest.mark.parametrize("who", ["gus", "zed"])
def test_guests_and_outsiders_see_no_allies(clean_air, safe_streets, clinic, client, who):
    client.force_login((clean_air.user | safe_streets.user)[who])
    assert client.get(MAP).status_code == (403 if who == "gus" else 404)


@pytest.mark.parametrize("wanted", ["999999", "1e5", "-1", "٣", "9" * 30])
def test_an_ally_that_is_not_there(clean_air, clinic, client, wanted):
    client.force_login(clean_air.user["ben"])
    assert client.get(MAP, {"ally": wanted, "interest": "nan", "influence": "inf"}).status_code in {200, 404}


# S1-16
def test_the_map_names_its_quadrants_and_says_how_far_raters_differ_and_when(clean_air, clinic, client):
    with clean_air.inside():
        for who, interest in (("amina", 5), ("ben", 3)):
            actions.rate_ally(
                actor=clean_air.actor[who], stakeholder=clinic, interest=interest, influence=4, basis="Seen at work"
            )
    client.force_login(clean_air.user["ben"])
    page = client.get(f"{MAP}?ally={clinic.pk}").text
    for corner in ("Work side by side", "Open a door", "Lift up", "Keep an eye on"):
        assert corner.lower() in page.lower()
    assert "4.0 ± 1.0" in page
    assert "Last rated on" in page


def test_the_ledger_leads_nobody_to_a_page_that_is_closed_to_them(clean_air, client, imported):
    with clean_air.inside():
        listing = imported("Name\nClinic\n")
    page = reverse("stakeholders:import", args=["clean-air", listing.pk])
    for who, is_open in (("amina", True), ("ben", False)):
        client.force_login(clean_air.user[who])
        book = client.get(reverse("ledger:book", args=["clean-air"])).text
        assert "Brought a list in: 1 allies added" in book
        assert (f'href="{page}"' in book) == is_open == (client.get(page).status_code == 200)
