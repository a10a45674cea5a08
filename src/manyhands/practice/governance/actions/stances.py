"""Taking a stance for one's organization."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record
from manyhands.practice.governance import policies
from manyhands.practice.governance.events import StanceTaken
from manyhands.practice.governance.models import Eligibility, Proposal, Stance
from manyhands.practice.governance.steps import locked

from .refusals import NotEligible, NothingToSay, NotNow


@transaction.atomic
def take_stance(*, actor: Actor, proposal: Proposal, choice: str, reason: str = "") -> Stance:
    """Put the stance of the actor's organization on a proposal. It replaces the one before, which is kept.

    Who: the representative or alternate of an organization (`policies.take_stance`).
    Refuses: outside the decide phase or after its closing day (`NotNow`); an organization that had no vote when the
        phase opened (`NotEligible`); a block without a reason (`NothingToSay`).
    Tells: `StanceTaken`; no one when it is the same stance with the same reason.
    """
    require(actor, policies.take_stance, proposal)
    choice, reason = Stance.Choice(choice), reason.strip()
    proposal = locked(proposal)
    if not proposal.takes_stances:
        raise NotNow(_("This proposal does not take stances now, so yours was not put on record."))
    if not Eligibility.objects.filter(proposal=proposal, organization_id=actor.organization_id).exists():
        raise NotEligible
    if choice == Stance.Choice.BLOCK and not reason:
        raise NothingToSay(_("A block needs a reason, so that it can be talked through."))
    before = Stance.objects.filter(proposal=proposal, organization_id=actor.organization_id, replaced_at=None).first()
    if before is not None:
        if (before.choice, before.reason) == (choice, reason):
            return before
        before.replaced_at = now()
        before.save(update_fields=["replaced_at"])
    stance = Stance.objects.create(
        proposal=proposal,
        organization_id=actor.organization_id,
        seat_id=actor.seat_id,
        choice=choice,
        reason=reason,
    )
    fact = StanceTaken(proposal_id=proposal.pk, organization_id=stance.organization_id, is_change=before is not None)
    record(fact, by=actor, about=proposal)
    return stance
