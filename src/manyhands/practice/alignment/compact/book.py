"""How lines about values, ground rules and reports read in the book."""

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from ..models import Compact
from . import events


def register() -> None:
    """Called once, when the room is set up."""
    register_titles("compact_id", _named, "named", otherwise=_("values or ground rules"), form="%s")
    for event, template in [
        (events.CompactBegun, _("Began {compact_id}.")),
        (events.PointProposed, _("Proposed a sentence for {compact_id}.")),
        (events.PointWithdrawn, _("Took a sentence out of {compact_id}.")),
        (events.CompactAsked, _("Put {compact_id} to the members.")),
        (events.CompactSpoken, _("Said where the organization stands on {compact_id}.")),
        (events.CompactInForce, _("Brought {compact_id} into force.")),
        (events.CompactLeft, _("Gave up {compact_id}.")),
        (events.CompactAccepted, _("Accepted {compact_id}.")),
    ]:
        register_sentence(event, template, _version)
    register_sentence(events.BreachAnswered, _("Answered a report of a broken ground rule."))


def _named() -> QuerySet[Compact]:
    """Each version under the words by which a line names it."""
    words = Case(
        When(kind=Compact.Kind.VALUES, then=Value(gettext("the values, version "))),
        default=Value(gettext("the ground rules, version ")),
        output_field=CharField(),
    )
    return Compact.objects.annotate(named=Concat(words, Cast("number", CharField())))


def _version(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:compact_version", slug, entry.facts["compact_id"])
