"""How this room's lines read in the book. What somebody wrote or answered is never in them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_system, register_titles
from manyhands.foundation.ui.addresses import address_of

from . import events
from .declaring import WAYS
from .models import VisionRound

MODERATED = {
    "let in": _("Let a statement into {round_id}."),
    "taken out": _("Took a statement out of {round_id}."),
    "split again": _("Took two statements of {round_id} apart again."),
    "brought back": _("Brought a statement back into {round_id}, to be read again."),
}


def register() -> None:
    """Called once, when the room is set up. A question is named once it has been put to everyone."""
    register_system(events.NAMELESS, _("Someone, without their name"))
    asked = VisionRound.objects.exclude
    register_titles("round_id", lambda: asked(state="draft"), "question", otherwise=_("a question"))
    imported = _("Brought in a round from elsewhere: {round_id}, with {statements} statements.")
    for event, template, url in [
        (events.RoundDrafted, _("Prepared {round_id}."), _round),
        (events.RoundOpened, _("Asked everyone {round_id}."), _round),
        (events.RoundGroupsChosen, _groups_chosen, _round),
        (events.RoundClosed, _("Closed the round {round_id}."), _round),
        (events.RoundValidated, _("Found the common ground of {round_id} true."), _results),
        # No "who": in an anonymous round the book does not know.
        (events.StatementContributed, _("A statement was added to {round_id}."), _round),
        (events.StatementModerated, lambda facts: str(MODERATED[facts["outcome"]]).format(**facts), _statements),
        (events.StatementMerged, _("Joined two statements of {round_id} that say the same."), _statements),
        (events.ReportOpened, _("Opened the report of {round_id} to everyone, by an address of its own."), _results),
        (events.ReportTakenBack, _("Took the report of {round_id} back from the public."), _results),
        (events.RoundImported, imported, _round),
        (events.ImportUndone, _("Took out again a round that had been brought in."), None),
    ]:
        register_sentence(event, template, url)


def _groups_chosen(facts: dict[str, Any]) -> str:
    chosen = {"way": dict(WAYS).get(facts["method"], facts["method"]), "round": facts["round_id"]}
    return _("Groups of opinion in %(round)s: %(way)s.") % chosen


def _round(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:round", slug, entry.facts["round_id"])


def _results(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:results", slug, entry.facts["round_id"])


def _statements(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:statements", slug, entry.facts["round_id"])
