"""What plans forget when a person asks to be forgotten."""

from .models import Assignment


def erase(seat_ids: list[int]) -> None:
    """Takes away why someone declined, which may be private. Who did what stays with the seat, so counts stay."""
    Assignment.objects.filter(seat__in=seat_ids).exclude(reason="").update(reason="")
