"""Reports of rounds that everyone may read."""

from django.db import models
from django.utils.timezone import now

from manyhands.foundation.tenancy.models import CoalitionOwned

from .rounds import VisionRound


class PublicReport(CoalitionOwned):
    """A round's report that stands open to everyone at an address of its own, to read or to show on another site.

    Off is the ordinary case: then there is no row. Switched off and on again, a report gets a new address, so that
    pages which still show the old one show nothing. No secret is kept; the address carries a seal.
    """

    round = models.OneToOneField(VisionRound, on_delete=models.CASCADE, related_name="public_report")
    opened_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"public report of round {self.round_id}"
