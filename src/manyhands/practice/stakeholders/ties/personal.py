"""What this part keeps about people: in the copy of their data, and erased when they ask."""

from typing import Any

from ..models import SavedView, Tie, TieList


def export(seat_ids: list[int]) -> dict[str, Any]:
    """What this part keeps about a person: ties they wrote down, views they saved, files they brought."""
    ties = Tie.objects.filter(claimed_by_id__in=seat_ids).select_related("one", "other")
    return {
        "ties_written": [
            {
                "one": tie.one.name,
                "other": tie.other.name,
                "kind": tie.kind,
                "source": tie.source,
                "claimed_at": tie.claimed_at.isoformat(),
            }
            for tie in ties
        ],
        "saved_views": list(SavedView.objects.filter(by_seat_id__in=seat_ids).values("name", "page", "query")),
        "tie_lists": list(TieList.objects.filter(by_seat_id__in=seat_ids).values("filename", "source", "state")),
    }


def erase(seat_ids: list[int]) -> None:
    """Views that only this person saw go; ties stay, without who wrote them down."""
    SavedView.objects.filter(by_seat_id__in=seat_ids).delete()
    Tie.objects.filter(claimed_by_id__in=seat_ids).update(claimed_by=None)
    TieList.objects.filter(by_seat_id__in=seat_ids).update(by_seat=None)
