"""Preparing a negotiation: its question, its issues, its parties, and who mediates."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...models import (
    IssueOption,
    Negotiation,
    NegotiationIssue,
    NegotiationParty,
    PackageFinding,
    Priority,
    PrivateTerms,
    ProposedPackage,
)
from .. import rules
from ..events import NegotiationDrafted, NegotiationHandedOver, NegotiationOpened
from ..rules import NegotiationState
from .steps import Refused, WrongStep, _locked, _may_mediate


@transaction.atomic
def draft_negotiation(
    *,
    actor: Actor,
    question: str,
    mediator: Seat,
    organizations: Sequence[Organization],
    explanation: str = "",
    answers_by: date | None = None,
    priority: Priority | None = None,
) -> Negotiation:
    """Prepare a negotiation; only its parties and those who lead see it yet.

    Who: coordinators and facilitators (`policies.prepare_negotiation`).
    Refuses: no question; fewer than two parties or too many; a mediator who is no facilitator, or sits for a party
    (`Refused`).
    Tells: `NegotiationDrafted`.
    """
    require(actor, policies.prepare_negotiation, mediator)
    negotiation = Negotiation(begun_by_id=actor.seat_id, priority=priority)
    _fill(negotiation, question, mediator, organizations, explanation, answers_by)
    record(NegotiationDrafted(negotiation_id=negotiation.pk), by=actor, about=negotiation)
    return negotiation


@transaction.atomic
def change_negotiation(
    *,
    actor: Actor,
    negotiation: Negotiation,
    question: str,
    mediator: Seat,
    organizations: Sequence[Organization],
    explanation: str = "",
    answers_by: date | None = None,
) -> Negotiation:
    """Change a negotiation that is still a draft.

    Who: coordinators and facilitators (`policies.prepare_negotiation`).
    Refuses: one that was opened (`WrongStep`), and whatever `draft_negotiation` refuses (`Refused`).
    Tells: `NegotiationDrafted`.
    """
    require(actor, policies.prepare_negotiation, negotiation, mediator)
    negotiation = _locked(negotiation, NegotiationState.DRAFT)
    _fill(negotiation, question, mediator, organizations, explanation, answers_by)
    record(NegotiationDrafted(negotiation_id=negotiation.pk), by=actor, about=negotiation)
    return negotiation


@transaction.atomic
def add_issue(*, actor: Actor, negotiation: Negotiation, name: str, options: Sequence[str]) -> NegotiationIssue:
    """Add something to be settled, with the ways in which it may be.

    Who: coordinators and facilitators (`policies.prepare_negotiation`).
    Refuses: a negotiation that was opened (`WrongStep`); no name, or one that is there; fewer than two options, two of
    one name; more issues or options than can be overlooked (`Refused`).
    Tells: `NegotiationDrafted`.
    """
    require(actor, policies.prepare_negotiation, negotiation)
    negotiation = _locked(negotiation, NegotiationState.DRAFT)
    wanted = [option.strip() for option in options if option.strip()]
    if not name.strip():
        raise Refused(_("Say what is to be settled."))
    if len(wanted) < 2:
        raise Refused(_("An issue needs at least two options. With one there is nothing to settle."))
    if len({option.casefold() for option in wanted}) < len(wanted):
        raise Refused(_("Two options say the same."))
    if len(wanted) > rules.MOST_OPTIONS:
        raise Refused(_("More than %(n)s options for one issue are too many to weigh.") % {"n": rules.MOST_OPTIONS})
    if negotiation.issues.filter(name__iexact=name.strip()).exists():
        raise Refused(_("This issue is there already."))
    if negotiation.issues.count() >= rules.MOST_ISSUES:
        raise Refused(_("More than %(n)s issues are too many for one table.") % {"n": rules.MOST_ISSUES})
    issue = NegotiationIssue.objects.create(negotiation=negotiation, name=name.strip())
    IssueOption.objects.bulk_create(IssueOption(issue=issue, name=option) for option in wanted)
    record(NegotiationDrafted(negotiation_id=negotiation.pk), by=actor, about=negotiation)
    return issue


@transaction.atomic
def drop_issue(*, actor: Actor, issue: NegotiationIssue) -> None:
    """Take an issue out of a draft.

    Who: coordinators and facilitators (`policies.prepare_negotiation`).
    Refuses: a negotiation that was opened (`WrongStep`).
    Tells: `NegotiationDrafted`.
    """
    require(actor, policies.prepare_negotiation, issue.negotiation, issue)
    negotiation = _locked(issue.negotiation, NegotiationState.DRAFT)
    NegotiationIssue.objects.filter(pk=issue.pk).delete()
    record(NegotiationDrafted(negotiation_id=negotiation.pk), by=actor, about=negotiation)


@transaction.atomic
def open_negotiation(*, actor: Actor, negotiation: Negotiation) -> Negotiation:
    """Ask the parties to tell the mediator what a deal is worth to them. Issues and options stay as they are now.

    Who: coordinators and facilitators (`policies.prepare_negotiation`).
    Refuses: one that is not a draft (`WrongStep`); no issue, or a mediator who may not be one any more (`Refused`).
    Tells: `NegotiationOpened`.
    """
    require(actor, policies.prepare_negotiation, negotiation)
    negotiation = _locked(negotiation, then=NegotiationState.OPEN)
    if negotiation.state != NegotiationState.DRAFT:
        raise WrongStep(negotiation.state)
    if not negotiation.issues.exists():
        raise Refused(_("There is no issue yet. Add at least one, with two options."))
    parties = set(negotiation.parties.values_list("organization_id", flat=True))
    if not _may_mediate(negotiation.mediator, parties):
        raise Refused(_("The mediator must be a facilitator who sits for none of the parties."))
    negotiation.state, negotiation.opened_at = NegotiationState.OPEN, now()
    negotiation.save(update_fields=["state", "opened_at"])
    record(NegotiationOpened(negotiation_id=negotiation.pk), by=actor, about=negotiation)
    return negotiation


@transaction.atomic
def hand_over_negotiation(*, actor: Actor, negotiation: Negotiation, mediator: Seat) -> Negotiation:
    """Let somebody else mediate. What the parties told the first in confidence is erased; they tell it anew.

    Who: coordinators (`policies.hand_over_negotiation`).
    Refuses: one that is over (`WrongStep`); the same mediator, or one who may not be it (`Refused`).
    Tells: `NegotiationHandedOver`.
    """
    require(actor, policies.hand_over_negotiation, negotiation, mediator)
    negotiation = _locked(negotiation, NegotiationState.DRAFT, NegotiationState.OPEN, NegotiationState.PROPOSED)
    parties = set(negotiation.parties.values_list("organization_id", flat=True))
    if mediator.pk == negotiation.mediator_id:
        raise Refused(_("They mediate already."))
    if not _may_mediate(mediator, parties):
        raise Refused(_("The mediator must be a facilitator who sits for none of the parties."))
    PrivateTerms.objects.filter(party__negotiation=negotiation).delete()
    PackageFinding.objects.filter(negotiation=negotiation).delete()
    ProposedPackage.objects.filter(negotiation=negotiation).delete()
    NegotiationParty.objects.filter(negotiation=negotiation).update(told_at=None)
    negotiation.mediator = mediator
    if negotiation.state == NegotiationState.PROPOSED:
        negotiation.state, negotiation.proposed_at = NegotiationState.OPEN, None
    negotiation.save()
    record(NegotiationHandedOver(negotiation_id=negotiation.pk, seat_id=mediator.pk), by=actor, about=negotiation)
    return negotiation


def _fill(
    negotiation: Negotiation,
    question: str,
    mediator: Seat,
    organizations: Sequence[Organization],
    explanation: str,
    answers_by: date | None,
) -> None:
    wanted = {organization.pk: organization for organization in organizations}
    if not question.strip():
        raise Refused(_("Say what is negotiated, as a question."))
    if len(wanted) < 2:
        raise Refused(_("A negotiation needs at least two parties."))
    if len(wanted) > rules.MOST_PARTIES:
        raise Refused(_("More than %(n)s parties are too many for one table.") % {"n": rules.MOST_PARTIES})
    if not _may_mediate(mediator, set(wanted)):
        raise Refused(_("The mediator must be a facilitator who sits for none of the parties."))
    if answers_by is not None and answers_by < localdate():
        raise Refused(_("That day is over."))
    negotiation.question, negotiation.explanation = question.strip(), explanation.strip()
    negotiation.mediator, negotiation.answers_by = mediator, answers_by
    negotiation.save()
    negotiation.parties.exclude(organization_id__in=wanted).delete()
    known = set(negotiation.parties.values_list("organization_id", flat=True))
    new = [each for pk, each in wanted.items() if pk not in known]
    NegotiationParty.objects.bulk_create(NegotiationParty(negotiation=negotiation, organization=each) for each in new)
