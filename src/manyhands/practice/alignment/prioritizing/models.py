"""A round on what comes first: the vision it began from, the candidates, and what each member organization said."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned


class PriorityRound(CoalitionOwned):
    """Members say which candidates are a priority for them, and which clauses each serves: open → closed."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    question = models.CharField(_("question"), max_length=160)
    #: The version that was adopted when the round was opened. A later one changes nothing here.
    vision = models.ForeignKey("alignment.Vision", on_delete=models.PROTECT, related_name="priority_rounds")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    answer_by = models.DateField(_("please answer by"), null=True, blank=True)
    opened_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=now)
    closed_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    #: What was counted when it closed; see `rules.count`. So no figure changes when a member comes or goes.
    payload = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition"], condition=Q(state="open"), name="one_priority_round_at_a_time"
            ),
            models.CheckConstraint(
                name="a_closed_priority_round_has_a_date",
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class PriorityCandidate(CoalitionOwned):
    """A priority that members are asked about in one round."""

    round = models.ForeignKey(PriorityRound, on_delete=models.CASCADE, related_name="candidates")
    priority = models.ForeignKey("alignment.Priority", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "priority"], name="a_candidate_stands_once")]

    def __str__(self) -> str:
        return f"candidate {self.position}"


class PriorityAnswer(CoalitionOwned):
    """What one organization says of one candidate; saying it anew replaces it."""

    candidate = models.ForeignKey(PriorityCandidate, on_delete=models.CASCADE, related_name="answers")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    is_priority = models.BooleanField()
    #: Ids of the clauses that it serves, as this organization sees it; all of the round's vision.
    clause_ids = models.JSONField(default=list, blank=True)
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "organization"], name="one_answer_per_member_and_candidate")
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
