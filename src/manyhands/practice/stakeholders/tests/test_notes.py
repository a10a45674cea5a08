"""Notes about people who never joined: with source and purpose, for twelve months, and theirs to ask for."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions, queries, tasks
from manyhands.practice.stakeholders.importing import actions as lists
from manyhands.practice.stakeholders.matching import actions as matching
from manyhands.practice.stakeholders.models import Stakeholder
from manyhands.practice.stakeholders.profiles.tasks import erase_what_ended

from .conftest import Silent

NOTE = {"note": "Shy in large rooms.", "note_purpose": "To ask her gently", "note_source": "Her neighbor"}


@pytest.fixture
def ines(clean_air):
    with clean_air.inside():
        return actions.add_ally(actor=clean_air.actor["amina"], name="Ines", kind="person", source="A fair", **NOTE)


def in_twelve_months(day):
    return date(day.year + 1, day.month, day.day)


# K05
def test_a_note_about_a_person_says_what_for_and_how_we_know(clean_air, ines, client):
    # actors: notes about people who never joined carry source, purpose, visibility and an expiry
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        for lack, words in [("note_purpose", "what we need it for"), ("note_source", "how we know")]:
            with pytest.raises(actions.Refused, match=words):
                actions.add_ally(actor=amina, name="Ana", kind="person", **NOTE | {lack: " "})
        plain = actions.add_ally(actor=amina, name="Guild", note="Meets on Mondays")
        assert plain.note_until is None, "it is nobody's"
        with pytest.raises(actions.Refused, match="what we need it for"):
            actions.change_ally(actor=amina, stakeholder=plain, version=1, kind="person")
        assert (ines.note_on, ines.note_until) == (localdate(), in_twelve_months(localdate()))
        with pytest.raises(IntegrityError), transaction.atomic():
            Stakeholder.objects.filter(pk=ines.pk).update(note_until=None)
    client.force_login(clean_air.user["amina"])
    form = {"name": "Ana", "kind": "person", "sector": "Health", "stage": "identified", "note": "Shy", "source": "x"}
    page = client.post("/c/clean-air/allies/add/", form)
    assert page.status_code == 422
    assert "what we need it for" in page.text
    shown = client.get(f"/c/clean-air/allies/{ines.pk}/").text
    for words in ("To ask her gently", "Her neighbor", "Kept until", "Only coordinators, stewards and whoever looks"):
        assert words in shown
    client.force_login(clean_air.user["mei"])
    assert "Shy" not in client.get(f"/c/clean-air/allies/{ines.pk}/").text


# K05
def test_it_ends_twelve_months_after_it_was_written_whatever_else_is_changed(clean_air, ines, time_machine):
    with clean_air.inside():
        ben, end = clean_air.actor["ben"], ines.note_until
        time_machine.move_to(end - timedelta(days=10))
        ines = actions.change_ally(actor=ben, stakeholder=ines, version=1, city="Harbor", note_purpose="To invite her")
        assert ines.note_until == end
        time_machine.move_to(end)
        erase_what_ended()
        ines.refresh_from_db()
        assert ines.note
        time_machine.move_to(end + timedelta(days=1))
        erase_what_ended()
        ines.refresh_from_db()
        left = (ines.note, ines.note_source, ines.note_purpose, ines.note_on, ines.note_until)
        assert (*left, ines.city) == ("", "", "", None, None, "Harbor")


# K05
def test_only_a_deed_of_its_own_keeps_it_on_and_the_book_says_so(clean_air, ines, client, time_machine):
    with clean_air.inside():
        with pytest.raises(PermissionDenied):
            actions.renew_note(actor=clean_air.actor["ben"], stakeholder=ines)
        plain = actions.add_ally(actor=clean_air.actor["amina"], name="Ana", kind="person")
        with pytest.raises(actions.Refused, match="no note"):
            actions.renew_note(actor=clean_air.actor["amina"], stakeholder=plain)
    later = localdate() + timedelta(days=200)
    time_machine.move_to(later)
    client.force_login(clean_air.user["mei"])
    assert client.post(f"/c/clean-air/allies/{ines.pk}/note/").status_code == 404
    client.force_login(clean_air.user["amina"])
    assert client.post(f"/c/clean-air/allies/{ines.pk}/note/").status_code == 302
    assert client.post(f"/c/clean-air/allies/{plain.pk}/note/").status_code == 409
    with clean_air.inside():
        written = ines.note_on
        ines.refresh_from_db()
        assert (ines.note_on, ines.note_until) == (written, in_twelve_months(later))
        assert LedgerEntry.objects.filter(kind="stakeholders.NoteRenewed").count() == 1
        # Whoever looks after somebody may read the note, and keep it.
        actions.look_after(actor=clean_air.actor["ben"], stakeholder=ines, seat=clean_air.seat["ben"])
        ines.refresh_from_db()
        actions.renew_note(actor=clean_air.actor["ben"], stakeholder=ines)


@pytest.mark.parametrize("notes_for", ["", "To find speakers"])
def test_a_list_brings_notes_about_people_only_with_what_they_are_for(clean_air, tried, ines, notes_for):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        actions.add_ally(actor=amina, name="Bo", kind="person")
        source = "First name,Note\nAna,Knows all\nBo,Hears all\nEve,\n"
        listing = lists.start_import(
            actor=amina, listing=tried(source), source="A fair", has_consent=False, notes_for=notes_for
        )
        listing = tasks.commit_now(listing, Silent())
        found = {ally.name: ally for ally in Stakeholder.objects.all()}
        assert [found[name].note for name in ("Ana", "Bo")] == (["Knows all", "Hears all"] if notes_for else ["", ""])
        for name in ("Ana", "Bo"):
            until = in_twelve_months(localdate()) if notes_for else None
            told = (found[name].note_purpose, found[name].note_source, found[name].note_until)
            assert told == (notes_for, "A fair" if notes_for else "", until)
        assert found["Eve"].note_purpose == ""
        lists.ask_to_undo(actor=amina, listing=listing)
        lists.undo_import(actor=amina, listing=listing)
        bo = Stakeholder.objects.get(name="Bo")
        assert (bo.note, bo.note_purpose, bo.note_until) == ("", "", None)


def test_a_list_of_people_with_notes_asks_what_they_are_for(clean_air, tried, client):
    with clean_air.inside():
        listing, plain = tried("First name,Note\nAna,Knows all\n"), tried("First name\nAna\n")
    client.force_login(clean_air.user["amina"])
    asked = "What do you need its notes about people for?"
    assert asked in client.get(f"/c/clean-air/allies/imports/{listing.pk}/").text
    assert asked not in client.get(f"/c/clean-air/allies/imports/{plain.pk}/").text


def test_joining_two_records_keeps_no_note_longer(clean_air, ines, time_machine):
    with clean_air.inside():
        amina, end = clean_air.actor["amina"], ines.note_until
        time_machine.move_to(localdate() + timedelta(days=30))
        other = actions.add_ally(
            actor=amina, name="Ines R.", kind="person", note="Sings.", note_purpose="A song", note_source="Choir"
        )
        merge = matching.merge_allies(actor=amina, one=ines, other=other, chosen={"note": "both"})
        merge.kept.refresh_from_db()
        assert merge.kept.note_until == end
        assert {"Shy in large rooms.", "Sings."} == set(merge.kept.note.split("\n\n"))
        assert {"To ask her gently", "A song"} == set(merge.kept.note_purpose.split("; "))
        matching.undo_merge(actor=amina, merge=merge)
        assert set(Stakeholder.objects.values_list("note", flat=True)) == {"Shy in large rooms.", "Sings."}


# K05
def test_what_is_held_about_a_person_can_be_handed_to_them(clean_air, ines, clinic, client):
    # actors: notes about people who never joined are in that person's data export
    with clean_air.inside():
        mine = actions.add_ally(
            actor=clean_air.actor["amina"], name="Ben", kind="person", email=clean_air.user["ben"].email, **NOTE
        )
        kept = queries.personal_export([clean_air.seat["ben"].pk])["records_about_you"][0]
        assert (kept["note"], kept["note_is_needed_for"], kept["note_is_kept_until"]) == (
            NOTE["note"], NOTE["note_purpose"], mine.note_until,
        )  # fmt: skip
        actions.rate_ally(
            actor=clean_air.actor["mei"], stakeholder=ines, interest=4, influence=2, basis="She spoke at the market."
        )
    held = f"/c/clean-air/allies/{ines.pk}/held/"
    client.force_login(clean_air.user["ben"])
    assert client.post(held).status_code in {403, 404}
    assert "What we hold on this person" not in client.get(f"/c/clean-air/allies/{ines.pk}/").text
    client.force_login(clean_air.user["amina"])
    assert "What we hold on this person" in client.get(f"/c/clean-air/allies/{ines.pk}/").text
    file = client.post(held)
    assert file["Content-Disposition"].startswith("attachment")
    (about,) = file.json()["records_about_you"]
    assert (about["name"], about["note"], about["note_source"]) == ("Ines", NOTE["note"], "Her neighbor")
    assert about["ratings"][0]["basis"] == "She spoke at the market."
    assert client.post(f"/c/clean-air/allies/{clinic.pk}/held/").status_code == 409
    with clean_air.inside():
        entry = LedgerEntry.objects.get(kind="stakeholders.HeldHandedOver")
        assert entry.facts == {"stakeholder_id": ines.pk}
