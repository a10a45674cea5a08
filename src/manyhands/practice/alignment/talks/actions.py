"""Everything a person can do with a closed talk."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.ledger.spine import record

from .. import policies
from ..actions.steps import _require_ground_rules
from ..models import ClosedTalk, TalkPlace, TalkPost
from . import limits, tasks
from .events import TalkErased

LONGEST_POST = 4000


class TalkIsOver(Exception):
    """The talk has ended; its words are gone."""


class TooFast(Exception):
    """Many posts in a short time from one person."""


class TooLong(Exception):
    """It ends later than a closed talk may last."""


@transaction.atomic
def begin_talk(
    *,
    actor: Actor,
    title: str,
    closes_at: datetime,
    seats: Sequence[Seat],
    why: str = "",
    is_anonymous: bool = False,
) -> ClosedTalk:
    """Begin a talk among chosen people that ends on its day; then every word of it is erased.

    Who: any seat but an observer's or a guest's (`policies.begin_talk`).
    Refuses: an end in the past or more than 90 days away (`TooLong`).
    Tells: no one, by design — that a few people talk is theirs to know.
    """
    require(actor, policies.begin_talk)
    if not now() < closes_at <= now() + limits.LONGEST_TALK:
        raise TooLong(closes_at)
    talk = ClosedTalk.objects.create(
        title=title, why=why, is_anonymous=is_anonymous, closes_at=closes_at, begun_by_id=actor.seat_id
    )
    mine = Seat.objects.get(pk=actor.seat_id)
    places = {seat.pk: seat for seat in [mine, *seats]}
    TalkPlace.objects.bulk_create(TalkPlace(talk=talk, seat=seat) for seat in places.values())
    enqueue(tasks.erase_talk, due_at=closes_at, talk_id=talk.pk)
    return talk


@transaction.atomic
def say_in_talk(*, actor: Actor, talk: ClosedTalk, text: str) -> TalkPost:
    """Say something in a closed talk. Where posts carry no name, none is kept, nor the hour.

    Who: those who were asked in (`policies.speak_in_talk`).
    Refuses: a talk that has ended (`TalkIsOver`); a seat that has not accepted the ground rules
        (`GroundRulesFirst`); many posts in a short time (`TooFast`).
    Tells: no one, by design — not a word of it leaves the talk.
    """
    require(actor, policies.speak_in_talk, talk)
    talk = ClosedTalk.objects.select_for_update(no_key=True).get(pk=talk.pk)
    if not talk.is_open:
        raise TalkIsOver(talk)
    _require_ground_rules(actor)
    if not limits.may_post(talk, actor):
        raise TooFast(talk)
    return TalkPost.objects.create(
        talk=talk,
        text=text[:LONGEST_POST],
        author_id=None if talk.is_anonymous else actor.seat_id,
        posted_at=None if talk.is_anonymous else now(),
    )


@transaction.atomic
def end_talk(*, actor: Actor, talk: ClosedTalk) -> None:
    """End a talk, on its day or before, and erase every word of it.

    Who: whoever began it, and the house on its last day (`policies.end_talk`).
    Refuses: a talk that has ended (`TalkIsOver`).
    Tells: `TalkErased`, with a count and nothing else, so that it can be seen that nothing was kept.
    """
    require(actor, policies.end_talk, talk)
    talk = ClosedTalk.objects.select_for_update(no_key=True).get(pk=talk.pk)
    if talk.purged_at is not None:
        raise TalkIsOver(talk)
    posts = TalkPost.objects.filter(talk=talk).count()
    TalkPost.objects.filter(talk=talk).delete()
    talk.purged_at = now()
    talk.title, talk.why = "", ""
    talk.save(update_fields=["purged_at", "title", "why"])
    record(TalkErased(posts=posts), by=actor, about=talk)
