"""What this part gives to a person who asks for their data, and forgets of one who leaves for good."""

from typing import Any

from ..models import Concern, ConcernAnswer, ConcernSource, ConcernVoice


def export(seats: list[int]) -> dict[str, list[dict[str, Any]]]:
    """What a person wrote down, and which concerns they share."""
    return {
        "concerns written down": list(
            Concern.objects.filter(written_by_id__in=seats).order_by("id").values("text", "written_at")
        ),
        "concerns shared": list(
            ConcernVoice.objects.filter(seat_id__in=seats).order_by("id").values("concern__text", "given_at")
        ),
    }


def forget(seats: list[int]) -> None:
    """Cut the links to the person; concerns, and how many share them, stay as they were."""
    Concern.objects.filter(written_by_id__in=seats).update(written_by=None)
    ConcernSource.objects.filter(added_by_id__in=seats).update(added_by=None)
    ConcernVoice.objects.filter(seat_id__in=seats).update(seat=None)
    ConcernAnswer.objects.filter(linked_by_id__in=seats).update(linked_by=None)
