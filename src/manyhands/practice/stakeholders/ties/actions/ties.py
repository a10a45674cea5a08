"""Writing a tie down, changing it, ending it, and what each side says of it."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import ChangedMeanwhile, Refused
from ...models import Stakeholder, Tie
from .. import drawing_up, rules
from ..events import TieChanged, TieEnded, TieRated, TieRestored, TieWritten
from ..queries import side_of

__all__ = [
    "ChangedMeanwhile",
    "Refused",
    "TieExists",
    "change_tie",
    "end_tie",
    "pass_on",
    "rate_tie",
    "restore_tie",
    "write_tie",
]


class TieExists(Refused):
    """The two are tied in this way already; ``tie`` is that tie."""

    def __init__(self, tie: Tie) -> None:
        super().__init__(_("These two are tied like that already. Change that tie instead."))
        self.tie = tie


@transaction.atomic
def write_tie(
    *,
    actor: Actor,
    one: Stakeholder,
    other: Stakeholder,
    kind: str = Tie.Kind.WORKS_WITH,
    level: int,
    source: str,
    seen_on: date | None = None,
    since: date | None = None,
) -> Tie:
    """Write down that two allies are tied: a claim, until both sides have said how close it is.

    Who writes of the own organization has thereby said its side.

    Who: everyone who works here; not observers and guests (`policies.write_tie`).
    Refuses: an ally tied to itself or taken off the list, a level outside 0 to 5, an unknown kind, no source, a day
    in the future (`Refused`), and a tie of this kind that is there already (`TieExists`).
    Tells: `TieWritten`.
    """
    require(actor, policies.write_tie, one, other)
    if kind not in Tie.Kind.values:
        raise Refused(_("There is no such kind of tie."))
    if one.pk == other.pk:
        raise Refused(_("Nobody is tied to themselves. Choose two different allies."))
    seen_on = seen_on or localdate()
    _check(level, source, seen_on, since)
    both = Stakeholder.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk")
    ends = {row.pk: row for row in both.select_for_update(no_key=True)}
    if len(ends) < 2:
        raise Refused(_("One of the two is no longer on the list of allies."))
    one_id, other_id = rules.in_order(one.pk, other.pk, kind)
    known = Tie.objects.filter(one_id=one_id, other_id=other_id, kind=kind, ended_on=None).first()
    if known is not None:
        raise TieExists(known)
    tie = Tie(one=ends[one_id], other=ends[other_id], kind=kind, level=level, source=source.strip())
    tie.seen_on, tie.since, tie.claimed_by_id = seen_on, since, actor.seat_id
    if (side := side_of(actor, tie)) is not None:
        _say(tie, side, level)
    tie.save()
    drawing_up.ask_for_a_drawing()
    record(
        TieWritten(tie_id=tie.pk, stakeholder_id=one_id, other_stakeholder_id=other_id, kind_of_tie=kind),
        by=actor,
        about=tie,
    )
    return tie


@transaction.atomic
def change_tie(
    *,
    actor: Actor,
    tie: Tie,
    version: int,
    source: str,
    seen_on: date,
    since: date | None = None,
    level: int | None = None,
) -> Tie:
    """Change what we know of a tie. The level is for the two sides, once one of them has spoken.

    Who: everyone who works here (`policies.write_tie`).
    Refuses: a version that is not the newest (`ChangedMeanwhile`); a tie that has ended, another level once a side has
    spoken, and what `write_tie` refuses (`Refused`).
    Tells: `TieChanged`.
    """
    require(actor, policies.write_tie, tie)
    tie = _locked(tie)
    if tie.version != version:
        raise ChangedMeanwhile(tie.pk)
    has_spoken = tie.level_one is not None or tie.level_other is not None
    if level is not None and level != tie.level and has_spoken:
        raise Refused(_("How close this is, the two sides have said themselves."))
    _check(tie.level if level is None else level, source, seen_on, since)
    tie.level = tie.level if level is None else level
    tie.source, tie.seen_on, tie.since = source.strip(), seen_on, since
    _save(tie)
    drawing_up.ask_for_a_drawing()
    record(TieChanged(**_told(tie)), by=actor, about=tie)
    return tie


@transaction.atomic
def end_tie(*, actor: Actor, tie: Tie, on: date | None = None) -> Tie:
    """Say that a tie has come to an end, or was never there. It stays on the map of earlier days.

    Who: everyone who works here (`policies.write_tie`).
    Refuses: a day in the future (`Refused`); ending twice is ending once.
    Tells: `TieEnded`.
    """
    require(actor, policies.write_tie, tie)
    on = on or localdate()
    if on > localdate():
        raise Refused(_("A tie cannot end in the future. Choose today or an earlier day."))
    tie = _found(tie)
    if tie.ended_on is None:
        tie.ended_on = on
        _save(tie)
        drawing_up.ask_for_a_drawing()
        record(TieEnded(**_told(tie)), by=actor, about=tie)
    return tie


@transaction.atomic
def restore_tie(*, actor: Actor, tie: Tie) -> Tie:
    """Take back that a tie has ended.

    Who: everyone who works here (`policies.write_tie`).
    Refuses: when the two have been tied in this way anew (`TieExists`), or one was taken off the list (`Refused`).
    Tells: `TieRestored`.
    """
    require(actor, policies.write_tie, tie)
    tie = _found(tie)
    if tie.ended_on is None:
        return tie
    if Stakeholder.objects.filter(pk__in=[tie.one_id, tie.other_id]).count() < 2:
        raise Refused(_("One of the two is no longer on the list of allies."))
    if known := Tie.objects.filter(one=tie.one_id, other=tie.other_id, kind=tie.kind, ended_on=None).first():
        raise TieExists(known)
    tie.ended_on = None
    _save(tie)
    drawing_up.ask_for_a_drawing()
    record(TieRestored(**_told(tie)), by=actor, about=tie)
    return tie


@transaction.atomic
def rate_tie(*, actor: Actor, tie: Tie, level: int | None) -> Tie:
    """Say for one's own organization how close a tie is, 0 to 5; None takes back what it said.

    What the two sides make together is in `rules.agreed`.

    Who: whoever sits for one of the two organizations (`policies.rate_tie`).
    Refuses: a level outside 0 to 5, and a tie that has ended (`Refused`).
    Tells: `TieRated`, with what the tie counts as now.
    """
    require(actor, policies.rate_tie, tie)
    if level is not None and not 0 <= level <= rules.HIGHEST_LEVEL:
        raise Refused(_("A level runs from 0 to 5."))
    tie = _locked(tie)
    side = side_of(actor, tie)
    if side is None:
        raise Refused(_("Your organization is not one of the two sides."))
    _say(tie, side, level)
    if level is not None:
        tie.seen_on = localdate()
    _save(tie)
    drawing_up.ask_for_a_drawing()
    record(TieRated(**_told(tie), state=tie.state), by=actor, about=tie)
    return tie


@transaction.atomic
def pass_on(*, actor: Actor, tie: Tie, side: str, level: int | None, source: str = "") -> Tie:
    """Write down what a side that has no seat here told us of a tie; None takes it back.

    Who: everyone who works here (`policies.write_tie`).
    Refuses: a side that is a member and speaks for itself, a level outside 0 to 5, a level without the source, a tie
    that has ended (`Refused`).
    Tells: `TieRated`, with what the tie counts as now.
    """
    require(actor, policies.write_tie, tie)
    if side not in {"one", "other"} or (level is not None and not 0 <= level <= rules.HIGHEST_LEVEL):
        raise Refused(_("A level runs from 0 to 5."))
    if level is not None and not source.strip():
        raise Refused(_("Say who told you, and when."))
    tie = _locked(tie)
    if getattr(tie, side).member_id is not None:
        raise Refused(_("They sit at the table and say for themselves how close this is."))
    _say(tie, side, level)
    if level is not None:
        tie.seen_on = localdate()
        tie.source = source.strip()
    _save(tie)
    drawing_up.ask_for_a_drawing()
    record(TieRated(**_told(tie), state=tie.state), by=actor, about=tie)
    return tie


def _say(tie: Tie, side: str, level: int | None) -> None:
    """Write what one side says, and what follows for both."""
    setattr(tie, f"level_{side}", level)
    found = rules.agreed(tie.level_one, tie.level_other, tie.level)
    tie.state, tie.level = found.state, found.level


def _check(level: int, source: str, seen_on: date, since: date | None) -> None:
    if not 0 <= level <= rules.HIGHEST_LEVEL:
        raise Refused(_("A level runs from 0 to 5."))
    if not source.strip():
        raise Refused(_("Say how we know; others will ask."))
    if seen_on > localdate():
        raise Refused(_("The day we last saw it cannot lie in the future."))
    if since is not None and since > seen_on:
        raise Refused(_("A tie cannot begin after it was last seen."))


def _found(tie: Tie) -> Tie:
    return Tie.objects.select_related("one", "other").select_for_update(of=("self",), no_key=True).get(pk=tie.pk)


def _locked(tie: Tie) -> Tie:
    locked = _found(tie)
    if locked.ended_on is not None:
        raise Refused(_("This tie has ended. Take that back first."))
    return locked


def _save(tie: Tie) -> None:
    tie.version += 1
    tie.save()


def _told(tie: Tie) -> dict[str, int]:
    return {"tie_id": tie.pk, "stakeholder_id": tie.one_id, "other_stakeholder_id": tie.other_id}
