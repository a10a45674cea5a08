"""Seats: giving one, changing what it may do, and leaving it."""

from collections.abc import Collection, Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import events, policies
from manyhands.foundation.coalitions.models import Membership, Organization, Seat, WorkingGroupSeat
from manyhands.foundation.ledger.spine import record

from .refusals import AlreadySeated, LastCoordinator, MembershipEnded, SeatLeft, StandingNeedsOrganization

OFFICES = ("coordinator", "steward", "facilitator")
ENDED = {"withdrawn", "removed"}


@transaction.atomic
def give_seat(
    *,
    actor: Actor,
    person: Person,
    organization: Organization | None = None,
    standing: str = Seat.Standing.REPRESENTATIVE,
    offices: Iterable[str] = (),
    name: str = "",
) -> Seat:
    """Seat a person who has said yes already; everyone else gets an invitation.

    Who: coordinators, and the house's own work (`policies.give_seat`).
    Refuses: a person who sits here (`AlreadySeated`), a former member (`MembershipEnded`), `StandingNeedsOrganization`.
    Tells: `SeatGiven`.
    """
    require(actor, policies.give_seat, *([organization] if organization else []))
    seat = _seat(person, organization, standing, offices, name)
    told = events.SeatGiven(seat_id=seat.pk, organization_id=seat.organization_id, standing=seat.standing)
    record(told, by=actor, about=seat)
    return seat


@transaction.atomic
def change_seat(
    *,
    actor: Actor,
    seat: Seat,
    standing: str,
    organization: Organization | None,
    offices: Iterable[str],
) -> Seat:
    """Change for whom a person sits, in what standing, and their offices: coordinator, steward, facilitator.

    Who: coordinators (`policies.change_seat`).
    Refuses: a seat that was left (`SeatLeft`), no coordinator left (`LastCoordinator`), a former member
        (`MembershipEnded`), `StandingNeedsOrganization`.
    Tells: `SeatChanged`.
    """
    require(actor, policies.change_seat, seat, *([organization] if organization else []))
    held = _offices(offices)
    seat = _hold_seat(seat.pk, coordinates_after="coordinator" in held)
    if organization is not None and organization.pk != seat.organization_id:
        _refuse_former(organization)
    _refuse_without_organization(standing, organization)
    seat.standing, seat.organization = standing, organization
    for office in OFFICES:
        setattr(seat, f"is_{office}", office in held)
    seat.save()
    told = events.SeatChanged(
        seat_id=seat.pk, organization_id=seat.organization_id, standing=standing, offices=sorted(held)
    )
    record(told, by=actor, about=seat)
    return seat


@transaction.atomic
def end_seat(*, actor: Actor, seat: Seat) -> Seat:
    """End another person's seat: they no longer see the coalition. What they did stays in the book.

    Who: coordinators (`policies.end_seat`).
    Refuses: a seat that was left (`SeatLeft`), the last coordinator's (`LastCoordinator`).
    Tells: `SeatEnded`.
    """
    require(actor, policies.end_seat, seat)
    return _leave(actor, _hold_seat(seat.pk))


@transaction.atomic
def leave_seat(*, actor: Actor) -> Seat:
    """Get up from one's own seat.

    Who: anyone with a seat (`policies.leave_seat`).
    Refuses: the last coordinator (`LastCoordinator`), a seat that was left (`SeatLeft`).
    Tells: `SeatEnded`.
    """
    require(actor, policies.leave_seat)
    return _leave(actor, _hold_seat(actor.seat_id))


def _seat(
    person: Person, organization: Organization | None, standing: str, offices: Iterable[str] = (), name: str = ""
) -> Seat:
    """A new seat for a person who has none here."""
    held = _offices(offices)
    _refuse_without_organization(standing, organization)
    if organization is not None:
        _refuse_former(organization)
    if Seat.objects.filter(person_id=person.pk, left_at=None).exists():
        raise AlreadySeated
    seat = Seat(person=person, organization=organization, standing=standing, name=name or str(person.short_name))
    for office in held:
        setattr(seat, f"is_{office}", True)
    try:
        with transaction.atomic():
            seat.save()
    except IntegrityError as clash:  # two at once: the database keeps one
        raise AlreadySeated from clash
    return seat


def _leave(actor: Actor, seat: Seat) -> Seat:
    """End a seat, its places in groups and its offices, and write it down."""
    seat.left_at = now()
    seat.is_coordinator = seat.is_steward = seat.is_facilitator = False
    seat.save()
    WorkingGroupSeat.objects.filter(seat=seat).delete()
    told = events.SeatEnded(seat_id=seat.pk, by_themselves=seat.pk == actor.seat_id)
    record(told, by=actor, about=seat)
    return seat


def _hold_seat(key: int | None, *, coordinates_after: bool = False) -> Seat:
    """One seat that is still taken, held to be changed. Refuses the last coordinator's, unless it stays one."""
    held = _hold_seats(Q(pk=key))
    if key not in held:
        raise SeatLeft
    if not coordinates_after:
        _refuse_last_coordinator(held, without=[held[key]])
    return held[key]


def _hold_seats(which: Q) -> dict[int, Seat]:
    """The taken seats that are meant, and every coordinator's, held together and always in the same order.

    Two who leave at once wait for each other here: with a second lock taken later, each could hold what the other
    needs, and the database would end one of the two for no reason a person could understand.
    """
    rows = Seat.objects.filter(which | Q(is_coordinator=True), left_at=None).order_by("id")
    return {seat.pk: seat for seat in rows.select_for_update(no_key=True)}


def _offices(offices: Iterable[str]) -> frozenset[str]:
    held = frozenset(offices)
    if unknown := held - set(OFFICES):
        raise ValueError(f"no such office: {sorted(unknown)}")
    return held


def _refuse_last_coordinator(held: Mapping[int, Seat], *, without: Collection[Seat]) -> None:
    """Of the seats that `_hold_seats` gave: would nobody coordinate without these?"""
    leaving = {seat.pk for seat in without}
    left = {seat.pk for seat in held.values() if seat.is_coordinator}
    if left & leaving and not left - leaving:
        raise LastCoordinator


def _refuse_former(organization: Organization) -> None:
    if Membership.objects.filter(organization_id=organization.pk, state__in=ENDED).exists():
        raise MembershipEnded


def _refuse_without_organization(standing: str, organization: Organization | None) -> None:
    if standing not in Seat.Standing.values:
        raise ValueError(f"no such standing: {standing}")
    if standing == Seat.Standing.ALTERNATE and organization is None:
        raise StandingNeedsOrganization
