"""Records that may mean the same actor: found by the computer, judged by people, joined and taken apart again."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .stakeholders import Stakeholder


class Pair(CoalitionOwned):
    """Two records that look alike, and what a person said about them."""

    class Verdict(models.TextChoices):
        OPEN = "open", _("Waits for you")
        DIFFERENT = "different", _("Not the same")
        MERGED = "merged", _("The same, joined")

    one = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    #: In words, best first: ``["the same domain", "names differ by one letter"]``.
    reasons = models.JSONField(default=list)
    verdict = models.CharField(max_length=9, choices=Verdict.choices, default=Verdict.OPEN)
    found_at = models.DateTimeField(default=now)
    judged_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.CheckConstraint(name="a_pair_is_two_in_order", condition=Q(one__lt=F("other"))),
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_is_found_once"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"


class Merge(CoalitionOwned):
    """Two records made one; what each was and what moved is kept until undo runs out."""

    kept = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="+")
    #: What the kept record was before: ``{"city": "", "phone": "1"}``.
    before = models.JSONField(default=dict)
    #: Each row that pointed at the record that went: ``[["stakeholders.Tie", 7, "one_id"]]``; ended ones with "ended".
    moved = models.JSONField(default=list)
    version_after = models.PositiveIntegerField(default=0)
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    merged_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.CheckConstraint(name="nothing_is_merged_with_itself", condition=~Q(kept=F("gone"))),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
