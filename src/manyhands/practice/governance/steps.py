"""What several deeds do on their way: hold a proposal, let its goal follow, number a dissent."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.timezone import now

from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.coalitions.rules import check_step

from .models import Dissent, GoalSponsor, Proposal, SharedGoal, Stance
from .rules import GOAL_STEPS, LEAST_SPONSORS

#: How long the decide phase lasts when nobody says otherwise.
USUAL_DAYS = 7


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now, held until the transaction ends."""
    return (
        Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("rule", "goal").get(pk=proposal.pk)
    )


def held_goal(goal_id: int) -> SharedGoal:
    """A goal as it is now, held until the transaction ends; after its proposal, where both are held."""
    return SharedGoal.objects.select_for_update(no_key=True).get(pk=goal_id)


def has_enough_sponsors(goal_id: int) -> bool:
    """Whether enough active members stand for a goal."""
    active = GoalSponsor.objects.filter(goal=goal_id, organization__membership__state="active")
    return active.count() >= LEAST_SPONSORS


def move_goal(proposal: Proposal, state: str) -> None:
    """Let the goal follow its proposal."""
    if proposal.goal_id is None:
        return
    proposal.goal = goal = held_goal(proposal.goal_id)
    if goal.state == state:
        return
    check_step(GOAL_STEPS, goal.state, state)
    goal.state = state
    if state == "adopted":
        goal.adopted_at = now()
    elif state == "retired":
        goal.finished_at = now()
    goal.save()


def earliest_closing(proposal: Proposal) -> datetime:
    """A week from now, or as long as the notice takes if that is longer."""
    return max(now() + timedelta(days=USUAL_DAYS), notice_ends(proposal))


def notice_ends(proposal: Proposal) -> datetime:
    """The moment from which the proposal may be closed, as its rule asks."""
    if proposal.rule is None or proposal.opened_at is None:
        return now()
    return proposal.opened_at + timedelta(days=proposal.rule.notice_days)


def write_dissent(proposal: Proposal, stance: Stance) -> Dissent:
    """Keep a stance as dissent; a doubt that was answered before the decision is an answered dissent."""
    # Numbers are given out one at a time.
    Coalition.objects.select_for_update(no_key=True).get(pk=proposal.coalition_id)
    last = Dissent.objects.aggregate(last=Max("number"))["last"] or 0
    return Dissent.objects.create(
        number=last + 1,
        stance=stance,
        proposal=proposal,
        organization_id=stance.organization_id,
        state=Dissent.State.ANSWERED if stance.reply else Dissent.State.RECORDED,
    )
