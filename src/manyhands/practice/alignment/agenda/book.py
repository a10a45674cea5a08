"""How this part's lines read in the book."""

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence
from manyhands.foundation.ui.addresses import address_of

from . import events
from .models import KeptAgenda

PRIORITIES = "alignment:priority_agenda"
BY_COST = "alignment:priced_agenda"


def register() -> None:
    """Called once, when the room is set up."""
    for event, template in [
        (events.AgendaAsked, _("Asked which {size} statements of {round_id} make an agenda.")),
        (events.AgendaKept, _kept),
        (events.AgendaLetGo, _("Let go of the agenda suggested from {round_id}.")),
    ]:
        register_sentence(event, template, _page)
    costs = _("Asked which of {priorities} priorities leave no like-minded members out, by what each costs.")
    register_sentence(events.PricedAgendaAsked, costs, lambda _entry, slug: address_of(BY_COST, slug))
    asked = _("Asked which {size} priorities leave no like-minded members out.")
    register_sentence(events.PriorityAgendaAsked, asked, lambda _entry, slug: address_of(PRIORITIES, slug))


def _kept(facts: dict) -> str:
    ways = dict(KeptAgenda.WAYS)
    sentence = str(_("Kept an agenda of {size} from {round_id} as the suggestion, chosen by: {way}."))
    return sentence.format(**{**facts, "way": ways.get(facts["method"], facts["method"])})


def _page(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:agenda", slug, entry.facts["round_id"])
