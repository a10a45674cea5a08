"""How this part's lines read in the book. What a member keeps to itself is in none of them."""

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from . import events
from .models import Priority

CHOSEN = {
    "nominated": _("Put {priority_id} back among what was nominated."),
    "selected": _("Put {priority_id} first."),
    "deferred": _("Put {priority_id} off until later."),
    "reached": _("Said that {priority_id} is reached."),
}


def register() -> None:
    """Called once, when the room is set up."""
    register_titles("priority_id", lambda: Priority.objects.all(), "title", otherwise=_("a priority"))
    for event, template, page in [
        (events.SuccessDefined, _("Wrote down what success means to {organization_id}."), "success"),
        (events.SuccessRewritten, _("Said anew what success means to {organization_id}."), "success"),
        (events.SuccessShared, _("Shared what success means to {organization_id}."), "success"),
        (events.SuccessLinked, _("Said which goals serve {organization_id}, or that none does."), "success"),
        (events.SuccessConfirmed, _("Confirmed what success means to {organization_id}."), "success"),
        (events.SuccessTakenBack, _("Took back something of what success means to {organization_id}."), "success"),
        (events.ConflictNamed, _("Named a pair of members whose outcomes conflict."), "conflicts"),
        (events.ConflictSettled, _("Settled a pair of members whose outcomes conflicted."), "conflicts"),
        (events.ConflictReopened, _("Opened a settled pair of members again."), "conflicts"),
        (events.PriorityNominated, _("Asked that {priority_id} come first."), "priorities"),
        (events.PriorityStandTaken, _("Said what {priority_id} is to {organization_id}."), "priorities"),
        (events.PriorityChosen, lambda facts: str(CHOSEN[facts["state"]]).format(**facts), "priorities"),
    ]:
        register_sentence(event, template, _leading_to(page))


def _leading_to(page: str):  # type: ignore[no-untyped-def]
    def address(entry: LedgerEntry, slug: str) -> str:
        return address_of(f"alignment:{page}", slug)

    return address
