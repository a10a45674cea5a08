"""How this room's lines read in the book."""

from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from . import events, policies
from .models import STAGES, Stakeholder


def register() -> None:
    """Called once, when the room is set up. Who may not see the allies reads no name of one."""
    register_titles(
        "stakeholder_id",
        Stakeholder.objects.all,
        "name",
        otherwise=_("an ally"),
        form="%s",
        allowed=policies.see_allies,
    )
    ally, listing = _page("ally", "stakeholder_id"), _page("import", "import_id")
    brought = _("Brought a list in: {added} allies added, {updated} brought up to date.")
    undone = _("Took an import back: {removed} allies removed, {kept} kept because someone had edited them.")
    for event, template, url in [
        (events.AllyAdded, _("Wrote {stakeholder_id} into the list of allies."), ally),
        (events.AllyChanged, _("Changed what we know of {stakeholder_id}."), ally),
        (events.AllyMoved, _moved, ally),
        (events.AllyTakenOn, _taken_on, ally),
        (events.AllyRated, _("Rated {stakeholder_id}."), ally),
        (events.NoteRenewed, _("Said that a note about {stakeholder_id} is still needed."), ally),
        (events.HeldHandedOver, _("Took out what is held about {stakeholder_id}, to hand it to them."), ally),
        (events.AllyRemoved, _("Took {stakeholder_id} off the list of allies."), None),
        (events.AllyRestored, _("Put {stakeholder_id} back on the list of allies."), ally),
        (events.ListUploaded, _("Uploaded a list of possible allies."), listing),
        (events.ListMatched, _("Matched the columns of a list, to try it without writing."), listing),
        (events.ListDiscarded, _("Threw a list away before anything of it was brought in."), None),
        (events.ImportStarted, _("Began to bring a list in."), listing),
        (events.ImportStopped, _("Stopped an import before it had written anything."), listing),
        (events.StakeholdersImported, brought, listing),
        (events.ImportUndoAsked, _("Asked to take an import back."), listing),
        (events.ImportUndone, undone, listing),
    ]:
        register_sentence(event, template, url)


def _page(name: str, fact: str) -> Callable[[LedgerEntry, str], str]:
    return lambda entry, slug: address_of(f"stakeholders:{name}", slug, entry.facts[fact])


def _moved(facts: dict) -> str:
    if facts["stage_before"] == facts["stage_after"]:
        return gettext("Wrote down anew where %(ally)s stands.") % {"ally": facts["stakeholder_id"]}
    stage = str(dict(STAGES).get(facts["stage_after"], facts["stage_after"])).lower()
    return gettext("Moved %(ally)s on; it is now: %(stage)s.") % {"ally": facts["stakeholder_id"], "stage": stage}


def _taken_on(facts: dict) -> str:
    if not facts["seat_id"]:
        return gettext("Nobody looks after %(ally)s any more.") % {"ally": facts["stakeholder_id"]}
    told = {"ally": facts["stakeholder_id"], "seat": facts["seat_id"]}
    return gettext("Said who looks after %(ally)s: %(seat)s.") % told
