"""What comes first, how soon it shows, and whom it serves."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ..events import PriorityChosen, PriorityNominated, PriorityStandTaken
from ..goals import goals
from ..models import Horizon, Priority, PriorityStand
from .refusals import Refused


@transaction.atomic
def nominate_priority(*, actor: Actor, title: str, horizon: str, why: str = "", goal_id: int | None = None) -> Priority:
    """Ask that something be done before other things, and say how soon it would show.

    Who: those who speak for a member (`policies.nominate_priority`).
    Refuses: no words, a horizon or a goal there is not, the same words as another that is not reached (`Refused`).
    Tells: `PriorityNominated`.
    """
    require(actor, policies.nominate_priority)
    if not title.strip():
        raise Refused(_("There are no words yet. A few are enough."))
    if horizon not in Horizon.values:
        raise Refused(_("Choose one of what is offered."))
    if goal_id is not None and goal_id not in goals(actor):
        raise Refused(_("One of these goals is no longer ours. Look at the list again."))
    if Priority.objects.filter(title__iexact=title.strip()).exclude(state=Priority.State.REACHED).exists():
        raise Refused(_("This stands in the list already. Say there whether it serves you."))
    priority = Priority.objects.create(
        title=title.strip(), why=why.strip(), horizon=horizon, goal_id=goal_id, nominated_by_id=actor.seat_id
    )
    record(PriorityNominated(priority_id=priority.pk), by=actor, about=priority)
    return priority


@transaction.atomic
def stand_on_priority(
    *, actor: Actor, priority: Priority, side: str, strength: int = 2, why: str = ""
) -> PriorityStand | None:
    """Say whether a priority serves one's organization or gets in its way, and how much; empty takes that back.

    Who: those who speak for a member (`policies.nominate_priority`).
    Refuses: a side or strength there is not (`Refused`).
    Tells: `PriorityStandTaken`.
    """
    require(actor, policies.nominate_priority, priority)
    if side and (side not in PriorityStand.Side.values or strength not in (1, 2, 3)):
        raise Refused(_("Choose one of what is offered."))
    own = {"priority": priority, "organization_id": actor.organization_id}
    stand = None
    if side:
        said = {"side": side, "strength": strength, "why": why.strip(), "by_seat_id": actor.seat_id, "taken_at": now()}
        stand, _new = PriorityStand.objects.update_or_create(**own, defaults=said)
    else:
        PriorityStand.objects.filter(**own).delete()
    organization_id = actor.organization_id or 0
    record(PriorityStandTaken(priority_id=priority.pk, organization_id=organization_id), by=actor, about=priority)
    return stand


@transaction.atomic
def choose_priority(*, actor: Actor, priority: Priority, state: str) -> Priority:
    """Say that a priority comes first, comes later, or was reached.

    Who: coordinators and facilitators (`policies.choose_priorities`).
    Refuses: a state there is not (`Refused`).
    Tells: `PriorityChosen`.
    """
    require(actor, policies.choose_priorities, priority)
    if state not in Priority.State.values:
        raise Refused(_("Choose one of what is offered."))
    priority = Priority.objects.select_for_update(no_key=True).get(pk=priority.pk)
    priority.state = state
    priority.save(update_fields=["state"])
    record(PriorityChosen(priority_id=priority.pk, state=state), by=actor, about=priority)
    return priority
