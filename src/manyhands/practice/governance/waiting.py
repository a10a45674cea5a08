"""What awaits people in governance, and the first steps a new coalition takes here. Every function reads."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.written import WrittenOnce
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.next_steps import NextStep
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting, register_awaiting

from . import policies, queries
from .models import (
    Dissent,
    Eligibility,
    Proposal,
    Stance,
)


def awaiting(actor: Actor) -> list[Awaiting]:
    """Stances to take, doubts to answer and proposals to close, for one seat."""
    return [*stances_to_take(actor), *proposals_to_close(actor), *dissents_to_answer(actor)]


def waiting_for(actor: Actor, moment: Any = None) -> QuerySet[Proposal]:
    """Proposals on which the actor's organization may take a stance and has none, at a moment or now."""
    if actor.organization_id is None or not actor.has_any(*policies.VOICES):
        return Proposal.objects.none()
    ours = {"proposal": OuterRef("pk"), "organization_id": actor.organization_id}
    return Proposal.objects.filter(
        Exists(Eligibility.objects.filter(**ours)),
        ~Exists(Stance.objects.filter(**ours, replaced_at=None)),
        state="decide",
        closes_at__gt=moment or now(),
    )


def _with_counts(actor: Actor, moment: Any) -> QuerySet[Any]:
    return waiting_for(actor, moment).annotate(n=Count("stances", filter=Q(stances__replaced_at=None), distinct=True))


def _stances_to_take(actor: Actor, waiting: list[Any]) -> list[Awaiting]:
    slug = slug_of(actor.coalition_id)
    return [
        Awaiting(
            kind=_("A decision"),
            note=closes(proposal.closing),
            title=proposal.title,
            text=ngettext(
                "%(n)d member has said where it stands. Your organization has not.",
                "%(n)d members have said where they stand. Your organization has not.",
                proposal.n,
            )
            % {"n": proposal.n},
            url=address_of("governance:proposal", slug, proposal.pk),
            action=_("Take a stance"),
            due=proposal.closes_at,
        )
        for proposal in waiting
    ]


#: A decision for each proposal on which one's organization has no stance.
stances_to_take = Waits(_with_counts, _stances_to_take)


_waiting_ids = WrittenOnce(lambda actor, moment: waiting_for(actor, moment).values_list("pk", flat=True))


def waiting_ids(actor: Actor) -> set[int]:
    """The same, by id: to mark them in a list."""
    return {pk for (pk,) in _waiting_ids.ask(actor)}


def _ready_to_close(actor: Actor, moment: Any) -> QuerySet[Any]:
    mine = Proposal.objects.filter(state="decide")
    if not actor.has_any("facilitator"):
        mine = mine.filter(put_forward_by_id=actor.seat_id)
    return mine.annotate(
        n=Count("stances", filter=Q(stances__replaced_at=None), distinct=True),
        of=Count("eligible", distinct=True),
    ).filter(Q(closes_at__lte=moment) | Q(n__gte=F("of")))


def _proposals_to_close(actor: Actor, ready: list[Any]) -> list[Awaiting]:
    slug = slug_of(actor.coalition_id)
    return [
        Awaiting(
            kind=_("A proposal to close"),
            note=_("everyone has a stance") if proposal.n >= proposal.of else _("its closing day has come"),
            title=proposal.title,
            text=_("Closing counts the stances under our rule and writes the outcome into the register."),
            url=address_of("governance:proposal", slug, proposal.pk),
            action=_("Close it"),
            due=proposal.closes_at,
        )
        for proposal in ready
    ]


#: Proposals whose day has come or on which everyone has spoken, for those who close them.
proposals_to_close = Waits(_ready_to_close, _proposals_to_close)


def _unanswered_dissents(actor: Actor) -> QuerySet[Dissent]:
    return queries.dissents().filter(state="recorded", proposal__put_forward_by_id=actor.seat_id)


def _dissents_to_answer(actor: Actor, dissents: list[Dissent]) -> list[Awaiting]:
    slug = slug_of(actor.coalition_id)
    return [
        Awaiting(
            kind=_("A dissent"),
            note=_("from %(organization)s") % {"organization": dissent.organization.name},
            title=dissent.proposal.title,
            text=_("You put this forward. Say what you make of their doubt, and when you look at it again."),
            url=address_of("governance:dissent", slug, dissent.pk),
            action=_("Answer it"),
        )
        for dissent in dissents
    ]


#: Dissents that nobody has answered, for whoever put the proposal forward.
dissents_to_answer = Waits(lambda actor, _moment: _unanswered_dissents(actor), _dissents_to_answer)


def register() -> None:
    """Put all three on people's desks."""
    register_awaiting(stances_to_take, lambda actor, moment: [waiting_for(actor, moment)])
    register_awaiting(proposals_to_close, lambda actor, moment: [_ready_to_close(actor, moment)])
    register_awaiting(dissents_to_answer, lambda actor, _moment: [_unanswered_dissents(actor)])


def closes(moment: datetime) -> str:
    """When a proposal closes, for a line on the desk: ``closes Friday 27 November, 18:00``."""
    return _("closes %(when)s") % {"when": date_format(localtime(moment), "l j F, H:i")}


def next_steps(actor: Actor) -> list[NextStep]:
    """What a young coalition can do here: make its first decision."""
    if not policies.put_forward_proposal.holds(actor):
        return []
    slug = slug_of(actor.coalition_id)
    return [
        NextStep(
            order=40,
            title=_("Decide something together"),
            text=_("Turn what everyone agrees on into a proposal. Members take a stance, and our rule decides."),
            url=address_of("governance:new", slug),
            action=_("Draft a proposal"),
            done_by=Proposal.objects.exclude(state="draft"),
        )
    ]
