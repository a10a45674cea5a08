"""A list that came in is taken back; one that has not is stopped or thrown away."""

from datetime import timedelta

import pytest

from manyhands.foundation.jobs.leases import take
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.jobs.worker import perform, run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions as deeds
from manyhands.practice.stakeholders import tasks
from manyhands.practice.stakeholders.importing import actions, applying
from manyhands.practice.stakeholders.models import Import, Merge, Rating, Stakeholder

from .conftest import Silent, counts

LIST = "Name,EIN,City,Email\nClinic,01,Linden,a@x.example\nGuild,02,Linden,\nClinic,01,Linden,\n"
NEW = "/c/clean-air/allies/imports/new/"


def test_undo_takes_back_what_nobody_touched_and_lists_the_rest(clean_air, imported):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        imported("Name,EIN,City\nGuild,02,\n")
        listing = imported(LIST + "Council,03,Linden,\n")
        assert counts(listing) == (2, 1, 1, 0)
        council = Stakeholder.objects.get(name="Council")
        deeds.rate_ally(actor=clean_air.actor["ben"], stakeholder=council, interest=3, influence=3, basis="b")
        actions.ask_to_undo(actor=amina, listing=listing)
        undone = actions.undo_import(actor=amina, listing=listing)
        assert (undone.state, undone.count_kept) == ("undone", 1)
        assert set(Stakeholder.objects.values_list("name", "city")) == {("Guild", ""), ("Council", "Linden")}
        entry = LedgerEntry.objects.filter(kind="stakeholders.ImportUndone").get()
        assert (entry.facts["removed"], entry.facts["restored"], entry.facts["kept"]) == (1, 1, 1)
        assert actions.undo_import(actor=amina, listing=listing).state == "undone"  # twice is once


def test_what_an_undo_took_off_the_list_is_erased_but_not_what_was_put_back(clean_air, imported):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        listing = imported("Name\nGuild\nCouncil\nChoir\n")
        choir, council = (Stakeholder.objects.get(name=name) for name in ("Choir", "Council"))
        deeds.remove_ally(actor=amina, stakeholder=council)
        tasks.undo(actor=amina, listing=listing)
        tasks.take_import_back(Silent(), import_id=listing.pk)
        assert not Stakeholder.objects.exists()
        assert Stakeholder.with_removed.count() == 3
        deeds.restore_ally(actor=amina, stakeholder=choir)
        assert JobRun.objects.filter(name=tasks.erase_taken_back.name).count() == 1
        tasks.erase_taken_back(Silent(), import_id=listing.pk)
        # The council was taken off by hand before, and can be put back for two weeks as ever.
        assert set(Stakeholder.with_removed.values_list("name", flat=True)) == {"Choir", "Council"}


def test_erasing_lets_other_work_go_first_and_asks_for_itself_again(clean_air, imported, monkeypatch):
    monkeypatch.setattr(applying, "BATCH", 2)
    monkeypatch.setattr(tasks, "SLICE", 0)
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        listing = imported("Name\nGuild\nCouncil\nChoir\nClinic\nBakery\n")
        tasks.undo(actor=amina, listing=listing)
        tasks.take_import_back(Silent(), import_id=listing.pk)
        erasing = JobRun.objects.filter(name=tasks.erase_taken_back.name)
        perform(take(erasing.get().pk))
        assert Stakeholder.with_removed.count() == 3
        other = enqueue(tasks.try_import, import_id=0)
        again = erasing.get(state="waiting")
        assert again.due_at < other.due_at
        perform(take(again.pk))
        assert Stakeholder.with_removed.count() == 1
        assert erasing.get(state="waiting").due_at > other.due_at, "it stands at the end of the queue again"
        run_waiting()
        assert not Stakeholder.with_removed.exists()
        assert not erasing.exclude(state="done").exists()


def test_erasing_takes_along_what_points_at_them(clean_air, imported):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        listing = imported("Name\nGuild\nCouncil\nChoir\n")
        guild, council, choir = (Stakeholder.objects.get(name=name) for name in ("Guild", "Council", "Choir"))
        tasks.undo(actor=amina, listing=listing)
        tasks.take_import_back(Silent(), import_id=listing.pk)
        # As if somebody had written it in the instant of the undo.
        Rating.objects.create(stakeholder=guild, rater=clean_air.seat["ben"], interest=2, influence=2, basis="b")
        Merge.objects.create(kept=council, gone=choir, by_seat=clean_air.seat["ben"])
        tasks.erase_taken_back(Silent(), import_id=listing.pk)
        assert not Stakeholder.with_removed.exists()
        assert not Rating.objects.exists()
        assert not Merge.objects.exists()


def test_an_update_that_somebody_edited_since_is_not_restored(clean_air, imported):
    with clean_air.inside():
        imported("Name,EIN,City\nGuild,02,\n")
        listing = imported("Name,EIN,City\nGuild,02,Linden\n")
        guild = Stakeholder.objects.get()
        deeds.change_ally(actor=clean_air.actor["ben"], stakeholder=guild, version=guild.version, city="Harbor")
        actions.ask_to_undo(actor=clean_air.actor["amina"], listing=listing)
        assert actions.undo_import(actor=clean_air.actor["amina"], listing=listing).count_kept == 1
        assert Stakeholder.objects.get().city == "Harbor"


def test_undo_ends_after_two_weeks(clean_air, imported, time_machine):
    with clean_air.inside():
        listing = imported(LIST)
        time_machine.move_to(listing.done_at + timedelta(days=15))
        with pytest.raises(actions.Refused, match="two weeks"):
            actions.ask_to_undo(actor=clean_air.actor["amina"], listing=listing)


def test_stopping_leaves_nothing_and_the_job_finds_nothing_to_do(clean_air, tried, client):
    with clean_air.inside():
        listing = tried(LIST)
        tasks.start_and_commit(actor=clean_air.actor["amina"], listing=listing, source="x", has_consent=False)
    client.force_login(clean_air.user["amina"])
    client.post(f"/c/clean-air/allies/imports/{listing.pk}/stop/")
    run_waiting()
    with clean_air.inside():
        assert not Stakeholder.objects.exists()
        assert Import.objects.get().state == "tried"


def test_a_discarded_list_takes_its_file_along(clean_air, tried, client):
    with clean_air.inside():
        path = tried(LIST).file.path
        listing = Import.objects.get()
    client.force_login(clean_air.user["amina"])
    with_callbacks = client.post(f"/c/clean-air/allies/imports/{listing.pk}/discard/")
    assert with_callbacks.status_code == 302
    with clean_air.inside():
        assert not Import.objects.exists()
    assert path
