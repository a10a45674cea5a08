"""Who reads what, how long notes are kept, and what a person gets and can have erased."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders import policies
from manyhands.practice.stakeholders import queries as room
from manyhands.practice.stakeholders.models import Contact, Input, ProfileEntry, Stakeholder
from manyhands.practice.stakeholders.profiles import actions, queries
from manyhands.practice.stakeholders.profiles.tasks import erase_what_ended

EVERYONE = ["amina", "ben", "mei", "rosa", "omar", "joan", "olu", "gus"]


# S0-08
def test_the_database_hands_out_exactly_what_the_policy_lets_read(clean_air, clinic, guild):
    """Every kind of entry, every reader, every seat: the query and the sentence in policies.py agree."""
    with clean_air.inside():
        for ally in (clinic, guild):
            for readers in ProfileEntry.Readers.values:
                for about in ("motive", "note"):
                    ProfileEntry.objects.create(
                        stakeholder=ally, about=about, text="t", source="s", readers=readers, said_on=localdate(),
                        purpose="p", expires_on=localdate(),
                    )  # fmt: skip
        everything = list(ProfileEntry.objects.select_related("stakeholder"))
        assert len(everything) == 12
        seen = {}
        for who in EVERYONE:
            actor = clean_air.actor[who]
            by_policy = {entry.pk for entry in everything if policies.read_profile.holds(actor, entry)}
            seen[who] = set(queries.visible_to(actor).values_list("pk", flat=True))
            assert seen[who] == by_policy, who
        assert len(seen["joan"]) == 6 + 1, "all of her own, and what all members may read of others"
        assert len(seen["ben"]) == 2
        assert not seen["gus"]


# S0-08
def test_a_page_says_that_there_is_more_and_never_what(clean_air, guild, client):
    with clean_air.inside():
        joan = clean_air.actor["joan"]
        for about, text, readers in [("motive", "Smoke at the stalls", "members"), ("red line", "No Easter", "own")]:
            actions.write_entry(actor=joan, stakeholder=guild, about=about, text=text, readers=readers)
    address = f"/c/clean-air/allies/{guild.pk}/profile/"
    for who, sees in [("joan", True), ("ben", False), ("amina", False)]:
        client.force_login(clean_air.user[who])
        for page in (
            client.get(address),
            client.get(address, {"history": 1}),
            client.get("/c/clean-air/allies/drives/"),
        ):
            assert ("No Easter" in page.text) is ((sees and "drives" not in page.request["PATH_INFO"]) or sees)
        assert ("You do not see all" in client.get(address).text) is not sees
        csv = client.get("/c/clean-air/allies/drives/", {"format": "csv"}).content.decode()
        assert ("No Easter" in csv) is sees
    client.force_login(clean_air.user["gus"])
    assert client.get(address).status_code == 403


def test_an_entry_one_may_not_read_does_not_exist(clean_air, guild, client):
    with clean_air.inside():
        entry = actions.write_entry(
            actor=clean_air.actor["joan"], stakeholder=guild, about="gain", text="Counts.", readers="own"
        )
    client.force_login(clean_air.user["amina"])
    for deed in ("confirm", "take-back", "put-back"):
        assert client.post(f"/c/clean-air/allies/profile-entries/{entry.pk}/{deed}/").status_code == 404
    assert client.get(f"/c/clean-air/allies/{guild.pk}/profile/", {"anew": entry.pk}).status_code == 404


# K05
def test_what_we_write_about_a_person_says_what_for_and_ends_after_twelve_months(clean_air, ines, clinic):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        given = {"actor": amina, "stakeholder": ines, "about": "motive", "text": "Her son.", "source": "Her blog"}
        with pytest.raises(actions.Refused, match="what we need it for"):
            actions.write_entry(**given)
        kept = actions.write_entry(**given, purpose="To invite her", expires_on=localdate() + timedelta(days=4000))
        assert localdate() + timedelta(days=364) < kept.expires_on <= localdate() + timedelta(days=366)
        with pytest.raises(actions.Refused, match="what we need it for"):
            actions.write_entry(actor=amina, stakeholder=clinic, about="note", text="x", source="y")
        plain = actions.write_entry(actor=amina, stakeholder=clinic, about="motive", text="x", source="y")
        assert plain.expires_on is None


# K05
def test_notes_are_erased_when_their_time_has_run_out(clean_air, ines, clinic):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        given = {"actor": amina, "stakeholder": ines, "source": "Her blog", "purpose": "To invite her"}
        old = actions.write_entry(**given, about="motive", text="Her son.")
        kept = actions.write_entry(**given, about="gain", text="A vote.")
        back = actions.write_entry(**given, about="red line", text="No ads.")
        actions.take_back_entry(actor=amina, entry=back)
        ProfileEntry.objects.filter(pk=old.pk).update(expires_on=localdate() - timedelta(days=1))
        ProfileEntry.objects.filter(pk=back.pk).update(replaced_at=now() - timedelta(days=15))
        long_ago = localdate() - timedelta(days=370)
        Contact.objects.create(stakeholder=ines, on=long_ago, text="She was tired.")
        Contact.objects.create(stakeholder=clinic, on=long_ago, text="They liked it.")
        Input.objects.create(stakeholder=ines, on=long_ago, text="Bus!", state="used", became="Done", told_on=long_ago)
        Stakeholder.objects.filter(pk=ines.pk).update(note_until=localdate() - timedelta(days=1))
        assert [e.text for e in queries.visible_to(amina).filter(stakeholder=ines)] == ["A vote."], "hidden at once"
        assert erase_what_ended() == 5
        assert list(ProfileEntry.objects.values_list("pk", flat=True)) == [kept.pk]
        assert set(Contact.objects.values_list("stakeholder__name", "text")) == {
            ("Ines Roth", ""),
            ("Eastside Clinic", "They liked it."),
        }
        ines.refresh_from_db()
        assert (ines.note, Input.objects.get().text) == ("", "")
        assert erase_what_ended() == 0


# K05
def test_a_person_gets_every_note_about_themselves_and_can_have_it_erased(clean_air, ines):
    with clean_air.inside():
        allies.change_ally(actor=clean_air.actor["amina"], stakeholder=ines, version=1, email="Rosa@clean-air.EXAMPLE")
        actions.write_entry(
            actor=clean_air.actor["amina"], stakeholder=ines, about="note", text="Hard to reach.", source="A call",
            purpose="To invite her",
        )  # fmt: skip
        Contact.objects.create(stakeholder=ines, on=localdate(), text="She hung up.")
        mine = room.personal_export([clean_air.seat["rosa"].pk])
        (record,) = mine["records_about_you"]
        assert record["note"] == "Shy."
        assert [note["text"] for note in record["notes"]] == ["Hard to reach."]
        assert record["notes"][0]["purpose"] == "To invite her"
        assert [contact["text"] for contact in record["contacts"]] == ["She hung up."]
        assert not room.personal_export([clean_air.seat["ben"].pk])["records_about_you"]

        room.personal_erase([clean_air.seat["rosa"].pk])
        assert not ProfileEntry.objects.exists()
        assert not Stakeholder.objects.filter(pk=ines.pk).exists()
        gone = Stakeholder.with_removed.get(pk=ines.pk)
        assert "Ines" not in f"{gone.name} {gone.search_text} {gone.note} {gone.email}"
        assert Contact.objects.get().text == ""
