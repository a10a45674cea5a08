"""Answering doubts, keeping dissent beside the decision, and looking at it again."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.rules import NoSuchStep, check_step
from manyhands.foundation.ledger.spine import record
from manyhands.practice.governance import policies
from manyhands.practice.governance.events import DissentRecorded, DissentReviewed, DoubtAnswered
from manyhands.practice.governance.models import Dissent, Proposal, Stance
from manyhands.practice.governance.rules import DISSENT_STEPS
from manyhands.practice.governance.steps import locked, write_dissent

from .refusals import NotEligible, NothingToSay, NotNow


@transaction.atomic
def answer_stance(*, actor: Actor, stance: Stance, reply: str, look_again_on: date | None = None) -> Stance:
    """Answer a doubt while the proposal is being decided, and say when it is looked at again.

    Who: whoever put the proposal forward, facilitators, coordinators (`policies.answer_doubt`).
    Refuses: a stance that is for it, or was replaced (`NotNow`); an answer without words (`NothingToSay`).
    Tells: `DoubtAnswered`.
    """
    require(actor, policies.answer_doubt, stance.proposal)
    locked(stance.proposal)
    stance = Stance.objects.select_related("proposal").get(pk=stance.pk)
    if not stance.is_doubt or stance.replaced_at is not None:
        raise NotNow(_("That stance has changed; look at it again before you answer."))
    _write_reply(actor, stance, reply, look_again_on)
    Dissent.objects.filter(stance=stance, state="recorded").update(state="answered")
    record(DoubtAnswered(proposal_id=stance.proposal_id, stance_id=stance.pk), by=actor, about=stance.proposal)
    return stance


@transaction.atomic
def record_dissent(*, actor: Actor, proposal: Proposal) -> Dissent:
    """Put the doubt of one's organization, which stood aside, on record beside an adopted decision.

    Who: the representative or alternate of that organization (`policies.record_dissent`).
    Refuses: a proposal that was not adopted, or a dissent that is on record already (`NotNow`); an organization that
        was for it or took no stance (`NotEligible`).
    Tells: `DissentRecorded`.
    """
    require(actor, policies.record_dissent, proposal)
    proposal = locked(proposal)
    if not proposal.is_adopted:
        raise NotNow
    stance = Stance.objects.filter(proposal=proposal, organization_id=actor.organization_id, replaced_at=None).first()
    if stance is None or not stance.is_doubt:
        raise NotEligible(_("Only an organization that did not support the decision can put dissent on record."))
    if Dissent.objects.filter(stance=stance).exists():
        raise NotNow(_("Your dissent is on record already."))
    dissent = write_dissent(proposal, stance)
    record(DissentRecorded(proposal_id=proposal.pk, dissent_id=dissent.pk), by=actor, about=dissent)
    return dissent


@transaction.atomic
def answer_dissent(*, actor: Actor, dissent: Dissent, reply: str, look_again_on: date | None = None) -> Dissent:
    """Answer a dissent, and say when it is looked at again.

    Who: whoever put the proposal forward, facilitators, coordinators (`policies.answer_doubt`).
    Refuses: a dissent that was looked at again already (`NotNow`); an answer without words (`NothingToSay`).
    Tells: `DoubtAnswered`.
    """
    require(actor, policies.answer_doubt, dissent.proposal)
    dissent = _step(dissent, "answered")
    _write_reply(actor, dissent.stance, reply, look_again_on)
    dissent.save(update_fields=["state"])
    record(DoubtAnswered(proposal_id=dissent.proposal_id, stance_id=dissent.stance_id), by=actor, about=dissent)
    return dissent


@transaction.atomic
def review_dissent(*, actor: Actor, dissent: Dissent, note: str) -> Dissent:
    """Say what was found when a dissent was looked at again.

    Who: facilitators and coordinators (`policies.review_dissent`).
    Refuses: a dissent without an answer (`NotNow`); a finding without words (`NothingToSay`).
    Tells: `DissentReviewed`.
    """
    require(actor, policies.review_dissent, dissent)
    dissent = _step(dissent, "reviewed")
    if not note.strip():
        raise NothingToSay
    dissent.review_note, dissent.reviewed_at = note.strip(), now()
    dissent.save(update_fields=["state", "review_note", "reviewed_at"])
    record(DissentReviewed(proposal_id=dissent.proposal_id, dissent_id=dissent.pk), by=actor, about=dissent)
    return dissent


def _step(dissent: Dissent, state: str) -> Dissent:
    dissent = (
        Dissent.objects.select_for_update(of=("self",), no_key=True)
        .select_related("stance", "proposal")
        .get(pk=dissent.pk)
    )
    try:
        check_step(DISSENT_STEPS, dissent.state, state)
    except NoSuchStep:
        raise NotNow(_("This dissent is %(state)s.") % {"state": dissent.get_state_display()}) from None
    dissent.state = state
    return dissent


def _write_reply(actor: Actor, stance: Stance, reply: str, look_again_on: date | None) -> None:
    if not reply.strip():
        raise NothingToSay
    stance.reply, stance.look_again_on = reply.strip(), look_again_on
    stance.replied_by_id, stance.replied_at = actor.seat_id, now()
    stance.save(update_fields=["reply", "look_again_on", "replied_by", "replied_at"])
