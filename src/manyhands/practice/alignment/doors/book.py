"""How lines about links and paper read in the book."""

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence
from manyhands.foundation.ui.addresses import address_of

from . import events


def register() -> None:
    """Called once, when the room is set up."""
    for event, template in [
        (events.LinksMade, _("Made {links} ways in to {round_id}, for people without an account.")),
        (events.LinksStopped, _("Stopped links by which people without an account answered {round_id}.")),
        (events.PaperBrought, _("Brought {sheets} sheets of paper into {round_id}.")),
        (events.PaperUndone, _("Took {sheets} sheets of paper out of {round_id} again.")),
    ]:
        register_sentence(event, template, _doors)


def _doors(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:round", slug, entry.facts["round_id"])
