"""What can be asked about closed talks: only by those in them, and only while they last."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor

from ..models import ClosedTalk, TalkPlace, TalkPost


def talks_for(actor: Actor) -> QuerySet[ClosedTalk]:
    """The talks this actor was asked into and that have not ended. To others they do not exist."""
    places = TalkPlace.objects.select_related("seat__organization")
    return open_talks(actor).prefetch_related(Prefetch("places", queryset=places))


def open_talks(actor: Actor, moment: Any = None) -> QuerySet[ClosedTalk]:
    """The same, without who takes part."""
    if actor.seat_id is None:
        return ClosedTalk.objects.none()
    open_now = ClosedTalk.objects.filter(purged_at=None, closes_at__gt=moment or now(), places__seat_id=actor.seat_id)
    return open_now.order_by("closes_at", "pk")


def posts_of(talk: ClosedTalk) -> QuerySet[TalkPost]:
    """What was said so far; nothing from the moment it ends, also before the job has erased it."""
    if not talk.is_open:
        return TalkPost.objects.none()
    return TalkPost.objects.filter(talk=talk).select_related("author__organization")
