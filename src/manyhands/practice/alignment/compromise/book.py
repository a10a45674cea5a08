"""How this part's lines read in the book. What was told in private is in none of them."""

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from ..models import Negotiation
from . import events
from .rules import NegotiationState


def register() -> None:
    """Called once, when the room is set up. A draft is not named to those who do not see it."""
    shown = Negotiation.objects.exclude
    register_titles(
        "negotiation_id", lambda: shown(state=NegotiationState.DRAFT), "question", otherwise=_("a negotiation")
    )
    for event, template in [
        (events.NegotiationDrafted, _("Prepared {negotiation_id}.")),
        (events.NegotiationOpened, _("Asked the parties of {negotiation_id} to tell the mediator.")),
        (
            events.NegotiationHandedOver,
            _("Handed {negotiation_id} over to {seat_id}; what was told in private is erased."),
        ),
        (events.TermsTold, _("{organization_id} has told the mediator of {negotiation_id}.")),
        (events.ConcernVoiced, _("Voiced a concern in {negotiation_id}.")),
        (events.ConcernUnderstood, _("Named the interest beneath a concern in {negotiation_id}.")),
        (events.PackagesProposed, _("Put packages on the table in {negotiation_id}.")),
        (events.PackageAnswered, _("{organization_id} has looked at a package of {negotiation_id}.")),
        (events.PackageAgreed, _("Wrote down what was agreed in {negotiation_id}.")),
        (events.NegotiationEnded, _("Ended {negotiation_id} without a deal.")),
        (events.NegotiationReviewed, _("Looked at {negotiation_id} again.")),
    ]:
        register_sentence(event, template, _page)


def _page(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:negotiation", slug, entry.facts["negotiation_id"])
