"""May a tie be used to open a door? Only those who are tied can say."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import Tie
from ..events import TieConsentRecorded


@transaction.atomic
def record_consent(*, actor: Actor, tie: Tie, consent: str, source: str = "") -> Tie:
    """Write down whether a tie may be shown as a step of an introduction, and who said so.

    Who: everyone who works here (`policies.write_tie`).
    Refuses: an answer that is none of the three, an agreement without the person who gave it, and a tie that has
    ended (`Refused`).
    Tells: `TieConsentRecorded`.
    """
    require(actor, policies.write_tie, tie)
    if consent not in Tie.Consent.values:
        raise Refused(_("The answer is agreed, refused, or not asked."))
    if consent == Tie.Consent.AGREED and not source.strip():
        raise Refused(_("Say who agreed, and when you spoke. Without that we cannot show this tie on a way."))
    tie = Tie.objects.select_for_update(no_key=True).get(pk=tie.pk)
    if tie.ended_on is not None:
        raise Refused(_("This tie has ended. Take that back first."))
    tie.consent, tie.consent_source = consent, source.strip() if consent else ""
    tie.consent_on = localdate() if consent else None
    tie.version += 1
    tie.save()
    record(
        TieConsentRecorded(
            tie_id=tie.pk,
            stakeholder_id=tie.one_id,
            other_stakeholder_id=tie.other_id,
            answer=consent or "not asked",
        ),
        by=actor,
        about=tie,
    )
    return tie
