"""What each member must see, the pairs that conflict, and the priorities with who is served by each."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned


class Horizon(models.TextChoices):
    """How soon something is to be seen."""

    SHORT = "short", _("Short: within a year")
    MEDIUM = "medium", _("Medium: one to three years")
    LONG = "long", _("Long: more than three years")


class SuccessDefinition(CoalitionOwned):
    """One thing that a member organization must see to call this a success. Private until it shares it."""

    class Progress(models.TextChoices):
        UNSEEN = "unseen", _("Nothing to see yet")
        BEGUN = "begun", _("It has begun")
        WELL = "well", _("Well on the way")
        THERE = "there", _("We see it")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("what we must see"), max_length=400)
    sign = models.CharField(_("how we shall tell"), max_length=300, blank=True)
    horizon = models.CharField(_("how soon"), max_length=6, choices=Horizon.choices, default=Horizon.MEDIUM)
    shared_at = models.DateTimeField(null=True, blank=True)
    #: Ids of shared goals that serve it. Goals belong to a room beside this one, so there is no foreign key.
    goal_ids = models.JSONField(default=list, blank=True)
    is_not_served = models.BooleanField(_("none of our goals serves it"), default=False)
    why_not_served = models.CharField(max_length=300, blank=True)
    #: In the member's own words: what it sees of it, and when it said so.
    progress = models.CharField(max_length=6, choices=Progress.choices, blank=True)
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    said_on = models.DateField(default=localdate)
    confirmed_on = models.DateField(default=localdate)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["organization__name", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_definition_is_served_or_not_served", condition=Q(is_not_served=False) | Q(goal_ids=[])
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None

    @property
    def is_linked(self) -> bool:
        """A goal serves it, or it is said that none does."""
        return self.is_not_served or bool(self.goal_ids)


class OutcomeConflict(CoalitionOwned):
    """Two members want things that get in each other's way. Named openly, so that it can be settled."""

    one = models.ForeignKey(SuccessDefinition, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(SuccessDefinition, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(_("how they get in each other’s way"), max_length=400)
    named_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField(default=now)
    how_settled = models.CharField(_("what brought them together"), max_length=400, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["settled_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_is_named_once"),
            models.CheckConstraint(name="a_pair_has_an_order", condition=Q(one_id__lt=F("other_id"))),
            models.CheckConstraint(name="a_settled_pair_says_how", condition=Q(settled_at=None) | ~Q(how_settled="")),
        ]

    def __str__(self) -> str:
        return self.about

    @property
    def is_open(self) -> bool:
        return self.settled_at is None


class Priority(CoalitionOwned):
    """Something to be done before other things, with its horizon."""

    class State(models.TextChoices):
        NOMINATED = "nominated", _("Nominated")
        SELECTED = "selected", _("Comes first")
        DEFERRED = "deferred", _("Later")
        REACHED = "reached", _("Reached")

    title = models.CharField(_("what comes first"), max_length=160)
    why = models.CharField(_("why now"), max_length=400, blank=True)
    horizon = models.CharField(_("how soon it shows"), max_length=6, choices=Horizon.choices)
    goal_id = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOMINATED)
    nominated_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    nominated_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["horizon", "id"]

    def __str__(self) -> str:
        return self.title


class PriorityStand(CoalitionOwned):
    """What a priority is to one member: it serves it, or gets in its way, and how strongly."""

    class Side(models.TextChoices):
        SERVES = "serves", _("It serves us")
        HINDERS = "hinders", _("It gets in our way")

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="stands")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=8, choices=Side.choices)
    strength = models.PositiveSmallIntegerField(default=2)
    why = models.CharField(max_length=300, blank=True)
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-strength", "id"]
        constraints = [
            models.UniqueConstraint(fields=["priority", "organization"], name="one_stand_per_member"),
            models.CheckConstraint(name="a_stand_is_light_or_heavy", condition=Q(strength__in=[1, 2, 3])),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.strength}"
