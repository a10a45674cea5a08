"""What this part hears: whenever somebody may have become a member, members get their place on the map."""

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.events import (
    CoalitionCreated,
    InvitationAccepted,
    MembershipChanged,
    OrganizationAdded,
)
from manyhands.foundation.ledger.events import Event
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.spine import listens_to

from .actions import keep_members_on_the_map


@listens_to(CoalitionCreated, InvitationAccepted, OrganizationAdded, MembershipChanged)
def place_members(entry: LedgerEntry, event: Event) -> None:
    """Safe to repeat: who has a place keeps it."""
    keep_members_on_the_map(actor=Actor(entry.coalition_id, None, system="ally map"))
