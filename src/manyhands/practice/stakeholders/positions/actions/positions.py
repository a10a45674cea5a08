"""Writing down where an actor stands on an issue."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import Issue, Position, Stakeholder
from .. import rules, words
from ..events import PositionTakenBack, PositionWritten
from ..tasks import ask_anew


@transaction.atomic
def write_position(
    *, actor: Actor, stakeholder: Stakeholder, issue: Issue, wedge: str, strength: int, source: str, on: date
) -> Position:
    """Write down where an actor stands on an issue. It replaces the earlier position, which is kept.

    One that is dated before the newest goes into the history and replaces nothing.

    Who: everyone who works here (`policies.write_position`).
    Refuses: no source, a day to come, a strength that does not fit the wedge, a position against us that is too old to
    count, a closed issue, and an actor that is off the list (`Refused`).
    Tells: `PositionWritten`.
    """
    require(actor, policies.write_position, stakeholder)
    _check(wedge, strength, source, on)
    ally = _locked(stakeholder)
    if rules.age(wedge, on, localdate(), kind=ally.kind) is rules.Age.EXPIRED:
        raise Refused(words.too_old(ally.kind) + " " + _("Find out where they stand today."))
    if Issue.objects.filter(pk=issue.pk, closed_at=None).first() is None:
        raise Refused(_("This issue is closed. Open it again to write about it."))
    at = now()
    current = Position.objects.filter(stakeholder=ally, issue=issue, replaced_at=None).first()
    is_newest = current is None or on >= current.on
    if current is not None and is_newest:
        Position.objects.filter(pk=current.pk).update(replaced_at=at)
    position = Position(
        stakeholder=ally,
        issue=issue,
        wedge=wedge,
        strength=strength,
        source=source.strip(),
        on=on,
        by_seat_id=actor.seat_id,
        written_at=at,
        replaced_at=None if is_newest else at,
    )
    position.save()
    record(PositionWritten(stakeholder_id=ally.pk, issue_id=issue.pk), by=actor, about=position)
    ask_anew()
    return position


@transaction.atomic
def take_back_position(*, actor: Actor, position: Position) -> Position:
    """Take back a position that was written by mistake; the one before it stands again. Both are kept.

    Who: everyone who works here (`policies.write_position`).
    Refuses: nothing; taking back twice is taking back once.
    Tells: `PositionTakenBack`.
    """
    require(actor, policies.write_position, position)
    ally = Stakeholder.with_removed.select_for_update(no_key=True).get(pk=position.stakeholder_id)
    position = Position.objects.select_related("issue").get(pk=position.pk)
    if position.taken_back_at is not None:
        return position
    stood, at = position.replaced_at is None, now()
    Position.objects.filter(pk=position.pk).update(taken_back_at=at, replaced_at=position.replaced_at or at)
    if stood:
        others = Position.objects.filter(stakeholder=ally, issue=position.issue, taken_back_at=None)
        before = others.order_by("-on", "-pk").first()
        if before is not None:
            Position.objects.filter(pk=before.pk).update(replaced_at=None)
    record(PositionTakenBack(stakeholder_id=ally.pk, issue_id=position.issue_id), by=actor, about=position)
    ask_anew()
    position.refresh_from_db()
    return position


def _check(wedge: str, strength: int, source: str, on: date) -> None:
    if wedge not in rules.SPECTRUM:
        raise Refused(_("Choose one of the five wedges, from active ally to against."))
    try:
        rules.check_strength(wedge, strength)
    except rules.Inconsistent as problem:
        raise Refused(_("The strength does not fit where they stand: %(why)s") % {"why": problem}) from problem
    if not source.strip():
        raise Refused(_("Say how we know: a statement, a vote, a letter, a talk."))
    if on > localdate():
        raise Refused(_("This day is still to come. Write the day on which they said or did it."))


def _locked(stakeholder: Stakeholder) -> Stakeholder:
    ally: Stakeholder | None = Stakeholder.objects.select_for_update(no_key=True).filter(pk=stakeholder.pk).first()
    if ally is None:
        raise Refused(_("They are off the list of allies. Put them back first."))
    return ally
