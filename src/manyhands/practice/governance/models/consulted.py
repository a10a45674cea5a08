"""Whom a decision was put to beforehand: who was asked, who came, what they know, and what changed because of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .proposals import Proposal


class Consulted(CoalitionOwned):
    """One person or body that was asked about a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="consulted")
    who = models.CharField(_("whom we asked"), max_length=160)
    organization = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    expertise = models.CharField(_("what they know about it"), max_length=300)
    invited_on = models.DateField(_("asked on"))
    came_on = models.DateField(_("heard on"), null=True, blank=True)
    said = models.TextField(_("what they told us"), max_length=4000, blank=True)
    change = models.TextField(_("what changed because of it"), max_length=2000, blank=True)
    written_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["invited_on", "id"]
        constraints = [
            models.CheckConstraint(name="the_consulted_are_named", condition=~Q(who="") & ~Q(expertise="")),
            models.CheckConstraint(
                name="one_is_heard_after_one_was_asked",
                condition=Q(came_on=None) | Q(came_on__gte=F("invited_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.who
