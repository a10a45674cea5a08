"""Where hands go up. A room that has people together says here who is present; this part knows nothing else of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from manyhands.foundation.coalitions.models import Seat

from .models import SpeakerQueue


@dataclass(frozen=True)
class Place:
    """One kind of occasion: who is there, where its page is, and whether one may ask to speak just now."""

    present: Callable[[SpeakerQueue], QuerySet[Seat]]
    page: Callable[[SpeakerQueue, str], str]
    is_silent: Callable[[SpeakerQueue], bool]


_places: dict[str, Place] = {}


def register_place(kind: str, place: Place) -> None:
    """Called once, when a room is set up."""
    _places[kind] = place


def place_of(queue: SpeakerQueue) -> Place:
    return _places[queue.kind]
