"""How we say a goal to those who care for a reason of their own."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned
from manyhands.practice.governance.models import SharedGoal
from manyhands.practice.stakeholders.models import ProfileEntry


class GoalMessage(CoalitionOwned):
    """Words that link an actor's own motive to one of our goals."""

    goal = models.ForeignKey(SharedGoal, on_delete=models.CASCADE, related_name="messages")
    motive = models.ForeignKey(ProfileEntry, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField(_("how we say it to them"), max_length=2000)
    written_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "motive"], name="one_message_for_a_motive"),
            models.CheckConstraint(name="a_message_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:40]
