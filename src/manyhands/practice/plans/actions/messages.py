"""Saying a goal so that it speaks to somebody's own reason to care."""

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.plans import policies
from manyhands.practice.plans.events import MessageFramed
from manyhands.practice.plans.models import GoalMessage
from manyhands.practice.stakeholders.models import ProfileEntry

from .refusals import NotNow


@transaction.atomic
def frame_message(*, actor: Actor, goal: SharedGoal, motive: ProfileEntry, text: str) -> GoalMessage:
    """Link an actor's own motive to a goal with words made for it; writing again replaces them.

    Who: everyone who works here and may read the motive (`policies.frame_message`).
    Refuses: no words, a motive that has been replaced, a goal that is over (`NotNow`).
    Tells: `MessageFramed`.
    """
    require(actor, policies.frame_message, motive)
    is_motive = motive.about == ProfileEntry.About.MOTIVE and motive.replaced_at is None
    if not text.strip() or not is_motive or goal.state != SharedGoal.State.ADOPTED:
        raise NotNow
    values = {"text": text.strip(), "written_by_id": actor.seat_id, "written_at": now()}
    found, _is_new = GoalMessage.objects.update_or_create(goal=goal, motive=motive, defaults=values)
    record(MessageFramed(goal_id=goal.pk, framing_id=found.pk), by=actor, about=goal)
    return found
