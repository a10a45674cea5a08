"""Organizations: adding them, describing them, and the steps of their membership."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions import events, policies, rules
from manyhands.foundation.coalitions.models import Membership, Organization
from manyhands.foundation.ledger.spine import record

from .refusals import NameTaken, NotAllowedNow, ReasonMissing
from .seats import _hold_seats, _leave, _refuse_last_coordinator

DESCRIPTION = ("name", "sector", "about", "website", "is_public")


@transaction.atomic
def add_member_organization(
    *, actor: Actor, name: str, sector: str = "", about: str = "", website: str = "", state: str = "invited"
) -> Organization:
    """Write an organization into the list of members; ``state`` is "invited", "applied" or "active".

    Who: coordinators and stewards (`policies.add_organization`).
    Refuses: a name that another member has (`NameTaken`), another first state (`NotAllowedNow`).
    Tells: `OrganizationAdded`.
    """
    require(actor, policies.add_organization)
    if state not in {"invited", "applied", "active"}:
        raise NotAllowedNow
    name = rules.one_line(name)
    if Organization.objects.filter(name__iexact=name, membership__isnull=False).exists():
        raise NameTaken
    organization = Organization(name=name, sector=rules.one_line(sector), about=about.strip(), website=website)
    organization.state = "active" if state == "active" else "prospect"
    organization.clean_fields(exclude=["coalition"])
    organization.save()
    Membership.objects.create(organization=organization, state=state, since=now().date() if state == "active" else None)
    record(events.OrganizationAdded(organization_id=organization.pk), by=actor, about=organization)
    return organization


@transaction.atomic
def change_organization(*, actor: Actor, organization: Organization, **changes: Any) -> Organization:
    """Change how an organization is described: name, sector, about, website, is_public.

    Who: coordinators, stewards, and whoever speaks for it (`policies.change_organization`).
    Refuses: a name that another member has (`NameTaken`), and any other field (`TypeError`).
    Tells: `OrganizationChanged`, with the names of the fields; no one when nothing changed.
    """
    require(actor, policies.change_organization, organization)
    if unknown := set(changes) - set(DESCRIPTION):
        raise TypeError(f"not part of an organization's description: {sorted(unknown)}")
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if "name" in changes:
        changes["name"] = rules.one_line(changes["name"])
        others = Organization.objects.exclude(pk=organization.pk).filter(membership__isnull=False)
        if others.filter(name__iexact=changes["name"]).exists():
            raise NameTaken
    fields = [name for name in DESCRIPTION if name in changes and changes[name] != getattr(organization, name)]
    for name in fields:
        setattr(organization, name, changes[name])
    if fields:
        organization.clean_fields(exclude=["coalition"])
        organization.save(update_fields=fields)
        told = events.OrganizationChanged(organization_id=organization.pk, fields=fields)
        record(told, by=actor, about=organization)
    return organization


@transaction.atomic
def activate_membership(*, actor: Actor, membership: Membership) -> Membership:
    """Welcome a member that was invited, applied, or paused: from now on it has a voice.

    Who: coordinators (`policies.change_membership`).
    Refuses: a membership that ended (`NotAllowedNow`).
    Tells: `MembershipChanged`.
    """
    require(actor, policies.change_membership, membership)
    return _step(actor, membership, "active")


@transaction.atomic
def pause_membership(*, actor: Actor, membership: Membership) -> Membership:
    """Let a membership rest: its people keep their seats and read along, but have no voice in decisions.

    Who: coordinators (`policies.change_membership`).
    Refuses: a membership that is not active (`NotAllowedNow`).
    Tells: `MembershipChanged`.
    """
    require(actor, policies.change_membership, membership)
    return _step(actor, membership, "paused")


@transaction.atomic
def withdraw_membership(*, actor: Actor, membership: Membership, reason: str = "") -> Membership:
    """An organization leaves of its own accord; its seats end. Only stewards read the reason.

    Who: coordinators, and whoever speaks for the organization (`policies.withdraw_membership`).
    Refuses: a membership that ended (`NotAllowedNow`); if its people are the only coordinators (`LastCoordinator`).
    Tells: `MembershipChanged`, and `SeatEnded` for each of its seats.
    """
    require(actor, policies.withdraw_membership, membership)
    return _end(actor, membership, "withdrawn", reason)


@transaction.atomic
def remove_membership(*, actor: Actor, membership: Membership, reason: str) -> Membership:
    """The coalition parts from a member; its seats end. Only stewards read the reason, which must be given.

    Who: coordinators (`policies.change_membership`).
    Refuses: no reason (`ReasonMissing`), a membership that is not active or paused (`NotAllowedNow`), and
        `LastCoordinator`.
    Tells: `MembershipChanged`, and `SeatEnded` for each of its seats.
    """
    require(actor, policies.change_membership, membership)
    if not reason.strip():
        raise ReasonMissing
    return _end(actor, membership, "removed", reason)


@transaction.atomic
def readmit_membership(*, actor: Actor, membership: Membership) -> Membership:
    """Ask a former member back: it may be invited again.

    Who: coordinators (`policies.change_membership`).
    Refuses: a membership that has not ended (`NotAllowedNow`).
    Tells: `MembershipChanged`.
    """
    require(actor, policies.change_membership, membership)
    return _step(actor, membership, "invited")


def _end(actor: Actor, membership: Membership, state: str, reason: str) -> Membership:
    membership = _step(actor, membership, state, reason=reason.strip()[:2000])
    held = _hold_seats(Q(organization_id=membership.organization_id))
    seats = [seat for seat in held.values() if seat.organization_id == membership.organization_id]
    _refuse_last_coordinator(held, without=seats)
    for seat in seats:
        _leave(actor, seat)
    return membership


def _step(actor: Actor, membership: Membership, state: str, reason: str = "") -> Membership:
    """Take one step of the life cycle and write it down, on the row as it is now."""
    membership = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    was = membership.state
    try:
        rules.check_step(rules.MEMBERSHIP_STEPS, was, state)
    except rules.NoSuchStep as wrong:
        raise NotAllowedNow from wrong
    membership.state, membership.reason = state, reason
    if state == "active":
        membership.since = membership.since or now().date()
        Organization.objects.filter(pk=membership.organization_id, state="prospect").update(state="active")
    membership.save(update_fields=["state", "reason", "since"])
    told = events.MembershipChanged(organization_id=membership.organization_id, was=was, now=state)
    record(told, by=actor, about=membership)
    return membership
