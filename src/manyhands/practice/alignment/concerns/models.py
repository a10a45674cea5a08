"""Concerns of the community, where each was heard, who shares it, and what on an agenda answers it."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned
from manyhands.practice.stakeholders.models import Input


class Concern(CoalitionOwned):
    """Something people worry about or ask for, in one sentence that everyone with a seat may read.

    What parties voice inside a negotiation is theirs (`NegotiationConcern`) and never becomes one of these by itself.
    """

    text = models.CharField(_("the concern"), max_length=300)
    written_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=now)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    why_set_aside = models.CharField(_("why it is set aside"), max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="a_concern_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="a_concern_set_aside_says_why", condition=Q(set_aside_at=None) | ~Q(why_set_aside="")
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ConcernSource(CoalitionOwned):
    """Where a concern was heard: what an ally told us, or a statement of a round. The words there stay as they were."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="sources")
    heard = models.ForeignKey(Input, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    statement = models.ForeignKey(
        "alignment.Statement", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    added_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_concern_is_heard_in_one_place",
                condition=Q(heard__isnull=False, statement=None) | Q(heard=None, statement__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["concern", "heard"], condition=Q(heard__isnull=False), name="an_input_is_heard_once"
            ),
            models.UniqueConstraint(
                fields=["concern", "statement"], condition=Q(statement__isnull=False), name="a_statement_is_heard_once"
            ),
        ]

    def __str__(self) -> str:
        return f"source {self.pk} of concern {self.concern_id}"


class ConcernVoice(CoalitionOwned):
    """Somebody at the table shares a concern. Counted, and never shown."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="voices")
    #: Cut when the person is erased; the count stays.
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "seat"], condition=Q(seat__isnull=False), name="one_voice_on_a_concern"
            )
        ]

    def __str__(self) -> str:
        return f"voice {self.pk}"


class ConcernAnswer(CoalitionOwned):
    """An item of an agenda answers a concern.

    The item is a name and a number, as ``alignment.Priority:12``, and not a link: rooms above this one have agendas
    too. See `concerns.items`.
    """

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=80)
    linked_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    linked_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "item"], name="an_item_answers_a_concern_once"),
            models.CheckConstraint(name="an_answer_names_its_item", condition=~Q(item="")),
        ]

    def __str__(self) -> str:
        return f"{self.item} for concern {self.concern_id}"
