"""How this part's lines read in the book."""

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence
from manyhands.foundation.ui.addresses import address_of

from . import events


def register() -> None:
    """Called once, when the room is set up."""

    def page(entry: LedgerEntry, slug: str) -> str:
        return address_of("stakeholders:ally_profile", slug, entry.facts["stakeholder_id"])

    for event, sentence in [
        (events.ProfileWritten, _("Wrote down what drives {stakeholder_id}.")),
        (events.ProfileConfirmed, _("Confirmed what drives {stakeholder_id}.")),
        (events.ProfileTakenBack, _("Took back something about what drives {stakeholder_id}.")),
        (events.ProfilePutBack, _("Put back something about what drives {stakeholder_id}.")),
        (events.MemberListed, _("Gave {organization_id} a record among the allies.")),
    ]:
        register_sentence(event, sentence, page)
