"""What reaching out hears: an invited ally took its seat, or said no."""

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.events import InvitationAccepted, InvitationDeclined
from manyhands.foundation.coalitions.models import Invitation
from manyhands.foundation.ledger.events import Event
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.spine import listens_to

from .actions import hear_refusal, welcome_ally


@listens_to(InvitationAccepted)
def make_offers(entry: LedgerEntry, accepted: Event) -> None:
    """What was ticked becomes offers, and the ally is that member from now on."""
    invitation = Invitation.objects.filter(pk=entry.facts["invitation_id"], accepted_at__isnull=False).first()
    if invitation is not None and invitation.accepted_by_id is not None:
        welcome_ally(actor=_by_itself(entry), invitation=invitation)


@listens_to(InvitationDeclined)
def hear_no(entry: LedgerEntry, declined: Event) -> None:
    """The contact says so, and the stage."""
    invitation = Invitation.objects.filter(pk=entry.facts["invitation_id"], declined_at__isnull=False).first()
    if invitation is not None:
        hear_refusal(actor=_by_itself(entry), invitation=invitation)


def _by_itself(entry: LedgerEntry) -> Actor:
    return Actor(entry.coalition_id, None, system="reaching out")
