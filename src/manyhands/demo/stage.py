"""The clock of the example, who is on stage, and the way on and off it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import time_machine
from django.utils.timezone import get_default_timezone, now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Coalition, Seat
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.tenancy.scope import inside


@dataclass
class Stage:
    """What the scenes share: the coalition, and who sits where."""

    today: datetime = field(default_factory=now)
    coalition: Coalition | None = None

    def day(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """A moment so many days from today; negative is past."""
        there = (self.today + timedelta(days=days)).astimezone(get_default_timezone()).date()
        return datetime.combine(there, time(hour, minute), tzinfo=get_default_timezone())

    def seat(self, name: str) -> Seat:
        return Seat.objects.select_related("organization", "person").get(name=name, left_at=None)

    def actor(self, name: str) -> Actor:
        """The person as an action sees them; looked up anew, because offices change."""
        return actor_for(self.seat(name))


Scene = Callable[[Stage], None]
#: Every scene with its day and hour; modules of the story fill it when they are loaded.
SCENES: list[tuple[int, int, Scene]] = []


def scene(days: int, hour: int = 10) -> Callable[[Scene], Scene]:
    """Play this so many days before today. What the scene set in motion is done before the next one."""

    def add(play: Scene) -> Scene:
        SCENES.append((days, hour, play))
        return play

    return add


def play_scenes(stage: Stage) -> None:
    """All scenes, oldest first, each on its day."""
    for days, hour, play in sorted(SCENES, key=lambda entry: entry[:2]):
        with time_machine.travel(min(stage.day(days, hour), stage.today), tick=False):
            if stage.coalition is None:
                play(stage)
            else:
                with inside(stage.coalition.pk):
                    play(stage)
            run_waiting()


@contextmanager
def letters_kept() -> Iterator[list]:
    """Keep what would be mailed: invented people read their letters here, and nothing leaves the machine."""
    from django.core import mail
    from django.test.utils import override_settings

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        before = getattr(mail, "outbox", None)
        mail.outbox = []
        try:
            yield mail.outbox
        finally:
            if before is None:
                del mail.outbox
            else:
                mail.outbox = before
