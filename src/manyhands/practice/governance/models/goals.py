"""Ends that the coalition has made its own, and who stands for them."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned


class SharedGoal(CoalitionOwned):
    """An end that members propose, endorse and adopt together; its proposal keeps how that came about."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ENDORSED = "endorsed", _("endorsed")
        ADOPTED = "adopted", _("adopted")
        REACHED = "reached", _("reached")
        RETIRED = "retired", _("retired")

    title = models.CharField(_("goal"), max_length=160)
    summary = models.CharField(_("in one sentence"), max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    #: Where it came from, as "alignment.Statement:12"; rooms of one row do not know each other.
    source = models.CharField(max_length=80, blank=True)
    quote = models.CharField(max_length=400, blank=True)
    proposed_at = models.DateTimeField(default=now)
    adopted_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["adopted_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_adopted_goal_has_its_day",
                condition=~Q(state__in=["adopted", "reached"]) | Q(adopted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GoalSponsor(CoalitionOwned):
    """An organization that stands for a goal, and the person who said so."""

    goal = models.ForeignKey(SharedGoal, on_delete=models.CASCADE, related_name="sponsors")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=now)

    class Meta:
        ordering = ["since", "id"]
        constraints = [models.UniqueConstraint(fields=["goal", "organization"], name="an_organization_stands_once")]

    def __str__(self) -> str:
        return f"{self.organization} for {self.goal}"


class NamedGoal(CoalitionOwned):
    """A goal for which an organization joined, where it joined for named goals only.

    An organization with none of these is in for everything. One with some has a voice in what serves these goals,
    and its name is used for nothing else.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="named_goals")
    goal = models.ForeignKey(SharedGoal, on_delete=models.CASCADE, related_name="joined_for_by")
    named_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organization", "goal"], name="a_goal_is_named_once")]

    def __str__(self) -> str:
        return f"{self.organization} only for {self.goal}"
