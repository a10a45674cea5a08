"""Pairs of members whose outcomes conflict: named, settled, opened again."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ..events import ConflictNamed, ConflictReopened, ConflictSettled
from ..models import OutcomeConflict, SuccessDefinition
from .refusals import ChangedMeanwhile, Refused


@transaction.atomic
def name_conflict(*, actor: Actor, one: SuccessDefinition, other: SuccessDefinition, about: str) -> OutcomeConflict:
    """Say that what two members must see gets in each other's way, and how.

    Who: those who speak for either, facilitators and coordinators (`policies.name_conflict`).
    Refuses: no words; two outcomes of one member; one that is not shared or was taken back; a pair that stands in the
    list already (`Refused`).
    Tells: `ConflictNamed`.
    """
    require(actor, policies.name_conflict, one, other)
    one, other = sorted((one, other), key=lambda each: each.pk)
    if one.organization_id == other.organization_id:
        raise Refused(_("Both are of one member. Choose what two members want."))
    if any(each.shared_at is None or each.withdrawn_at is not None for each in (one, other)):
        raise Refused(_("Only what is shared can be named here."))
    if not about.strip():
        raise Refused(_("Say in a sentence how they get in each other’s way."))
    conflict, is_new = OutcomeConflict.objects.get_or_create(
        one=one, other=other, defaults={"about": about.strip(), "named_by_id": actor.seat_id}
    )
    if not is_new:
        raise Refused(_("This pair is in the list already. If it was settled, open it again there."))
    record(ConflictNamed(**_ids(conflict)), by=actor, about=conflict)
    return conflict


@transaction.atomic
def settle_conflict(*, actor: Actor, conflict: OutcomeConflict, how: str) -> OutcomeConflict:
    """Say that both can get what they must see, and what made that possible.

    Who: those who speak for either, facilitators and coordinators (`policies.name_conflict`).
    Refuses: no words (`Refused`); a pair that is settled (`ChangedMeanwhile`).
    Tells: `ConflictSettled`.
    """
    require(actor, policies.name_conflict, conflict.one, conflict.other, conflict)
    conflict = _locked(conflict)
    if not conflict.is_open:
        raise ChangedMeanwhile(conflict.pk)
    if not how.strip():
        raise Refused(_("Say what brought them together, so that others can learn from it."))
    conflict.settled_at, conflict.how_settled = now(), how.strip()
    conflict.save(update_fields=["settled_at", "how_settled"])
    record(ConflictSettled(**_ids(conflict)), by=actor, about=conflict)
    return conflict


@transaction.atomic
def reopen_conflict(*, actor: Actor, conflict: OutcomeConflict) -> OutcomeConflict:
    """Say that it is not settled after all.

    Who: those who speak for either, facilitators and coordinators (`policies.name_conflict`).
    Refuses: a pair that is open (`ChangedMeanwhile`).
    Tells: `ConflictReopened`.
    """
    require(actor, policies.name_conflict, conflict.one, conflict.other, conflict)
    conflict = _locked(conflict)
    if conflict.is_open:
        raise ChangedMeanwhile(conflict.pk)
    conflict.settled_at = None
    conflict.save(update_fields=["settled_at"])
    record(ConflictReopened(**_ids(conflict)), by=actor, about=conflict)
    return conflict


def _locked(conflict: OutcomeConflict) -> OutcomeConflict:
    rows = OutcomeConflict.objects.select_for_update(of=("self",), no_key=True).select_related("one", "other")
    return rows.get(pk=conflict.pk)


def _ids(conflict: OutcomeConflict) -> dict[str, int]:
    return {
        "conflict_id": conflict.pk,
        "organization_id": conflict.one.organization_id,
        "other_organization_id": conflict.other.organization_id,
    }
