"""How this part's lines read in the book."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from .. import policies
from ..models import SavedView, Stakeholder
from . import events


def register() -> None:
    """Called once, when the room is set up."""
    from . import listeners, tasks  # noqa: F401  (both say what they do when they are loaded)

    register_titles(
        "other_stakeholder_id",
        Stakeholder.objects.all,
        "name",
        otherwise=_("an ally"),
        form="%s",
        allowed=policies.see_allies,
    )
    register_titles(
        "saved_view_id",
        lambda: SavedView.objects.filter(is_shared=True),
        "name",
        otherwise=_("a view of the allies"),
        allowed=policies.see_allies,
    )
    ally = _page("ally", "stakeholder_id")
    ties, listing = _page("ally_ties", "stakeholder_id"), _page("tie_list", "tie_list_id")
    for event, template, url in [
        (events.TieWritten, _("Wrote down a tie between {stakeholder_id} and {other_stakeholder_id}."), ties),
        (events.TieChanged, _("Changed the tie between {stakeholder_id} and {other_stakeholder_id}."), ties),
        (events.TieEnded, _("Ended the tie between {stakeholder_id} and {other_stakeholder_id}."), ties),
        (events.TieRestored, _("Put the tie between {stakeholder_id} and {other_stakeholder_id} back."), ties),
        (events.TieRated, _("Said how close {stakeholder_id} and {other_stakeholder_id} are."), ties),
        (events.TieConsentRecorded, _consent, ties),
        (events.ViewSaved, _("Saved {saved_view_id}."), None),
        (events.ViewThrownAway, _("Threw away a view of the allies."), None),
        (events.MemberPutOnTheMap, _("Gave {organization_id} its place on the map of allies."), ally),
        (events.TieListTried, _("Read a file of ties, without writing any."), listing),
        (events.TiesBroughtIn, _brought_in, listing),
        (events.TiesTakenBack, _taken_back, listing),
        (events.TieListDiscarded, _("Threw a file of ties away before anything of it was brought in."), None),
    ]:  # fmt: skip
        register_sentence(event, template, url)


def _brought_in(facts: dict[str, Any]) -> str:
    told = {**facts, "changed": facts.get("changed", 0)}
    if told["changed"]:
        words = gettext("Brought a file of ties in: %(ties)s ties, %(added)s new allies, %(changed)s changes.")
        return words % told
    return gettext("Brought a file of ties in: %(ties)s ties, %(added)s new allies.") % told


def _taken_back(facts: dict[str, Any]) -> str:
    told = {**facts, "restored": facts.get("restored", 0)}
    if told["restored"]:
        words = gettext(
            "Took a file of ties back: %(ties)s ties ended, %(removed)s allies taken off, %(restored)s undone."
        )
        return words % told
    return gettext("Took a file of ties back: %(ties)s ties ended, %(removed)s allies taken off.") % told


def _consent(facts: dict[str, Any]) -> str:
    told = {"one": facts["stakeholder_id"], "other": facts["other_stakeholder_id"]}
    if facts["answer"] == "agreed":
        return gettext("%(one)s and %(other)s: their tie may open a door.") % told
    return gettext("%(one)s and %(other)s: their tie does not open a door.") % told


def _page(name: str, fact: str) -> Callable[[LedgerEntry, str], str]:
    return lambda entry, slug: address_of(f"stakeholders:{name}", slug, entry.facts[fact])
