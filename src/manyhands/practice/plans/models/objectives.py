"""Measurable steps to a shared goal, and what was measured."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.plans.rules import Direction, Path, missing_in_objective


class Objective(CoalitionOwned):
    """A measurable step to a goal. It may begin unfinished; the page says what it still lacks."""

    class Way(models.TextChoices):
        UP = Direction.UP.value, _("more is better")
        DOWN = Direction.DOWN.value, _("less is better")

    class Horizon(models.TextChoices):
        SHORT = "short", _("short: within a year")
        MEDIUM = "medium", _("medium: one to three years")
        LONG = "long", _("long: beyond three years")

    goal = models.ForeignKey(SharedGoal, on_delete=models.PROTECT, related_name="objectives")
    title = models.CharField(_("objective"), max_length=200)
    indicator = models.CharField(_("what we measure"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline_value = models.DecimalField(_("where we start"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("measured on"), null=True, blank=True)
    target_value = models.DecimalField(_("where we want to be"), max_digits=18, decimal_places=4, null=True, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    direction = models.CharField(_("which way is better"), max_length=4, choices=Way.choices, default=Way.UP)
    data_source = models.CharField(_("who measures it, and how"), max_length=300, blank=True)
    owner = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("looked after by")
    )
    horizon = models.CharField(_("horizon"), max_length=6, choices=Horizon.choices, default=Horizon.MEDIUM)
    set_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_target_lies_after_its_baseline",
                condition=Q(due_on=None) | Q(baseline_on=None) | Q(due_on__gt=models.F("baseline_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def missing(self) -> list[str]:
        """Names of the fields that it still lacks."""
        return missing_in_objective({**self.__dict__, "owner": self.owner_id})

    @property
    def path(self) -> Path | None:
        """The straight way from baseline to target, or None while one of its ends is missing."""
        baseline, since, target, due = self.baseline_value, self.baseline_on, self.target_value, self.due_on
        if baseline is None or since is None or target is None or due is None:
            return None
        return Path(baseline, since, target, due, Direction(self.direction))


class Measurement(CoalitionOwned):
    """A measured value with its day and source. Never changed: a correction is a new one that names the old."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="measurements")
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    measured_on = models.DateField(_("measured on"))
    source = models.CharField(_("source"), max_length=300)
    entered_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=now)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    because = models.CharField(_("what was wrong"), max_length=300, blank=True)

    class Meta:
        ordering = ["measured_on", "id"]

    def __str__(self) -> str:
        return f"{self.value} on {self.measured_on}"
