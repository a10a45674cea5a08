"""What drives an actor: who writes it, what replaces what, and what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders.models import ProfileEntry, Stakeholder
from manyhands.practice.stakeholders.profiles import actions


def write(world, who, ally, about="motive", text="Children cough.", source="A talk", **more):
    return actions.write_entry(actor=world.actor[who], stakeholder=ally, about=about, text=text, source=source, **more)


# S0-08
def test_each_field_of_an_organization_has_its_own_readers(clean_air, guild):
    with clean_air.inside():
        agenda = write(clean_air, "joan", guild, "agenda", "More customers on foot.", source="", readers="members")
        red_line = write(
            clean_air, "joan", guild, "red line", "No closed street before Easter.", source="", readers="own"
        )
        gain = write(clean_air, "joan", guild, "gain", "Shop counts that do not fall.", source="", readers="stewards")
        assert [e.readers for e in (agenda, red_line, gain)] == ["members", "own", "stewards"]
        assert agenda.source == "Their own word here"
        assert agenda.confirmed_on == localdate()
        kinds = set(LedgerEntry.objects.values_list("kind", flat=True))
        assert {"profiles.ProfileWritten", "profiles.MemberListed"} <= kinds


def test_only_the_organization_itself_keeps_something_to_itself(clean_air, clinic, guild):
    with clean_air.inside():
        for ally in (clinic, guild):
            with pytest.raises(actions.Refused, match="itself"):
                write(clean_air, "ben", ally, readers="own")


# S2-07
def test_every_claim_names_its_source_and_its_day(clean_air, clinic):
    with clean_air.inside():
        with pytest.raises(actions.Refused, match="how we know"):
            write(clean_air, "ben", clinic, source="  ")
        with pytest.raises(actions.Refused, match="still to come"):
            write(clean_air, "ben", clinic, said_on=localdate() + timedelta(days=1))
        with pytest.raises(IntegrityError), transaction.atomic():
            ProfileEntry.objects.create(stakeholder=clinic, about="motive", text="x", source="", said_on=localdate())
        kept = write(clean_air, "ben", clinic, said_on=localdate() - timedelta(days=9))
        assert (kept.source, kept.said_on) == ("A talk", localdate() - timedelta(days=9))


def test_of_some_there_is_one_and_of_motives_several(clean_air, clinic):
    with clean_air.inside():
        write(clean_air, "ben", clinic, "gain", "Fewer cases.")
        write(clean_air, "ben", clinic, "gain", "Fewer nights in hospital.")
        write(clean_air, "ben", clinic, "motive", "Children cough.")
        write(clean_air, "ben", clinic, "motive", "Nurses leave.")
        now_said = ProfileEntry.objects.filter(replaced_at=None)
        assert [e.text for e in now_said.filter(about="gain")] == ["Fewer nights in hospital."]
        assert now_said.filter(about="motive").count() == 2
        assert ProfileEntry.objects.filter(about="gain").count() == 2, "the one before is kept"


def test_one_motive_is_said_anew_and_two_who_do_it_at_once_notice(clean_air, clinic):
    with clean_air.inside():
        first = write(clean_air, "ben", clinic)
        again = write(clean_air, "ben", clinic, text="Children cough all winter.", replaces=first)
        first.refresh_from_db()
        assert first.replaced_at is not None
        with pytest.raises(actions.ChangedMeanwhile):
            write(clean_air, "ben", clinic, text="Mine.", replaces=first)
        with pytest.raises(actions.Refused, match="something else"):
            write(clean_air, "ben", clinic, "red line", replaces=again)


def test_nobody_replaces_what_an_organization_said_of_itself(clean_air, guild):
    with clean_air.inside():
        write(clean_air, "joan", guild, "gain", "Shop counts.", source="", readers="own")
        for who in ("ben", "amina"):
            with pytest.raises(actions.Refused, match="somebody else’s words"):
                write(clean_air, who, guild, "gain", "Something else.")
        write(clean_air, "joan", guild, "gain", "Better shop counts.", source="")
        assert ProfileEntry.objects.get(about="gain", replaced_at=None).text == "Better shop counts."


# S2-07
def test_the_organization_confirms_its_own_and_stewards_those_of_actors_without_a_seat(clean_air, clinic, guild):
    with clean_air.inside():
        ours = write(clean_air, "joan", guild, source="", said_on=localdate() - timedelta(days=400))
        ProfileEntry.objects.filter(pk=ours.pk).update(confirmed_on=None)
        theirs = write(clean_air, "ben", clinic)
        for who, entry in [("ben", ours), ("amina", ours), ("ben", theirs), ("olu", theirs)]:
            with pytest.raises(PermissionDenied):
                actions.confirm_entry(actor=clean_air.actor[who], entry=entry)
        assert actions.confirm_entry(actor=clean_air.actor["joan"], entry=ours).confirmed_on == localdate()
        assert actions.confirm_all(actor=clean_air.actor["amina"], stakeholder=clinic) == 1
        theirs.refresh_from_db()
        assert theirs.confirmed_on == localdate()


def test_taking_back_can_be_undone_unless_another_stands_there(clean_air, clinic):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        gain = write(clean_air, "amina", clinic, "gain", "Fewer cases.")
        actions.take_back_entry(actor=amina, entry=gain)
        with pytest.raises(actions.ChangedMeanwhile):
            actions.take_back_entry(actor=amina, entry=gain)
        assert actions.put_back_entry(actor=amina, entry=gain).replaced_at is None
        actions.take_back_entry(actor=amina, entry=gain)
        write(clean_air, "amina", clinic, "gain", "Another.")
        with pytest.raises(actions.ChangedMeanwhile):
            actions.put_back_entry(actor=amina, entry=gain)


@pytest.mark.parametrize("who", ["olu", "gus"])
def test_those_who_only_read_write_nothing(clean_air, clinic, who):
    with clean_air.inside(), pytest.raises(PermissionDenied):
        write(clean_air, who, clinic)


# S2-23
def test_an_interview_is_kept_with_question_source_and_consent_or_not_at_all(clean_air, clinic):
    with clean_air.inside():
        ben = clean_air.actor["ben"]
        given = {"stakeholder": clinic, "answers": {"see": "Coughing.", "never": "Ads.", "bring": "  "}}
        with pytest.raises(actions.Refused, match="Ask first"):
            actions.record_interview(actor=ben, source="By phone", has_consent=False, **given)
        assert not ProfileEntry.objects.exists()
        kept = actions.record_interview(actor=ben, source="By phone", has_consent=True, **given)
        assert [(e.about, e.text, e.source, e.has_consent) for e in kept] == [
            ("motive", "Coughing.", "By phone", True),
            ("red line", "Ads.", "By phone", True),
        ]
        assert kept[0].question.startswith("What do you see")
        with pytest.raises(actions.Refused, match="no question"):
            actions.record_interview(
                actor=ben, stakeholder=clinic, answers={"x": "y"}, source="By phone", has_consent=True
            )


# S1-29
def test_a_new_member_says_motive_gain_and_limits_in_one_go(clean_air):
    with clean_air.inside():
        said = {"motive": ("Our stalls stand in the smoke.", "members"), "gain": ("Shop counts.", "stewards"),
                "limits": ("No money before spring.", "own")}  # fmt: skip
        guild = actions.introduce_member(
            actor=clean_air.actor["joan"], organization=clean_air.organization["joan"], said=said, tags="trade, smoke"
        )
        assert guild.member_id == clean_air.organization["joan"].pk
        found = {e.about: (e.text, e.readers, e.tags) for e in ProfileEntry.objects.all()}
        assert found == {
            "motive": ("Our stalls stand in the smoke.", "members", "trade, smoke"),
            "gain": ("Shop counts.", "stewards", ""),
            "limits": ("No money before spring.", "own", ""),
        }
        with pytest.raises(PermissionDenied):
            actions.introduce_member(
                actor=clean_air.actor["ben"], organization=clean_air.organization["joan"], said=said
            )


def test_a_member_that_was_listed_as_an_ally_keeps_that_record(clean_air):
    from manyhands.practice.stakeholders import actions as allies

    with clean_air.inside():
        known = allies.add_ally(actor=clean_air.actor["amina"], name="two wheels club", sector="Transport")
        joined = actions.list_member(actor=clean_air.actor["ben"], organization=clean_air.organization["ben"])
        assert joined.pk == known.pk
        assert actions.list_member(actor=clean_air.actor["ben"], organization=clean_air.organization["ben"]) == joined
        assert Stakeholder.objects.count() == 1
