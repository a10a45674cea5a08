"""Closed talks on the desks of those in them, and what is kept about a person."""

from typing import Any

from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting

from ..models import ClosedTalk, Presence, TalkPlace, TalkPost
from . import queries


def _open_talks(actor: Actor, found: list[ClosedTalk]) -> list[Awaiting]:
    slug = slug_of(actor.coalition_id)
    return [
        Awaiting(
            kind=_("A closed talk, among a few"),
            title=talk.title,
            url=address_of("alignment:talk", slug, talk.pk),
            action=_("Read and speak"),
            due=talk.closes_at,
        )
        for talk in found
    ]


#: Talks one was asked into.
awaiting = Waits(queries.open_talks, _open_talks)


def personal_data(seats: list[int]) -> dict[str, list[dict[str, Any]]]:
    """That one is in a talk and how much one said under one's name. The words stay inside, as was agreed."""
    places = TalkPlace.objects.filter(seat_id__in=seats, talk__purged_at=None).select_related("talk")
    return {
        "closed_talks": [
            {
                "ends": place.talk.closes_at.isoformat(),
                "posts_under_my_name": TalkPost.objects.filter(talk=place.talk, author_id__in=seats).count(),
                "note": str(_("What was said can be read inside until the talk ends, and is then erased.")),
            }
            for place in places.order_by("id")
        ]
    }


def forget(seats: list[int]) -> None:
    """Take the person out of talks, their named words with them, and out of rooms of live rounds."""
    TalkPost.objects.filter(author_id__in=seats).delete()
    TalkPlace.objects.filter(seat_id__in=seats).delete()
    Presence.objects.filter(seat_id__in=seats).delete()
