"""What can be asked about hands. Every function reads; none writes. The report is given to whoever called, only."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.models import Seat

from . import rules
from .models import SpeakerQueue, SpeakingTurn
from .places import place_of
from .rules import CalledReport, MeetingSums, Turn


@dataclass(frozen=True)
class Floor:
    """Who speaks, and whose hand is up, in the order in which they come."""

    speaking: SpeakingTurn | None
    queued: list[SpeakingTurn]
    spoken: frozenset[int]

    @property
    def mark(self) -> str:
        """Another one whenever something on the page changes, so that nothing is sent again for nothing."""
        return _mark([self.speaking.pk if self.speaking else 0, *(turn.pk for turn in self.queued)])

    def place_in_line(self, seat_id: int | None) -> int | None:
        """How many hands come first."""
        return next((at for at, turn in enumerate(self.queued) if turn.seat_id == seat_id), None)


def turns(queue: SpeakerQueue) -> QuerySet[SpeakingTurn]:
    """Every turn of a queue, spoken, running or waited for, in the order in which hands went up."""
    return SpeakingTurn.objects.filter(queue=queue).select_related("seat__organization").order_by("pk")


def floor(turns: Iterable[SpeakingTurn]) -> Floor:
    """Who speaks and who waits, from the `turns` of a queue."""
    turns = list(turns)
    spoken = frozenset(turn.seat_id for turn in turns if turn.called_at is not None and turn.seat_id is not None)
    up = {turn.pk: turn for turn in turns if turn.is_queued and turn.seat_id is not None}
    order = rules.next_first(((pk, t.seat_id or 0, t.asked_at or now()) for pk, t in up.items()), spoken)
    speaking = next((turn for turn in turns if turn.is_speaking), None)
    queued = [up[pk] for pk in order]
    for turn in queued:
        turn.has_spoken = turn.seat_id in spoken  # type: ignore[attr-defined]
    return Floor(speaking, queued, spoken)


def speaking(queue: SpeakerQueue) -> SpeakingTurn | None:
    """Who has the floor. One query."""
    running = SpeakingTurn.objects.filter(queue=queue, ended_at=None).exclude(called_at=None)
    return running.select_related("seat__organization").first()


def present(queue: SpeakerQueue) -> QuerySet[Seat]:
    """Who is in the room, by name."""
    return place_of(queue).present(queue).select_related("organization").order_by("name", "pk")


def present_mark(seats: Iterable[Seat]) -> str:
    return _mark([seat.pk for seat in seats])


def is_present(actor: Actor, queue: SpeakerQueue) -> bool:
    return actor.seat_id is not None and place_of(queue).present(queue).filter(pk=actor.seat_id).exists()


# --- the private report ---------------------------------------------------------------------------


def reports_of(actor: Actor) -> QuerySet[SpeakerQueue]:
    """Occasions of which this actor has a report: where they called on somebody, or opened the floor and nobody did.

    Nobody else is given one, whatever their office. What has had its day is gone, also before a job has erased it.
    """
    if actor.seat_id is None:
        return SpeakerQueue.objects.none()
    given = SpeakingTurn.objects.exclude(called_at=None)
    called = SpeakerQueue.objects.filter(pk__in=given.filter(called_by_id=actor.seat_id).values("queue_id"))
    nobody_called = SpeakerQueue.objects.filter(opened_by_id=actor.seat_id).exclude(pk__in=given.values("queue_id"))
    return (called | nobody_called).exclude(pk__in=due(now()).values("pk")).order_by("-opened_at", "-pk")


def due(moment: datetime) -> QuerySet[SpeakerQueue]:
    """Occasions whose day has come."""
    before = moment - rules.KEPT
    return SpeakerQueue.objects.filter(ended_at__lte=before) | SpeakerQueue.objects.filter(
        ended_at=None, opened_at__lte=before
    )


@dataclass(frozen=True)
class OwnReport:
    """A report with the names it speaks of. Only ever made for the one who called."""

    queue: SpeakerQueue
    found: CalledReport
    names: dict[object, str]

    @property
    def goes_on(self) -> datetime:
        """When everything about this occasion is erased."""
        return (self.queue.ended_at or self.queue.opened_at) + rules.KEPT


def report(queue: SpeakerQueue, seat_ids: Iterable[int | None]) -> OwnReport:
    """Whom the holder of these seats called on. One query. Ask `reports_of` first whether there is one to give."""
    mine = {seat for seat in seat_ids if seat is not None}
    rows = [turn for turn in _turns(queue) if turn.seat_id not in mine]  # calling on oneself is nobody's business
    names: dict[object, str] = {_person(turn): _name(turn) for turn in rows}
    return OwnReport(queue, rules.called_report([_told(turn, mine) for turn in rows]), names)


def meeting_sums(queue: SpeakerQueue) -> MeetingSums:
    """What everyone may read when it is over. One query."""
    return rules.meeting_sums(_told(turn, set()) for turn in _turns(queue))


def _turns(queue: SpeakerQueue) -> list[SpeakingTurn]:
    rows = SpeakingTurn.objects.filter(queue=queue).select_related("seat__organization", "organization")
    return list(rows.order_by("pk"))


def _told(turn: SpeakingTurn, mine: set[int]) -> Turn:
    return Turn(
        person=_person(turn),
        organization=turn.organization.name if turn.organization else "",
        standing=str(turn.get_standing_display()),
        asked_at=turn.asked_at,
        called_at=turn.called_at,
        ended_at=turn.ended_at,
        by_me=None if turn.called_at is None else turn.called_by_id in mine,
        gave_up=turn.ending in {SpeakingTurn.Ending.LOWERED, SpeakingTurn.Ending.LEFT},
    )


def _name(turn: SpeakingTurn) -> str:
    if turn.seat is None:
        return ""
    return f"{turn.seat.name} ({turn.seat.organization.name})" if turn.seat.organization else turn.seat.name


def _person(turn: SpeakingTurn) -> object:
    """Whoever is erased is somebody still, and told apart."""
    return turn.seat_id or f"gone {turn.gone_as}"


def _mark(ids: Iterable[int]) -> str:
    return hashlib.sha256(repr(list(ids)).encode()).hexdigest()[:12]
