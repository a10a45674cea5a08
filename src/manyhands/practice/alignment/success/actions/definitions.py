"""What a member does with its own definition of success."""

from collections.abc import Collection
from typing import cast

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ..events import (
    SuccessConfirmed,
    SuccessDefined,
    SuccessLinked,
    SuccessRewritten,
    SuccessShared,
    SuccessTakenBack,
)
from ..goals import goals
from ..models import Horizon, SuccessDefinition
from .refusals import ChangedMeanwhile, Refused


@transaction.atomic
def write_definition(
    *, actor: Actor, text: str, sign: str = "", horizon: str = Horizon.MEDIUM, is_shared: bool = False
) -> SuccessDefinition:
    """Write down one thing that one's organization must see to call this a success.

    Who: those who speak for a member (`policies.write_success`).
    Refuses: no words, or a horizon there is not (`Refused`).
    Tells: `SuccessDefined`, and `SuccessShared` if others may read it.
    """
    require(actor, policies.write_success)
    # The permission holds only for somebody who sits for a member.
    definition = SuccessDefinition(organization_id=cast(int, actor.organization_id), by_seat_id=actor.seat_id)
    _say(definition, text, sign, horizon)
    definition.save()
    record(SuccessDefined(**_ids(definition)), by=actor, about=definition)
    return _share(actor, definition) if is_shared else definition


@transaction.atomic
def change_definition(
    *, actor: Actor, definition: SuccessDefinition, text: str, sign: str = "", horizon: str, version: int
) -> SuccessDefinition:
    """Say anew what one's organization must see; ``version`` is the one that was read before.

    Who: those who speak for the same member (`policies.change_success`).
    Refuses: no words (`Refused`); a definition that was changed or taken back meanwhile (`ChangedMeanwhile`).
    Tells: `SuccessRewritten`.
    """
    require(actor, policies.change_success, definition)
    definition = _standing(definition)
    if definition.version != version:
        raise ChangedMeanwhile(definition.pk)
    _say(definition, text, sign, horizon)
    definition.version += 1
    definition.by_seat_id = actor.seat_id
    definition.said_on = definition.confirmed_on = localdate()
    definition.save()
    record(SuccessRewritten(**_ids(definition)), by=actor, about=definition)
    return definition


@transaction.atomic
def share_definition(*, actor: Actor, definition: SuccessDefinition) -> SuccessDefinition:
    """Let everyone with a seat read it; one that is shared stays so.

    Who: those who speak for the same member (`policies.change_success`).
    Refuses: a definition that was taken back (`ChangedMeanwhile`).
    Tells: `SuccessShared`.
    """
    require(actor, policies.change_success, definition)
    return _share(actor, _standing(definition))


@transaction.atomic
def take_back_definition(*, actor: Actor, definition: SuccessDefinition) -> SuccessDefinition:
    """Take it back; nobody reads it any more, and pairs it stood in are no longer listed.

    Who: those who speak for the same member (`policies.change_success`).
    Refuses: a definition that was taken back already (`ChangedMeanwhile`).
    Tells: `SuccessTakenBack`.
    """
    require(actor, policies.change_success, definition)
    definition = _standing(definition)
    definition.withdrawn_at = now()
    definition.save(update_fields=["withdrawn_at"])
    record(SuccessTakenBack(**_ids(definition)), by=actor, about=definition)
    return definition


@transaction.atomic
def link_definition(
    *,
    actor: Actor,
    definition: SuccessDefinition,
    goal_ids: Collection[int] = (),
    is_not_served: bool = False,
    why_not_served: str = "",
) -> SuccessDefinition:
    """Say which shared goals serve it, or that none does.

    Who: those who speak for the same member (`policies.change_success`).
    Refuses: goals that there are not; goals and "none" at once; neither (`Refused`); a definition that was taken back
    (`ChangedMeanwhile`).
    Tells: `SuccessLinked`.
    """
    require(actor, policies.change_success, definition)
    definition = _standing(definition)
    wanted = sorted(set(goal_ids))
    if wanted and is_not_served:
        raise Refused(_("Either a goal serves it, or none does. Choose one of the two."))
    if not wanted and not is_not_served:
        raise Refused(_("Choose a goal that serves it, or say that none does."))
    if not set(wanted) <= goals(actor).keys():
        raise Refused(_("One of these goals is no longer ours. Look at the list again."))
    definition.goal_ids, definition.is_not_served = wanted, is_not_served
    definition.why_not_served = why_not_served.strip() if is_not_served else ""
    definition.save(update_fields=["goal_ids", "is_not_served", "why_not_served"])
    record(SuccessLinked(goals=len(wanted), **_ids(definition)), by=actor, about=definition)
    return definition


@transaction.atomic
def confirm_definition(*, actor: Actor, definition: SuccessDefinition, progress: str = "") -> SuccessDefinition:
    """Say that this is still so, and what one sees of it by now. It is asked for again in a year.

    Who: those who speak for the same member (`policies.change_success`).
    Refuses: a progress there is not (`Refused`); a definition that was taken back (`ChangedMeanwhile`).
    Tells: `SuccessConfirmed`.
    """
    require(actor, policies.change_success, definition)
    definition = _standing(definition)
    if progress and progress not in SuccessDefinition.Progress.values:
        raise Refused(_("Choose one of what is offered."))
    definition.confirmed_on = localdate()
    definition.progress = progress or definition.progress
    definition.save(update_fields=["confirmed_on", "progress"])
    record(SuccessConfirmed(**_ids(definition)), by=actor, about=definition)
    return definition


def _say(definition: SuccessDefinition, text: str, sign: str, horizon: str) -> None:
    definition.text, definition.sign, definition.horizon = text.strip(), sign.strip(), horizon
    if not definition.text:
        raise Refused(_("There are no words yet. One sentence is enough."))
    if horizon not in Horizon.values:
        raise Refused(_("Choose one of what is offered."))


def _share(actor: Actor, definition: SuccessDefinition) -> SuccessDefinition:
    if definition.shared_at is None:
        definition.shared_at = now()
        definition.save(update_fields=["shared_at"])
        record(SuccessShared(**_ids(definition)), by=actor, about=definition)
    return definition


def _standing(definition: SuccessDefinition) -> SuccessDefinition:
    """The definition, locked, if it was not taken back."""
    found = SuccessDefinition.objects.select_for_update(no_key=True).filter(pk=definition.pk, withdrawn_at=None).first()
    if found is None:
        raise ChangedMeanwhile(definition.pk)
    return found


def _ids(definition: SuccessDefinition) -> dict[str, int]:
    return {"definition_id": definition.pk, "organization_id": definition.organization_id}
