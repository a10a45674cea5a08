"""Records that look alike are found, judged, and never judged by the computer."""

import csv

import pytest
from django.core.exceptions import PermissionDenied

from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions as deeds
from manyhands.practice.stakeholders import queries
from manyhands.practice.stakeholders.actions import Refused
from manyhands.practice.stakeholders.importing.actions import ask_to_undo, undo_import
from manyhands.practice.stakeholders.matching import actions, insights, tasks
from manyhands.practice.stakeholders.models import Merge, Pair, Stakeholder
from manyhands.practice.stakeholders.tests.conftest import counts


class Silent:
    """Nobody watches; each step is kept."""

    def __init__(self):
        self.said = []

    def update(self, **said):
        self.said.append(said)


def find():
    tasks.find_pairs(Silent())
    return {(p.one.name, p.other.name): p for p in Pair.objects.select_related("one", "other").order_by("-score")}


def test_pairs_are_found_by_name_domain_number_and_place_with_reasons(clean_air, ally):
    # import and matching: matched on name, domain, identifier and place
    with clean_air.inside():
        ally("Saint Brigid’s Church", city="Linden")
        ally("St. Brigids Church", city="Linden")
        ally("Harbor Freight Union", website="https://www.freight.example")
        ally("Union of Harbor Freight", email="office@freight.example")
        ally("Bakers", identifier="53-0196605")
        ally("Guild of the Bakers of Linden", identifier="530196605")
        ally("Clean Air League", also_known_as="Friends of Lungs; Lungs")
        ally("The Friends of Lungs")
        ally("Walking Doctors")
        found = find()
        assert set(found) == {
            ("Saint Brigid’s Church", "St. Brigids Church"),
            ("Harbor Freight Union", "Union of Harbor Freight"),
            ("Bakers", "Guild of the Bakers of Linden"),
            ("Clean Air League", "The Friends of Lungs"),
        }
        reasons = {pair: found[pair].reasons for pair in found}
        assert "the same place" in reasons["Saint Brigid’s Church", "St. Brigids Church"]
        assert "the same domain freight.example" in reasons["Harbor Freight Union", "Union of Harbor Freight"]
        assert reasons["Bakers", "Guild of the Bakers of Linden"][0].startswith("the same official number")
        assert Stakeholder.objects.count() == 9, "nothing is joined by itself"


def test_a_person_and_an_organization_are_never_a_pair(clean_air, ally):
    with clean_air.inside():
        ally("Anna Berg", kind="person")
        ally("Anna Berg")
        assert find() == {}


def test_searching_again_keeps_verdicts_and_forgets_what_is_no_longer_so(clean_air, ally):
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        for name in (
            "Linden Clinic",
            "Linden Clinic Inc.",
            "Harbor Guild",
            "The Harbor Guild",
            "Hill School",
            "Hill Schol",
        ):
            ally(name, city="Linden")
        found = find()
        assert len(found) == 3
        judged, fading, waiting = found.values()
        actions.judge_different(actor=amina, pair=judged)
        stays = [judged.pk, waiting.pk]
        one = Stakeholder.objects.get(pk=fading.one_id)
        deeds.change_ally(actor=amina, stakeholder=one, version=one.version, name="Something else altogether")
        again = find()
        assert sorted(pair.pk for pair in again.values()) == sorted(stays)
        assert Pair.objects.get(pk=judged.pk).verdict == "different"
        before = list(Pair.objects.values())
        find()
        assert list(Pair.objects.values()) == before
        assert LedgerEntry.objects.filter(kind="matching.PairsFound").count() == 1


def test_a_pair_that_somebody_named_stays_until_somebody_judges_it(clean_air, ally):
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        one, other = ally("Clinic"), ally("Quite another name")
        with pytest.raises(PermissionDenied):
            actions.name_pair(actor=clean_air.actor["ben"], one=one, other=other)
        with pytest.raises(Refused, match="one and the same"):
            actions.name_pair(actor=amina, one=one, other=one)
        named = actions.name_pair(actor=amina, one=other, other=one)
        assert actions.name_pair(actor=amina, one=one, other=other).pk == named.pk
        assert [pair.pk for pair in find().values()] == [named.pk]


def test_only_an_open_pair_is_judged_and_a_verdict_can_be_taken_back(clean_air, two):
    amina, rosa = clean_air.actor["amina"], clean_air.actor["rosa"]
    with clean_air.inside():
        pair = Pair.objects.get(one=two[0], other=two[1])
        with pytest.raises(PermissionDenied):
            actions.judge_different(actor=rosa, pair=pair)
        actions.judge_different(actor=amina, pair=pair)
        with pytest.raises(actions.ChangedMeanwhile):
            actions.judge_different(actor=amina, pair=pair)
        assert actions.reopen_pair(actor=amina, pair=pair).verdict == "open"
        with pytest.raises(actions.ChangedMeanwhile):
            actions.reopen_pair(actor=amina, pair=pair)


