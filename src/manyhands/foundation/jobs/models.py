"""Work that waits, runs, or went wrong. One row is one piece of work; the row is the truth, a message only a nudge."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from .aside import read_aside
from .rules import plain_name, room_of


class JobRun(models.Model):
    """One piece of background work, written in the transaction that asked for it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    name = models.CharField(max_length=160)
    arguments = models.JSONField(default=dict)
    #: The coalition that the work enters first; empty for the house's own work.
    coalition_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(default=now)
    #: How often it was begun, and how many of these times its worker died of something.
    tries = models.PositiveSmallIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0)
    max_tries = models.PositiveSmallIntegerField(default=3)
    #: Whoever holds the lease works on it; a lease that ran out belongs to a worker that died.
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    #: When a message about it last went to the broker; empty while it never did, or where there is none.
    published_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    #: For operators only: a message may hold what people wrote.
    error = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=now)
    began_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["due_at", "id"], name="jobs_to_do", condition=Q(state__in=["waiting", "running"])),
            models.Index(fields=["name", "coalition_id"], name="jobs_asked_for", condition=Q(state="waiting")),
            models.Index(fields=["state", "-id"], name="jobs_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """A running piece shows how far it is even while its own transaction is still open."""
        run = super().from_db(*args, **kwargs)
        known = run.__dict__
        if known.get("state") == cls.State.RUNNING and (said := read_aside(known.get("id"), known.get("lease"))):
            known.update(said)
        return run

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def failures(self) -> int:
        """How often it went wrong by itself, not counting workers that died."""
        return self.tries - self.deaths

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100, or None while nobody knows."""
        return min(100, self.done * 100 // self.of) if self.of else None

    @property
    def plain_name(self) -> str:
        """What it does, in words: ``Commit import``."""
        return plain_name(self.name)

    @property
    def room(self) -> str:
        """Whose work it is: ``stakeholders``."""
        return room_of(self.name)


class Slot(models.Model):
    """One turn of one schedule. Whoever writes the row asks for the work; nobody else can write it again."""

    name = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "at"], name="one_slot_per_turn")]

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"
