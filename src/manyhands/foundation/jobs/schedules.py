"""Work that comes round again, once per turn however many workers run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.utils.timezone import now

from manyhands.foundation.tenancy.scope import inside

from .models import Slot
from .rules import plain_name, room_of, slot_at
from .tasks import JOBS, Job, enqueue


@dataclass(frozen=True)
class Schedule:
    """How often a job comes round, and whether each coalition gets a run of its own."""

    period: timedelta
    each_coalition: bool = False

    @property
    def hours(self) -> float:
        return self.period / timedelta(hours=1)


#: Each scheduled job by name.
SCHEDULES: dict[str, Schedule] = {}

#: Says which coalitions there are; the room that owns them registers it, since this one stands below it.
_coalitions: list[Callable[[], Iterable[int]]] = []
#: The last turn this process has seen, so that it asks the database only when a new one begins.
_seen: dict[str, datetime] = {}


def every(*, hours: float = 0, minutes: float = 0, each_coalition: bool = False) -> Callable[[Job], Job]:
    """Ask for a job again and again, once per turn. Turns are counted from midnight UTC.

    With ``each_coalition`` it runs once inside each coalition, else once for the house, outside all of them::

        @every(hours=24, each_coalition=True)
        @job()
        def close_what_is_due(progress: Progress) -> None: ...
    """
    period = timedelta(hours=hours, minutes=minutes)
    if period < timedelta(seconds=1):
        raise ValueError("Say how often: every(hours=24) or every(minutes=5).")

    def register(scheduled: Job) -> Job:
        SCHEDULES[scheduled.name] = Schedule(period, each_coalition)
        return scheduled

    return register


def register_coalitions(ids: Callable[[], Iterable[int]]) -> None:
    """Say which coalitions a job with ``each_coalition`` runs in."""
    _coalitions[:] = [ids]


def enqueue_due(at: datetime | None = None) -> int:
    """Ask for every scheduled job whose turn has begun and that nobody has asked for yet.

    Returns
    -------
    int
        How many turns were ours.

    Raises
    ------
    DatabaseError
        If one of them could not be asked for, once all others were.
    """
    at = at or now()
    ours, trouble = 0, None
    for name, schedule in list(SCHEDULES.items()):
        try:
            ours += _take_turn(name, schedule, slot_at(at, schedule.period))
        except DatabaseError as error:
            # One that cannot be asked for must not keep the others from their turn; the next beat tries it again.
            trouble = error
    if trouble is not None:
        raise trouble
    return ours


def _take_turn(name: str, schedule: Schedule, turn: datetime) -> bool:
    if _seen.get(name) == turn:
        return False
    is_ours = False
    if not Slot.objects.filter(name=name, at=turn).exists():
        with transaction.atomic():
            # The unique row decides between racing workers; the work commits with it.
            _, is_ours = Slot.objects.get_or_create(name=name, at=turn)
            if is_ours:
                _ask(JOBS[name], schedule)
    _seen[name] = turn
    return is_ours


def _ask(scheduled: Job, schedule: Schedule) -> None:
    if not schedule.each_coalition:
        enqueue(scheduled)
        return
    for coalition_id in [pk for ids in _coalitions for pk in ids()]:
        with inside(coalition_id):
            enqueue(scheduled)


def schedules() -> list[tuple[str, str, float]]:
    """What comes round, for operators: what it does, whose it is, and every how many hours."""
    return [(plain_name(name), room_of(name), each.hours) for name, each in sorted(SCHEDULES.items())]