def test_removed_records_are_in_no_pair(clean_air, ally):
    with clean_air.inside():
        gone = ally("Linden Clinic")
        ally("Linden Clinic")
        find()
        deeds.remove_ally(actor=clean_air.actor["amina"], stakeholder=gone)
        assert find() == {}


def test_after_an_import_the_list_is_looked_through(clean_air, imported):
    # import and matching: in bulk
    names = [f"{kind} of {place}" for kind in ("Clinic", "Guild", "School", "Choir") for place in PLACES]
    with clean_air.inside():
        rows = "".join(f"{name},Linden\n" for name in [*names, "The Clinic of Elmwood Inc"])
        assert counts(imported("Name,City\n" + rows))[0] == len(names) + 1
        run_waiting()
        assert JobRun.objects.get(name=tasks.find_pairs.name).state == "done"
        found = Pair.objects.select_related("one", "other").order_by("-score").first()
        assert (found.one.name, found.other.name) == ("Clinic of Elmwood", "The Clinic of Elmwood Inc")


PLACES = [f"{first}{last}" for first in ("Elm", "Oak", "Ash", "Birch", "Lark", "Heron", "Fox", "Stag", "Otter", "Wren")
          for last in ("wood", "field", "ford", "bridge", "hill", "mere", "gate", "haven")]  # fmt: skip


def test_a_newer_file_finds_the_record_that_was_kept(clean_air, imported):
    # import and matching: re-import of a newer file updates instead of duplicating
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        source = "Name,EIN,City\nLinden Clinic,01,Linden\nClinic at Linden,,Linden\n"
        listing = imported(source)
        one, other = Stakeholder.objects.order_by("pk")
        merge = actions.merge_allies(actor=amina, one=one, other=other)
        assert counts(imported(source)) == (0, 0, 2, 0)
        newer = imported(source.replace("City", "Phone").replace(",Linden\n", ",5\n"), existing="fill")
        assert newer.count_added == 1, "without a place a name alone is not enough"
        ask_to_undo(actor=amina, listing=listing)
        undone = undo_import(actor=amina, listing=listing)
        assert undone.count_kept == 1, "joined records have been worked on"
        assert Stakeholder.objects.filter(pk=merge.kept_id).exists()


def test_close_names_are_told_at_once_also_right_after_a_change(clean_air, ally):
    # import and matching: while typing
    with clean_air.inside():
        assert insights.close_to(name="Clinic") == []
        clinic = ally("Northside Family Clinic", city="Linden")
        ally("Harbor Guild")

        def close(name):
            return [each.stakeholder_id for each in insights.close_to(name=name)]

        assert close("northside fam") == close("Northside Famly Clinic") == [clinic.pk]
        new = ally("Waterworks of the Valley")
        assert close("Waterworks of the Vall") == [new.pk]
        deeds.change_ally(actor=clean_air.actor["amina"], stakeholder=new, version=1, name="Bakery")
        assert close("Waterworks of the Vall") == []
        deeds.remove_ally(actor=clean_air.actor["amina"], stakeholder=clinic)
        assert close("Northside Family Clinic") == []
        assert close("No") == []


def test_one_coalition_never_hears_of_anothers_names(clean_air, safe_streets, ally):
    with clean_air.inside():
        ally("Northside Family Clinic")
        assert insights.close_to(name="Northside Family Clinic")
    with safe_streets.inside():
        assert insights.close_to(name="Northside Family Clinic") == []
        assert find() == {}


def test_joined_records_of_a_person_are_exported_and_erased_with_them(clean_air, ally):
    with clean_air.inside():
        why = {"note_purpose": "To invite him", "note_source": "A talk"}
        one = ally("Ben Rider", kind="person", email=clean_air.user["ben"].email, note="Rides daily", **why)
        other = ally("Benjamin Rider", kind="person", email="other@address.example", note="Old friend", **why)
        actions.merge_allies(actor=clean_air.actor["amina"], one=one, other=other)
        told = str(queries.personal_export([clean_air.seat["ben"].pk]))
        assert "Rides daily" in told
        assert "other@address.example" in told
        queries.personal_erase([clean_air.seat["ben"].pk])
        assert not Merge.objects.exists()
        left = [str(row) for row in Stakeholder.with_removed.values()]
        assert not any("other@address.example" in row or "Old friend" in row for row in left)


@pytest.mark.shared_data
def test_a_real_directory_is_looked_through_whole(clean_air, shared_data, imported):
    # import and matching: in bulk
    source = shared_data / "org-directories" / "irs-exempt-organizations" / "eo_dc_2021-02.csv"
    with source.open(newline="") as file:
        rows = list(csv.DictReader(file))[:3000]
    with clean_air.inside():
        text = "Name,City\n" + "".join(f"{row['NAME']},{row['CITY']}\n" for row in rows)
        imported(text)
        watching = Silent()
        tasks.find_pairs(watching)
        assert watching.said[-1]["done"] == watching.said[-1]["of"]
        pairs = Pair.objects.select_related("one", "other")
        assert pairs.count() > 5
        assert all(pair.reasons and 0.8 <= pair.score <= 1 for pair in pairs)
