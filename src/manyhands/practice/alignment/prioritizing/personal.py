"""What this part gives to a person who asks for their data, and forgets of one who leaves for good."""

from typing import Any

from .models import PriorityAnswer, PriorityRound


def export(seats: list[int]) -> dict[str, list[dict[str, Any]]]:
    """What a person answered for their organization, and the rounds they opened."""
    answers = PriorityAnswer.objects.filter(by_seat_id__in=seats).order_by("id")
    return {
        "what comes first": list(
            answers.values("candidate__round__question", "candidate__priority__title", "is_priority", "answered_at")
        ),
        "rounds opened": list(
            PriorityRound.objects.filter(opened_by_id__in=seats).order_by("id").values("question", "opened_at")
        ),
    }


def forget(seats: list[int]) -> None:
    """Cut the links to the person; what the organization said stays the organization's."""
    PriorityAnswer.objects.filter(by_seat_id__in=seats).update(by_seat=None)
    PriorityRound.objects.filter(opened_by_id__in=seats).update(opened_by=None)
    PriorityRound.objects.filter(closed_by_id__in=seats).update(closed_by=None)
