"""How this part's lines read in the book. What a member answered is in none of them."""

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from . import events
from .models import PriorityRound


def register() -> None:
    """Called once, when the room is set up."""
    asked = _("a round on what comes first")
    register_titles("priority_round_id", lambda: PriorityRound.objects.all(), "question", otherwise=asked)
    for event, template in [
        (events.PriorityRoundOpened, _("Asked every member {priority_round_id}, beginning with {vision_id}.")),
        (events.PriorityAnswered, _("Said for {organization_id} what {priority_id} is to it, in {priority_round_id}.")),
        (events.PriorityRoundClosed, _("Closed {priority_round_id}, with the answers of {organizations} members.")),
    ]:
        register_sentence(event, template, _page)


def _page(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:priority_round", slug, entry.facts["priority_round_id"])
