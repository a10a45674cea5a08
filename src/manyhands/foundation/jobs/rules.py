"""How long work waits, and which turn of a schedule it is. Pure: no database, no clock."""

from datetime import UTC, datetime, timedelta

#: However often work has failed, it is tried again within this time.
LONGEST_PAUSE = timedelta(minutes=10)
#: Work that took this many workers down with it is not given to another.
DEATHS = 5


def pause_after(failures: int) -> timedelta:
    """How long work rests after it failed for the n-th time: longer each time.

    >>> [pause_after(n).total_seconds() for n in (1, 2, 3, 20)]
    [2.0, 4.0, 8.0, 600.0]
    """
    return min(timedelta(seconds=2 ** min(failures, 10)), LONGEST_PAUSE)


def slot_at(moment: datetime, period: timedelta) -> datetime:
    """The turn that a moment belongs to: every process that looks within one period finds the same.

    >>> slot_at(datetime(2026, 11, 21, 8, 17, tzinfo=UTC), timedelta(hours=1)).isoformat()
    '2026-11-21T08:00:00+00:00'
    >>> slot_at(datetime(2026, 11, 21, 8, 17, tzinfo=UTC), timedelta(hours=24)).isoformat()
    '2026-11-21T00:00:00+00:00'
    """
    seconds = int(period.total_seconds())
    if seconds < 1:
        raise ValueError("Work comes round at most once a second.")
    return datetime.fromtimestamp(moment.timestamp() // seconds * seconds, UTC)


def plain_name(name: str) -> str:
    """What a job does, in words.

    >>> plain_name("manyhands.practice.stakeholders.tasks.commit_import")
    'Commit import'
    """
    return name.rpartition(".")[2].replace("_", " ").capitalize()


def room_of(name: str) -> str:
    """Whose job it is.

    >>> room_of("manyhands.practice.stakeholders.tasks.commit_import")
    'stakeholders'
    """
    parts = name.split(".")
    return parts[2] if len(parts) > 3 else parts[0]
