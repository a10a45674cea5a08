"""Where actors stand on single issues over time, and who has a say over whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .stakeholders import WEDGES, Stakeholder


class Issue(CoalitionOwned):
    """One thing we want, on which actors take sides."""

    title = models.CharField(_("what we want"), max_length=160)
    about = models.CharField(_("in one sentence"), max_length=400, blank=True)
    named_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="an_issue_has_a_title", condition=~Q(title=""))]

    def __str__(self) -> str:
        return self.title


class Position(CoalitionOwned):
    """Where an actor stands on an issue as of a day, with the source; the next one replaces it, and it is kept."""

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="positions")
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="positions")
    wedge = models.CharField(_("where they stand"), max_length=20, choices=WEDGES[1:])
    #: For (plus) or against (minus), and how much it matters to them: 0 to 4 either way.
    strength = models.SmallIntegerField(_("how much it matters to them"), default=0)
    source = models.CharField(_("how we know"), max_length=300)
    on = models.DateField(_("as of"))
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True, blank=True)
    #: It was written by mistake: kept and shown as such, but it never counts.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder", "issue"], condition=Q(replaced_at=None), name="one_position_now_on_an_issue"
            ),
            models.CheckConstraint(
                name="strength_runs_from_minus_four_to_four", condition=Q(strength__gte=-4, strength__lte=4)
            ),
            models.CheckConstraint(name="a_position_names_its_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="a_position_that_was_taken_back_does_not_count",
                condition=Q(taken_back_at=None) | Q(replaced_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id}: {self.wedge}"


class Sway(CoalitionOwned):
    """How much one actor can make another do, 0 to 4, as one member sees it; with what that rests on."""

    one = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="sways")
    other = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="swayed_by")
    level = models.PositiveSmallIntegerField(_("how much"))
    basis = models.CharField(_("what it rests on"), max_length=300)
    rater = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    rated_at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["one", "other", "-rated_at"]
        constraints = [
            models.CheckConstraint(name="nobody_sways_itself", condition=~Q(one=F("other"))),
            models.CheckConstraint(name="sway_runs_from_nought_to_four", condition=Q(level__lte=4)),
            models.CheckConstraint(name="sway_rests_on_something", condition=~Q(basis="")),
            models.UniqueConstraint(
                fields=["one", "other", "rater"], condition=Q(replaced_at=None), name="one_sway_per_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} over {self.other_id}: {self.level}"


class Claim(CoalitionOwned):
    """What one member sees of an actor's claim on our attention: power, legitimacy, urgency (Mitchell et al. 1997)."""

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="claims")
    rater = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    has_power = models.BooleanField(_("can make things happen or stop them"))
    has_legitimacy = models.BooleanField(_("has a rightful say"))
    has_urgency = models.BooleanField(_("cannot wait"))
    basis = models.CharField(_("what it rests on"), max_length=300)
    rated_at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-rated_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder", "rater"], condition=Q(replaced_at=None), name="one_claim_per_seat"
            ),
            models.CheckConstraint(name="a_claim_rests_on_something", condition=~Q(basis="")),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id}: {self.has_power}/{self.has_legitimacy}/{self.has_urgency}"


class PowerFinding(CoalitionOwned):
    """What follows from all ratings of sway and all positions together, worked out by a job. Holds ids, no names."""

    #: Of everything it was made from.
    fingerprint = models.CharField(max_length=64, blank=True)
    method = models.CharField(max_length=60, blank=True)
    payload = models.JSONField(default=dict)
    computed_at = models.DateTimeField(null=True, blank=True)
    #: Something changed since: later than `computed_at` until the job has looked.
    asked_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coalition"], name="one_power_finding_for_a_coalition")]

    def __str__(self) -> str:
        return f"power finding of {self.coalition_id}"

    @property
    def is_behind(self) -> bool:
        """Was something rated that these figures do not hold yet?"""
        return self.computed_at is None or self.asked_at > self.computed_at
