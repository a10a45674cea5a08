"""How this part's lines read in the book."""

from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence
from manyhands.foundation.ui.addresses import address_of

from ..models import Contact
from . import events


def register() -> None:
    """Called once, when the room is set up."""
    contacts, inputs = _ally("ally_contacts"), _page("inputs")
    scripts, menu, invitations = _page("scripts"), _page("menu"), _page("invited")
    for event, sentence, page in [
        (events.ContactLogged, _logged, contacts),
        (events.StepPlanned, _planned, contacts),
        (events.HeldBack, _held_back, contacts),
        (events.ScriptWritten, _("Wrote words to begin with."), scripts),
        (events.ScriptRetired, _("Put words to begin with away, or took them out again."), scripts),
        (events.MenuWritten, _("Wrote on the menu what people could do for us."), menu),
        (events.MenuRetired, _("Took something off the menu, or put it back."), menu),
        (
            events.AllyInvited,
            _("Invited {stakeholder_id} to the table, with {choices} things to choose from."),
            contacts,
        ),
        (events.MenuChosen, _("Said on taking a seat what they can do: {choices} things."), invitations),
        (events.AllyWelcomed, _welcomed, invitations),
        (events.InputHeard, _("Wrote down what {stakeholder_id} told us."), inputs),
        (events.InputAnswered, _("Said what became of what {stakeholder_id} told us."), inputs),
        (events.InputTold, _("Told {stakeholder_id} what became of what they told us."), inputs),
        (events.AllyBrainstormed, _("Called out {stakeholder_id} as a possible ally."), _ally("ally")),
    ]:
        register_sentence(event, sentence, page)


def _ally(name: str) -> Callable[[LedgerEntry, str], str]:
    return lambda entry, slug: address_of(f"stakeholders:{name}", slug, entry.facts["stakeholder_id"])


def _page(name: str) -> Callable[[LedgerEntry, str], str]:
    return lambda entry, slug: address_of(f"stakeholders:{name}", slug)


def _logged(facts: dict) -> str:
    outcome = str(dict(Contact.Outcome.choices).get(facts["outcome"], facts["outcome"])).lower()
    return gettext("Spoke with %(ally)s: %(outcome)s.") % {"ally": facts["stakeholder_id"], "outcome": outcome}


def _planned(facts: dict) -> str:
    said = {"ally": facts["stakeholder_id"]}
    if facts["step_is_set"]:
        return gettext("Planned the next step with %(ally)s.") % said
    return gettext("Planned no further step with %(ally)s.") % said


def _held_back(facts: dict) -> str:
    said = {"ally": facts["stakeholder_id"]}
    if facts["state"] == "until":
        return gettext("Waits with %(ally)s until a day.") % said
    if facts["state"] == "never":
        return gettext("Said that we never ask %(ally)s, and why.") % said
    return gettext("Said that %(ally)s may be asked again.") % said


def _welcomed(facts: dict) -> str:
    said = {"ally": facts["stakeholder_id"], "n": facts["offers"]}
    return gettext("Welcomed %(ally)s at the table, with %(n)s offers.") % said
