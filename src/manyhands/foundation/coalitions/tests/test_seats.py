"""Seats: giving one, changing what it may do, and getting up from it."""

import pytest
from django.core.exceptions import PermissionDenied

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import actions, queries
from manyhands.foundation.coalitions.models import Membership, Seat, WorkingGroup, WorkingGroupSeat
from manyhands.foundation.ledger.models import LedgerEntry


@pytest.fixture
def ana(db) -> Person:
    return Person.objects.create_user("ana@example.org", name="Ana")


def change(world, who, by="amina", **more):
    seat = world.seat[who]
    asked = {"standing": seat.standing, "organization": seat.organization, "offices": [], **more}
    return actions.change_seat(actor=world.actor[by], seat=seat, **asked)


def test_a_coordinator_and_the_house_itself_give_seats(clean_air, ana):
    with clean_air.inside():
        house = Actor(clean_air.coalition.pk, None, system="demo")
        seat = actions.give_seat(
            actor=house,
            person=ana,
            organization=clean_air.organization["ben"],
            standing="alternate",
            offices=["facilitator"],
        )
        assert (seat.name, seat.roles) == ("Ana", {"alternate", "facilitator"})
        assert LedgerEntry.objects.get().by_system == "demo"
        with pytest.raises(actions.AlreadySeated):
            actions.give_seat(actor=clean_air.actor["amina"], person=ana)


def test_other_members_give_no_seats(clean_air, safe_streets, ana):
    with clean_air.inside(), pytest.raises(PermissionDenied):
        actions.give_seat(actor=clean_air.actor["ben"], person=ana)
    with safe_streets.inside(), pytest.raises(PermissionDenied):
        actions.give_seat(actor=safe_streets.actor["zed"], person=ana, organization=clean_air.organization["ben"])


def test_a_former_members_organization_takes_nobody(clean_air, ana):
    with clean_air.inside():
        Membership.objects.filter(organization=clean_air.organization["ben"]).update(state="removed")
        with pytest.raises(actions.MembershipEnded):
            actions.give_seat(actor=clean_air.actor["amina"], person=ana, organization=clean_air.organization["ben"])


def test_standing_and_offices_change_and_the_book_says_so(clean_air):
    with clean_air.inside():
        changed = change(clean_air, "ben", standing="alternate", offices=["coordinator", "facilitator"])
        assert changed.roles == {"alternate", "coordinator", "facilitator"}
        assert LedgerEntry.objects.get().facts == {
            "seat_id": changed.pk,
            "organization_id": changed.organization_id,
            "standing": "alternate",
            "offices": ["coordinator", "facilitator"],
        }


def test_what_a_seat_cannot_become(clean_air):
    with clean_air.inside():
        with pytest.raises(actions.StandingNeedsOrganization):
            change(clean_air, "olu", standing="alternate")
        with pytest.raises(ValueError, match="no such standing"):
            change(clean_air, "olu", standing="king")
        with pytest.raises(ValueError, match="no such office"):
            change(clean_air, "olu", offices=["king"])
        actions.end_seat(actor=clean_air.actor["amina"], seat=clean_air.seat["ben"])
        with pytest.raises(actions.SeatLeft):
            change(clean_air, "ben")
        with pytest.raises(actions.SeatLeft):
            actions.end_seat(actor=clean_air.actor["amina"], seat=clean_air.seat["ben"])
        with pytest.raises(actions.SeatLeft):
            actions.leave_seat(actor=clean_air.actor["ben"])


def test_only_coordinators_of_this_coalition_change_and_end_seats(clean_air, safe_streets):
    with clean_air.inside():
        for deed in (lambda: change(clean_air, "rosa", by="mei"), lambda: change(clean_air, "ben", by="ben")):
            with pytest.raises(PermissionDenied):
                deed()
        with pytest.raises(PermissionDenied):
            actions.end_seat(actor=clean_air.actor["ben"], seat=clean_air.seat["rosa"])
        with pytest.raises(PermissionDenied):  # one's own seat is left, not ended
            actions.end_seat(actor=clean_air.actor["amina"], seat=clean_air.seat["amina"])
    with safe_streets.inside():
        for deed in (actions.end_seat,):
            with pytest.raises(PermissionDenied):
                deed(actor=safe_streets.actor["zed"], seat=clean_air.seat["ben"])
        with pytest.raises(PermissionDenied):
            actions.change_seat(
                actor=safe_streets.actor["zed"],
                seat=clean_air.seat["ben"],
                standing="guest",
                organization=None,
                offices=[],
            )


def test_the_last_coordinator_stays_one(clean_air):
    with clean_air.inside():
        with pytest.raises(actions.LastCoordinator):
            change(clean_air, "amina", offices=["steward"])
        with pytest.raises(actions.LastCoordinator):
            actions.leave_seat(actor=clean_air.actor["amina"])
        change(clean_air, "ben", offices=["coordinator"])
        assert actions.leave_seat(actor=clean_air.actor["amina"]).left_at
        assert list(queries.coordinators()) == [clean_air.seat["ben"]]


def test_leaving_ends_places_in_groups_and_the_book_keeps_the_seat(clean_air):
    with clean_air.inside():
        group = WorkingGroup.objects.create(name="Streets")
        WorkingGroupSeat.objects.create(group=group, seat=clean_air.seat["ben"])
        actions.leave_seat(actor=clean_air.actor["ben"])
        assert not WorkingGroupSeat.objects.exists()
        assert LedgerEntry.objects.get().facts == {"seat_id": clean_air.seat["ben"].pk, "by_themselves": True}
        assert Seat.objects.filter(pk=clean_air.seat["ben"].pk).exists()


def test_who_left_may_come_back_to_a_new_seat(clean_air):
    with clean_air.inside():
        actions.leave_seat(actor=clean_air.actor["gus"])
        again = actions.give_seat(actor=clean_air.actor["amina"], person=clean_air.user["gus"], standing="observer")
        assert again.pk != clean_air.seat["gus"].pk


def test_queries_tell_who_sits_and_who_has_a_voice(clean_air, safe_streets, django_assert_num_queries):
    with clean_air.inside():
        assert queries.seats_at_the_table().count() == 8
        assert {seat.name for seat in queries.voting_seats()} == {"Amina", "Ben", "Mei", "Rosa", "Omar", "Joan"}
        assert queries.voting_organizations().count() == 6
        with django_assert_num_queries(1):
            assert (clean_air.seat["ben"].pk, "Ben, Two Wheels Club") in queries.seat_choices()
    with django_assert_num_queries(1):
        (held,) = queries.seats_of(safe_streets.user["zed"].pk)
        assert (held.coalition.slug, held.seat.organization.name) == ("safe-streets", "Walkers United")
