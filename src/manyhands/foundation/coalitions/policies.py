"""Who may do what with the coalition, its members and its seats. One function, one sentence each."""

from django.conf import settings

from manyhands.foundation.access.rules import Actor, Visitor, permission

from .models import Membership, Organization, Seat, WorkingGroup


@permission("Start a coalition of one's own.")
def start_coalition(actor: Actor | Visitor) -> bool:
    if isinstance(actor, Visitor) and actor.is_operator:
        return True
    return actor.person_id is not None and settings.ENVIRONMENT.open_registration


@permission("Answer an invitation that came by letter.")
def answer_invitation(actor: Actor | Visitor) -> bool:
    return True  # the secret in the link is the key; the deed asks for it


@permission("Change the coalition's name, purpose, values and color, and whether it is shown on the open site.")
def change_coalition(actor: Actor) -> bool:
    return actor.has_any("coordinator")


@permission("Say how far along the coalition is, up to ending it.")
def change_coalition_state(actor: Actor) -> bool:
    return actor.has_any("coordinator")


@permission("Invite people and organizations, send the letter again, or take an invitation back.")
def invite(actor: Actor, *about: object) -> bool:
    return actor.has_any("coordinator", "steward")


@permission("Add an organization to the members.")
def add_organization(actor: Actor) -> bool:
    return actor.has_any("coordinator", "steward")


@permission("Change how an organization is described, and whether the open site names it.")
def change_organization(actor: Actor, organization: Organization) -> bool:
    return actor.has_any("coordinator", "steward") or speaks_for(actor, organization.pk)


@permission("Welcome a member, let its membership rest, remove it, or ask it back.")
def change_membership(actor: Actor, membership: Membership) -> bool:
    return actor.has_any("coordinator")


@permission("Leave the coalition with one's organization, or write down that a member has left.")
def withdraw_membership(actor: Actor, membership: Membership) -> bool:
    return actor.has_any("coordinator") or speaks_for(actor, membership.organization_id)


@permission("Read why a member left.")
def read_reason(actor: Actor) -> bool:
    return actor.has_any("steward")


@permission("Give a person a seat without a letter.")
def give_seat(actor: Actor, *about: object) -> bool:
    return actor.has_any("coordinator") or bool(actor.system)


@permission("Change a seat's standing, its organization, and who is coordinator, steward or facilitator.")
def change_seat(actor: Actor, seat: Seat, *about: object) -> bool:
    return actor.has_any("coordinator")


@permission("End another person's seat.")
def end_seat(actor: Actor, seat: Seat) -> bool:
    return actor.has_any("coordinator") and seat.pk != actor.seat_id


@permission("Leave one's own seat.")
def leave_seat(actor: Actor) -> bool:
    return actor.seat_id is not None


@permission("Propose a working group.")
def propose_group(actor: Actor, *about: object) -> bool:
    return actor.has_any("coordinator", "facilitator", "representative", "alternate")


@permission("Give a working group its mandate, let it start, rest and close, and name its lead.")
def change_group(actor: Actor, group: WorkingGroup, *about: object) -> bool:
    return actor.has_any("coordinator") or (actor.seat_id is not None and group.lead_id == actor.seat_id)


@permission("Work in a group, and leave it again.")
def join_group(actor: Actor, group: WorkingGroup) -> bool:
    return actor.seat_id is not None and not actor.has_any("guest")


def speaks_for(actor: Actor, organization_id: int | None) -> bool:
    """Is this actor the representative or an alternate of that organization?"""
    return (
        organization_id is not None
        and actor.organization_id == organization_id
        and actor.has_any("representative", "alternate")
    )
