"""What awaits people in negotiations: to tell the mediator, to answer packages, to propose, to look again."""

from datetime import date, datetime, time

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting, register_awaiting

from .. import policies
from ..models import Negotiation, NegotiationParty, PackageAnswer, PackageFinding, ProposedPackage
from .rules import NegotiationState

OPEN, PROPOSED = NegotiationState.OPEN, NegotiationState.PROPOSED
ENDED = (NegotiationState.AGREED, NegotiationState.NO_DEAL)


def awaiting(actor: Actor) -> list[Awaiting]:
    """Everything that waits for one seat. Two queries at most."""
    return [*_AS_PARTY(actor), *_AS_MEDIATOR(actor)]


def register() -> None:
    """Put both on people's desks."""
    register_awaiting(_AS_PARTY, lambda actor, _moment: [_parties(actor)])
    register_awaiting(_AS_MEDIATOR, lambda actor, _moment: [_mediated(actor)])


def _parties(actor: Actor) -> QuerySet[NegotiationParty]:
    if not policies.write_success.holds(actor):
        return NegotiationParty.objects.none()
    answered = PackageAnswer.objects.filter(party=OuterRef("pk"))
    return (
        NegotiationParty.objects.filter(organization_id=actor.organization_id)
        .annotate(has_answered=Exists(answered))
        .filter(
            Q(negotiation__state=OPEN, told_at=None)
            | Q(negotiation__state=PROPOSED, has_answered=False)
            | Q(negotiation__state__in=ENDED, negotiation__look_again_on__lte=localdate())
        )
    )


def _as_party(actor: Actor, parties: list[NegotiationParty]) -> list[Awaiting]:
    found = []
    for party in parties:
        negotiation = party.negotiation
        address = _address(actor, negotiation)
        if negotiation.state == OPEN:
            found.append(
                Awaiting(
                    kind=_("A negotiation"),
                    title=negotiation.question,
                    text=_("Tell the mediator what matters to you, and what no deal is worth. Nobody else reads it."),
                    url=address_of("alignment:tell_terms", slug_of(actor.coalition_id), negotiation.pk),
                    action=_("Tell the mediator"),
                    due=_moment(negotiation.answers_by),
                )
            )
        elif negotiation.state == PROPOSED:
            found.append(
                Awaiting(
                    kind=_("A negotiation"),
                    title=negotiation.question,
                    text=_("There are packages on the table. Say which of them you can accept."),
                    url=address,
                    action=_("Look at the packages"),
                )
            )
        else:
            found.append(_look_again(negotiation, address))
    return found


def _mediated(actor: Actor) -> QuerySet[Negotiation]:
    if not actor.has_any("facilitator"):
        return Negotiation.objects.none()
    accepted_by_all = (
        ProposedPackage.objects.filter(negotiation=OuterRef("pk"))
        .annotate(
            yes=Count("answers", filter=Q(answers__accepts=True), distinct=True),
            of=Count("negotiation__parties", distinct=True),
        )
        .filter(yes=F("of"))
    )
    return (
        Negotiation.objects.filter(mediator_id=actor.seat_id)
        .annotate(
            is_ready=Exists(PackageFinding.objects.filter(negotiation=OuterRef("pk"))),
            is_accepted=Exists(accepted_by_all),
        )
        .filter(
            Q(state=OPEN, is_ready=True)
            | Q(state=PROPOSED, is_accepted=True)
            | Q(state__in=ENDED, look_again_on__lte=localdate())
        )
    )


def _as_mediator(actor: Actor, mediated: list[Negotiation]) -> list[Awaiting]:
    found = []
    for negotiation in mediated:
        address = _address(actor, negotiation)
        if negotiation.state == OPEN:
            found.append(
                Awaiting(
                    kind=_("You mediate"),
                    title=negotiation.question,
                    text=_("Every party has told you. Look at the packages, and put some on the table."),
                    url=address_of("alignment:mediate", slug_of(actor.coalition_id), negotiation.pk),
                    action=_("Look at the packages"),
                )
            )
        elif negotiation.state == PROPOSED:
            found.append(
                Awaiting(
                    kind=_("You mediate"),
                    title=negotiation.question,
                    text=_("Every party accepts one of the packages. Write down who does what."),
                    url=address,
                    action=_("Write down the agreement"),
                )
            )
        else:
            found.append(_look_again(negotiation, address))
    return found


_AS_PARTY = Waits(
    lambda actor, _moment: _parties(actor).select_related("negotiation").order_by("negotiation__answers_by", "pk"),
    _as_party,
)
_AS_MEDIATOR = Waits(lambda actor, _moment: _mediated(actor), _as_mediator)


def _look_again(negotiation: Negotiation, address: str) -> Awaiting:
    return Awaiting(
        kind=_("To look at again"),
        title=negotiation.question,
        text=_("The day has come to look at it again: was it kept, and was it fair?"),
        url=address,
        action=_("Say what came of it"),
        due=_moment(negotiation.look_again_on),
    )


def _address(actor: Actor, negotiation: Negotiation) -> str:
    return address_of("alignment:negotiation", slug_of(actor.coalition_id), negotiation.pk)


def _moment(day: date | None) -> datetime | None:
    return make_aware(datetime.combine(day, time(23, 59))) if day else None
