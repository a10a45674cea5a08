"""What coalitions know about a person, and how they forget."""

import json

from manyhands.foundation.accounts import personal_data as everyone
from manyhands.foundation.coalitions import actions, personal_data, queries
from manyhands.foundation.coalitions.models import Invitation, Seat, WorkingGroup, WorkingGroupSeat


def test_a_person_reads_their_seats_groups_and_letters(clean_air):
    seat = clean_air.seat["ben"]
    with clean_air.inside():
        group = WorkingGroup.objects.create(name="Streets", lead=seat)
        WorkingGroupSeat.objects.create(group=group, seat=seat)
        actions.invite(actor=clean_air.actor["amina"], email="x@example.org", message="Dear X")
        told = json.loads(json.dumps(personal_data.export([seat.pk])))
        assert told["seats"][0]["organization"] == "Two Wheels Club"
        assert told["working_groups"] == [{"name": "Streets", "leads": True}]
        assert told["invitations_written"] == []
        amina = personal_data.export([clean_air.seat["amina"].pk])
        assert amina["invitations_written"][0]["message"] == "Dear X"
        assert "x@example.org" not in json.dumps(amina)


def test_seats_are_found_in_every_coalition_also_those_left(clean_air, safe_streets):
    with clean_air.inside():
        left = actions.leave_seat(actor=clean_air.actor["ben"])
    with safe_streets.inside():
        new = actions.give_seat(actor=safe_streets.actor["zed"], person=clean_air.user["ben"], standing="observer")
    assert everyone.seats_of(clean_air.user["ben"].pk) == [
        (clean_air.coalition.pk, "Clean Air for Kids", [left.pk]),
        (safe_streets.coalition.pk, "Safe Streets", [new.pk]),
    ]


def test_forgetting_takes_the_name_and_leaves_the_count(clean_air):
    seat = clean_air.seat["ben"]
    with clean_air.inside():
        Invitation.objects.create(
            email="ben@clean-air.example",
            message="Dear Ben",
            invited_by=clean_air.seat["amina"],
            expires_at=seat.taken_at,
        )
        before = Seat.objects.count()
        personal_data.erase([seat.pk])
        personal_data.erase([seat.pk])  # safe to repeat
        forgotten = Seat.objects.get(pk=seat.pk)
        assert (forgotten.name, forgotten.left_at is not None) == ("Former member", True)
        assert Seat.objects.count() == before
        assert "ben" not in str(list(Invitation.objects.values("email", "message"))).lower()
        assert "Ben" not in str(list(queries.seat_labels()))


def test_the_only_coordinator_is_asked_to_name_another_first(clean_air):
    (reason,) = personal_data.reasons_to_stay(clean_air.user["amina"].pk)
    assert "Clean Air for Kids" in reason
    assert personal_data.reasons_to_stay(clean_air.user["ben"].pk) == []
    with clean_air.inside():
        Seat.objects.filter(pk=clean_air.seat["ben"].pk).update(is_coordinator=True)
    assert personal_data.reasons_to_stay(clean_air.user["amina"].pk) == []


def test_someone_alone_at_a_table_may_go(safe_streets):
    assert personal_data.reasons_to_stay(safe_streets.user["zed"].pk) == []
