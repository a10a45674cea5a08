"""What an organization says to each value and ground rule, and a person's yes to the ground rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...models import Compact, CompactAcceptance, CompactPoint, Ratification
from ..events import CompactAccepted, CompactSpoken


class NotAsked(Exception):
    """Members are not asked about this version: it is still being written, or it was replaced."""


@dataclass(frozen=True)
class Word:
    """What is said to one point."""

    point_id: int
    choice: str
    reason: str = ""


@transaction.atomic
def speak_to_compact(*, actor: Actor, compact: Compact, words: Sequence[Word]) -> int:
    """Say for one's own organization what it stands behind and what it contests, in place of what it said before.

    Who: representatives and alternates, for their own organization (`policies.ratify_compact`).
    Refuses: a version that is neither asked nor in force (`NotAsked`); contesting without a reason (`ValueError`).
    Tells: `CompactSpoken`, if anything is new.
    """
    require(actor, policies.ratify_compact, compact)
    compact = Compact.objects.select_for_update(no_key=True).get(pk=compact.pk)
    if compact.state not in {Compact.State.ASKED, Compact.State.IN_FORCE}:
        raise NotAsked(compact)
    organization = Organization.objects.get(pk=actor.organization_id)
    seat = Seat.objects.get(pk=actor.seat_id)
    points = CompactPoint.objects.filter(compact=compact).in_bulk()
    before = {
        said.point_id: (said.choice, said.reason)
        for said in Ratification.objects.filter(point__compact=compact, organization=organization)
    }
    new = [word for word in words if word.point_id in points and before.get(word.point_id) != _said(word)]
    if any(word.choice == Ratification.Choice.CONTESTS and not word.reason.strip() for word in new):
        raise ValueError("Who contests a point says why.")
    if not new:
        return 0
    Ratification.objects.bulk_create(
        [
            Ratification(
                point=points[word.point_id],
                organization=organization,
                seat=seat,
                choice=Ratification.Choice(word.choice),
                reason=_said(word)[1],
                said_at=now(),
            )
            for word in new
        ],
        update_conflicts=True,
        unique_fields=["point", "organization"],
        update_fields=["seat", "choice", "reason", "said_at"],
    )
    contests = sum(word.choice == Ratification.Choice.CONTESTS for word in new)
    event = CompactSpoken(
        compact_id=compact.pk, organization_id=organization.pk, ratifies=len(new) - contests, contests=contests
    )
    record(event, by=actor, about=compact)
    return len(new)


@transaction.atomic
def accept_compact(*, actor: Actor, compact: Compact) -> CompactAcceptance:
    """Say yes to the ground rules in force; asked once for each version, before the first contribution.

    Who: everyone with a seat (`policies.accept_compact`).
    Refuses: ground rules that are not in force (`NotAsked`).
    Tells: `CompactAccepted`, the first time.
    """
    require(actor, policies.accept_compact, compact)
    compact = Compact.objects.get(pk=compact.pk)
    if compact.state != Compact.State.IN_FORCE or compact.kind != Compact.Kind.BEHAVIOUR:
        raise NotAsked(compact)
    seat = Seat.objects.get(pk=actor.seat_id)
    accepted, is_new = CompactAcceptance.objects.get_or_create(compact=compact, seat=seat)
    if is_new:
        record(CompactAccepted(compact_id=compact.pk), by=actor, about=compact)
    return accepted


def _said(word: Word) -> tuple[str, str]:
    """A choice with its reason; who stands behind a point needs none."""
    return word.choice, word.reason.strip() if word.choice == Ratification.Choice.CONTESTS else ""
