"""Who asks to speak and who speaks. Kept for a short time only, and read by those it is about."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned


class SpeakerQueue(CoalitionOwned):
    """Those who wish to speak, on one occasion. The occasion points here; this knows only its kind and its name."""

    #: Which place it belongs to; see `places.register_place`.
    kind = models.CharField(max_length=20)
    about = models.CharField(_("what it is about"), max_length=400)
    opened_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.about

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class SpeakingTurn(CoalitionOwned):
    """A hand that went up, or a turn that was given without one: queued → speaking → ended."""

    class Ending(models.TextChoices):
        SPOKE = "spoke", _("spoke")
        LOWERED = "lowered", _("took the hand down")
        LEFT = "left", _("left the room")
        UNHEARD = "unheard", _("it was over first")

    queue = models.ForeignKey(SpeakerQueue, on_delete=models.CASCADE, related_name="turns")
    #: None once the person was erased; what follows stays, so that no tally changes.
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: What tells apart those who were erased: the id of their first turn of this occasion.
    gone_as = models.PositiveBigIntegerField(null=True, blank=True)
    organization = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    standing = models.CharField(max_length=16, choices=Seat.Standing.choices)
    #: None: called on without having asked.
    asked_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending.choices, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "seat"], condition=Q(ended_at=None), name="one_hand_up_for_each_seat"
            ),
            models.UniqueConstraint(
                fields=["queue"], condition=Q(called_at__isnull=False, ended_at=None), name="one_speaks_at_a_time"
            ),
            models.CheckConstraint(
                name="a_turn_was_asked_for_or_given", condition=Q(asked_at__isnull=False) | Q(called_at__isnull=False)
            ),
            models.CheckConstraint(
                name="an_ended_turn_says_how",
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
            ),
            models.CheckConstraint(
                name="whoever_spoke_had_the_floor", condition=~Q(ending="spoke") | Q(called_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"turn {self.pk}"

    @property
    def is_speaking(self) -> bool:
        return self.called_at is not None and self.ended_at is None

    @property
    def is_queued(self) -> bool:
        return self.called_at is None and self.ended_at is None
