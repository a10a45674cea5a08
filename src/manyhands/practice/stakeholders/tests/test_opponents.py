"""That somebody is against us: only with a public source and its day, whatever way it is written, and for a year."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions, queries
from manyhands.practice.stakeholders.importing.days import NoDay, day_in
from manyhands.practice.stakeholders.models import ImportRow, Stakeholder
from manyhands.practice.stakeholders.profiles.tasks import erase_what_ended

from .conftest import counts

LATELY = localdate() - timedelta(days=20)
LONG_AGO = localdate() - timedelta(days=367)
SAID = {"stance": "leaning away", "stance_source": "Their letter to the council", "stance_on": LATELY}
#: What is left out or put in its place, and what is said to that.
LACKS = [
    ({"stance_source": "  "}, "needs a public source"),
    ({"stance_on": None}, "needs the day"),
    ({"stance_on": localdate() + timedelta(days=2)}, "still to come"),
    ({"stance_on": LONG_AGO}, "older than twelve months"),
]


# K05
@pytest.mark.parametrize(("lack", "words"), LACKS)
def test_no_deed_writes_it_without_source_and_day(clean_air, clinic, lack, words):
    # actors: public positions of opponents only with source and date
    with clean_air.inside():
        ben = clean_air.actor["ben"]
        with pytest.raises(actions.Refused, match=words):
            actions.change_ally(actor=ben, stakeholder=clinic, version=1, **SAID | lack)
        with pytest.raises(actions.Refused, match=words):
            actions.add_ally(actor=ben, name="Car Club", **SAID | lack)
        changed = actions.change_ally(actor=ben, stakeholder=clinic, version=1, **SAID)
        assert (changed.stance, changed.stance_on) == ("leaning away", LATELY)
        kinds = set(LedgerEntry.objects.values_list("kind", flat=True))
        assert {"stakeholders.AllyMoved", "stakeholders.AllyChanged"} <= kinds


@pytest.mark.parametrize(("lack", "words"), LACKS)
def test_the_form_comes_back_filled_and_says_what_is_missing(clean_air, clinic, client, lack, words):
    client.force_login(clean_air.user["ben"])
    said = {
        name: value.isoformat() if isinstance(value, date) else value or "" for name, value in (SAID | lack).items()
    }
    form = {"name": "Car Club", "kind": "organization", "sector": "Health", "stage": "identified", **said}
    for address in ("/c/clean-air/allies/add/", f"/c/clean-air/allies/{clinic.pk}/edit/"):
        page = client.post(address, {**form, "version": 1})
        assert page.status_code == 422
        assert words in page.text
        assert 'value="Car Club"' in page.text
    with clean_air.inside():
        assert not Stakeholder.objects.exclude(stance="").exists()


@pytest.mark.parametrize(("lack", "words"), LACKS)
def test_a_list_refuses_the_row_and_says_why(clean_air, imported, lack, words):
    said = SAID | lack
    day = said["stance_on"].isoformat() if said["stance_on"] else ""
    with clean_air.inside():
        listing = imported(
            "Name,Stance,Stance source,Stance date\n"
            f"Car Club,leaning away,{said['stance_source']},{day}\nToll Club,against,A vote,{LATELY}\nClinic,ally,,\n"
        )
        assert counts(listing) == (2, 0, 0, 1)
        assert words in ImportRow.objects.get(listing=listing, outcome="refuse").reason
        toll = Stakeholder.objects.get(name="Toll Club")
        assert (toll.stance, toll.stance_source, toll.stance_on) == ("against", "A vote", LATELY)
        assert Stakeholder.objects.get(name="Clinic").stance_on is None


def test_a_list_without_a_column_of_days_brings_no_opponent(clean_air, imported):
    with clean_air.inside():
        listing = imported("Name,Stance,Stance source\nToll Club,against,A vote\nClinic,ally,\n")
        assert counts(listing) == (1, 0, 0, 1)


@pytest.mark.parametrize("existing", ["fill", "update"])
def test_another_place_brings_its_own_source_and_day_or_none(clean_air, imported, existing):
    """Never the word of one day with the source of another."""
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        actions.add_ally(actor=amina, name="Toll Club", **SAID)
        actions.add_ally(actor=amina, name="Clinic", stance_source="A rumour", stance_on=LONG_AGO)
        imported(f"Name,Stance,Stance source,Stance date\nToll Club,ally,,\nClinic,against,A vote,{LATELY}\n", existing)
        stood = {ally.name: (ally.stance, ally.stance_source, ally.stance_on) for ally in Stakeholder.objects.all()}
        assert stood["Clinic"] == ("against", "A vote", LATELY)
        assert stood["Toll Club"] == (tuple(SAID.values()) if existing == "fill" else ("active ally", "", None))


def test_an_undo_brings_the_old_day_back(clean_air, imported):
    from manyhands.practice.stakeholders.importing import actions as lists

    with clean_air.inside():
        amina = clean_air.actor["amina"]
        actions.add_ally(actor=amina, name="Toll Club", **SAID)
        listing = imported("Name,Stance,Stance source,Stance date\nToll Club,ally,,\n", "update")
        assert Stakeholder.objects.get().stance == "active ally"
        lists.ask_to_undo(actor=amina, listing=listing)
        lists.undo_import(actor=amina, listing=listing)
        assert Stakeholder.objects.values_list(*SAID).get() == tuple(SAID.values())


def test_the_database_itself_refuses_it(clean_air, clinic):
    with clean_air.inside(), pytest.raises(IntegrityError), transaction.atomic():
        Stakeholder.objects.filter(pk=clinic.pk).update(stance="against", stance_source="A vote")


# K05
def test_after_twelve_months_nobody_is_against_us_until_it_is_found_out_anew(clean_air, clinic, client, time_machine):
    with clean_air.inside():
        ben = clean_air.actor["ben"]
        clinic = actions.change_ally(actor=ben, stakeholder=clinic, version=1, **SAID)
        last = clinic.against_until
    assert last == date(LATELY.year + 1, LATELY.month, LATELY.day)
    client.force_login(clean_air.user["ben"])
    assert "Then it is taken out" in client.get(f"/c/clean-air/allies/{clinic.pk}/").text
    with clean_air.inside():
        time_machine.move_to(last)
        erase_what_ended()
        # Whatever else is changed meanwhile does not prolong it.
        clinic = actions.change_ally(actor=ben, stakeholder=clinic, version=clinic.version, city="Harbor", **SAID)
        assert clinic.stance == "leaning away"
        time_machine.move_to(last + timedelta(days=1))
        erase_what_ended()
        clinic.refresh_from_db()
        assert (clinic.stance, clinic.stance_source, clinic.stance_on, clinic.city) == ("", "", None, "Harbor")
        with pytest.raises(actions.Refused, match="older than twelve months"):
            actions.change_ally(actor=ben, stakeholder=clinic, version=clinic.version, **SAID)


def test_its_day_is_in_the_copy_of_a_persons_data(clean_air):
    with clean_air.inside():
        actions.add_ally(
            actor=clean_air.actor["amina"], name="Ben", kind="person", email=clean_air.user["ben"].email, **SAID
        )
        mine = queries.personal_export([clean_air.seat["ben"].pk])
    assert mine["records_about_you"][0]["as_of"] == LATELY


@pytest.mark.parametrize(
    "text", ["2008-25-1", "31.2.2008", "tomorrow", "9/1/08", "32-Sep-08", "13/13/2008", "2008", "5"]
)
def test_what_is_no_day_or_could_be_two_is_never_guessed(text):
    with pytest.raises(NoDay):
        day_in(text)
