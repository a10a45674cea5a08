"""Something the coalition is asked to decide together, with every version of its words."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned
from manyhands.practice.governance.rules import Outcome

from .decision_rules import DecisionKind, DecisionRule
from .goals import SharedGoal


class Proposal(CoalitionOwned):
    """A text put forward for decision, from draft to outcome."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CLARIFY = "clarify", _("Clarify")
        REACT = "react", _("React")
        DECIDE = "decide", _("Decide")
        ADOPTED = "adopted", _("Adopted")
        WITH_DISSENT = "adopted with dissent", _("Adopted with dissent")
        NOT_ADOPTED = "not adopted", _("Not adopted")
        NO_QUORUM = "no quorum", _("Too few stances")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Force(models.TextChoices):
        IN_FORCE = "in force", _("In force")
        REAFFIRMED = "reaffirmed", _("Reaffirmed")
        CHANGED = "changed", _("Changed since")
        REPEALED = "repealed", _("Repealed")

    OPEN = (State.CLARIFY, State.REACT, State.DECIDE)
    DECIDED = tuple(Outcome)

    number = models.PositiveIntegerField()
    kind = models.CharField(
        _("what is decided"), max_length=10, choices=DecisionKind.choices, default=DecisionKind.ORDINARY
    )
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in one sentence"), max_length=400, blank=True)
    text = models.TextField(_("what we would do"), max_length=20_000)
    source = models.CharField(max_length=80, blank=True)
    quote = models.CharField(max_length=400, blank=True)
    serves_goal = models.ForeignKey(
        SharedGoal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="served_by",
        verbose_name=_("goal it serves"),
    )
    #: The goal that this proposal adopts; only for kind "goal".
    goal = models.OneToOneField(SharedGoal, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal")
    put_forward_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    #: The rule in force on the day it opened. Rules are never changed, so it stays as it was.
    rule = models.ForeignKey(DecisionRule, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    written_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True, blank=True)
    react_at = models.DateTimeField(null=True, blank=True)
    decide_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    force = models.CharField(max_length=10, choices=Force.choices, blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(max_length=4000, blank=True)
    #: Kept at closing: the sectors of those who took a stance, by their own word, and whether it was one alone.
    sectors_heard = models.JSONField(default=list, blank=True)
    is_single_perspective = models.BooleanField(default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["coalition", "number"], name="proposals_are_numbered"),
            models.CheckConstraint(
                name="an_outcome_comes_with_a_day",
                condition=Q(state__in=[*Outcome], decided_at__isnull=False)
                | (~Q(state__in=[*Outcome]) & Q(decided_at=None)),
            ),
            models.CheckConstraint(
                name="nothing_is_decided_without_a_rule",
                condition=Q(state__in=["draft", "withdrawn"]) | Q(rule__isnull=False),
            ),
            models.CheckConstraint(
                name="the_decide_phase_has_an_end",
                condition=~Q(state="decide") | Q(closes_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["coalition", "state", "closes_at"], name="proposals_by_closing")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_decided(self) -> bool:
        return self.state in self.DECIDED

    @property
    def is_adopted(self) -> bool:
        return self.is_decided and Outcome(self.state).is_adopted

    @property
    def takes_stances(self) -> bool:
        """May stances be taken now? The phase ends on its day, whoever has counted yet."""
        return self.state == self.State.DECIDE and now() < self.closing

    @property
    def closing(self) -> datetime:
        if self.closes_at is None:
            raise ValueError(f"proposal {self.pk} has no closing day yet")
        return self.closes_at

    @property
    def is_review_due(self) -> bool:
        return self.is_adopted and self.review_on is not None and self.review_on <= localdate()


class ProposalVersion(CoalitionOwned):
    """The words of a proposal as they once stood, and why they were changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=400, blank=True)
    text = models.TextField(max_length=20_000)
    because = models.CharField(_("what changed, and thanks to whom"), max_length=300, blank=True)
    written_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="versions_are_numbered")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.proposal}"


class Eligibility(CoalitionOwned):
    """An organization that may take a stance, with its votes, as it was when the decide phase opened."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="eligible")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    votes = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["organization__name", "id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "organization"], name="eligible_once")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.votes}"
