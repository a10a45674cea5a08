"""Raising a hand, giving the floor, ending a turn. None of it is written in the book: who spoke how often is theirs."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Seat

from .. import policies
from . import rules
from .models import SpeakerQueue, SpeakingTurn
from .places import place_of

__all__ = [
    "Refused",
    "call_on",
    "close_hands",
    "end_turn",
    "erase_hands",
    "lower_hand",
    "open_hands",
    "raise_hand",
]

Ending = SpeakingTurn.Ending


class Refused(Exception):
    """It cannot be done as asked; the sentence says why."""


@transaction.atomic
def open_hands(*, actor: Actor, kind: str, about: str) -> SpeakerQueue:
    """Let people ask to speak on one occasion.

    Who: coordinators and facilitators (`policies.give_floor`).
    Refuses: nothing more.
    Tells: no one — the occasion itself is told by its own room.
    """
    require(actor, policies.give_floor)
    return SpeakerQueue.objects.create(kind=kind, about=about[:400], opened_by_id=actor.seat_id)


@transaction.atomic
def raise_hand(*, actor: Actor, queue: SpeakerQueue) -> SpeakingTurn:
    """Ask to speak; a hand that is up stays up.

    Who: any seat but an observer's or a guest's (`policies.raise_hand`).
    Refuses: somebody who is not in the room, while people are silent, after it is over (`Refused`).
    Tells: no one — who asks to speak is not the book's business.
    """
    require(actor, policies.raise_hand, queue)
    queue = _lock_open(queue)
    seat = _present(queue, actor.seat_id)
    if seat is None:
        raise Refused(_("Say first that you are in the room."))
    if place_of(queue).is_silent(queue):
        raise Refused(_("It is silent now. Raise your hand when the silence ends."))
    up = SpeakingTurn.objects.filter(queue=queue, seat=seat, ended_at=None).first()
    return up or SpeakingTurn.objects.create(queue=queue, asked_at=now(), **_of(seat))


@transaction.atomic
def lower_hand(*, actor: Actor, queue: SpeakerQueue, has_left: bool = False) -> None:
    """Take one's hand down, or end one's own turn; without a hand up it changes nothing.

    A hand that comes down again at once was not meant, and is forgotten.

    Who: any seat but an observer's or a guest's (`policies.raise_hand`).
    Refuses: nothing more.
    Tells: no one — who asks to speak is not the book's business.
    """
    require(actor, policies.raise_hand, queue)
    queue = _lock(queue)
    turn = SpeakingTurn.objects.filter(queue=queue, seat_id=actor.seat_id, ended_at=None).first()
    if turn is None:
        return
    if turn.is_speaking:
        _end(turn, Ending.SPOKE)
    elif turn.asked_at is not None and rules.is_slip(turn.asked_at, now()):
        turn.delete()
    else:
        _end(turn, Ending.LEFT if has_left else Ending.LOWERED)


@transaction.atomic
def call_on(*, actor: Actor, queue: SpeakerQueue, seat: Seat, instead_of: int | None = None) -> SpeakingTurn:
    """Give somebody the floor, whether they asked or not; it ends the turn of whoever had it.

    ``instead_of`` is the turn that the caller saw running, None for none: so two who call at once do not cut off a
    speaker whom one of them has not seen. Calling on whoever speaks already changes nothing.

    Who: coordinators and facilitators (`policies.give_floor`).
    Refuses: after it is over; somebody who is not in the room; while another has the floor than was seen (`Refused`).
    Tells: no one — whom somebody calls on is for their own report alone.
    """
    require(actor, policies.give_floor, queue, seat)
    queue = _lock_open(queue)
    speaking = SpeakingTurn.objects.filter(queue=queue, ended_at=None).exclude(called_at=None).first()
    if speaking is not None and speaking.seat_id == seat.pk:
        return speaking
    if speaking is not None and speaking.pk != instead_of:
        raise Refused(_("Somebody else was given the floor meanwhile. Look again who speaks."))
    here = _present(queue, seat.pk)
    if here is None:
        raise Refused(_("%(name)s is no longer in the room.") % {"name": seat.name})
    if speaking is not None:
        _end(speaking, Ending.SPOKE)
    turn = SpeakingTurn.objects.filter(queue=queue, seat=here, ended_at=None).first()
    turn = turn or SpeakingTurn(queue=queue, **_of(here))
    turn.called_at, turn.called_by_id = now(), actor.seat_id
    turn.save()
    return turn


@transaction.atomic
def end_turn(*, actor: Actor, turn: SpeakingTurn) -> None:
    """Take the floor back from whoever speaks; a turn that is over stays as it is.

    Who: coordinators and facilitators (`policies.give_floor`).
    Refuses: somebody who has not been called on (`Refused`).
    Tells: no one — who spoke how long is not the book's business.
    """
    require(actor, policies.give_floor, turn)
    _lock(turn.queue)
    turn = SpeakingTurn.objects.get(pk=turn.pk)
    if turn.is_queued:
        raise Refused(_("Nobody has called on them yet."))
    if turn.ended_at is None:
        _end(turn, Ending.SPOKE)


@transaction.atomic
def close_hands(*, actor: Actor, queue: SpeakerQueue) -> None:
    """End the occasion: whoever speaks has spoken, and hands that are still up were raised in vain.

    Who: coordinators and facilitators (`policies.give_floor`).
    Refuses: nothing more; what is over stays over.
    Tells: no one — the occasion itself is told by its own room.
    """
    require(actor, policies.give_floor, queue)
    queue = _lock(queue)
    if not queue.is_open:
        return
    for turn in SpeakingTurn.objects.filter(queue=queue, ended_at=None):
        _end(turn, Ending.SPOKE if turn.is_speaking else Ending.UNHEARD)
    queue.ended_at = now()
    queue.save(update_fields=["ended_at"])


@transaction.atomic
def erase_hands(*, actor: Actor, queue: SpeakerQueue) -> None:
    """Erase everything about who asked and who was called on, when its day has come.

    Who: the house itself (`policies.erase_hands`).
    Refuses: before the day (`Refused`).
    Tells: no one — nothing of it was ever in the book.
    """
    require(actor, policies.erase_hands, queue)
    queue = _lock(queue)
    if (queue.ended_at or queue.opened_at) + rules.KEPT > now():
        raise Refused(_("It is kept for some days yet."))
    queue.delete()


def _lock(queue: SpeakerQueue) -> SpeakerQueue:
    """Everything about one occasion goes one after another."""
    return SpeakerQueue.objects.select_for_update(no_key=True).get(pk=queue.pk)


def _lock_open(queue: SpeakerQueue) -> SpeakerQueue:
    locked = _lock(queue)
    if not locked.is_open:
        raise Refused(_("It is over. No more hands are counted."))
    return locked


def _present(queue: SpeakerQueue, seat_id: int | None) -> Seat | None:
    return place_of(queue).present(queue).filter(pk=seat_id or 0).first()


def _of(seat: Seat) -> dict[str, object]:
    return {"seat_id": seat.pk, "organization_id": seat.organization_id, "standing": seat.standing}


def _end(turn: SpeakingTurn, ending: str) -> None:
    turn.ended_at, turn.ending = now(), ending
    turn.save(update_fields=["ended_at", "ending"])
