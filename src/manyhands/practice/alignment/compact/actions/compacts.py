"""A version of the values or the ground rules: written together, put to the members, brought into force."""

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions.steps import WrongStep
from ...models import Compact, CompactPoint, Ratification
from .. import queries, rules
from ..events import CompactAsked, CompactBegun, CompactInForce, CompactLeft, PointProposed, PointWithdrawn

__all__ = [
    "BeingMade",
    "NotCarried",
    "NothingToAsk",
    "StandsAlready",
    "TooManyPoints",
    "WrongStep",
    "adopt_compact",
    "ask_members",
    "begin_compact",
    "leave_compact",
    "propose_point",
    "withdraw_point",
]


class BeingMade(Exception):
    """Another version of this kind is being written or asked already."""


class TooManyPoints(Exception):
    """There are as many values or ground rules as anyone can keep in mind."""


class StandsAlready(Exception):
    """The very same sentence stands there already."""


class NothingToAsk(Exception):
    """There is no value or ground rule in this version yet."""


class NotCarried(Exception):
    """Some points have not been carried: ``points`` says which."""

    def __init__(self, points: list[CompactPoint]) -> None:
        super().__init__(points)
        self.points = points


@transaction.atomic
def begin_compact(*, actor: Actor, kind: str) -> Compact:
    """Begin a new version. It starts from the one in force; the first values start from those of the founding.

    Who: coordinators and facilitators (`policies.write_compact`).
    Refuses: while another version of the kind is being made (`BeingMade`).
    Tells: `CompactBegun`.
    """
    require(actor, policies.write_compact)
    coalition = Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id)  # two at once make one
    versions = Compact.objects.filter(kind=kind)
    if versions.filter(state__in=[Compact.State.DRAFT, Compact.State.ASKED]).exists():
        raise BeingMade(kind)
    latest = versions.order_by("-number").first()
    compact = Compact.objects.create(
        kind=Compact.Kind(kind), number=(latest.number if latest else 0) + 1, begun_by_id=actor.seat_id
    )
    CompactPoint.objects.bulk_create(
        CompactPoint(compact=compact, position=at, text=text)
        for at, text in enumerate(_first_words(compact, latest, coalition))
    )
    record(CompactBegun(compact_id=compact.pk), by=actor, about=compact)
    return compact


@transaction.atomic
def propose_point(*, actor: Actor, compact: Compact, text: str) -> CompactPoint:
    """Propose a value or a ground rule for the version that is being written.

    Who: any seat but an observer's or a guest's (`policies.propose_point`).
    Refuses: a version that members were asked about already (`WrongStep`); more than can be kept in mind
        (`TooManyPoints`); a sentence that stands there (`StandsAlready`).
    Tells: `PointProposed`.
    """
    require(actor, policies.propose_point, compact)
    compact = _locked(compact, Compact.State.DRAFT)
    there = list(CompactPoint.objects.filter(compact=compact).values_list("text", flat=True))
    if len(there) >= rules.MOST_POINTS:
        raise TooManyPoints(compact)
    if rules.same_words(text, there):
        raise StandsAlready(text)
    last = CompactPoint.objects.filter(compact=compact).order_by("-position").first()
    point = CompactPoint.objects.create(
        compact=compact,
        text=text,
        position=last.position + 1 if last else 0,
        proposed_by_id=actor.organization_id,
    )
    record(PointProposed(compact_id=compact.pk), by=actor, about=compact)
    return point


@transaction.atomic
def withdraw_point(*, actor: Actor, point: CompactPoint) -> None:
    """Take a value or ground rule out of the version that is being written.

    Who: whoever's organization proposed it, coordinators and facilitators (`policies.withdraw_point`).
    Refuses: a version that members were asked about already (`WrongStep`).
    Tells: `PointWithdrawn`.
    """
    require(actor, policies.withdraw_point, point)
    compact = _locked(point.compact, Compact.State.DRAFT)
    CompactPoint.objects.filter(pk=point.pk).delete()
    record(PointWithdrawn(compact_id=compact.pk), by=actor, about=compact)


