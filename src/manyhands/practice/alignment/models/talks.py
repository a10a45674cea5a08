"""Closed talks: said among a few, for a time, and gone afterwards."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned


class ClosedTalk(CoalitionOwned):
    """A talk among chosen people that ends on its day. Then every word of it is erased; nothing can be taken out."""

    title = models.CharField(_("what it is about"), max_length=160)
    why = models.TextField(_("why we talk here"), max_length=1000, blank=True)
    is_anonymous = models.BooleanField(_("posts carry no name"), default=False)
    begun_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(default=now)
    closes_at = models.DateTimeField(_("ends"))
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.purged_at is None and self.closes_at > now()


class TalkPlace(CoalitionOwned):
    """A seat that takes part in a closed talk."""

    talk = models.ForeignKey(ClosedTalk, on_delete=models.CASCADE, related_name="places")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["talk", "seat"], name="one_place_in_a_talk")]

    def __str__(self) -> str:
        return f"{self.seat} in talk {self.talk_id}"


class TalkPost(CoalitionOwned):
    """What somebody said in a closed talk. Where posts carry no name, none is kept, nor the time of day."""

    talk = models.ForeignKey(ClosedTalk, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=4000)
    posted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"post {self.pk}"
