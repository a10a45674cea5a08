"""Rating who has a say over whom, and whose claim is strong, rightful or urgent. One's own rating replaces itself."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import Claim, Stakeholder, Sway
from .. import rules
from ..events import ClaimRated, ClaimWithdrawn, SwayRated, SwayWithdrawn
from ..tasks import ask_anew


@transaction.atomic
def rate_sway(*, actor: Actor, one: Stakeholder, other: Stakeholder, level: int, basis: str) -> Sway:
    """Say how much one actor can make another do, 0 to 4, and what that rests on.

    Who: everyone who works here, with a seat (`policies.rate_influence`).
    Refuses: an actor over itself, a level off the scale, no basis, an actor that is off the list (`Refused`).
    Tells: `SwayRated`.
    """
    require(actor, policies.rate_influence, one)
    (rated,) = _rate(actor, one, {other.pk: level}, basis)
    return rated


@transaction.atomic
def rate_sways(*, actor: Actor, one: Stakeholder, levels: Mapping[int, int], basis: str) -> list[Sway]:
    """The same for several others at once, by their ids: all of it, or nothing.

    Who: everyone who works here, with a seat (`policies.rate_influence`).
    Refuses: the same as `rate_sway`, and nothing rated (`Refused`).
    Tells: `SwayRated`.
    """
    require(actor, policies.rate_influence, one)
    return _rate(actor, one, levels, basis)


@transaction.atomic
def withdraw_sway(*, actor: Actor, sway: Sway) -> Sway:
    """Take back one's own rating of who has a say over whom; it is kept as history.

    Who: whoever rated (`policies.rate_influence`).
    Refuses: a rating of somebody else (`Refused`).
    Tells: `SwayWithdrawn`.
    """
    require(actor, policies.rate_influence, sway)
    _own(actor, sway)
    if Sway.objects.filter(pk=sway.pk, replaced_at=None).update(replaced_at=now()):
        record(SwayWithdrawn(stakeholder_id=sway.one_id), by=actor, about=sway)
        ask_anew()
    sway.refresh_from_db()
    return sway


@transaction.atomic
def rate_claim(
    *, actor: Actor, stakeholder: Stakeholder, has_power: bool, has_legitimacy: bool, has_urgency: bool, basis: str
) -> Claim:
    """Say whether an actor can make things happen, has a rightful say, and cannot wait; with what that rests on.

    Who: everyone who works here, with a seat (`policies.rate_influence`).
    Refuses: no basis, and an actor that is off the list (`Refused`).
    Tells: `ClaimRated`.
    """
    require(actor, policies.rate_influence, stakeholder)
    assert actor.seat_id is not None  # only seats hold the roles that rate
    _on_the_list([stakeholder.pk])
    at = now()
    Claim.objects.filter(stakeholder=stakeholder, rater_id=actor.seat_id, replaced_at=None).update(replaced_at=at)
    claim = Claim(stakeholder=stakeholder, rater_id=actor.seat_id, basis=_basis(basis), rated_at=at)
    claim.has_power, claim.has_legitimacy, claim.has_urgency = has_power, has_legitimacy, has_urgency
    claim.save()
    record(ClaimRated(stakeholder_id=stakeholder.pk), by=actor, about=claim)
    return claim


@transaction.atomic
def withdraw_claim(*, actor: Actor, claim: Claim) -> Claim:
    """Take back what one said of an actor's claim; it is kept as history.

    Who: whoever rated (`policies.rate_influence`).
    Refuses: a rating of somebody else (`Refused`).
    Tells: `ClaimWithdrawn`.
    """
    require(actor, policies.rate_influence, claim)
    _own(actor, claim)
    if Claim.objects.filter(pk=claim.pk, replaced_at=None).update(replaced_at=now()):
        record(ClaimWithdrawn(stakeholder_id=claim.stakeholder_id), by=actor, about=claim)
    claim.refresh_from_db()
    return claim


def _rate(actor: Actor, one: Stakeholder, levels: Mapping[int, int], basis: str) -> list[Sway]:
    assert actor.seat_id is not None  # only seats hold the roles that rate
    if not levels:
        raise Refused(_("Nothing is rated yet. Choose a number for at least one of them."))
    if one.pk in levels:
        raise Refused(_("Nobody is rated for the say they have over themselves."))
    if not all(0 <= level <= rules.STRONGEST for level in levels.values()):
        raise Refused(_("How much somebody can move another runs from 0 to 4."))
    ground, at = _basis(basis), now()
    _on_the_list([one.pk, *levels])
    mine = Sway.objects.filter(one=one, rater_id=actor.seat_id, replaced_at=None)
    mine.filter(other_id__in=list(levels)).update(replaced_at=at)
    rated = []
    for other_id, level in levels.items():
        sway = Sway(one=one, other_id=other_id, level=level, basis=ground, rater_id=actor.seat_id, rated_at=at)
        sway.save()
        rated.append(sway)
    record(SwayRated(stakeholder_id=one.pk, pairs=len(rated)), by=actor, about=one)
    ask_anew()
    return rated


def _on_the_list(ids: list[int]) -> None:
    """All of them; held in one order, so that two who rate at once do not wait for each other for ever."""
    held = (
        Stakeholder.objects.select_for_update(no_key=True)
        .filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if len(list(held)) != len(set(ids)):
        raise Refused(_("One of them is off the list of allies. Put them back first."))


def _basis(basis: str) -> str:
    if not basis.strip():
        raise Refused(_("Say what you base this on; others will ask."))
    return basis.strip()


def _own(actor: Actor, rating: Sway | Claim) -> None:
    if rating.rater_id != actor.seat_id:
        raise Refused(_("Only whoever rated can take a rating back."))
