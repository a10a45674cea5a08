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
from manyhands.practice.governance.events import GoalFinished, GoalStoodFor, JoinedForGoals
from manyhands.practice.governance.models import GoalSponsor, NamedGoal, SharedGoal
from manyhands.practice.governance.queries import organizations_apart
from manyhands.practice.governance.rules import GOAL_STEPS

from .refusals import JoinedForOthers, NotNow


@transaction.atomic
def stand_for_goal(*, actor: Actor, goal: SharedGoal) -> GoalSponsor:
    """Let one's organization stand for a goal: it answers when someone asks how the goal is going.

    Who: the representative or alternate of an organization (`policies.stand_for_goal`).
    Refuses: a goal that is reached or retired (`NotNow`); one for which the organization did not join, where it
        joined for named goals only (`JoinedForOthers`).
    Tells: `GoalStoodFor`; no one when the organization stands for it already.
    """
    require(actor, policies.stand_for_goal, goal)
    goal = _locked(goal)
    if goal.state in {"reached", "retired"}:
        raise NotNow
    if actor.organization_id in organizations_apart(goal.pk):
        raise JoinedForOthers
    sponsor, is_new = GoalSponsor.objects.get_or_create(
        goal=goal, organization_id=actor.organization_id, defaults={"seat_id": actor.seat_id}
    )
    if is_new:
        fact = GoalStoodFor(goal_id=goal.pk, organization_id=sponsor.organization_id, stands=True)
        record(fact, by=actor, about=goal)
    return sponsor


@transaction.atomic
def step_back_from_goal(*, actor: Actor, goal: SharedGoal) -> None:
    """Let one's organization no longer stand for a goal.

    Who: the representative or alternate of that organization (`policies.stand_for_goal`).
    Refuses: nothing; an organization that does not stand for it stays so.
    Tells: `GoalStoodFor`.
    """
    require(actor, policies.stand_for_goal, goal)
    goal = _locked(goal)
    gone, _kinds = GoalSponsor.objects.filter(goal=goal, organization_id=actor.organization_id).delete()
    if gone:
        fact = GoalStoodFor(goal_id=goal.pk, organization_id=actor.organization_id or 0, stands=False)
        record(fact, by=actor, about=goal)


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
    goal = _locked(goal)
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


def _locked(goal: SharedGoal) -> SharedGoal:
    return SharedGoal.objects.select_for_update(no_key=True).get(pk=goal.pk)
