"""The row that answers hang on, so that they never hang on a person."""

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.models import Seat

from ..models import Participant, VisionRound


def _participant(actor: Actor, round: VisionRound) -> Participant:
    """This seat's place in the round, made the first time; two browsers at once make one."""
    found = Participant.objects.filter(round=round, seat_id=actor.seat_id).first()
    if found is None:
        seat = Seat.objects.get(pk=actor.seat_id)
        Participant.objects.bulk_create([Participant(round=round, seat=seat)], ignore_conflicts=True)
        found = Participant.objects.get(round=round, seat_id=actor.seat_id)
    return found
