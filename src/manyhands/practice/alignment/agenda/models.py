"""Agendas that were asked for, what was found, and the one that is kept as the suggestion."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .rules import Priced


class Agenda(CoalitionOwned):
    """Somebody asked which so many statements of a closed round make an agenda, or which so many priorities."""

    #: None: of our priorities.
    round = models.ForeignKey(
        "alignment.VisionRound", on_delete=models.CASCADE, null=True, blank=True, related_name="agendas"
    )
    size = models.PositiveSmallIntegerField(_("how many"))
    #: Of priorities that cost something: how much there is in all, and of what ("hours", "€"). Then `size` is 0.
    budget = models.DecimalField(_("how much there is"), max_digits=11, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("of what"), max_length=20, blank=True)
    #: What each costs, and what must be in: ``{"costs": {"12": "4.5"}, "must_haves": [12]}``.
    terms = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    #: The job that works it out.
    run_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["size"]
        constraints = [
            models.UniqueConstraint(fields=["round", "size"], name="one_agenda_of_a_size"),
            models.UniqueConstraint(
                fields=["coalition", "size"],
                condition=Q(round=None, budget=None),
                name="one_agenda_of_priorities_of_a_size",
            ),
            models.UniqueConstraint(
                fields=["coalition"], condition=Q(budget__isnull=False), name="one_agenda_of_priorities_by_cost"
            ),
            models.CheckConstraint(
                name="an_agenda_has_a_place",
                condition=Q(size__gte=1, budget=None) | Q(size=0, budget__gt=0, round=None),
            ),
        ]

    @property
    def priced(self) -> Priced | None:
        """What its priorities cost and how much there is; None where so many are chosen."""
        if self.budget is None:
            return None
        costs = {int(pk): Decimal(cost) for pk, cost in self.terms["costs"].items()}
        return Priced(self.budget, self.unit, costs, tuple(self.terms["must_haves"]))

    def __str__(self) -> str:
        return f"agenda of {self.size} for {f'round {self.round_id}' if self.round_id else 'our priorities'}"


class AgendaFinding(CoalitionOwned):
    """What each way of choosing takes, worked out once by a job. Holds only what anyone with a seat may see."""

    agenda = models.OneToOneField(Agenda, on_delete=models.CASCADE, related_name="finding")
    #: Of the answers, what counts as one voice, and the size. See `agenda.queries.fingerprint`.
    fingerprint = models.CharField(max_length=64)
    method = models.CharField(max_length=60)
    payload = models.JSONField()
    computed_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"finding of agenda {self.agenda_id}"


class KeptAgenda(CoalitionOwned):
    """The agenda of a round that those who lead keep as their suggestion, with the way it was chosen."""

    WAYS = [
        ("plain", _("Plain list")),
        ("equal-shares", _("Equal Shares")),
        ("pav", _("Proportional approval")),
        ("phragmen", _("Phragmén")),
    ]

    round = models.OneToOneField("alignment.VisionRound", on_delete=models.CASCADE, related_name="kept_agenda")
    size = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=12, choices=WAYS)
    #: Ids of the statements, in the order chosen.
    statement_ids = models.JSONField()
    kept_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"suggestion for round {self.round_id}"
