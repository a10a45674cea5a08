"""From packages on the table to an agreement, to no deal, and to the day it is looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...models import (
    AgreementPart,
    Concession,
    Negotiation,
    NegotiationParty,
    PackageAnswer,
    ProposedPackage,
)
from .. import queries, rules
from ..events import NegotiationEnded, NegotiationReviewed, PackageAgreed, PackageAnswered, PackagesProposed
from ..rules import NegotiationState
from .steps import Refused, WrongStep, _locked


@dataclass(frozen=True)
class Doing:
    """Who does what about one issue, and by when."""

    issue_id: int
    organization_id: int
    text: str
    due_on: date | None = None


@transaction.atomic
def propose_packages(
    *, actor: Actor, negotiation: Negotiation, chosen: Sequence[Sequence[int]]
) -> list[ProposedPackage]:
    """Put packages on the table: each as the ids of its options. The parties see them, and who trades what for what.

    Who: the mediator (`policies.mediate`).
    Refuses: one that does not wait for this, or whose packages are still being worked out (`WrongStep`); none, or one
    that was not found (`Refused`).
    Tells: `PackagesProposed`.
    """
    require(actor, policies.mediate, negotiation)
    negotiation = _locked(negotiation, NegotiationState.OPEN, then=NegotiationState.PROPOSED)
    finding = queries.current_finding(negotiation)
    if finding is None:
        raise WrongStep("The packages are still being worked out.")
    found = {tuple(each["options"]): each for each in finding.payload["packages"]}
    wanted = [found.get(tuple(options)) for options in chosen]
    if not wanted or any(each is None for each in wanted):
        raise Refused(_("Choose at least one of the packages that were found."))
    rows = [
        ProposedPackage(
            negotiation=negotiation,
            option_ids=each["options"],
            virtues=each["virtues"],
            concessions=each["concessions"],
        )
        for each in wanted
        if each is not None
    ]
    ProposedPackage.objects.bulk_create(rows)
    negotiation.state, negotiation.proposed_at = NegotiationState.PROPOSED, now()
    negotiation.save(update_fields=["state", "proposed_at"])
    record(PackagesProposed(negotiation_id=negotiation.pk, packages=len(rows)), by=actor, about=negotiation)
    return rows


@transaction.atomic
def answer_package(*, actor: Actor, party: NegotiationParty, package: ProposedPackage, accepts: bool) -> PackageAnswer:
    """Say whether one's organization can accept a package; it may be said anew until there is an agreement.

    Who: those who speak for the party (`policies.speak_as_party`).
    Refuses: a package that is off the table or of another one (`WrongStep`).
    Tells: `PackageAnswered`, without the answer.
    """
    require(actor, policies.speak_as_party, party, package)
    negotiation = _locked(party.negotiation, NegotiationState.PROPOSED)
    if not ProposedPackage.objects.filter(pk=package.pk, negotiation=negotiation).exists():
        raise WrongStep("This package is off the table.")
    answer, _new = PackageAnswer.objects.update_or_create(
        package=package,
        party=party,
        defaults={"accepts": accepts, "by_seat_id": actor.seat_id, "answered_at": now()},
    )
    told = PackageAnswered(negotiation_id=negotiation.pk, organization_id=party.organization_id)
    record(told, by=actor, about=negotiation)
    return answer


@transaction.atomic
def agree_package(
    *, actor: Actor, package: ProposedPackage, doings: Sequence[Doing], look_again_on: date | None = None
) -> Negotiation:
    """Write down what was agreed: the package, who does what, who gave way to whom, and when it is looked at again.

    Who: the mediator (`policies.mediate`).
    Refuses: packages that are not on the table (`WrongStep`); a package that not every party accepted; an issue about
    which nobody does anything; somebody who is no party; a day that is over (`Refused`).
    Tells: `PackageAgreed`.
    """
    require(actor, policies.mediate, package.negotiation, package)
    negotiation = _locked(package.negotiation, then=NegotiationState.AGREED)
    package = ProposedPackage.objects.get(pk=package.pk)
    parties = {party.pk: party.organization_id for party in negotiation.parties.all()}
    agreed = set(PackageAnswer.objects.filter(package=package, accepts=True).values_list("party_id", flat=True))
    if agreed != set(parties):
        raise Refused(_("Not every party has accepted this package."))
    issues = set(negotiation.issues.values_list("pk", flat=True))
    doings = [each for each in doings if each.text.strip()]
    if {each.issue_id for each in doings} != issues:
        raise Refused(_("Say for each issue who does what, so that the agreement can be kept."))
    if not {each.organization_id for each in doings} <= set(parties.values()):
        raise Refused(_("Only those at this table can take something on here."))
    again = look_again_on or localdate() + timedelta(days=rules.LOOK_AGAIN_DAYS)
    if again <= localdate():
        raise Refused(_("Choose a day that is still to come."))
    AgreementPart.objects.bulk_create(
        AgreementPart(
            negotiation=negotiation,
            issue_id=each.issue_id,
            organization_id=each.organization_id,
            text=each.text.strip(),
            due_on=each.due_on,
        )
        for each in doings
    )
    Concession.objects.bulk_create(
        Concession(
            negotiation=negotiation,
            issue_id=issue,
            giver_id=giver,
            getter_id=getter,
            on=localdate(),
            look_again_on=again,
        )
        for giver, getter, issue in package.concessions
    )
    package.is_agreed = True
    package.save(update_fields=["is_agreed"])
    negotiation.state, negotiation.ended_at, negotiation.look_again_on = NegotiationState.AGREED, now(), again
    negotiation.save(update_fields=["state", "ended_at", "look_again_on"])
    told = PackageAgreed(negotiation_id=negotiation.pk, concessions=len(package.concessions))
    record(told, by=actor, about=negotiation)
    return negotiation


@transaction.atomic
def end_without_deal(
    *, actor: Actor, negotiation: Negotiation, why: str, look_again_on: date | None = None
) -> Negotiation:
    """Write down that there is no deal, and why.

    Who: the mediator (`policies.mediate`).
    Refuses: no reason (`Refused`); one that is a draft or over (`WrongStep`).
    Tells: `NegotiationEnded`.
    """
    require(actor, policies.mediate, negotiation)
    negotiation = _locked(negotiation, then=NegotiationState.NO_DEAL)
    if not why.strip():
        raise Refused(_("Say in a sentence why there is no deal. It helps those who try again."))
    negotiation.state, negotiation.ended_at = NegotiationState.NO_DEAL, now()
    negotiation.why_no_deal, negotiation.look_again_on = why.strip(), look_again_on
    negotiation.save(update_fields=["state", "ended_at", "why_no_deal", "look_again_on"])
    record(NegotiationEnded(negotiation_id=negotiation.pk), by=actor, about=negotiation)
    return negotiation


@transaction.atomic
def review_negotiation(*, actor: Actor, negotiation: Negotiation, review: str) -> Negotiation:
    """Look at it again: was it kept, and was it fair over time?

    Who: the parties and the mediator (`policies.sit_at_negotiation`).
    Refuses: no words (`Refused`); one that is not over, or was looked at again already (`WrongStep`).
    Tells: `NegotiationReviewed`.
    """
    require(actor, policies.sit_at_negotiation, negotiation)
    negotiation = _locked(negotiation, then=NegotiationState.REVIEWED)
    if not review.strip():
        raise Refused(_("Say in a sentence what came of it."))
    negotiation.state, negotiation.reviewed_at = NegotiationState.REVIEWED, now()
    negotiation.review = review.strip()
    negotiation.save(update_fields=["state", "reviewed_at", "review"])
    record(NegotiationReviewed(negotiation_id=negotiation.pk), by=actor, about=negotiation)
    return negotiation
