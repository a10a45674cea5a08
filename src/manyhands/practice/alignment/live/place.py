"""A live round as a place where hands go up."""

from django.db.models import QuerySet
from django.urls import reverse

from manyhands.foundation.coalitions.models import Seat

from ..hands.places import Place, register_place
from ..models import LiveRound, Presence, SpeakerQueue
from . import rules


def register() -> None:
    """Called once, when the room is set up."""
    register_place(rules.HANDS, Place(present=_present, page=_page, is_silent=_is_silent))


def _present(queue: SpeakerQueue) -> QuerySet[Seat]:
    here = Presence.objects.filter(live__queue=queue).values("seat_id")
    return Seat.objects.filter(pk__in=here, left_at=None)


def _page(queue: SpeakerQueue, slug: str) -> str:
    live = LiveRound.objects.filter(queue=queue).values_list("pk", flat=True).first()
    return reverse("alignment:live", args=[slug, live]) if live else reverse("alignment:rounds", args=[slug])


def _is_silent(queue: SpeakerQueue) -> bool:
    return LiveRound.objects.filter(queue=queue, phase=LiveRound.Phase.SILENT).exists()
