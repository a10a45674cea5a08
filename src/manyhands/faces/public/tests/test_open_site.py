"""The front page, one's own coalitions, and the open page of a public coalition."""

from datetime import date

import pytest
from django.utils.timezone import now

from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import actions
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.plans.models import Measurement, Objective


@pytest.fixture
def shown(clean_air):
    clean_air.coalition.is_public, clean_air.coalition.values = True, "We disagree in the open.\nWe decide together."
    clean_air.coalition.save()
    with clean_air.inside():
        clean_air.organization["ben"].is_public = True
        clean_air.organization["ben"].save()
    return clean_air


def test_strangers_read_what_it_is_and_where_to_begin(db, client):
    page = client.get("/").text
    assert "/start/" in page
    assert "/accounts/login/" in page


def test_strangers_find_public_coalitions_only(shown, safe_streets, client):
    page = client.get("/").text
    assert "Clean Air for Kids" in page
    assert "Safe Streets" not in page


def test_who_has_one_seat_goes_to_its_desk_and_who_has_more_chooses(clean_air, safe_streets, client):
    client.force_login(clean_air.user["ben"])
    assert client.get("/").url == "/c/clean-air/"
    with safe_streets.inside():
        actions.give_seat(actor=safe_streets.actor["zed"], person=clean_air.user["ben"], standing="observer")
    page = client.get("/").text
    assert "Clean Air for Kids" in page
    assert "/c/safe-streets/" in page


def test_who_has_none_learns_how_to_get_one(db, client):
    client.force_login(Person.objects.create_user("new@example.org"))
    assert "Start one, or be invited" in client.get("/").text


def test_the_open_page_names_only_organizations_that_agreed_and_no_person(shown, client):
    page = client.get("/o/clean-air/").text
    assert "Every child breathes clean air." in page
    assert "We decide together." in page
    assert "Two Wheels Club" in page
    assert "And 5 that are not named here." in page
    for private in ("Northside Clinic", "Amina", "Ben", "@"):
        assert private not in page


@pytest.mark.parametrize("who", [None, "amina"])
def test_a_coalition_that_is_not_public_has_no_open_page(clean_air, client, who):
    if who:
        client.force_login(clean_air.user[who])
    assert client.get("/o/clean-air/").status_code == 404
    assert client.get("/o/nobody/").status_code == 404


def test_it_shows_the_same_to_members(shown, safe_streets, client):
    client.force_login(safe_streets.user["zed"])
    assert client.get("/o/clean-air/").status_code == 200


def test_the_open_page_counts_the_goals_with_their_source_and_day(shown, client):
    page = client.get("/o/clean-air/").text
    assert "counted in the open" not in page
    with shown.inside():
        adopted = SharedGoal.objects.create(title="School streets", state="adopted", adopted_at=now())
        SharedGoal.objects.create(title="Not for strangers yet")
        path = {"baseline_value": 0, "target_value": 12, "due_on": date(2099, 9, 1), "unit": "schools"}
        aim = Objective.objects.create(goal=adopted, title="Twelve", baseline_on=date(2020, 1, 1), **path)
        by = shown.seat["ben"]
        Measurement.objects.create(
            objective=aim, value=5, measured_on=date(2026, 3, 2), source="Street count", entered_by=by
        )
    page = client.get("/o/clean-air/").text
    assert "One goal, counted in the open" in page
    assert "School streets" in page
    assert "Measured 2 March 2026; Street count." in page
    assert "Not for strangers yet" not in page
    assert "Ben" not in page