@transaction.atomic
def ask_members(*, actor: Actor, compact: Compact) -> Compact:
    """Put a version to the members. Its words never change again.

    What an organization said to the same words in the version in force still holds, under its old date.

    Who: coordinators and facilitators (`policies.write_compact`).
    Refuses: a version that is not being written (`WrongStep`); one without a point (`NothingToAsk`).
    Tells: `CompactAsked`.
    """
    require(actor, policies.write_compact, compact)
    compact = _locked(compact, Compact.State.DRAFT)
    points = list(CompactPoint.objects.filter(compact=compact))
    if not points:
        raise NothingToAsk(compact)
    compact.state, compact.asked_at = Compact.State.ASKED, now()
    compact.save(update_fields=["state", "asked_at"])
    _carry_over(compact, points)
    record(CompactAsked(compact_id=compact.pk), by=actor, about=compact)
    return compact


@transaction.atomic
def adopt_compact(*, actor: Actor, compact: Compact) -> Compact:
    """Bring a version into force, in place of the one before. Values in force also stand on the open page.

    Who: coordinators and facilitators (`policies.write_compact`).
    Refuses: a version that members were not asked about (`WrongStep`); one with a point on which fewer than half of
        the members have spoken, or that not more of them stand behind than contest (`NotCarried`).
    Tells: `CompactInForce`.
    """
    require(actor, policies.write_compact, compact)
    compact = _locked(compact, Compact.State.ASKED)
    heard = queries.heard(compact)
    missing = [point for point in heard if not heard[point].is_carried]
    if missing:
        raise NotCarried(missing)
    before = Compact.objects.filter(kind=compact.kind, state=Compact.State.IN_FORCE)
    before.update(state=Compact.State.SUPERSEDED, superseded_at=now())
    compact.state, compact.adopted_at = Compact.State.IN_FORCE, now()
    compact.save(update_fields=["state", "adopted_at"])
    if compact.kind == Compact.Kind.VALUES:
        Coalition.objects.filter(pk=actor.coalition_id).update(values="\n".join(point.text for point in heard))
    record(CompactInForce(compact_id=compact.pk), by=actor, about=compact)
    return compact


@transaction.atomic
def leave_compact(*, actor: Actor, compact: Compact) -> Compact:
    """Give up a version before it comes into force, to begin another. What was said to it can still be read.

    Who: coordinators and facilitators (`policies.write_compact`).
    Refuses: a version in force or replaced (`WrongStep`).
    Tells: `CompactLeft`.
    """
    require(actor, policies.write_compact, compact)
    compact = _locked(compact, Compact.State.DRAFT, Compact.State.ASKED)
    compact.state, compact.superseded_at = Compact.State.SUPERSEDED, now()
    compact.save(update_fields=["state", "superseded_at"])
    record(CompactLeft(compact_id=compact.pk), by=actor, about=compact)
    return compact


def _locked(compact: Compact, *states: str) -> Compact:
    """The version, locked, if it is where the deed begins."""
    locked = Compact.objects.select_for_update(no_key=True).get(pk=compact.pk)
    if locked.state not in states:
        raise WrongStep(f"This version is {locked.state}.")
    return locked


def _first_words(compact: Compact, latest: Compact | None, coalition: Coalition) -> list[str]:
    """What a new version begins with: the last one's words, or the values written down at the founding."""
    if latest is not None:
        in_force = Compact.objects.filter(kind=compact.kind, state=Compact.State.IN_FORCE).first()
        return list(CompactPoint.objects.filter(compact=in_force or latest).values_list("text", flat=True))
    lines = coalition.values.splitlines() if compact.kind == Compact.Kind.VALUES else []
    return [line.strip()[: rules.LONGEST_POINT] for line in lines if line.strip()][: rules.MOST_POINTS]


def _carry_over(compact: Compact, points: list[CompactPoint]) -> None:
    """What members said to the very same words in the version in force."""
    by_words = {point.text: point for point in points}
    said = Ratification.objects.filter(
        point__compact__kind=compact.kind, point__compact__state=Compact.State.IN_FORCE, point__text__in=list(by_words)
    )
    Ratification.objects.bulk_create(
        Ratification(
            point=by_words[each.point.text],
            organization=each.organization,
            seat=each.seat,
            choice=each.choice,
            reason=each.reason,
            said_at=each.said_at,
        )
        for each in said.select_related("point", "organization", "seat")
    )
