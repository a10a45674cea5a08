"""Everything a person can do with allies: one function, one deed. Bringing in lists is in `importing/actions.py`."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ledger.spine import record

from . import notes, policies, rules
from .events import (
    AllyAdded,
    AllyChanged,
    AllyMoved,
    AllyRated,
    AllyRemoved,
    AllyRestored,
    AllyTakenOn,
    HeldHandedOver,
    NoteRenewed,
)
from .models import Merge, Rating, Stakeholder
from .profiles import personal
from .settling import settle
from .stances import problem_with

#: What forms and other rooms may set; everything else follows from deeds.
SETTABLE = frozenset(
    {"kind", "name", "also_known_as", "identifier", "sector", "street", "city", "region", "postal_code", "country"}
    | {
        "website",
        "email",
        "phone",
        "about",
        "note",
        "note_source",
        "note_purpose",
        "tags",
        "source",
        "stance",
        "stance_source",
        "stance_on",
    }
    | {"stage", "next_step", "next_step_on", "extra", "places", "people_reached", "people_reached_source"}
)


class ChangedMeanwhile(Exception):
    """Somebody else has changed this ally since it was read."""


class Refused(ValueError):
    """What was asked for cannot be; the message says why, in words for the person who asked."""


@transaction.atomic
def add_ally(*, actor: Actor, looked_after_by: Seat | None = None, **particulars: Any) -> Stakeholder:
    """Write a new ally into the list.

    Who: everyone who works here; not observers and guests (`policies.add_ally`).
    Refuses: an empty name, a note about a person that does not say what for and how we know, and a stance against us
    without a source and a day, or older than a year (`Refused`).
    Tells: `AllyAdded`.
    """
    require(actor, policies.add_ally)
    ally = Stakeholder(looked_after_by=looked_after_by)
    _fill(ally, particulars)
    ally.save()
    record(AllyAdded(stakeholder_id=ally.pk, kind_of_actor=ally.kind), by=actor, about=ally)
    return ally


@transaction.atomic
def change_ally(*, actor: Actor, stakeholder: Stakeholder, version: int, **particulars: Any) -> Stakeholder:
    """Change what we know of an ally.

    Who: everyone who works here (`policies.change_ally`).
    Refuses: a version that is not the newest (`ChangedMeanwhile`), a stage that reaching out does not have, taking
    away the sector, and whatever `add_ally` refuses (`Refused`).
    Tells: `AllyChanged`, and `AllyMoved` when the stage or the stance is another.
    """
    require(actor, policies.change_ally, stakeholder)
    ally = _locked(stakeholder)
    if ally.version != version:
        raise ChangedMeanwhile(ally.pk)
    before = {name: getattr(ally, name) for name in particulars}
    stage, stance = ally.stage, ally.stance
    _fill(ally, particulars)
    changed = [name for name, value in before.items() if getattr(ally, name) != value]
    if not changed:
        return ally
    try:
        rules.check_stage(stage, ally.stage)
    except rules.NoSuchStage as problem:
        raise Refused(_("Reaching out goes step by step: %(why)s") % {"why": problem}) from problem
    _save(ally)
    if (stage, stance) != (ally.stage, ally.stance):
        moved = AllyMoved(
            stakeholder_id=ally.pk,
            stage_before=stage,
            stage_after=ally.stage,
            stance_before=stance,
            stance_after=ally.stance,
        )
        record(moved, by=actor, about=ally)
    record(AllyChanged(stakeholder_id=ally.pk, fields_changed=len(changed)), by=actor, about=ally)
    return ally


@transaction.atomic
def look_after(*, actor: Actor, stakeholder: Stakeholder, seat: Seat | None) -> Stakeholder:
    """Say who looks after an ally; None when nobody does any more.

    Who: everyone who works here (`policies.change_ally`).
    Refuses: someone who has left the table (`Refused`).
    Tells: `AllyTakenOn`.
    """
    require(actor, policies.change_ally, stakeholder)
    if seat is not None and seat.left_at is not None:
        raise Refused(_("%(name)s has left the table.") % {"name": seat.name})
    ally = _locked(stakeholder)
    if ally.looked_after_by_id != (seat.pk if seat else None):
        ally.looked_after_by = seat
        _save(ally)
        record(AllyTakenOn(stakeholder_id=ally.pk, seat_id=seat.pk if seat else None), by=actor, about=ally)
    return ally


@transaction.atomic
def rate_ally(*, actor: Actor, stakeholder: Stakeholder, interest: float, influence: float, basis: str) -> Rating:
    """Say how much an ally cares and how much it can move, 1 to 5, and what that rests on. Replaces one's own rating.

    Who: everyone who works here, with a seat (`policies.rate_ally`).
    Refuses: figures outside 1 to 5, a rating that rests on nothing, and an ally that is off the list (`Refused`).
    Tells: `AllyRated`.
    """
    require(actor, policies.rate_ally, stakeholder)
    assert actor.seat_id is not None  # only seats hold the roles that rate
    if not all(rules.LOWEST <= value <= rules.HIGHEST for value in (interest, influence)):
        raise Refused(_("Interest and influence run from 1 to 5."))
    if not basis.strip():
        raise Refused(_("Say what you base this on; others will ask."))
    ally, at = _locked(stakeholder), now()
    if ally.removed_at is not None:
        raise Refused(_("They are off the list of allies. Somebody may have joined them with another record."))
    Rating.objects.filter(stakeholder=ally, rater_id=actor.seat_id, replaced_at=None).update(replaced_at=at)
    rating = Rating(stakeholder=ally, rater_id=actor.seat_id, basis=basis, rated_at=at)
    rating.interest, rating.influence = round(interest, 1), round(influence, 1)
    rating.save()
    settle(ally)
    record(AllyRated(stakeholder_id=ally.pk, raters=ally.raters), by=actor, about=ally)
    return rating


@transaction.atomic
def withdraw_rating(*, actor: Actor, rating: Rating) -> Stakeholder:
    """Take back one's own rating; it stays in the history.

    Who: whoever rated (`policies.withdraw_rating`).
    Refuses: nothing.
    Tells: `AllyRated`, with one rater less.
    """
    require(actor, policies.withdraw_rating, rating)
    ally = _locked(rating.stakeholder)
    Rating.objects.filter(pk=rating.pk, replaced_at=None).update(replaced_at=now())
    settle(ally)
    record(AllyRated(stakeholder_id=ally.pk, raters=ally.raters), by=actor, about=ally)
    return ally


@transaction.atomic
def remove_ally(*, actor: Actor, stakeholder: Stakeholder) -> Stakeholder:
    """Take an ally off the list. It can be put back for two weeks; then it is erased.

    Who: coordinators and stewards (`policies.remove_ally`).
    Refuses: nothing; taking off twice is taking off once.
    Tells: `AllyRemoved`.
    """
    require(actor, policies.remove_ally, stakeholder)
    ally = _locked(stakeholder)
    if ally.removed_at is None:
        ally.removed_at = now()
        _save(ally)
        record(AllyRemoved(stakeholder_id=ally.pk), by=actor, about=ally)
    return ally


@transaction.atomic
def restore_ally(*, actor: Actor, stakeholder: Stakeholder) -> Stakeholder:
    """Put an ally back that had been taken off the list.

    Who: coordinators and stewards (`policies.remove_ally`).
    Refuses: one that was joined with another (`Refused`); one that is on the list stays there.
    Tells: `AllyRestored`.
    """
    require(actor, policies.remove_ally, stakeholder)
    ally = _locked(stakeholder)
    if Merge.objects.filter(gone=ally, undone_at=None).exists():
        raise Refused(_("This record was joined with another one. Take that back instead."))
    if ally.removed_at is not None:
        ally.removed_at = None
        _save(ally)
        record(AllyRestored(stakeholder_id=ally.pk), by=actor, about=ally)
    return ally


@transaction.atomic
def renew_note(*, actor: Actor, stakeholder: Stakeholder) -> Stakeholder:
    """Say that a note about a person is still needed: it is kept for twelve months from today. Nothing else does that.

    Who: coordinators, stewards, and whoever looks after them (`policies.renew_note`).
    Refuses: where there is no such note, or nobody has said what it is for (`Refused`).
    Tells: `NoteRenewed`.
    """
    require(actor, policies.renew_note, stakeholder)
    ally = _locked(stakeholder)
    if not ally.note or ally.kind != Stakeholder.Kind.PERSON:
        raise Refused(_("There is no note about a person here that could be kept on."))
    if problem := notes.problem_with(ally.kind, ally.note, ally.note_purpose, ally.note_source):
        raise Refused(problem[1])
    ally.note_until = rules.twelve_months_after(localdate())
    _save(ally)
    record(NoteRenewed(stakeholder_id=ally.pk), by=actor, about=ally)
    return ally


@transaction.atomic
def hand_over(*, actor: Actor, stakeholder: Stakeholder) -> dict[str, Any]:
    """Everything held about a person who asks and has no account here, to hand it to them.

    Who: coordinators and stewards (`policies.hand_over`).
    Refuses: an organization (`Refused`).
    Tells: `HeldHandedOver`.
    """
    require(actor, policies.hand_over, stakeholder)
    if stakeholder.kind != Stakeholder.Kind.PERSON:
        raise Refused(_("This is for people who ask what is kept about them."))
    held = personal.held_about([stakeholder])
    record(HeldHandedOver(stakeholder_id=stakeholder.pk), by=actor, about=stakeholder)
    return held


def _fill(ally: Stakeholder, particulars: Mapping[str, Any]) -> None:
    if unknown := set(particulars) - SETTABLE:
        raise TypeError(f"An ally has no {', '.join(sorted(unknown))} to set.")
    stood = (ally.stance, ally.stance_source, ally.stance_on)
    noted, note, had_sector = _noted(ally), ally.note, bool(ally.sector)
    for name, value in particulars.items():
        setattr(ally, name, value)
    if had_sector and not ally.sector.strip():
        raise Refused(_("Say to which sector they belong; it was known before."))
    if not ally.name.strip():
        raise Refused(_("There is no name, and a name is the one thing we need."))
    if problem := problem_with((ally.stance, ally.stance_source, ally.stance_on), before=stood):
        raise Refused(problem[1])
    if _noted(ally) != noted:  # whoever changes something else may not even see the note
        source = ally.note_source or ally.source
        if problem := notes.problem_with(ally.kind, ally.note, ally.note_purpose, source):
            raise Refused(problem[1])
        if ally.note != note and ally.kind == Stakeholder.Kind.PERSON:
            for name, value in notes.written(localdate(), purpose=ally.note_purpose, source=source).items():
                setattr(ally, name, value)


def _noted(ally: Stakeholder) -> tuple[str, ...]:
    return ally.kind, ally.note, ally.note_source, ally.note_purpose


def _locked(stakeholder: Stakeholder) -> Stakeholder:
    return Stakeholder.with_removed.select_for_update(no_key=True).get(pk=stakeholder.pk)


def _save(ally: Stakeholder) -> None:
    ally.version += 1
    ally.updated_at = now()
    ally.save()
