"""The book of what happened, and the errands that follow from each line."""

from typing import Any

from django.db import models

from manyhands.foundation.tenancy.models import CoalitionOwned


class LineIsWritten(RuntimeError):
    """A line in the ledger is never changed or taken out."""


class LedgerEntry(CoalitionOwned):
    """One line: who did what to which row, when. Ids only, so that the book outlives the people in it."""

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=80)
    by_seat_id = models.BigIntegerField(null=True)
    by_system = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["coalition", "-id"], name="ledger_newest_first"),
            models.Index(fields=["coalition", "about"], name="ledger_about_a_row"),
            models.Index(fields=["coalition", "kind", "-id"], name="ledger_of_a_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="ledger_line_has_one_author",
                condition=models.Q(by_seat_id__isnull=False, by_system="")
                | (models.Q(by_seat_id__isnull=True) & ~models.Q(by_system="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise LineIsWritten("A ledger line is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise LineIsWritten("A ledger line is never taken out.")


class Delivery(CoalitionOwned):
    """One listener that must hear of one line; kept until it has."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=160)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "listener"], name="one_delivery_per_listener")]
        indexes = [
            models.Index(fields=["id"], name="deliveries_waiting", condition=models.Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.listener} ← {self.entry_id}"
