"""From many statements to one text: what is alike, and a vision whose every clause names where it came from."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .rounds import Participant, Statement, VisionRound


class Overlap(CoalitionOwned):
    """Statements of one round that say much the same, under one sentence; true once those who were there say so."""

    round = models.ForeignKey(VisionRound, on_delete=models.CASCADE, related_name="overlaps")
    position = models.PositiveIntegerField(default=0)
    text = models.CharField(_("what these share, in one sentence"), max_length=280)
    gathered_at = models.DateTimeField(default=now)
    #: When the voices were counted; nobody sees a figure before, so that no change can be watched.
    counted_at = models.DateTimeField(null=True, blank=True)
    validated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class OverlapVoice(CoalitionOwned):
    """One participant says whether the sentence is true to what they meant. Only counts of five or more are shown."""

    overlap = models.ForeignKey(Overlap, on_delete=models.CASCADE, related_name="voices")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    fits = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["overlap", "participant"], name="one_voice_per_overlap")]

    def __str__(self) -> str:
        return f"voice {self.pk}"


class Vision(CoalitionOwned):
    """One version of the shared picture of success."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        ADOPTED = "adopted", _("adopted")
        SUPERSEDED = "superseded", _("replaced")

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    round = models.ForeignKey(VisionRound, on_delete=models.PROTECT, related_name="visions")
    begun_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(default=now)
    adopted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["coalition", "number"], name="visions_are_numbered"),
            models.UniqueConstraint(fields=["coalition"], condition=Q(state="adopted"), name="one_vision_is_adopted"),
            models.CheckConstraint(
                name="an_adopted_vision_has_a_date", condition=~Q(state="adopted") | Q(adopted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"vision {self.number}"


class VisionClause(CoalitionOwned):
    """One sentence of a vision."""

    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveIntegerField(default=0)
    text = models.TextField(_("clause"), max_length=600)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class ClauseSource(CoalitionOwned):
    """A statement that stands behind a clause."""

    clause = models.ForeignKey(VisionClause, on_delete=models.CASCADE, related_name="sources")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="clauses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "statement"], name="one_source_per_clause")]

    def __str__(self) -> str:
        return f"statement {self.statement_id} for clause {self.clause_id}"
