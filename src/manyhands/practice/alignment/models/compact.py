"""What members promise each other: the values they share, how they behave, and what happens when someone does not."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned


class Compact(CoalitionOwned):
    """One version of the values, or of the ground rules for how we behave. A version that was asked never changes."""

    class Kind(models.TextChoices):
        VALUES = "values", _("Our values")
        BEHAVIOUR = "behaviour", _("How we treat each other")

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        ASKED = "asked", _("members are asked")
        IN_FORCE = "in force", _("in force")
        SUPERSEDED = "superseded", _("replaced")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    begun_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(default=now)
    asked_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["coalition", "kind", "number"], name="versions_of_a_compact_are_numbered"),
            models.UniqueConstraint(
                fields=["coalition", "kind"], condition=Q(state="in force"), name="one_compact_of_a_kind_in_force"
            ),
            models.UniqueConstraint(
                fields=["coalition", "kind"],
                condition=Q(state__in=["draft", "asked"]),
                name="one_compact_of_a_kind_being_made",
            ),
            models.CheckConstraint(
                name="a_compact_in_force_says_since_when",
                condition=~Q(state="in force") | Q(adopted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.number}"


class CompactPoint(CoalitionOwned):
    """One value, or one ground rule."""

    compact = models.ForeignKey(Compact, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveIntegerField(default=0)
    text = models.TextField(_("in one sentence"), max_length=400)
    proposed_by = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class Ratification(CoalitionOwned):
    """What one organization says to one value or ground rule: its own, or not, and then why."""

    class Choice(models.TextChoices):
        RATIFIES = "ratifies", _("Stands behind it")
        CONTESTS = "contests", _("Contests it")

    point = models.ForeignKey(CompactPoint, on_delete=models.CASCADE, related_name="ratifications")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    reason = models.TextField(max_length=1000, blank=True)
    said_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "organization"], name="one_word_of_an_organization_per_point"),
            models.CheckConstraint(
                name="who_contests_a_point_says_why", condition=~Q(choice="contests") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.choice} {self.point_id}"


class CompactAcceptance(CoalitionOwned):
    """A seat has read the ground rules in force and accepts them; asked before its first contribution."""

    compact = models.ForeignKey(Compact, on_delete=models.CASCADE, related_name="acceptances")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    accepted_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["compact", "seat"], name="one_acceptance_per_seat")]

    def __str__(self) -> str:
        return f"{self.seat} accepts {self.compact_id}"


class BreachReport(CoalitionOwned):
    """Someone says that a ground rule was broken. Read by stewards only, and always answered with a date.

    An anonymous report keeps no author and no time of day; its author reads the answer with a code shown once.
    """

    class Way(models.TextChoices):
        STEWARDS = "stewards", _("With my name, to all stewards")
        ONE = "one", _("With my name, to one steward only")
        ANONYMOUS = "anonymous", _("Without my name, to all stewards")

    way = models.CharField(max_length=10, choices=Way.choices)
    text = models.TextField(_("what happened"), max_length=4000)
    point = models.ForeignKey(CompactPoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    to_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: Of the code with which an anonymous author reads the answer; the code itself is kept nowhere.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    reported_on = models.DateField()
    answer_by = models.DateField()
    answer = models.TextField(max_length=4000, blank=True)
    answered_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="an_anonymous_report_has_no_author", condition=~Q(way="anonymous") | Q(author__isnull=True)
            ),
            models.CheckConstraint(
                name="an_answer_to_a_report_has_a_date",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def is_late(self) -> bool:
        return self.answered_at is None and self.answer_by < localdate()
