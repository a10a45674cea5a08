"""Closing a proposal, and looking at a decision again."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.rules import NoSuchStep, check_step
from manyhands.foundation.ledger.spine import record
from manyhands.practice.governance import policies, queries
from manyhands.practice.governance.events import DecisionReviewed, GoalAdopted, ProposalDecided
from manyhands.practice.governance.models import Proposal, Stance
from manyhands.practice.governance.rules import DECISION_STEPS
from manyhands.practice.governance.steps import locked, move_goal, write_dissent
from manyhands.practice.governance.voices import heard_in

from .goals import _check_goal
from .refusals import NotNow, StancesMissing


@transaction.atomic
def close_proposal(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Count the stances under the rule and write the outcome into the decision register, dissent beside it.

    Who: facilitators, whoever put it forward, and the house on the closing day (`policies.close_proposal`).
    Refuses: a proposal that is not in its decide phase (`NotNow`); one whose closing day has not come, unless every
        eligible organization has a stance (`StancesMissing`); adopting a goal while an active member was not asked
        (`NotEveryoneAsked`) or fewer than two stand for it (`TooFewStand`).
    Tells: `ProposalDecided`, and `GoalAdopted` when that made a goal everybody's.
    """
    require(actor, policies.close_proposal, proposal)
    proposal = locked(proposal)
    if proposal.state != Proposal.State.DECIDE:
        raise NotNow
    stances = list(queries.current_stances(proposal))
    eligible = queries.votes_by_organization(proposal)
    if now() < proposal.closing and len(stances) < len(eligible):
        raise StancesMissing
    verdict = queries.verdict(proposal, stances, eligible)
    if verdict.outcome.is_adopted:
        _check_goal(proposal)
    proposal.state, proposal.decided_at = verdict.outcome.value, now()
    heard = heard_in(proposal)
    proposal.sectors_heard, proposal.is_single_perspective = heard.sectors, heard.is_single
    dissents = _record_dissents(proposal, stances) if verdict.outcome.is_adopted else 0
    if verdict.outcome.is_adopted:
        proposal.force = Proposal.Force.IN_FORCE
    move_goal(proposal, "adopted" if verdict.outcome.is_adopted else "retired")
    proposal.save()
    decided = ProposalDecided(
        proposal_id=proposal.pk,
        outcome=verdict.outcome.value,
        eligible=sum(eligible.values()),
        cast=verdict.cast,
        dissents=dissents,
    )
    record(decided, by=actor, about=proposal)
    if proposal.goal is not None and verdict.outcome.is_adopted:
        record(GoalAdopted(goal_id=proposal.goal.pk, proposal_id=proposal.pk), by=actor, about=proposal.goal)
    return proposal


@transaction.atomic
def review_decision(
    *, actor: Actor, proposal: Proposal, finding: str, note: str = "", next_review_on: date | None = None
) -> Proposal:
    """Say what came of looking at a decision again: reaffirmed, changed or repealed.

    Who: facilitators and coordinators (`policies.review_decision`).
    Refuses: a proposal that was not adopted, or was repealed (`NotNow`).
    Tells: `DecisionReviewed`.
    """
    require(actor, policies.review_decision, proposal)
    proposal = locked(proposal)
    try:
        check_step(DECISION_STEPS, proposal.force, finding)
    except NoSuchStep:
        raise NotNow from None
    proposal.force, proposal.review_note, proposal.reviewed_at = finding, note.strip(), now()
    proposal.review_on = next_review_on
    proposal.save(update_fields=["force", "review_note", "reviewed_at", "review_on"])
    record(DecisionReviewed(proposal_id=proposal.pk, finding=finding), by=actor, about=proposal)
    return proposal


def _record_dissents(proposal: Proposal, stances: list[Stance]) -> int:
    """Everyone against keeps their words beside the decision. Those aside may ask for it: `record_dissent`."""
    opposed = [s for s in stances if s.choice in {Stance.Choice.AGAINST, Stance.Choice.BLOCK}]
    for stance in opposed:
        write_dissent(proposal, stance)
    return len(opposed)
