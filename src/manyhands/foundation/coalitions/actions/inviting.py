"""Invitations: a one-time link for one address, from the letter to the seat."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.forms import Form
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, Visitor, require
from manyhands.foundation.accounts.links import prove_address
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import events, policies, queries, rules
from manyhands.foundation.coalitions.at_the_door import (
    find_invitation,
    refuse_another_person,
    refuse_closed,
)
from manyhands.foundation.coalitions.invitation_extras import keep_extras
from manyhands.foundation.coalitions.letters import send_invitation
from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Coalition, Invitation, Membership, Organization, Seat
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.ledger.spine import record
from manyhands.foundation.tenancy.scope import inside

from .memberships import _step
from .refusals import (
    AlreadyInvited,
    AlreadySeated,
    AlreadySettled,
    LetterOnItsWay,
    SignInFirst,
    UnknownInvitation,
)
from .seats import _refuse_former, _refuse_without_organization, _seat

VALID_FOR = timedelta(days=14)
BETWEEN_LETTERS = timedelta(minutes=1)
SPEAKS = {Seat.Standing.REPRESENTATIVE, Seat.Standing.ALTERNATE}


@transaction.atomic
def invite(
    *,
    actor: Actor,
    email: str,
    organization: Organization | None = None,
    organization_name: str = "",
    standing: str = Seat.Standing.REPRESENTATIVE,
    message: str = "",
) -> Invitation:
    """Invite one address to one seat; the letter leaves in the background and its link works for two weeks.

    ``organization_name`` may name one that is not a member yet: it is written into the list as invited.

    Who: coordinators and stewards (`policies.invite`).
    Refuses: an address with an open invitation (`AlreadyInvited`) or a seat (`AlreadySeated`), a former member
        (`MembershipEnded`), an alternate of nobody (`StandingNeedsOrganization`).
    Tells: `MemberInvited`.
    """
    require(actor, policies.invite, *([organization] if organization else []))
    email, name = email.strip().lower(), rules.one_line(organization_name)
    Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id)  # one invitation at a time
    if queries.open_invitations().filter(email=email).exists():
        raise AlreadyInvited
    if Seat.objects.filter(person__email=email, left_at=None).exists():
        raise AlreadySeated
    if organization is None and name:
        organization = _organization(name)
    if organization is not None:
        _refuse_former(organization)
    _refuse_without_organization(standing, organization)
    invitation = Invitation.objects.create(
        email=email,
        organization=organization,
        standing=standing,
        message=message.strip(),
        invited_by_id=actor.seat_id,
        expires_at=now() + VALID_FOR,
    )
    told = events.MemberInvited(
        invitation_id=invitation.pk, organization_id=invitation.organization_id, standing=standing
    )
    record(told, by=actor, about=invitation)
    enqueue(send_invitation, invitation_id=invitation.pk)
    return invitation


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Send the letter again with a new link, valid for two weeks from now; the old link stops working.

    Who: coordinators and stewards (`policies.invite`).
    Refuses: an invitation that was answered or taken back (`AlreadySettled`); more than one letter a minute
        (`LetterOnItsWay`).
    Tells: `InvitationSentAgain`.
    """
    require(actor, policies.invite, invitation)
    invitation = _lock_unsettled(invitation)
    if invitation.sent_at and invitation.sent_at > now() - BETWEEN_LETTERS:
        raise LetterOnItsWay
    invitation.fingerprint, invitation.sent_at, invitation.expires_at = None, None, now() + VALID_FOR
    invitation.save(update_fields=["fingerprint", "sent_at", "expires_at"])
    told = events.InvitationSentAgain(invitation_id=invitation.pk, organization_id=invitation.organization_id)
    record(told, by=actor, about=invitation)
    enqueue(send_invitation, invitation_id=invitation.pk)
    return invitation


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Take an invitation back: its link stops working. Nobody is written to.

    Who: coordinators and stewards (`policies.invite`).
    Refuses: an invitation that was answered or taken back (`AlreadySettled`).
    Tells: `InvitationWithdrawn`.
    """
    require(actor, policies.invite, invitation)
    invitation = _lock_unsettled(invitation)
    invitation.withdrawn_at = now()
    invitation.save(update_fields=["withdrawn_at"])
    told = events.InvitationWithdrawn(invitation_id=invitation.pk, organization_id=invitation.organization_id)
    record(told, by=actor, about=invitation)
    return invitation


@transaction.atomic
def accept_invitation(
    *, actor: Actor | Visitor, secret: str, name: str = "", extras: Mapping[str, Form] | None = None
) -> Seat:
    """Take the seat that an invitation offers. The link works once.

    ``extras`` are valid forms of rooms that asked something at the door; see `invitation_extras`.

    Whoever is signed in must own the address that was invited. Someone without an account gets one: that they hold
    the link shows that they read that mailbox. An account that exists is never entered by this link.

    Who: whoever holds the link (`policies.answer_invitation`).
    Refuses: an unknown link (`UnknownInvitation`), a used one (`AlreadySettled`), an old or withdrawn one
        (`InvitationExpired`), another person's (`InvitationForAnother`, `SignInFirst`), `AlreadySeated`,
        `MembershipEnded`.
    Tells: `InvitationAccepted`, and `MembershipChanged` when the organization becomes a member.
    """
    require(actor, policies.answer_invitation)
    found = find_invitation(secret)
    with inside(found.coalition_id):
        invitation = _lock_open(found)
        person = _invited_person(actor, invitation, rules.one_line(name)[:120])
        seat = _seat(person, invitation.organization, invitation.standing)
        invitation.accepted_at, invitation.accepted_by = now(), seat
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        keep_extras(seat, invitation, extras or {})
        told = events.InvitationAccepted(
            invitation_id=invitation.pk,
            seat_id=seat.pk,
            organization_id=seat.organization_id,
            standing=seat.standing,
        )
        record(told, by=actor_for(seat), about=seat)
        if seat.organization is not None and seat.standing in SPEAKS:
            membership = Membership.objects.get(organization_id=seat.organization_id)
            if membership.state == "invited":
                _step(actor_for(seat), membership, "active")
    return seat


@transaction.atomic
def decline_invitation(*, actor: Actor | Visitor, secret: str) -> Invitation:
    """Say no, thank you. The coordinator sees it in the list; no reason is asked.

    Who: whoever holds the link (`policies.answer_invitation`).
    Refuses: as `accept_invitation` for the link itself.
    Tells: `InvitationDeclined`.
    """
    require(actor, policies.answer_invitation)
    found = find_invitation(secret)
    with inside(found.coalition_id):
        invitation = _lock_open(found)
        invitation.declined_at = now()
        invitation.save(update_fields=["declined_at"])
        told = events.InvitationDeclined(invitation_id=invitation.pk, organization_id=invitation.organization_id)
        # Nobody sits here yet who could have done it.
        record(told, by=Actor(invitation.coalition_id, None, system="an invited person"), about=invitation)
    return invitation


def _invited_person(actor: Actor | Visitor, invitation: Invitation, name: str) -> Person:
    refuse_another_person(actor, invitation)
    if actor.person_id is None:
        try:
            with transaction.atomic():
                person = Person.objects.create_user(invitation.email, name=name)
        except IntegrityError as clash:  # the same person, in another window, was faster
            raise SignInFirst from clash
        prove_address(person)
        return person
    person = Person.objects.get(pk=actor.person_id)
    if name and not person.name:
        person.name = name
        person.save(update_fields=["name"])
    return person


def _organization(name: str) -> Organization:
    """The member of that name, or a new one that is invited."""
    known = Organization.objects.filter(name__iexact=name, membership__isnull=False).first()
    if known is not None:
        return known
    organization = Organization(name=name)
    organization.clean_fields(exclude=["coalition"])
    organization.save()
    Membership.objects.create(organization=organization, state="invited")
    return organization


def _lock_unsettled(invitation: Invitation) -> Invitation:
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if invitation.accepted_at or invitation.declined_at or invitation.withdrawn_at:
        raise AlreadySettled
    return invitation


def _lock_open(found: Invitation) -> Invitation:
    """The invitation as it is now, held until we are done, so that of two who race one loses."""
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=found.pk)
    if invitation.fingerprint != found.fingerprint:
        raise UnknownInvitation  # a newer letter was written meanwhile
    refuse_closed(invitation)
    return invitation
