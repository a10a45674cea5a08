"""How this part's lines read in the book."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from ..models import CoverageList
from . import events


def register() -> None:
    """Called once, when the room is set up."""
    register_titles("list_id", CoverageList.objects.all, "name", otherwise=_("a list"))
    ally, table = _page("ally", "stakeholder_id"), _page("coverage")
    for event, template, url in [
        (events.CoverageListChosen, _("Chose a list to measure ourselves against: {list_id}."), table),
        (events.CoverageDeclared, _("Said which sectors, places and groups a member speaks for."), table),
        (events.SectorGiven, _("Said of {count} allies without a sector to which one they belong."), None),
        (events.SectorTakenBack, _("Took a sector back from {count} allies that were given it at once."), None),
        (events.InterestDisclosed, _("Disclosed an interest or a legal limit of {stakeholder_id}."), ally),
        (events.DisclosureEnded, _("Ended a disclosure about {stakeholder_id}."), ally),
        (events.InviteWeightsSet, _("Set what counts when we look for whom to invite next."), _page("invite_next")),
    ]:
        register_sentence(event, template, url)


def _page(name: str, fact: str = "") -> Callable[[LedgerEntry, str], str]:
    return lambda entry, slug: address_of(f"stakeholders:{name}", slug, *([entry.facts[fact]] if fact else []))
