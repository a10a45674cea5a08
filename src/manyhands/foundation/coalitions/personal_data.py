"""What coalitions know about a person, and how they forget."""

from typing import Any

from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.tenancy.scope import everywhere, inside

from . import queries
from .models import Invitation, Seat, WorkingGroup, WorkingGroupSeat


def seats(person_id: int) -> list[tuple[int, str, list[int]]]:
    """Where a person sits or sat: ``[(coalition id, coalition name, [seat id, …]), …]``."""
    with everywhere("a person's own seats, those they left too"):
        rows = Seat.all_coalitions.filter(person_id=person_id).order_by("coalition_id", "id")
        found: dict[tuple[int, str], list[int]] = {}
        for coalition_id, name, seat_id in rows.values_list("coalition_id", "coalition__name", "id"):
            found.setdefault((coalition_id, name), []).append(seat_id)
    return [(coalition_id, name, ids) for (coalition_id, name), ids in found.items()]


def reasons_to_stay(person_id: int) -> list[str]:
    """Coalitions that would be left without a coordinator, though others still sit there."""
    reasons = []
    for held in queries.seats_of(person_id):
        if not held.seat.is_coordinator:
            continue
        with inside(held.coalition.pk):
            others = queries.seats_at_the_table().exclude(pk=held.seat.pk)
            if others.exists() and not others.filter(is_coordinator=True).exists():
                told = {"coalition": held.coalition.name}
                reasons.append(_("Make somebody else a coordinator of %(coalition)s first.") % told)
    return reasons


def export(seat_ids: list[int]) -> dict[str, Any]:
    """Everything here that is about this person, for the file they download."""
    rows = Seat.objects.filter(pk__in=seat_ids).select_related("organization")
    return {
        "seats": [_seat(seat) for seat in rows],
        "working_groups": [
            {"name": place.group.name, "leads": place.group.lead_id in seat_ids}
            for place in WorkingGroupSeat.objects.filter(seat_id__in=seat_ids).select_related("group")
        ],
        "invitations_received": [
            {
                "email": letter.email,
                "standing": letter.standing,
                "message": letter.message,
                "invited_at": letter.invited_at.isoformat(),
                "accepted_at": letter.accepted_at.isoformat() if letter.accepted_at else None,
            }
            for letter in Invitation.objects.filter(_received(seat_ids))
        ],
        "invitations_written": [
            {"standing": letter.standing, "message": letter.message, "invited_at": letter.invited_at.isoformat()}
            for letter in Invitation.objects.filter(invited_by_id__in=seat_ids)
        ],
    }


def erase(seat_ids: list[int]) -> None:
    """Take the name and address away and end the seats; the seats stay as numbers, so every tally stays as it was."""
    Invitation.objects.filter(invited_by_id__in=seat_ids).update(message="")
    for letter in Invitation.objects.filter(_received(seat_ids)):
        letter.email, letter.message = f"erased-{letter.pk}@erased.invalid", ""
        letter.withdrawn_at = letter.withdrawn_at or (None if letter.accepted_at else now())
        letter.save(update_fields=["email", "message", "withdrawn_at"])
    WorkingGroup.objects.filter(lead_id__in=seat_ids).update(lead=None)
    WorkingGroupSeat.objects.filter(seat_id__in=seat_ids).delete()
    Seat.objects.filter(pk__in=seat_ids, left_at=None).update(left_at=now())
    Seat.objects.filter(pk__in=seat_ids).update(
        name="Former member", is_coordinator=False, is_steward=False, is_facilitator=False
    )


def _received(seat_ids: list[int]) -> Q:
    """Invitations to this person: those they accepted, and those to the address they have now."""
    addresses = Seat.objects.filter(pk__in=seat_ids).values("person__email")
    return Q(accepted_by_id__in=seat_ids) | Q(email__in=addresses)


def _seat(seat: Seat) -> dict[str, Any]:
    return {
        "name": seat.name,
        "organization": seat.organization.name if seat.organization else None,
        "standing": seat.standing,
        "offices": sorted(seat.roles - {seat.standing}),
        "taken_at": seat.taken_at.isoformat(),
        "left_at": seat.left_at.isoformat() if seat.left_at else None,
    }
