"""The rules by which a coalition decides, each version kept."""

from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.tenancy.models import CoalitionOwned
from manyhands.practice.governance.rules import Base, Method, Terms


class DecisionKind(models.TextChoices):
    """What is decided: each kind may have a rule of its own."""

    ORDINARY = "ordinary", _("What we do")
    GOAL = "goal", _("A shared goal")
    CHARTER = "charter", _("Our own rules")


class DecisionRule(CoalitionOwned):
    """The charter's rule for one kind of decision. Never changed: a new rule supersedes it."""

    METHODS = [(Method.SHARE.value, _("A share of the votes")), (Method.CONSENT.value, _("Consent"))]
    BASES = [
        (Base.FOR_OR_AGAINST.value, _("the votes for or against")),
        (Base.STANCES.value, _("all stances taken, those aside included")),
        (Base.ELIGIBLE.value, _("all votes there are")),
    ]

    kind = models.CharField(_("kind of decision"), max_length=10, choices=DecisionKind.choices)
    name = models.CharField(_("name"), max_length=80)
    method = models.CharField(_("how stances become a decision"), max_length=10, choices=METHODS, default=Method.SHARE)
    # Shares are kept as whole numbers, so that two thirds is two thirds.
    quorum_numerator = models.PositiveSmallIntegerField(default=1)
    quorum_denominator = models.PositiveSmallIntegerField(default=2)
    threshold_numerator = models.PositiveSmallIntegerField(default=2)
    threshold_denominator = models.PositiveSmallIntegerField(default=3)
    must_exceed = models.BooleanField(_("it must be more than that share"), default=False)
    base = models.CharField(_("share of which votes"), max_length=16, choices=BASES, default=Base.FOR_OR_AGAINST)
    blocks_stop = models.BooleanField(_("one block stops a proposal"), default=True)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=7)
    in_force_from = models.DateField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "kind"], condition=Q(superseded_at__isnull=True), name="one_live_rule_per_kind"
            ),
            models.CheckConstraint(
                name="a_rule_asks_for_shares",
                condition=Q(quorum_denominator__gt=0, threshold_denominator__gt=0)
                & Q(quorum_numerator__lte=F("quorum_denominator"), threshold_numerator__lte=F("threshold_denominator")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def quorum(self) -> Fraction:
        return Fraction(self.quorum_numerator, self.quorum_denominator)

    @property
    def threshold(self) -> Fraction:
        return Fraction(self.threshold_numerator, self.threshold_denominator)

    @property
    def terms(self) -> Terms:
        return Terms(
            Method(self.method), self.quorum, self.threshold, Base(self.base), self.must_exceed, self.blocks_stop
        )

    @staticmethod
    def columns(terms: Terms) -> dict[str, Any]:
        """The columns that hold these terms."""
        return {
            "method": terms.method,
            "quorum_numerator": terms.quorum.numerator,
            "quorum_denominator": terms.quorum.denominator,
            "threshold_numerator": terms.threshold.numerator,
            "threshold_denominator": terms.threshold.denominator,
            "base": terms.base,
            "must_exceed": terms.must_exceed,
            "blocks_stop": terms.blocks_stop,
        }
