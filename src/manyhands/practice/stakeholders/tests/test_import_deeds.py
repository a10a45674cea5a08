"""Lists: tried before they are written, and in all at once."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files import File

from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions as deeds
from manyhands.practice.stakeholders import tasks
from manyhands.practice.stakeholders.importing import actions, trial
from manyhands.practice.stakeholders.models import Import, ImportRow, RowsToAdd, SavedMapping, Stakeholder

from .conftest import Silent, counts

LIST = "Name,EIN,City,Email\nClinic,01,Linden,a@x.example\nGuild,02,Linden,\nClinic,01,Linden,\n"
NEW = "/c/clean-air/allies/imports/new/"


@pytest.mark.parametrize("who", ["ben", "mei", "olu", "gus"])
def test_only_coordinators_and_stewards_bring_lists(clean_air, who):
    with clean_air.inside(), pytest.raises(PermissionDenied):
        actions.bring_list(actor=clean_air.actor[who], file=File(io.BytesIO(b"Name\nA\n"), name="l"), filename="l")


def test_a_trial_writes_nothing_among_the_allies(clean_air, tried):
    with clean_air.inside():
        listing = tried(LIST)
        assert (listing.state, counts(listing)) == ("tried", (2, 0, 1, 0))
        assert not Stakeholder.objects.exists()
        twice = ImportRow.objects.get(listing=listing, outcome="skip")
        assert (twice.row, twice.reason) == (4, "The same as row 2 of this list.")


def test_the_same_file_twice_adds_nobody(clean_air, imported):
    with clean_air.inside():
        assert counts(imported(LIST)) == (2, 0, 1, 0)
        again = imported(LIST)
        assert counts(again) == (0, 0, 3, 0)
        assert Stakeholder.objects.count() == 2
        reasons = set(ImportRow.objects.filter(listing=again).values_list("reason", flat=True))
        assert "Already here, word for word." in reasons


@pytest.mark.parametrize(
    ("existing", "city", "phone"), [("skip", "Linden", ""), ("fill", "Linden", "123"), ("update", "Harbor", "123")]
)
def test_what_becomes_of_allies_we_have_is_chosen(clean_air, imported, existing, city, phone):
    with clean_air.inside():
        imported(LIST)
        imported("Name,EIN,City,Phone\nClinic,01,Harbor,123\n", existing=existing)
        clinic = Stakeholder.objects.get(identifier="01")
        assert (clinic.city, clinic.phone) == (city, phone)


def test_without_consent_no_address_is_kept(clean_air, imported):
    with clean_air.inside():
        imported(LIST)
        assert not Stakeholder.objects.exclude(email="").exists()
        imported(LIST.replace("01", "11").replace("Clinic", "Other"), consent=True)
        assert Stakeholder.objects.get(identifier="11").email == "a@x.example"


def test_two_numbers_are_two_actors_even_under_one_name(clean_air, imported):
    with clean_air.inside():
        assert counts(imported("Name,EIN,Zip\nClub,1,05089\nClub,2,05089\nClub,,05089\n")) == (2, 0, 1, 0)


def test_a_town_is_enough_where_only_one_side_knows_the_postal_code(clean_air, imported):
    with clean_air.inside():
        deeds.add_ally(actor=clean_air.actor["amina"], name="Health Fund", city="Linden")
        assert counts(imported("Name,City,Zip\nHealth Fund,Linden,01730\n")) == (0, 1, 0, 0)
        assert Stakeholder.objects.get().postal_code == "01730"
        assert counts(imported("Name,City\nHealth Fund,Linden\n")) == (0, 0, 1, 0)
        assert counts(imported("Name,City,Zip\nHealth Fund,Linden,01799\n")) == (1, 0, 0, 0), "another branch in town"
        assert counts(imported("Name,City,EIN\nHealth Fund,Harbor,9\nHealth Fund,Linden,\n")) == (1, 0, 1, 0)
        unsure = ImportRow.objects.filter(outcome="skip").order_by("-pk").first()
        assert unsure.reason.startswith("Several allies have this name and place")


@pytest.mark.parametrize("when", ["the rows are judged", "the list comes in"])
def test_a_trial_that_was_overtaken_adds_no_row_to_those_of_the_other(clean_air, tried, monkeypatch, when):
    """A worker that slept past its lease wakes up between two batches, when another has tried the list anew."""
    monkeypatch.setattr(trial, "BATCH", 2)

    class Sleeps(Silent):
        def update(self, *, done: int, **_said: object) -> None:
            if done == 2:
                other = Import.objects.get()
                trial.try_list(other, Silent())
                other.save()

    with clean_air.inside():
        listing = tried("Name\n" + "".join(f"Ally {n}\n" for n in range(6)))
        if when == "the rows are judged":
            with pytest.raises(trial.Overtaken):
                trial.try_list(listing, Sleeps())
        else:
            listing = actions.start_import(
                actor=clean_air.actor["amina"], listing=listing, source="x", has_consent=False
            )
            deeds.add_ally(actor=clean_air.actor["amina"], name="Someone new")
            with pytest.raises(trial.Overtaken):
                tasks.commit_now(listing, Sleeps())
        assert sum(RowsToAdd.objects.filter(listing=listing).values_list("count", flat=True)) == 6
        listing.refresh_from_db()
        assert listing.tried_against == trial.signature(listing)


def test_names_that_look_alike_are_shown_and_never_merged(clean_air, imported):
    with clean_air.inside():
        imported("Name,City\nSaint Brigids Church,Linden\n")
        listing = imported("Name,City\nSaint Brigid Church,Linden\n")
        assert (counts(listing), listing.count_alike) == ((1, 0, 0, 0), 1)


def test_a_second_list_meanwhile_makes_no_duplicates(clean_air, tried):
    """Two coordinators press the button at once: the second list is tried again against what the first wrote."""
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        both = [tried(LIST), tried(LIST)]
        for listing in both:
            actions.start_import(actor=amina, listing=listing, source="x", has_consent=False)
        with pytest.raises(actions.ChangedMeanwhile):
            tasks.commit_now(both[0], Silent())
            actions.finish_import(actor=amina, listing=both[1])
        second = tasks.commit_now(both[1], Silent())
        assert counts(second) == (0, 0, 3, 0)
        assert Stakeholder.objects.count() == 2


def test_finishing_twice_is_finishing_once(clean_air, imported):
    with clean_air.inside():
        listing = imported(LIST)
        actions.finish_import(actor=clean_air.actor["amina"], listing=listing)
        assert Stakeholder.objects.count() == 2
        assert LedgerEntry.objects.filter(kind="stakeholders.StakeholdersImported").count() == 1


def test_a_mapping_is_remembered_for_the_same_header(clean_air, tried):
    with clean_air.inside():
        tried("Who,Where\nClinic,Linden\n", mapping={"0": "name", "1": "city"})
        listing = actions.bring_list(
            actor=clean_air.actor["amina"], file=File(io.BytesIO(b"who, where\nB,C\n"), name="x"), filename="x"
        )
        assert listing.mapping == {"0": "name", "1": "city"}
        assert SavedMapping.objects.count() == 1


def test_the_whole_way_in_the_browser_without_scripts(clean_air, client):
    client.force_login(clean_air.user["amina"])
    file = io.BytesIO(LIST.encode())
    file.name = "../../etc/list.csv"
    match = client.post(NEW, {"file": file}).url
    page = client.get(match)
    assert "Official number" in page.text
    refused = client.post(match, {"column-0": "", "column-1": "identifier", "existing": "fill"})
    assert refused.status_code == 422
    assert "which column holds the name" in refused.text
    form = {"column-0": "name", "column-1": "identifier", "column-2": "city", "existing": "fill"}
    trial = client.post(match, form).url
    assert "Reading" in client.get(trial).text
    run_waiting()
    page = client.get(trial)
    assert "What would happen" in page.text
    assert "Import 2 rows" in page.text
    with clean_air.inside():
        listing = Import.objects.get()
        assert (listing.filename, Stakeholder.objects.count()) == ("list.csv", 0)
    start = f"/c/clean-air/allies/imports/{listing.pk}/start/"
    assert client.post(start, {"source": ""}).status_code == 422
    assert client.post(start, {"source": "A fair"}).status_code == 302
    assert client.post(start, {"source": "A fair"}).status_code == 409
    run_waiting()
    assert "What happened" in client.get(trial).text
    with clean_air.inside():
        assert set(Stakeholder.objects.values_list("source", flat=True)) == {"A fair"}
    assert client.post(f"/c/clean-air/allies/imports/{listing.pk}/undo/").status_code == 302
    run_waiting()
    assert "Nothing of it is left" in client.get(trial).text
    assert client.post(f"/c/clean-air/allies/imports/{listing.pk}/undo/").status_code == 409
    assert "Taken back" in client.get("/c/clean-air/allies/imports/").text


def test_an_upload_without_a_token_is_refused(clean_air):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(clean_air.user["amina"])
    file = io.BytesIO(b"Name\nA\n")
    file.name = "l.csv"
    assert client.post(NEW, {"file": file}).status_code == 403


@pytest.mark.shared_data
def test_the_irs_list_comes_in_whole_and_goes_out_whole(clean_air, imported, shared_data):
    folder = shared_data / "org-directories" / "irs-exempt-organizations"
    with clean_air.inside():
        listing = imported(folder / "eo_dc_2021-02.csv")
        assert counts(listing) == (13731, 0, 0, 0)
        assert Stakeholder.objects.filter(identifier="010123106").get().postal_code == "20032-1501"
        with (folder / "eo_dc_2021-02.csv").open(encoding="utf-8", newline="") as file:
            numbers = {row["EIN"] for row in csv.DictReader(file)}
        assert set(Stakeholder.objects.values_list("identifier", flat=True)) == numbers
        assert counts(imported(folder / "eo_dc_2021-02.csv")) == (0, 0, 13731, 0)
        assert counts(imported(folder / "eo_vt_2026-04.csv"))[0] > 6000
        actions.ask_to_undo(actor=clean_air.actor["amina"], listing=listing)
        actions.undo_import(actor=clean_air.actor["amina"], listing=listing)
        assert not Stakeholder.objects.filter(added_by_import=listing).exists()
