"""Putting a proposal to those who know, and keeping what came of it."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record
from manyhands.practice.governance import policies
from manyhands.practice.governance.events import ConsultationRecorded
from manyhands.practice.governance.models import Consulted, Proposal

from .refusals import NothingToSay


@transaction.atomic
def record_consulted(
    *,
    actor: Actor,
    proposal: Proposal,
    who: str,
    expertise: str,
    invited_on: date,
    came_on: date | None = None,
    said: str = "",
    change: str = "",
) -> Consulted:
    """Write down who was asked about a proposal, whether they came, and what changed because of it.

    Who: everyone who works here (`policies.record_consulted`).
    Refuses: nobody named or nothing they know, a day that has not come, hearing somebody before asking
        (`NothingToSay`).
    Tells: `ConsultationRecorded`.
    """
    require(actor, policies.record_consulted, proposal)
    if not who.strip() or not expertise.strip():
        raise NothingToSay(_("Say whom you asked, and what they know about it."))
    if invited_on > localdate() or (came_on is not None and not invited_on <= came_on <= localdate()):
        raise NothingToSay(_("They are asked first and heard then, and neither day is still to come."))
    found = Consulted.objects.create(
        proposal=proposal,
        who=who.strip(),
        expertise=expertise.strip(),
        invited_on=invited_on,
        came_on=came_on,
        said=said,
        change=change,
        written_by_id=actor.seat_id,
    )
    record(ConsultationRecorded(proposal_id=proposal.pk, has_come=came_on is not None), by=actor, about=proposal)
    return found
