"""Contacts with allies: what was tried, what came of it, what comes next, and when not to ask."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ... import rules as room
from ...actions import Refused, _locked, _save
from ...events import AllyMoved
from ...models import Contact, Script, Stakeholder
from .. import rules
from ..events import ContactLogged, HeldBack, StepPlanned


@transaction.atomic
def log_contact(
    *,
    actor: Actor,
    stakeholder: Stakeholder,
    how: str = Contact.How.MAIL,
    outcome: str = Contact.Outcome.NO_ANSWER,
    on: date | None = None,
    text: str = "",
    script: Script | None = None,
    not_before: date | None = None,
) -> Contact:
    """Write down that somebody spoke with an ally or tried to. The stage moves along, step by step, where rules allow.

    ``not_before`` is the day until which "not now" asks us to wait; three months where nobody said.

    Who: everyone who works here (`policies.reach_out`).
    Refuses: a day to come; a day to wait for that has passed; a way or an outcome there is not (`Refused`).
    Tells: `ContactLogged`, and `AllyMoved` for each stage it went through.
    """
    require(actor, policies.reach_out, stakeholder, *([script] if script else []))
    on = on or localdate()
    if on > localdate():
        raise Refused(_("That day is still to come. Plan it as the next step instead."))
    if how not in Contact.How.values or outcome not in Contact.Outcome.values:
        raise Refused(_("Choose one of what is offered."))
    ally = _locked(stakeholder)
    contact = Contact.objects.create(
        stakeholder=ally, how=how, on=on, outcome=outcome, text=text.strip(), script=script, by_seat_id=actor.seat_id
    )
    if outcome == Contact.Outcome.NOT_NOW and ally.stage != "committed":
        ally.not_before = _day_to_come(not_before or localdate() + rules.PARKED_FOR)
        _save(ally)
    elif outcome == Contact.Outcome.INTERESTED and ally.not_before:
        ally.not_before = None
        _save(ally)
    _go_through(actor, ally, rules.steps_after(ally.stage, outcome))
    record(ContactLogged(stakeholder_id=ally.pk, outcome=outcome), by=actor, about=contact)
    return contact


@transaction.atomic
def move_on(*, actor: Actor, stakeholder: Stakeholder, stage: str) -> Stakeholder:
    """Move an ally to another stage of reaching out, as the board does. Who is parked comes back in three months,
    unless a later day is known.

    Who: everyone who works here (`policies.reach_out`).
    Refuses: a stage that cannot follow the one it is at (`Refused`).
    Tells: `AllyMoved`, unless it is there already.
    """
    require(actor, policies.reach_out, stakeholder)
    ally = _locked(stakeholder)
    if ally.stage == stage:
        return ally
    try:
        room.check_stage(ally.stage, stage)
    except room.NoSuchStage as problem:
        raise Refused(_("Reaching out goes step by step: %(why)s") % {"why": problem}) from problem
    if stage == "parked" and (ally.not_before is None or ally.not_before <= localdate()):
        ally.not_before = localdate() + rules.PARKED_FOR
    elif ally.stage == "parked":
        ally.not_before = None
    _go_through(actor, ally, (stage,))
    return ally


@transaction.atomic
def plan_step(
    *, actor: Actor, stakeholder: Stakeholder, next_step: str = "", next_step_on: date | None = None
) -> Stakeholder:
    """Plan what comes next with an ally, and by when. Without words there is no next step.

    Who: everyone who works here (`policies.reach_out`).
    Refuses: a day without a step (`Refused`).
    Tells: `StepPlanned`.
    """
    require(actor, policies.reach_out, stakeholder)
    ally, step = _locked(stakeholder), next_step.strip()
    if next_step_on and not step:
        raise Refused(_("Say what is to be done by then."))
    ally.next_step, ally.next_step_on = step, next_step_on
    _save(ally)
    record(StepPlanned(stakeholder_id=ally.pk, step_is_set=bool(step)), by=actor, about=ally)
    return ally


@transaction.atomic
def hold_back(
    *, actor: Actor, stakeholder: Stakeholder, not_before: date | None = None, never_because: str = ""
) -> Stakeholder:
    """Wait with an ally until a day, never ask it, or, with neither, lift both. Nobody is suggested meanwhile.

    Who: everyone who works here (`policies.reach_out`).
    Refuses: a day that has passed (`Refused`).
    Tells: `HeldBack`, and `AllyMoved` when the ally is parked, or comes back.
    """
    require(actor, policies.reach_out, stakeholder)
    ally = _locked(stakeholder)
    ally.not_before = _day_to_come(not_before) if not_before else None
    ally.never_because = never_because.strip()
    _save(ally)
    if ally.not_before and ally.stage not in {"committed", "parked"}:
        _go_through(actor, ally, ("parked",))
    elif ally.stage == "parked" and not ally.not_before and not ally.never_because:
        _go_through(actor, ally, ("prioritised",))
    state = "never" if ally.never_because else "until" if ally.not_before else "free"
    record(HeldBack(stakeholder_id=ally.pk, state=state), by=actor, about=ally)
    return ally


def _go_through(actor: Actor, ally: Stakeholder, stages: Iterable[str]) -> None:
    """Each stage in turn, each with a line in the book: none is skipped."""
    for stage in stages:
        before = ally.stage
        room.check_stage(before, stage)
        ally.stage = stage
        _save(ally)
        moved = AllyMoved(
            stakeholder_id=ally.pk,
            stage_before=before,
            stage_after=stage,
            stance_before=ally.stance,
            stance_after=ally.stance,
        )
        record(moved, by=actor, about=ally)


def _day_to_come(day: date) -> date:
    if day <= localdate():
        raise Refused(_("Choose a day that is still to come."))
    return day
