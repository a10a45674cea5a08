"""What this part gives to a person who asks for their data, and forgets of one who leaves for good."""

from typing import Any

from .models import OutcomeConflict, Priority, PriorityStand, SuccessDefinition


def export(seats: list[int]) -> dict[str, list[dict[str, Any]]]:
    """What a person wrote for their organization. What the organization keeps to itself is not theirs to take along."""
    return {
        "success definitions": [
            {
                "what we must see": row.text if row.is_shared else "kept by the organization",
                "said on": row.said_on.isoformat(),
            }
            for row in SuccessDefinition.objects.filter(by_seat_id__in=seats).order_by("id")
        ],
        "conflicting pairs named": list(
            OutcomeConflict.objects.filter(named_by_id__in=seats).order_by("id").values("about", "named_at")
        ),
        "priorities nominated": list(
            Priority.objects.filter(nominated_by_id__in=seats).order_by("id").values("title", "why", "nominated_at")
        ),
        "stands on priorities": list(
            PriorityStand.objects.filter(by_seat_id__in=seats)
            .order_by("id")
            .values("priority__title", "side", "strength", "why", "taken_at")
        ),
    }


def forget(seats: list[int]) -> None:
    """Cut the links to the person; what the organization said stays the organization's."""
    SuccessDefinition.objects.filter(by_seat_id__in=seats).update(by_seat=None)
    OutcomeConflict.objects.filter(named_by_id__in=seats).update(named_by=None)
    Priority.objects.filter(nominated_by_id__in=seats).update(nominated_by=None)
    PriorityStand.objects.filter(by_seat_id__in=seats).update(by_seat=None)
