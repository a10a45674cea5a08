"""Work to do for a goal, and who has which part in it."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned
from manyhands.practice.governance.models import SharedGoal

from .objectives import Objective


class Task(CoalitionOwned):
    """A piece of work with a day and a sign by which everyone sees that it is done."""

    class State(models.TextChoices):
        UNOWNED = "unowned", _("Nobody yet")
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DOING = "doing", _("Under way")
        BLOCKED = "blocked", _("Stuck")
        DONE = "done", _("Done, to be verified")
        VERIFIED = "verified", _("Done and verified")
        DROPPED = "dropped", _("Dropped")

    OVER = (State.DONE, State.VERIFIED, State.DROPPED)

    goal = models.ForeignKey(SharedGoal, on_delete=models.PROTECT, related_name="tasks")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    title = models.CharField(_("what shall be done"), max_length=200)
    done_when = models.CharField(_("done when"), max_length=300, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    week_of = models.DateField(_("week of"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNOWNED)
    #: What it is stuck on, or why it was dropped.
    note = models.CharField(max_length=400, blank=True)
    added_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)
    done_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                name="nobody_verifies_their_own_work",
                condition=Q(verified_by=None) | Q(done_by=None) | ~Q(verified_by=models.F("done_by")),
            ),
            models.CheckConstraint(
                name="a_verified_task_names_who_verified",
                condition=~Q(state="verified") | Q(verified_by__isnull=False, verified_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["coalition", "state", "due_on"], name="tasks_by_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < localdate() and self.state not in self.OVER


class Assignment(CoalitionOwned):
    """A person's part in a task: does the work, is accountable, is asked, or is told."""

    class Part(models.TextChoices):
        RESPONSIBLE = "R", _("does the work")
        ACCOUNTABLE = "A", _("accountable")
        CONSULTED = "C", _("asked")
        INFORMED = "I", _("told")

    class Acceptance(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        HANDED_BACK = "handed back", _("handed back")

    LIVE = (Acceptance.OFFERED, Acceptance.ACCEPTED)

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=1, choices=Part.choices, default=Part.ACCOUNTABLE)
    acceptance = models.CharField(max_length=12, choices=Acceptance.choices, default=Acceptance.OFFERED)
    offered_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(part="A", acceptance__in=["offered", "accepted"]),
                name="one_accountable_per_task",
            ),
            models.UniqueConstraint(
                fields=["task", "seat", "part"],
                condition=Q(acceptance__in=["offered", "accepted"]),
                name="one_part_of_a_kind_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.get_part_display()}: {self.acceptance}"
