"""Lists of which every row is added anew, whoever is here already: CiviCRM's "No Duplicate Checking"."""

import json

import pytest
from django.utils.timezone import localdate

from manyhands.faces.cli.main import main
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions as deeds
from manyhands.practice.stakeholders import tasks
from manyhands.practice.stakeholders.importing import actions
from manyhands.practice.stakeholders.importing.signing import Signed
from manyhands.practice.stakeholders.models import ImportRow, Issue, Pair, Position, SavedMapping, Stakeholder

from .conftest import Silent, counts

LIST = "Name,EIN,City\nClinic,01,Linden\nGuild,,Linden\nClinic,01,Linden\n,02,Linden\n"


def names() -> list[str]:
    return sorted(Stakeholder.objects.values_list("name", flat=True))


def test_every_row_is_added_whoever_is_here_and_whatever_stood_above(clean_air, imported, tried):
    # import and matching: re-import of a newer file: skip, update, fill, add, as CiviCRM users know them
    with clean_air.inside():
        imported("Name,EIN,City,Phone\nClinic,01,Linden,7\n")
        first = Stakeholder.objects.get()
        assert counts(tried(LIST, existing="add")) == (3, 0, 0, 1)
        assert names() == ["Clinic"], "a trial writes nothing"
        listing = imported(LIST, existing="add")
        assert counts(listing) == (3, 0, 0, 1), "a row without a name is refused as ever"
        assert names() == ["Clinic", "Clinic", "Clinic", "Guild"]
        first.refresh_from_db()
        assert (first.phone, first.version) == ("7", 1), "who was here stays as it was"
        found = Stakeholder.objects.exclude(pk=first.pk).get(name="Guild")
        assert (found.match_key, found.search_text) == ("guild|linden", "guild linden"), "it is found like any other"
        assert counts(imported(LIST, existing="add")) == (3, 0, 0, 1)
        assert len(names()) == 7


def test_rows_that_are_here_already_are_shown_beside_whom_they_double(clean_air, tried):
    with clean_air.inside():
        here = deeds.add_ally(actor=clean_air.actor["amina"], name="The Clinic", sector="Health", identifier="0-1")
        listing = tried(LIST, existing="add")
        assert listing.count_alike == 2
        assert set(ImportRow.objects.filter(alike=here).values_list("row", "outcome")) == {(2, "add"), (4, "add")}


def test_doubles_wait_among_records_that_look_alike(clean_air, imported):
    with clean_air.inside():
        imported(LIST)
        imported(LIST, existing="add")
        run_waiting()
        pairs = [{pair.one.name, pair.other.name} for pair in Pair.objects.select_related("one", "other")]
        assert pairs.count({"Clinic"}) == 3, "each two of the three"
        assert pairs.count({"Guild"}) == 1


def test_an_undo_takes_the_doubles_back_and_nobody_else(clean_air, imported):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        imported(LIST)
        before = set(Stakeholder.objects.values_list("pk", flat=True))
        listing = imported(LIST, existing="add")
        tasks.undo(actor=amina, listing=listing)
        tasks.take_import_back(Silent(), import_id=listing.pk)
        assert set(Stakeholder.objects.values_list("pk", flat=True)) == before
        facts = LedgerEntry.objects.filter(kind="stakeholders.ImportUndone").get().facts
        assert (facts["removed"], facts["restored"], facts["kept"]) == (3, 0, 0)


@pytest.mark.parametrize("by_row", [False, True])
def test_each_added_row_takes_the_side_that_the_list_says(clean_air, tried, by_row):
    """The rows that are written at once, and those that wait for their ally to be written."""
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        issue = Issue.objects.create(title="Buses")
        old = deeds.add_ally(actor=amina, name="Clinic", sector="Health")
        source = (
            "Name,Issue,Position\nClinic,Buses,for\nClinic,Buses,undecided\n" if by_row else "Name\nClinic\nGuild\n"
        )
        listing = tried(source, existing="add")
        signed = Signed(None if by_row else issue, "active ally", localdate())
        listing = actions.start_import(actor=amina, listing=listing, source="A", has_consent=False, signed=signed)
        listing = tasks.commit_now(listing, Silent())
        assert listing.signed["count"] == 2
        assert not Position.objects.filter(stakeholder=old).exists(), "the list speaks of its own rows alone"
        wedges = list(Position.objects.order_by("pk").values_list("wedge", flat=True))
        assert wedges == (["active ally", "undecided"] if by_row else ["active ally"] * 2)


def test_it_is_never_the_choice_of_the_next_list(clean_air, tried):
    with clean_air.inside():
        tried(LIST, existing="update")
        tried(LIST, existing="add")
        assert SavedMapping.objects.get().existing == "update"
        tried("Other name\nA\n", existing="add", mapping={"0": "name"})
        assert SavedMapping.objects.get(mapping={"0": "name"}).existing == "fill"


def test_a_page_offers_it_and_says_what_it_does(clean_air, client, tried):
    with clean_air.inside():
        deeds.add_ally(actor=clean_air.actor["amina"], name="Clinic", sector="Health", identifier="01")
        listing = tried(LIST, existing="add")
    client.force_login(clean_air.user["amina"])
    assert "Add every row anew" in client.get(f"/c/clean-air/allies/imports/{listing.pk}/match/").text
    page = client.get(f"/c/clean-air/allies/imports/{listing.pk}/").text
    assert "you chose to add every row anew" in page
    assert "they come in a second time" in page
    assert "you do not have yet" not in page


def test_the_command_line_offers_it(clean_air, tmp_path, capsys):
    file = tmp_path / "l.csv"
    file.write_text(LIST)
    for existing, added in (("fill", 2), ("add", 3)):
        assert (
            main(["import", "stakeholders", str(file), "--coalition", "clean-air", "--existing", existing, "--json"])
            == 0
        )
        assert json.loads(capsys.readouterr().out)["added"] == added
