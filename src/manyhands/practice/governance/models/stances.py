"""Where organizations stand, and the disagreement that stays beside a decision."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .proposals import Proposal


class Stance(CoalitionOwned):
    """Where one organization stands on one proposal. A new stance replaces the old, which is kept."""

    class Choice(models.TextChoices):
        FOR = "for", _("For")
        ASIDE = "aside", _("Stands aside")
        AGAINST = "against", _("Against")
        BLOCK = "block", _("Blocks")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="stances")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    #: Who spoke for the organization.
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    reason = models.TextField(max_length=4000, blank=True)
    taken_at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(max_length=4000, blank=True)
    replied_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)
    look_again_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "organization"],
                condition=Q(replaced_at__isnull=True),
                name="one_stance_per_organization",
            ),
            models.CheckConstraint(
                name="a_block_has_a_reason",
                condition=~Q(choice="block") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.get_choice_display()}"

    @property
    def is_doubt(self) -> bool:
        return self.choice != self.Choice.FOR


class Dissent(CoalitionOwned):
    """Disagreement kept beside an adopted decision, answered, and looked at again."""

    class State(models.TextChoices):
        RECORDED = "recorded", _("Waits for an answer")
        ANSWERED = "answered", _("Answered")
        REVIEWED = "reviewed", _("Looked at again")

    number = models.PositiveIntegerField()
    stance = models.OneToOneField(Stance, on_delete=models.PROTECT, related_name="dissent")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="dissents")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECORDED)
    recorded_at = models.DateTimeField(default=now)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["coalition", "number"], name="dissents_are_numbered")]

    def __str__(self) -> str:
        return f"dissent {self.number}"
