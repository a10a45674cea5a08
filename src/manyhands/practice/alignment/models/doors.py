"""Ways in for people without a seat: links, and answers on paper."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .rounds import VisionRound


class AnswerLink(CoalitionOwned):
    """Links by which people without an account answer one round: one for anyone, or many that work for one each.

    No secret is kept: the address carries a seal that only this site can make. Nothing says to whom a personal link
    was handed.
    """

    class Kind(models.TextChoices):
        OPEN = "open", _("One link for anyone")
        PERSONAL = "personal", _("Many links, one for each person")

    round = models.ForeignKey(VisionRound, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.CharField(_("what it is for"), max_length=120)
    #: How many personal links there are, or how many people may answer by the open one.
    most = models.PositiveIntegerField()
    made_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.label


class PaperBatch(CoalitionOwned):
    """Answers that came in on paper, one row for each sheet; can be taken out again while the round is open."""

    round = models.ForeignKey(VisionRound, on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(max_length=120)
    sheets = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    brought_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    brought_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
