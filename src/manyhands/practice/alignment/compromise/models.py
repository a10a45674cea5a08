"""Negotiations: the question, issues with options, parties, what each told the mediator, packages and concessions."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .rules import NegotiationState


class Negotiation(CoalitionOwned):
    """One question on which members differ, from its draft to a package, or to no deal."""

    State = NegotiationState
    STATES = [
        (NegotiationState.DRAFT.value, _("Draft")),
        (NegotiationState.OPEN.value, _("Waits for the parties")),
        (NegotiationState.PROPOSED.value, _("Packages on the table")),
        (NegotiationState.AGREED.value, _("Agreed")),
        (NegotiationState.NO_DEAL.value, _("No deal")),
        (NegotiationState.REVIEWED.value, _("Looked at again")),
    ]

    question = models.CharField(_("question"), max_length=200)
    explanation = models.TextField(_("what it is about"), max_length=2000, blank=True)
    mediator = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: The priority over which they clash, if it came from there.
    priority = models.ForeignKey(
        "alignment.Priority", on_delete=models.SET_NULL, null=True, blank=True, related_name="negotiations"
    )
    state = models.CharField(max_length=8, choices=STATES, default=NegotiationState.DRAFT)
    answers_by = models.DateField(_("parties answer by"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    why_no_deal = models.CharField(_("why there is no deal"), max_length=400, blank=True)
    look_again_on = models.DateField(_("looked at again on"), null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review = models.CharField(_("what came of it"), max_length=400, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="an_agreement_is_looked_at_again", condition=~Q(state="agreed") | Q(look_again_on__isnull=False)
            ),
            models.CheckConstraint(name="no_deal_says_why", condition=~Q(state="no deal") | ~Q(why_no_deal="")),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_over(self) -> bool:
        return self.state in {NegotiationState.AGREED, NegotiationState.NO_DEAL, NegotiationState.REVIEWED}


class NegotiationIssue(CoalitionOwned):
    """One of the things to be settled."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="issues")
    name = models.CharField(_("what is to be settled"), max_length=120)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["negotiation", "name"], name="one_issue_of_a_name")]

    def __str__(self) -> str:
        return self.name


class IssueOption(CoalitionOwned):
    """One way in which an issue may be settled."""

    issue = models.ForeignKey(NegotiationIssue, on_delete=models.CASCADE, related_name="options")
    name = models.CharField(max_length=160)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["issue", "name"], name="one_option_of_a_name")]

    def __str__(self) -> str:
        return self.name


class NegotiationParty(CoalitionOwned):
    """A member organization at this table."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="parties")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    #: When it told the mediator; what it told stands in `PrivateTerms`.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["negotiation", "organization"], name="one_party_per_member")]

    def __str__(self) -> str:
        return str(self.organization)


class PrivateTerms(CoalitionOwned):
    """What a deal is worth to one party. Read by the party itself and by the mediator; by nobody else, ever."""

    party = models.OneToOneField(NegotiationParty, on_delete=models.CASCADE, related_name="terms")
    #: Points by the id of the option, as decimals in words: {"7": "12.5"}.
    points = models.JSONField()
    walk_away = models.DecimalField(max_digits=6, decimal_places=2)
    #: Ids of options it cannot accept.
    red_lines = models.JSONField(default=list)
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="no_walk_away_below_zero", condition=Q(walk_away__gte=0, walk_away__lte=100))
        ]

    def __str__(self) -> str:
        return f"terms {self.pk}"


class PackageFinding(CoalitionOwned):
    """What the terms of all parties allow, worked out once by a job. Written whole, or not at all."""

    negotiation = models.OneToOneField(Negotiation, on_delete=models.CASCADE, related_name="finding")
    #: Of the issues and the terms it was made from.
    fingerprint = models.CharField(max_length=64)
    method = models.CharField(max_length=60, blank=True)
    #: What the parties may read once packages are proposed: no points, no walk-away, no red line.
    payload = models.JSONField()
    #: For the mediator alone.
    mediator_payload = models.JSONField(default=dict)
    computed_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"packages of negotiation {self.negotiation_id}"


class ProposedPackage(CoalitionOwned):
    """A package that the mediator put on the table: one option for each issue."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="packages")
    #: Ids of options, in the order of the issues.
    option_ids = models.JSONField()
    #: Why it is there: "nash", "fairest", "pareto".
    virtues = models.JSONField(default=list)
    #: Who gives way to whom on what: [[giving organization, getting organization, issue], …].
    concessions = models.JSONField(default=list)
    is_agreed = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["negotiation"], condition=Q(is_agreed=True), name="one_agreed_package_per_negotiation"
            )
        ]

    def __str__(self) -> str:
        return f"package {self.pk}"


class PackageAnswer(CoalitionOwned):
    """Whether one party can accept one package on the table."""

    package = models.ForeignKey(ProposedPackage, on_delete=models.CASCADE, related_name="answers")
    party = models.ForeignKey(NegotiationParty, on_delete=models.CASCADE, related_name="+")
    accepts = models.BooleanField()
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["package", "party"], name="one_answer_per_package")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class NegotiationConcern(CoalitionOwned):
    """A concern as it was voiced, the interest beneath it, and the options that would meet it."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="concerns")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("concern"), max_length=400)
    interest = models.CharField(_("interest beneath it"), max_length=300, blank=True)
    options = models.ManyToManyField(IssueOption, through="ConcernOption", related_name="+")
    voiced_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    voiced_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class ConcernOption(CoalitionOwned):
    """An option that would meet a concern."""

    concern = models.ForeignKey(NegotiationConcern, on_delete=models.CASCADE, related_name="met_by")
    option = models.ForeignKey(IssueOption, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "option"], name="an_option_meets_a_concern_once")]

    def __str__(self) -> str:
        return f"{self.option} for {self.concern_id}"


class AgreementPart(CoalitionOwned):
    """Who does what under an agreement."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="agreed_parts")
    issue = models.ForeignKey(NegotiationIssue, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class Concession(CoalitionOwned):
    """One party gave way to another on one issue, and when that is looked at again."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="concessions")
    issue = models.ForeignKey(NegotiationIssue, on_delete=models.CASCADE, related_name="+")
    giver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    getter = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    look_again_on = models.DateField()

    class Meta:
        ordering = ["-on", "id"]
        constraints = [
            models.CheckConstraint(name="nobody_gives_way_to_oneself", condition=~Q(giver=models.F("getter")))
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} gave way to {self.getter_id}"
