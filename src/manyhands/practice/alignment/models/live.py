"""A round held in one room, with a big screen and everybody's phone."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from ..hands.models import SpeakerQueue
from .rounds import VisionRound


class LiveRound(CoalitionOwned):
    """How far a round in the room has come. The facilitator turns its phases; every screen follows."""

    class Phase(models.TextChoices):
        SILENT = "silent", _("Write in silence")
        SHOW = "show", _("Read together")
        RESPOND = "respond", _("Answer")
        OVERLAPS = "overlaps", _("What we share")
        OVER = "over", _("Over")

    round = models.OneToOneField(VisionRound, on_delete=models.CASCADE, related_name="live")
    code = models.CharField(max_length=8)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.SILENT)
    phase_at = models.DateTimeField(default=now)
    silent_minutes = models.PositiveSmallIntegerField(_("minutes of silence"), default=5)
    #: None in rounds held before hands could be raised, and once what was kept of them is erased.
    queue = models.OneToOneField(SpeakerQueue, on_delete=models.SET_NULL, null=True, blank=True, related_name="live")
    begun_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["coalition", "code"], name="live_rounds_are_told_apart")]

    def __str__(self) -> str:
        return f"live round {self.round_id}"


class Presence(CoalitionOwned):
    """A seat said that it is in the room."""

    live = models.ForeignKey(LiveRound, on_delete=models.CASCADE, related_name="presences")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    came_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["live", "seat"], name="one_presence_per_seat")]

    def __str__(self) -> str:
        return f"{self.seat} in {self.live_id}"
