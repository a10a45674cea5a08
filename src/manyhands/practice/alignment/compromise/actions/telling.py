"""What parties say: to the mediator in private, and as concerns to each other."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...models import (
    ConcernOption,
    IssueOption,
    Negotiation,
    NegotiationConcern,
    NegotiationParty,
    PackageFinding,
    PrivateTerms,
    ProposedPackage,
)
from .. import queries, rules, tasks
from ..events import ConcernUnderstood, ConcernVoiced, TermsTold
from ..rules import NegotiationState
from .steps import Refused, WrongStep, _locked


@transaction.atomic
def tell_terms(
    *,
    actor: Actor,
    party: NegotiationParty,
    points: Mapping[int, Decimal],
    walk_away: Decimal | None,
    red_lines: Collection[int] = (),
) -> PrivateTerms:
    """Tell the mediator what each option is worth, what no deal is worth, and what cannot be accepted.

    Telling something new while packages are on the table takes them off: they were made from what is no longer true.

    Who: those who speak for the party (`policies.speak_as_party`).
    Refuses: a negotiation that does not wait for the parties (`WrongStep`); points that are below zero or do not make
    100, a walk-away that is missing, below zero or above everything (`rules.UnfitTerms`).
    Tells: `TermsTold`, without what was told.
    """
    require(actor, policies.speak_as_party, party)
    negotiation = _locked(party.negotiation, NegotiationState.OPEN, NegotiationState.PROPOSED)
    rules.check_terms(queries.options_by_issue(negotiation), points, walk_away, red_lines)
    terms, _new = PrivateTerms.objects.update_or_create(
        party=party,
        defaults={
            "points": {str(option): str(value) for option, value in sorted(points.items())},
            "walk_away": walk_away,
            "red_lines": sorted(red_lines),
            "by_seat_id": actor.seat_id,
        },
    )
    NegotiationParty.objects.filter(pk=party.pk).update(told_at=now())
    PackageFinding.objects.filter(negotiation=negotiation).delete()
    if negotiation.state == NegotiationState.PROPOSED:
        ProposedPackage.objects.filter(negotiation=negotiation).delete()
        negotiation.state, negotiation.proposed_at = NegotiationState.OPEN, None
        negotiation.save(update_fields=["state", "proposed_at"])
    if not negotiation.parties.filter(told_at=None).exists():
        enqueue(tasks.work_out_packages, negotiation_id=negotiation.pk)
    record(TermsTold(negotiation_id=negotiation.pk, organization_id=party.organization_id), by=actor, about=negotiation)
    return terms


@transaction.atomic
def voice_concern(
    *, actor: Actor, negotiation: Negotiation, organization: Organization, text: str
) -> NegotiationConcern:
    """Write down a concern, in the words of those who have it.

    Who: the parties for themselves, and the mediator for any of them (`policies.sit_at_negotiation`).
    Refuses: no words; a member that is no party; a party for another (`Refused`); a negotiation that is over
    (`WrongStep`).
    Tells: `ConcernVoiced`.
    """
    require(actor, policies.sit_at_negotiation, negotiation, organization)
    negotiation = _going_on(negotiation)
    if not text.strip():
        raise Refused(_("There are no words yet. One sentence is enough."))
    if not negotiation.parties.filter(organization=organization).exists():
        raise Refused(_("Only those at this table are asked here."))
    _own_or_mediator(actor, negotiation, organization.pk)
    concern = NegotiationConcern.objects.create(
        negotiation=negotiation, organization=organization, text=text.strip(), voiced_by_id=actor.seat_id
    )
    record(ConcernVoiced(negotiation_id=negotiation.pk, organization_id=organization.pk), by=actor, about=negotiation)
    return concern


@transaction.atomic
def understand_concern(
    *, actor: Actor, concern: NegotiationConcern, interest: str, options: Sequence[IssueOption] = ()
) -> NegotiationConcern:
    """Say what need lies beneath a concern, and which options would meet it.

    Who: whose concern it is, and the mediator (`policies.sit_at_negotiation`).
    Refuses: no interest; options of another table (`Refused`); a negotiation that is over (`WrongStep`).
    Tells: `ConcernUnderstood`.
    """
    require(actor, policies.sit_at_negotiation, concern.negotiation, concern, *options)
    negotiation = _going_on(concern.negotiation)
    _own_or_mediator(actor, negotiation, concern.organization_id)
    if not interest.strip():
        raise Refused(_("Say what need lies beneath it: “Stalls must be full by eight”, not “No closed streets”."))
    if any(option.issue.negotiation_id != negotiation.pk for option in options):
        raise Refused(_("That option is of another table."))
    concern.interest = interest.strip()
    concern.save(update_fields=["interest"])
    ConcernOption.objects.filter(concern=concern).delete()
    ConcernOption.objects.bulk_create(ConcernOption(concern=concern, option=option) for option in options)
    told = ConcernUnderstood(
        negotiation_id=negotiation.pk, organization_id=concern.organization_id, options=len(options)
    )
    record(told, by=actor, about=negotiation)
    return concern


def _going_on(negotiation: Negotiation) -> Negotiation:
    found = _locked(negotiation)
    if found.is_over:
        raise WrongStep(found.state)
    return found


def _own_or_mediator(actor: Actor, negotiation: Negotiation, organization_id: int) -> None:
    if actor.organization_id != organization_id and not policies.mediate.holds(actor, negotiation):
        raise Refused(_("Each party speaks for itself; the mediator may write for all."))
