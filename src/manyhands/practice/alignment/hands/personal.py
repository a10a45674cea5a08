"""What this part gives to a person who asks for their data, and forgets of one who leaves for good."""

from typing import Any

from django.utils.timezone import now

from . import queries, words
from .models import SpeakerQueue, SpeakingTurn


def export(seats: list[int]) -> dict[str, list[dict[str, Any]]]:
    """One's own hands and turns, and the private report of every occasion on which one called on others."""
    own = SpeakingTurn.objects.filter(seat_id__in=seats).select_related("queue").order_by("id")
    called = SpeakingTurn.objects.filter(called_by_id__in=seats).values("queue_id")
    return {
        "my turns to speak": [
            {
                "about": turn.queue.about,
                "asked": _when(turn.asked_at),
                "called on": _when(turn.called_at),
                "ended": _when(turn.ended_at),
                "how it ended": str(turn.get_ending_display()) if turn.ending else "",
            }
            for turn in own
        ],
        "whom I called on": [
            _report(queue, seats) for queue in SpeakerQueue.objects.filter(pk__in=called).order_by("opened_at", "pk")
        ],
    }


def _report(queue: SpeakerQueue, seats: list[int]) -> dict[str, Any]:
    report = queries.report(queue, seats)
    return {
        "about": queue.about,
        "in words": [words.headline(report), *words.sentences(report)],
        "erased on": report.goes_on.date().isoformat(),
    }


def forget(seats: list[int]) -> None:
    """Cut the links to the person; what they asked for and were given is nobody's any more, and still counted."""
    own = SpeakingTurn.objects.filter(seat_id__in=seats)
    ending = SpeakingTurn.Ending
    own.filter(ended_at=None, called_at=None).update(ended_at=now(), ending=ending.LEFT)
    own.filter(ended_at=None).update(ended_at=now(), ending=ending.SPOKE)
    first: dict[tuple[int, int | None], int] = {}
    for turn in own.order_by("pk"):
        turn.gone_as, turn.seat = first.setdefault((turn.queue_id, turn.seat_id), turn.pk), None
        turn.save(update_fields=["gone_as", "seat"])
    SpeakingTurn.objects.filter(called_by_id__in=seats).update(called_by=None)
    SpeakerQueue.objects.filter(opened_by_id__in=seats).update(opened_by=None)


def _when(at: Any) -> str:
    return str(at.isoformat()) if at else ""
