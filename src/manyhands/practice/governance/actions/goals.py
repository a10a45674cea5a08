"""Standing for a shared goal, joining for named goals only, and finishing one."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.coalitions.rules import NoSuchStep, check_step
from manyhands.foundation.ledger.spine import record
from manyhands.practice.governance import policies
from manyhands.practice.governance.asking import who_was_asked
from manyhands.practice.governance.events import GoalFinished, GoalStoodFor, JoinedForGoals
from manyhands.practice.governance.models import GoalSponsor, NamedGoal, Proposal, SharedGoal
from manyhands.practice.governance.queries import organizations_apart
from manyhands.practice.governance.rules import GOAL_STEPS
from manyhands.practice.governance.steps import has_enough_sponsors, held_goal

from .refusals import JoinedForOthers, NotEveryoneAsked, NotNow, TooFewStand


@transaction.atomic
def stand_for_goal(*, actor: Actor, goal: SharedGoal) -> GoalSponsor:
    """Let one's organization stand for a goal: it answers when someone asks how the goal is going.

    Two that stand for a proposed goal make it endorsed.

    Who: the representative or alternate of an organization (`policies.stand_for_goal`).
    Refuses: a goal that is reached or retired (`NotNow`); one for which the organization did not join, where it
        joined for named goals only (`JoinedForOthers`).
    Tells: `GoalStoodFor`; no one when the organization stands for it already.
    """
    require(actor, policies.stand_for_goal, goal)
    goal = held_goal(goal.pk)
    if goal.state in {"reached", "retired"}:
        raise NotNow
    if actor.organization_id in organizations_apart(goal.pk):
        raise JoinedForOthers
    sponsor, is_new = GoalSponsor.objects.get_or_create(
        goal=goal, organization_id=actor.organization_id, defaults={"seat_id": actor.seat_id}
    )
    if is_new:
        _stood_for(actor, goal, stands=True)
    return sponsor


@transaction.atomic
def step_back_from_goal(*, actor: Actor, goal: SharedGoal) -> None:
    """Let one's organization no longer stand for a goal.

    Who: the representative or alternate of that organization (`policies.stand_for_goal`).
    Refuses: leaving fewer than two while it is being decided (`TooFewStand`).
    Tells: `GoalStoodFor`; no one when the organization did not stand for it.
    """
    require(actor, policies.stand_for_goal, goal)
    goal = held_goal(goal.pk)
    gone, _kinds = GoalSponsor.objects.filter(goal=goal, organization_id=actor.organization_id).delete()
    if not gone:
        return
    if Proposal.objects.filter(goal=goal, state="decide").exists() and not has_enough_sponsors(goal.pk):
        raise TooFewStand(_("It is being decided, and too few would stand for it. Find another organization first."))
    _stood_for(actor, goal, stands=False)


@transaction.atomic
def join_for_goals(*, actor: Actor, organization: Organization, goals: Iterable[SharedGoal]) -> list[SharedGoal]:
    """Say for which goals only an organization is here; no goal means that it is here for all of them.

    Who: the organization itself, and coordinators (`policies.join_for_goals`).
    Refuses: a goal for which the organization stands being left out (`JoinedForOthers`).
    Tells: `JoinedForGoals`.
    """
    require(actor, policies.join_for_goals, organization)
    named = list(goals)
    stands = GoalSponsor.objects.filter(organization=organization).exclude(goal__state__in=["reached", "retired"])
    if named and stands.exclude(goal__in=named).exists():
        raise JoinedForOthers(_("It stands for a goal that is not among these; it steps back from that one first."))
    mine = NamedGoal.objects.filter(organization=organization)
    mine.exclude(goal__in=named).delete()
    before = set(mine.values_list("goal_id", flat=True))
    NamedGoal.objects.bulk_create(
        NamedGoal(organization=organization, goal=goal, named_by_id=actor.seat_id)
        for goal in named
        if goal.pk not in before
    )
    record(JoinedForGoals(organization_id=organization.pk, count=len(named)), by=actor, about=organization)
    return named


@transaction.atomic
def finish_goal(*, actor: Actor, goal: SharedGoal, state: str) -> SharedGoal:
    """Say that a goal is reached, or retire it.

    Who: coordinators (`policies.finish_goal`).
    Refuses: any other state, and a goal that was not adopted and cannot be reached (`NotNow`).
    Tells: `GoalFinished`.
    """
    require(actor, policies.finish_goal, goal)
    goal = held_goal(goal.pk)
    try:
        check_step(GOAL_STEPS, goal.state, state)
    except NoSuchStep:
        raise NotNow from None
    if state not in {"reached", "retired"} or goal.state != "adopted":
        raise NotNow
    goal.state, goal.finished_at = state, now()
    goal.save(update_fields=["state", "finished_at"])
    record(GoalFinished(goal_id=goal.pk, state=state), by=actor, about=goal)
    return goal


def _check_goal(proposal: Proposal) -> None:
    """Hold the goal of a proposal and refuse to go on with it while it is not everybody's to decide.

    Raises
    ------
    NotEveryoneAsked
        While an active member has not been asked in a round.
    TooFewStand
        While fewer than two organizations stand for it.
    """
    if proposal.goal_id is None:
        return
    proposal.goal = held_goal(proposal.goal_id)
    asking = who_was_asked()
    if asking is not None and asking.not_asked:
        raise NotEveryoneAsked(asking)
    if not has_enough_sponsors(proposal.goal_id):
        raise TooFewStand


def _stood_for(actor: Actor, goal: SharedGoal, *, stands: bool) -> None:
    """Write it down, and let a goal that is not decided yet be endorsed or no longer."""
    if goal.state in {"proposed", "endorsed"}:
        goal.state = "endorsed" if has_enough_sponsors(goal.pk) else "proposed"
        goal.save(update_fields=["state"])
    # Until it is adopted, a goal has no page but its proposal's.
    proposals = Proposal.objects.filter(goal=goal).exclude(goal__state__in=["adopted", "reached"])
    fact = GoalStoodFor(
        goal_id=goal.pk,
        organization_id=actor.organization_id or 0,
        stands=stands,
        proposal_id=proposals.values_list("pk", flat=True).first() or 0,
    )
    record(fact, by=actor, about=goal)
