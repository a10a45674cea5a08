"""How this part's lines read in the book, what it offers, and what it knows of people."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.offers import register_offer

from .. import policies
from ..models import Concern
from . import events, items


def register() -> None:
    """Called once, when the room is set up."""
    register_titles("concern_id", lambda: Concern.objects.all(), "text", otherwise=_("a concern"))
    for event, template in [
        (events.ConcernWritten, _("Wrote down a concern: {concern_id}.")),
        (events.ConcernReworded, _("Found better words for a concern: {concern_id}.")),
        (events.ConcernHeard, _heard),
        (events.ConcernAnswered, _answered),
        (events.ConcernSetAside, _set_aside),
    ]:
        register_sentence(event, template, _page)
    items.register_agenda_items(items.STATEMENT, items.statements_kept)
    items.register_agenda_items(items.PRIORITY, items.priorities)
    label = _("Write it down as a concern")
    register_offer("input", label, _from_input, "message-plus", policies.tend_concerns)
    register_offer("statement", label, _from_statement, "message-plus", policies.tend_concerns, order=80)


def _heard(facts: dict) -> str:
    there = _("Put something that was heard under {concern_id}.")
    gone = _("Took something that was heard from {concern_id} again.")
    return str(there if facts["is_there"] else gone).format(**facts)


def _answered(facts: dict) -> str:
    linked = _("Said that an agenda answers {concern_id}.")
    released = _("Took {concern_id} and an item of an agenda apart again.")
    return str(linked if facts["answers"] else released).format(**facts)


def _set_aside(facts: dict) -> str:
    aside, again = _("Set a concern aside: {concern_id}."), _("Took a concern up again: {concern_id}.")
    return str(aside if facts["is_aside"] else again).format(**facts)


def _page(_entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:concerns", slug)


def _from_input(request: HttpRequest, heard: object) -> str:
    address = address_of("alignment:write_concern", request.coalition.slug)  # type: ignore[attr-defined]
    return f"{address}?input={getattr(heard, 'pk', 0)}"


def _from_statement(request: HttpRequest, statement: object) -> str:
    """Not on the page of an agenda: what stands there answers concerns."""
    if request.resolver_match is not None and request.resolver_match.url_name == "agenda":
        return ""
    address = address_of("alignment:write_concern", request.coalition.slug)  # type: ignore[attr-defined]
    return f"{address}?statement={getattr(statement, 'pk', 0)}"
