"""What this room gives to a person who asks for their data, and forgets of one who leaves for good."""

from typing import Any

from . import waiting
from .compact import waiting as compact
from .models import Participant, Statement
from .talks import waiting as talks

__all__ = ["forget", "personal_data"]


def personal_data(seats: list[int]) -> dict[str, list[dict[str, Any]]]:
    """Everything this room keeps about a person, by their seats here."""
    return waiting.personal_data(seats) | compact.personal_data(seats) | talks.personal_data(seats)


def forget(seats: list[int]) -> None:
    """Cut the links from a person's seats to what they wrote, said and answered; every tally stays as it was."""
    Participant.objects.filter(seat_id__in=seats).update(seat=None)
    Statement.objects.filter(author_id__in=seats).update(author=None)
    compact.forget(seats)
    talks.forget(seats)
