"""Putting a proposal forward, changing its words, and taking it from phase to phase."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Coalition, Membership
from manyhands.foundation.coalitions.rules import NoSuchStep, check_step
from manyhands.foundation.ledger.spine import record
from manyhands.practice.governance import policies, queries
from manyhands.practice.governance.events import (
    PhaseOpened,
    ProposalPutForward,
    ProposalTextChanged,
    ProposalWithdrawn,
)
from manyhands.practice.governance.models import (
    DecisionKind,
    Eligibility,
    Proposal,
    ProposalVersion,
    SharedGoal,
)
from manyhands.practice.governance.rules import PROPOSAL_STEPS
from manyhands.practice.governance.steps import earliest_closing, locked, move_goal, notice_ends

from .goals import _check_goal
from .refusals import ChangedMeanwhile, NoNotice, NotNow
from .rule_setting import ensure_rules


@transaction.atomic
def put_forward_proposal(
    *,
    actor: Actor,
    title: str,
    text: str,
    summary: str = "",
    kind: str = DecisionKind.ORDINARY,
    serves_goal: SharedGoal | None = None,
    review_on: date | None = None,
    source: str = "",
    quote: str = "",
) -> Proposal:
    """Write a proposal down as a draft. One of kind "goal" brings its shared goal with it, as proposed.

    Who: representatives, alternates, coordinators and facilitators (`policies.put_forward_proposal`).
    Refuses: a kind that does not exist (`ValueError`); a goal of another coalition (`PermissionDenied`).
    Tells: `ProposalPutForward`.
    """
    require(actor, policies.put_forward_proposal, serves_goal)
    kind = DecisionKind(kind)
    Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id)  # numbers are given out one at a time
    last = Proposal.objects.aggregate(last=Max("number"))["last"] or 0
    words = {"title": title, "summary": summary, "source": source, "quote": quote[:400]}
    goal = SharedGoal.objects.create(**words) if kind == DecisionKind.GOAL else None
    proposal = Proposal.objects.create(
        number=last + 1,
        kind=kind,
        text=text,
        serves_goal=serves_goal,
        review_on=review_on,
        goal=goal,
        put_forward_by_id=actor.seat_id,
        **words,
    )
    _keep_version(actor, proposal, 1)
    record(ProposalPutForward(proposal_id=proposal.pk, about_kind=kind.value, source=source), by=actor, about=proposal)
    return proposal


@transaction.atomic
def change_text(
    *,
    actor: Actor,
    proposal: Proposal,
    title: str,
    text: str,
    summary: str = "",
    because: str = "",
    review_on: date | None = None,
    after_version: int | None = None,
) -> Proposal:
    """Give a proposal new words; the old ones are kept as a version.

    Who: whoever put it forward, and facilitators (`policies.change_text`).
    Refuses: once it is put to the decision (`NotNow`); a version newer than `after_version` (`ChangedMeanwhile`).
    Tells: `ProposalTextChanged`; no one when nothing was changed.
    """
    require(actor, policies.change_text, proposal)
    proposal = locked(proposal)
    if proposal.state not in {"draft", "clarify", "react"}:
        raise NotNow(_("The text stays as it is once a proposal is put to the decision."))
    latest = proposal.versions.aggregate(last=Max("number"))["last"]
    if after_version is not None and after_version != latest:
        raise ChangedMeanwhile
    if (proposal.title, proposal.summary, proposal.text, proposal.review_on) == (title, summary, text, review_on):
        return proposal
    proposal.title, proposal.summary, proposal.text, proposal.review_on = title, summary, text, review_on
    proposal.save(update_fields=["title", "summary", "text", "review_on"])
    if proposal.goal is not None:
        proposal.goal.title, proposal.goal.summary = title, summary
        proposal.goal.save(update_fields=["title", "summary"])
    _keep_version(actor, proposal, latest + 1, because)
    record(ProposalTextChanged(proposal_id=proposal.pk, version=latest + 1), by=actor, about=proposal)
    return proposal


@transaction.atomic
def advance_proposal(*, actor: Actor, proposal: Proposal, to: str, closes_at: datetime | None = None) -> Proposal:
    """Open the next phase. Leaving the draft freezes the rule in force; entering "decide" freezes who may decide.

    Who: whoever put it forward, facilitators, coordinators (`policies.advance_proposal`).
    Refuses: any phase but the next (`NotNow`); a closing day before the notice that the rule asks for (`NoNotice`);
        deciding on a goal while an active member was not asked (`NotEveryoneAsked`) or fewer than two stand for it
        (`TooFewStand`).
    Tells: `PhaseOpened`.
    """
    require(actor, policies.advance_proposal, proposal)
    proposal = locked(proposal)
    if to not in {"clarify", "react", "decide"}:
        raise NotNow
    _step(proposal, to)
    eligible = 0
    if to == "clarify":
        ensure_rules(actor=actor)
        proposal.rule, proposal.opened_at = queries.rule_in_force(proposal.kind), now()
    elif to == "react":
        proposal.react_at = now()
    else:
        _check_goal(proposal)
        proposal.decide_at = now()
        proposal.closes_at = closes_at or earliest_closing(proposal)
        _check_notice(proposal)
        eligible = _freeze_eligibility(proposal)
        move_goal(proposal, "endorsed")
    proposal.save()
    record(PhaseOpened(proposal_id=proposal.pk, phase=to, eligible=eligible), by=actor, about=proposal)
    return proposal


@transaction.atomic
def withdraw_proposal(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Take a proposal back before it is decided; everything that was said stays readable.

    Who: whoever put it forward, and coordinators (`policies.withdraw_proposal`).
    Refuses: one that is decided or withdrawn already (`NotNow`).
    Tells: `ProposalWithdrawn`.
    """
    require(actor, policies.withdraw_proposal, proposal)
    proposal = locked(proposal)
    _step(proposal, "withdrawn")
    move_goal(proposal, "retired")
    proposal.save(update_fields=["state"])
    record(ProposalWithdrawn(proposal_id=proposal.pk), by=actor, about=proposal)
    return proposal


def _check_notice(proposal: Proposal) -> None:
    if proposal.closing <= now():
        raise NoNotice(_("The closing day must lie ahead."))
    if proposal.closing < notice_ends(proposal):
        days = proposal.rule.notice_days if proposal.rule else 0
        raise NoNotice(_("Our rule gives members %(days)d days of notice before a proposal closes.") % {"days": days})


def _step(proposal: Proposal, state: str) -> None:
    try:
        check_step(PROPOSAL_STEPS, proposal.state, state)
    except NoSuchStep:
        raise NotNow from None
    proposal.state = state


def _freeze_eligibility(proposal: Proposal) -> int:
    members = Membership.objects.filter(state="active", votes__gt=0).select_related("organization")
    apart = queries.organizations_apart(proposal.goal_id or proposal.serves_goal_id)
    members = members.exclude(organization__in=apart)
    rows = [Eligibility(proposal=proposal, organization=m.organization, votes=m.votes) for m in members]
    Eligibility.objects.bulk_create(rows)
    return len(rows)


def _keep_version(actor: Actor, proposal: Proposal, number: int, because: str = "") -> None:
    ProposalVersion.objects.create(
        proposal=proposal,
        number=number,
        title=proposal.title,
        summary=proposal.summary,
        text=proposal.text,
        because=because,
        written_by_id=actor.seat_id,
    )
