"""Allies: who may do what, what is refused, what is written down."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions, queries
from manyhands.practice.stakeholders.models import Rating, Stakeholder

MAY = {
    "add_ally": {"amina", "ben", "mei", "rosa", "omar", "joan"},
    "change_ally": {"amina", "ben", "mei", "rosa", "omar", "joan"},
    "rate_ally": {"amina", "ben", "mei", "rosa", "omar", "joan"},
    "remove_ally": {"amina"},
}


def do(deed, actor, ally):
    if deed == "add_ally":
        return actions.add_ally(actor=actor, name="New")
    if deed == "change_ally":
        return actions.change_ally(actor=actor, stakeholder=ally, version=ally.version, city="Harbor")
    if deed == "rate_ally":
        return actions.rate_ally(actor=actor, stakeholder=ally, interest=4, influence=2, basis="Seen it.")
    return actions.remove_ally(actor=actor, stakeholder=ally)


@pytest.mark.parametrize("deed", MAY)
@pytest.mark.parametrize("who", ["amina", "ben", "mei", "rosa", "omar", "joan", "olu", "gus"])
def test_who_may_do_what(clean_air, clinic, deed, who):
    with clean_air.inside():
        before = LedgerEntry.objects.count()
        if who in MAY[deed]:
            do(deed, clean_air.actor[who], clinic)
            assert LedgerEntry.objects.count() > before
        else:
            with pytest.raises(PermissionDenied):
                do(deed, clean_air.actor[who], clinic)
            assert LedgerEntry.objects.count() == before


def test_the_middle_of_ratings_is_kept_beside_the_ally(clean_air, clinic):
    with clean_air.inside():
        for who, interest in [("amina", 4.0), ("ben", 2.0), ("rosa", 5.0)]:
            actor = clean_air.actor[who]
            actions.rate_ally(actor=actor, stakeholder=clinic, interest=interest, influence=3, basis="Known.")
        clinic.refresh_from_db()
        assert (clinic.interest, clinic.influence, clinic.raters) == (4.0, 3.0, 3)
        assert (clinic.interest_spread, clinic.corner) == (1.0, "work side by side")


def test_a_new_rating_replaces_ones_own_and_keeps_the_old(clean_air, clinic):
    with clean_air.inside():
        for interest in (2, 5):
            rating = actions.rate_ally(
                actor=clean_air.actor["ben"], stakeholder=clinic, interest=interest, influence=1, basis="b"
            )
        clinic.refresh_from_db()
        assert (clinic.interest, clinic.raters, len(queries.rating_history(clinic))) == (5.0, 1, 2)
        actions.withdraw_rating(actor=clean_air.actor["ben"], rating=rating)
        clinic.refresh_from_db()
        assert (clinic.raters, clinic.interest, clinic.weight) == (0, 0, 0)
        with pytest.raises(PermissionDenied):
            actions.withdraw_rating(actor=clean_air.actor["rosa"], rating=rating)


@pytest.mark.parametrize(("interest", "basis"), [(0.9, "b"), (5.1, "b"), (float("nan"), "b"), (3, "  ")])
def test_a_rating_out_of_range_or_without_ground_is_refused(clean_air, clinic, interest, basis):
    with clean_air.inside(), pytest.raises(actions.Refused):
        actions.rate_ally(actor=clean_air.actor["ben"], stakeholder=clinic, interest=interest, influence=3, basis=basis)


def test_the_database_itself_refuses_a_rating_out_of_range(clean_air, clinic):
    with clean_air.inside(), pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(stakeholder=clinic, rater=clean_air.seat["ben"], interest=7, influence=3, basis="x")


def test_two_who_edit_at_once_notice(clean_air, clinic):
    with clean_air.inside():
        actions.change_ally(actor=clean_air.actor["ben"], stakeholder=clinic, version=1, city="Harbor")
        with pytest.raises(actions.ChangedMeanwhile):
            actions.change_ally(actor=clean_air.actor["rosa"], stakeholder=clinic, version=1, city="Linden")
        assert Stakeholder.objects.get().city == "Harbor"


def test_reaching_out_skips_no_stage(clean_air, clinic):
    with clean_air.inside(), pytest.raises(actions.Refused, match="step by step"):
        actions.change_ally(actor=clean_air.actor["ben"], stakeholder=clinic, version=1, stage="committed")


def test_taking_off_the_list_can_be_undone(clean_air, clinic):
    with clean_air.inside():
        actions.remove_ally(actor=clean_air.actor["amina"], stakeholder=clinic)
        assert not Stakeholder.objects.exists()
        actions.restore_ally(actor=clean_air.actor["amina"], stakeholder=clinic)
        assert Stakeholder.objects.count() == 1


def test_erasing_a_person_leaves_every_middle_as_it_was(clean_air, clinic):
    with clean_air.inside():
        actions.rate_ally(actor=clean_air.actor["ben"], stakeholder=clinic, interest=4, influence=2, basis="My cousin.")
        mine = queries.personal_export([clean_air.seat["ben"].pk])
        assert mine["ratings"][0]["basis"] == "My cousin."
        queries.personal_erase([clean_air.seat["ben"].pk])
        clinic.refresh_from_db()
        assert (clinic.interest, clinic.raters, Rating.objects.get().basis) == (4.0, 1, "")


def test_what_awaits_whoever_looks_after_an_ally(clean_air, clinic):
    from django.utils.timezone import localdate

    with clean_air.inside():
        actions.look_after(actor=clean_air.actor["rosa"], stakeholder=clinic, seat=clean_air.seat["rosa"])
        actions.change_ally(
            actor=clean_air.actor["rosa"],
            stakeholder=clinic,
            version=2,
            next_step="Call Ines",
            next_step_on=localdate(),
        )
        assert [item.title for item in queries.awaiting(clean_air.actor["rosa"])] == ["Northside Clinic"]
        assert not list(queries.awaiting(clean_air.actor["ben"]))
