"""How this room's lines read in the book."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.access.written import AmongIds, RowsOfWords
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_names, register_sentence
from manyhands.foundation.ui.addresses import address_of

from . import events
from .models import COALITION_STATES, GROUP_STATES, MEMBERSHIP_STATES, Organization, Seat

Facts = dict[str, Any]


def register() -> None:
    """Called once, when the room is set up.

    Working groups are linked rather than named: each kind of name costs the page a query.
    """
    register_names("organization_id", _organization_names, nothing=_("themselves"))
    organization, group = _page("organization", "organization_id"), _page("group", "working_group_id")
    invitations = _list("invitations")
    for event, template, url in [
        (events.CoalitionCreated, _("Started this coalition."), None),
        (events.CoalitionChanged, _("Changed how the coalition describes itself."), None),
        (events.CoalitionStateChanged, _coalition_state, None),
        (events.MemberInvited, _("Invited someone to sit for {organization_id}."), invitations),
        (events.InvitationSentAgain, _("Sent an invitation for {organization_id} again."), invitations),
        (events.InvitationWithdrawn, _("Took back an invitation for {organization_id}."), invitations),
        (events.InvitationAccepted, _accepted, _list("members")),
        (events.InvitationDeclined, _("An invited person said: no, thank you."), invitations),
        (events.OrganizationAdded, _("Added {organization_id} to the members."), organization),
        (events.OrganizationChanged, _("Changed how {organization_id} is described."), organization),
        (events.MembershipChanged, _membership, organization),
        (events.SeatGiven, _("Gave {seat_id} a seat."), _list("members")),
        (events.SeatChanged, _("Changed the seat of {seat_id}."), _list("members")),
        (events.SeatEnded, _seat_ended, None),
        (events.WorkingGroupProposed, _("Proposed a working group."), group),
        (events.WorkingGroupChanged, _group_changed, group),
        (events.WorkingGroupLeadNamed, _lead_named, group),
        (events.WorkingGroupJoined, _("Joined a working group."), group),
        (events.WorkingGroupLeft, _("Left a working group."), group),
    ]:
        register_sentence(event, template, url)


def _organization_names(ids: list[int]) -> QuerySet:
    return _named.rows(organizations=ids)


_named = RowsOfWords(lambda: Organization.objects.filter(AmongIds("pk", "organizations")).values_list("pk", "name"))


def _page(name: str, fact: str) -> Callable[[LedgerEntry, str], str]:
    return lambda entry, slug: address_of(f"coalitions:{name}", slug, entry.facts[fact])


def _list(name: str) -> Callable[[LedgerEntry, str], str]:
    return lambda entry, slug: address_of(f"coalitions:{name}", slug)


def _word(choices: list[tuple[str, Any]], value: str) -> str:
    return str(dict(choices).get(value, value)).lower()


def _coalition_state(facts: Facts) -> str:
    told = {"was": _word(COALITION_STATES, facts["was"]), "now": _word(COALITION_STATES, facts["now"])}
    return gettext("The coalition went from %(was)s to %(now)s.") % told


def _accepted(facts: Facts) -> str:
    standing = str(Seat.Standing(facts["standing"]).label).lower()
    told = {"organization": facts["organization_id"], "standing": standing}
    return gettext("Took a seat for %(organization)s, as %(standing)s.") % told


def _membership(facts: Facts) -> str:
    told = {"organization": facts["organization_id"]}
    said = {
        "active": gettext("Welcomed %(organization)s as a member."),
        "paused": gettext("Let the membership of %(organization)s rest."),
        "withdrawn": gettext("%(organization)s left the coalition."),
        "removed": gettext("Parted from %(organization)s."),
        "invited": gettext("Asked %(organization)s back."),
    }
    state = {**told, "state": _word(MEMBERSHIP_STATES, facts["now"])}
    return said.get(facts["now"], gettext("%(organization)s is now: %(state)s.")) % state


def _seat_ended(facts: Facts) -> str:
    if facts["by_themselves"]:
        return gettext("Left their seat.")
    return gettext("Ended the seat of %(seat)s.") % {"seat": facts["seat_id"]}


def _group_changed(facts: Facts) -> str:
    told = {"now": _word(GROUP_STATES, facts["now"])}
    if facts["was"] == facts["now"]:
        return gettext("Changed the mandate of a working group.")
    return gettext("Moved a working group on; it is now: %(now)s.") % told


def _lead_named(facts: Facts) -> str:
    if not facts["seat_id"]:
        return gettext("Left a working group without a lead for now.")
    return gettext("Named %(seat)s to lead a working group.") % {"seat": facts["seat_id"]}
