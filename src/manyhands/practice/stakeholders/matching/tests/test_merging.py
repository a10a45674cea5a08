"""Two records become one, with everything that points at them, and two again."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions as deeds
from manyhands.practice.stakeholders import models, tasks
from manyhands.practice.stakeholders.actions import Refused
from manyhands.practice.stakeholders.matching import actions, joining, references
from manyhands.practice.stakeholders.models import Merge, Pair, Rating, Stakeholder, Tie

from .conftest import everything, without


def merged(world, one, other, **how):
    return actions.merge_allies(actor=world.actor["amina"], one=one, other=other, **how)


@pytest.mark.parametrize("who", ["ben", "mei", "olu", "gus"])
def test_only_coordinators_and_stewards_join_records(clean_air, two, who):
    with clean_air.inside(), pytest.raises(PermissionDenied):
        actions.merge_allies(actor=clean_air.actor[who], one=two[0], other=two[1])


def test_every_field_that_points_at_an_ally_has_a_way_to_move():
    # import and matching: a new model is joined too, or somebody says how
    found = references.links()
    assert len(found) > 15
    for link in found:
        joining.way_of(link)


def test_the_rows_of_these_tests_hang_on_every_field_that_points_at_an_ally(clean_air, two):
    with clean_air.inside():
        bare = {
            f"{link.model.__name__}.{link.name}"
            for link in references.links()
            if not link.rows.filter(**{f"{link.attname}__in": [ally.pk for ally in two]}).exists()
        }
        assert bare <= {"InvitedContribution.stakeholder"}, "hang one on each in conftest.py"


def test_joined_records_leave_nothing_that_points_at_the_one_that_went(clean_air, two):
    # import and matching: merge with all references
    one, other = two
    with clean_air.inside():
        merge = merged(clean_air, one, other)
        gone, kept = merge.gone, merge.kept
        left = {
            link.model.__name__: list(link.rows.filter(**{link.attname: gone.pk}).values())
            for link in references.links()
            if link.rows.filter(**{link.attname: gone.pk}).exists()
        }
        assert set(left) == {"Tie", "Sway", "Pair"}, "only what was said of the two themselves"
        assert all(row["ended_on"] for row in left["Tie"])
        assert all(row["replaced_at"] for row in left["Sway"])
        assert Stakeholder.objects.filter(pk=gone.pk).first() is None
        assert {kept.pk, gone.pk} == {one.pk, other.pk}


def test_of_two_ratings_by_one_member_the_newer_stands_and_both_are_kept(clean_air, two):
    with clean_air.inside():
        kept = merged(clean_air, *two).kept
        standing = Rating.objects.filter(stakeholder=kept, replaced_at=None).order_by("rater__name")
        assert [(rating.rater.name, rating.interest) for rating in standing] == [("Amina", 2), ("Ben", 4), ("Rosa", 2)]
        assert Rating.objects.filter(stakeholder=kept).count() == 4
        kept.refresh_from_db()
        assert (kept.raters, kept.interest) == (3, 2)


def test_two_ties_of_a_kind_become_one_that_says_what_both_said(clean_air, two):
    with clean_air.inside():
        kept = merged(clean_air, *two).kept
        live = Tie.objects.filter(ended_on=None)
        assert not live.filter(one=kept, other=kept).exists()
        assert sorted(live.values_list("kind", flat=True)) == ["funds", "works with"]
        assert {tie.one_id for tie in live} | {tie.other_id for tie in live} >= {kept.pk}
        mayor = Stakeholder.objects.get(name="Mayor")
        assert all(mayor.pk in (tie.one_id, tie.other_id) for tie in live), "the sides still fit"
        assert all(
            tie.seen_on == max(Tie.objects.values_list("seen_on", flat=True).filter(kind=tie.kind)) for tie in live
        )


@pytest.mark.parametrize("refused", [False, True])
def test_a_later_refusal_of_an_introduction_outweighs_an_earlier_consent(clean_air, two, refused):
    with clean_air.inside():
        first, second = Tie.objects.filter(kind="funds").order_by("pk")
        Tie.objects.filter(pk=first.pk).update(consent="agreed", consent_source="letter", consent_on="2026-01-01")
        if refused:
            Tie.objects.filter(pk=second.pk).update(consent="refused", consent_source="call", consent_on="2026-02-01")
        merged(clean_air, *two)
        assert Tie.objects.get(kind="funds", ended_on=None).consent == ("refused" if refused else "agreed")


def test_fields_are_filled_and_the_other_name_is_not_lost(clean_air, two):
    with clean_air.inside():
        kept = merged(clean_air, *two, chosen={"name": "one"}).kept
        kept.refresh_from_db()
        assert (kept.name, kept.also_known_as) == ("Northside Clinic", "North Side Clinic")
        assert (kept.city, kept.street, kept.website, kept.phone) == ("Linden", "", "https://north.example", "1")
        assert sorted(kept.tags.split(", ")) == ["air", "lungs"]
        assert "north side clinic" in kept.search_text


@pytest.mark.parametrize("side", ["one", "other"])
def test_whose_word_counts_is_chosen_field_by_field(clean_air, two, side):
    with clean_air.inside():
        kept = merged(clean_air, *two, chosen={"address": side, "tags": side}).kept
        kept.refresh_from_db()
        assert (kept.city, kept.street, kept.tags) == {
            "one": ("Linden", "", "air"),
            "other": ("", "4 Mill Lane", "lungs"),
        }[side]


def test_joined_and_taken_back_every_row_is_as_it_was(clean_air, two):
    # import and matching: undo merge with all references
    with clean_air.inside():
        before = without(everything(), "stakeholders.merge")
        merge = merged(clean_air, *two, chosen={"name": "other", "phone": "both"})
        assert without(everything(), "stakeholders.merge") != before
        undone = actions.undo_merge(actor=clean_air.actor["amina"], merge=merge)
        assert undone.left == 0
        assert without(everything(), "stakeholders.merge") == before
        kinds = list(LedgerEntry.objects.order_by("-pk").values_list("kind", flat=True)[:2])
        assert kinds == ["matching.MergeUndone", "matching.AlliesMerged"]


def test_a_member_is_one_again_after_undo(clean_air, two):
    one, other = two
    with clean_air.inside():
        member = Organization.objects.create(name="North Side Clinic", state="active")
        Stakeholder.objects.filter(pk=other.pk).update(member=member)
        other.refresh_from_db()
        merge = merged(clean_air, one, other)
        assert merge.kept_id == other.pk, "a member's record stays"
        actions.undo_merge(actor=clean_air.actor["amina"], merge=merge)
        assert Stakeholder.objects.get(member=member).pk == other.pk


def test_what_somebody_did_since_stays_when_a_merge_is_taken_back(clean_air, two):
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        merge = merged(clean_air, *two)
        kept = Stakeholder.objects.get(pk=merge.kept_id)
        deeds.change_ally(actor=amina, stakeholder=kept, version=kept.version, tags="asthma")
        deeds.rate_ally(actor=amina, stakeholder=kept, interest=5, influence=5, basis="they came")
        models.Contact.objects.create(stakeholder=kept, on=now().date(), text="After the merge")
        undone = actions.undo_merge(actor=amina, merge=merge)
        kept.refresh_from_db()
        assert kept.tags == "asthma"
        assert undone.left == 2, "the tags, and the rating that a newer one had replaced"
        assert Rating.objects.get(stakeholder=kept, rater=clean_air.seat["amina"], replaced_at=None).interest == 5
        assert models.Contact.objects.get(text="After the merge").stakeholder_id == kept.pk
        assert Stakeholder.objects.filter(pk=merge.gone_id).exists()


def test_a_merge_with_itself_is_refused(clean_air, two):
    with clean_air.inside(), pytest.raises(Refused, match="one and the same"):
        merged(clean_air, two[0], two[0])


def test_two_members_a_person_and_an_organization_and_removed_records_are_refused(clean_air, two, ally):
    one, other = two
    with clean_air.inside():
        person = ally("Nora Side", kind="person")
        with pytest.raises(Refused, match="One is a person"):
            merged(clean_air, one, person)
        deeds.remove_ally(actor=clean_air.actor["amina"], stakeholder=person)
        with pytest.raises(Refused, match="no longer on the list"):
            merged(clean_air, one, person)
        for each, name in ((one, "A"), (other, "B")):
            Stakeholder.objects.filter(pk=each.pk).update(member=Organization.objects.create(name=name))
        with pytest.raises(Refused, match="Both are members"):
            merged(clean_air, one, other)
        assert not Merge.objects.exists()


def test_a_record_that_changed_while_somebody_was_reading_is_looked_at_again(clean_air, two):
    one, other = two
    with clean_air.inside():
        with pytest.raises(actions.ChangedMeanwhile):
            merged(clean_air, one, other, seen={one.pk: one.version, other.pk: other.version - 1})
        with pytest.raises(Refused, match="There is no field"):
            merged(clean_air, one, other, chosen={"member": "one"})
        with pytest.raises(Refused, match="too long"):
            Stakeholder.objects.filter(pk=one.pk).update(tags="x" * 200)
            Stakeholder.objects.filter(pk=other.pk).update(tags="y" * 200)
            merged(clean_air, one, other)


def test_undo_says_why_it_cannot_be(clean_air, two, ally):
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        merge = merged(clean_air, *two)
        gone = Stakeholder.with_removed.get(pk=merge.gone_id)
        with pytest.raises(Refused, match="joined with another one"):
            deeds.restore_ally(actor=amina, stakeholder=gone)
        again = merged(clean_air, Stakeholder.objects.get(pk=merge.kept_id), ally("Clinic of the North"))
        if again.kept_id != merge.kept_id:
            with pytest.raises(Refused, match="Take that back first"):
                actions.undo_merge(actor=amina, merge=merge)
        actions.undo_merge(actor=amina, merge=again)
        with pytest.raises(Refused, match="taken back already"):
            actions.undo_merge(actor=amina, merge=again)
        with time_machine.travel(now() + timedelta(days=15), tick=False), pytest.raises(Refused, match="two weeks"):
            actions.undo_merge(actor=amina, merge=merge)
        actions.undo_merge(actor=amina, merge=merge)


def test_merges_upon_merges_come_back_one_after_the_other(clean_air, two, ally):
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        third = ally("Clinic North Side")
        before = without(everything(), "stakeholders.merge")
        first = merged(clean_air, *two)
        second = merged(clean_air, Stakeholder.objects.get(pk=first.kept_id), third)
        actions.undo_merge(actor=amina, merge=second)
        actions.undo_merge(actor=amina, merge=first)
        assert without(everything(), "stakeholders.merge") == before


@pytest.mark.parametrize("how", ["removed", "joined"])
def test_no_tie_dangles_after_an_ally_is_gone_for_good(clean_air, two, how):
    # import and matching: organization deletion leaves no dangling tie
    one, other = two
    with clean_air.inside():
        if how == "removed":
            gone = one.pk
            deeds.remove_ally(actor=clean_air.actor["amina"], stakeholder=one)
        else:
            gone = merged(clean_air, one, other).gone_id
        with time_machine.travel(now() + timedelta(days=15), tick=False):
            tasks._tidy_here()
        assert not Stakeholder.with_removed.filter(pk=gone).exists()
        for link in references.links():
            pointing = set(link.rows.exclude(**{link.attname: None}).values_list(link.attname, flat=True))
            assert pointing <= set(Stakeholder.objects.values_list("pk", flat=True)), link
        assert Tie.objects.filter(ended_on=None).exists()


def test_erasing_one_actor_leaves_every_other_row_alone(clean_air, two, ally):
    with clean_air.inside():
        stranger = ally("Stranger")
        before = without(everything())
        deeds.remove_ally(actor=clean_air.actor["amina"], stakeholder=stranger)
        with time_machine.travel(now() + timedelta(days=15), tick=False):
            tasks._tidy_here()
        before.pop(f"stakeholders.stakeholder {stranger.pk}")
        assert without(everything()) == before


def test_the_pair_is_marked_and_what_was_said_of_a_third_follows(clean_air, two):
    one, other = two
    with clean_air.inside():
        kept = merged(clean_air, one, other).kept
        third = Stakeholder.objects.get(name="Mayor")
        low, high = sorted((kept.pk, third.pk))
        assert Pair.objects.get(one_id=low, other_id=high).verdict == "different"
        low, high = sorted((one.pk, other.pk))
        pair = Pair.objects.get(one_id=low, other_id=high)
        assert (pair.verdict, pair.judged_by_id) == ("merged", clean_air.seat["amina"].pk)
