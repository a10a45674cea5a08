"""Lists that were brought in: the file, how its columns match, what each row became, and the way back."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Coalition, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .stakeholders import Stakeholder

#: For how long an import can be taken back, and for how long its file is kept.
UNDO_FOR = timedelta(days=14)


def _kept_as(listing: "Import", filename: str) -> str:
    """Never under the name it came with: that may hold anything."""
    import secrets

    return f"imports/{listing.coalition_id}/{secrets.token_hex(16)}"


class Import(CoalitionOwned):
    """One list on its way in. Nothing is written among the allies before `done`."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Match its columns")
        TRYING = "trying", _("Trying")
        TRIED = "tried", _("Waits for your decision")
        COMMITTING = "committing", _("Importing")
        DONE = "done", _("Imported")
        UNDOING = "undoing", _("Being taken back")
        UNDONE = "undone", _("Taken back")
        FAILED = "failed", _("Stopped")

    class Existing(models.TextChoices):
        SKIP = "skip", _("Leave them as they are")
        FILL = "fill", _("Fill in what is empty")
        UPDATE = "update", _("Replace what differs")
        ADD = "add", _("Add every row anew")

    filename = models.CharField(max_length=200)
    file = models.FileField(upload_to=_kept_as, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    #: What reading found: encoding, delimiter, header, first values of each column, counts.
    columns = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=32)
    mapping = models.JSONField(default=dict)
    existing = models.CharField(max_length=6, choices=Existing.choices, default=Existing.FILL)
    source = models.CharField(_("where this list comes from"), max_length=300, blank=True)
    has_consent = models.BooleanField(_("these people agreed that we may write to them"), default=False)
    #: What its notes about people are needed for; without it none of them is kept.
    notes_for = models.CharField(_("what we need its notes about people for"), max_length=200, blank=True)
    #: For a list of those who signed: ``{"issue": 3, "wedge": "active ally", "on": "2026-01-05"}``, with no issue where
    #: each row names its own; once it is in, also ``"count"``, ``"written"`` (the first and the last of each row of
    #: positions), ``"replaced"`` (those before), and ``"too_old"`` if some no longer count for people.
    signed = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    #: What the allies looked like when the list was tried; if they have changed since, it is tried again.
    tried_against = models.CharField(max_length=120, blank=True)
    #: Which trial wrote the rows below; one that finds another's token here has been overtaken and must stop.
    trial_token = models.CharField(max_length=32, blank=True)
    seconds = models.FloatField(default=0)
    rows = models.PositiveIntegerField(default=0)
    count_added = models.PositiveIntegerField(default=0)
    count_people = models.PositiveIntegerField(default=0)
    count_updated = models.PositiveIntegerField(default=0)
    count_skipped = models.PositiveIntegerField(default=0)
    count_refused = models.PositiveIntegerField(default=0)
    count_alike = models.PositiveIntegerField(default=0)
    count_kept = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_system = models.CharField(max_length=80, blank=True)
    run_id = models.BigIntegerField(null=True, blank=True)
    began_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="a_finished_import_has_a_date",
                condition=~Q(state__in=["done", "undoing", "undone"]) | Q(done_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def undo_until(self) -> datetime:
        """Until when it can be taken back; counted from now while it is not done."""
        return (self.done_at or now()) + UNDO_FOR

    @property
    def can_be_undone(self) -> bool:
        return self.state == self.State.DONE and now() < self.undo_until

    @property
    def is_running(self) -> bool:
        return self.state in {self.State.TRYING, self.State.COMMITTING, self.State.UNDOING}

    @property
    def count_taken(self) -> int:
        return self.count_added + self.count_updated

    @property
    def count_left_out(self) -> int:
        return self.count_skipped + self.count_refused


class ImportRow(CoalitionOwned):
    """What one row of a list would become, or has become, where there is something to say about it.

    Rows that would simply be added are kept in `RowsToAdd`.
    """

    class Outcome(models.TextChoices):
        ADD = "add", _("added")
        UPDATE = "update", _("updated")
        SKIP = "skip", _("skipped")
        REFUSE = "refuse", _("refused")

    #: Rows are found by their list; an index of their coalition would only be written, with every row.
    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="+", editable=False, db_index=False)
    listing = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="results", db_index=False)
    #: As a spreadsheet numbers it: the header is row 1.
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    name = models.CharField(max_length=300, blank=True)
    #: Street and town, of a row that looks like an ally we have.
    place = models.CharField(max_length=330, blank=True)
    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: For updates: ``{"city": ["", "Linden"]}``, before and after.
    changes = models.JSONField(default=dict, blank=True)
    #: The version the ally had after the import wrote it; another one means that somebody has edited it since.
    version_after = models.PositiveIntegerField(null=True, blank=True)
    read = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    advice = models.CharField(max_length=300, blank=True)
    alike = models.ForeignKey(
        Stakeholder, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    kept = models.BooleanField(default=False)
    #: Where the row says that they stand: ``{"issue": 3, "wedge": "against"}``; ``"same_as": 7`` for an ally of row 7.
    stands = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["row", "id"]
        indexes = [
            models.Index(fields=["listing", "outcome", "row"], name="import_rows_by_outcome"),
            models.Index(fields=["alike"], name="import_rows_alike", condition=Q(alike__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.outcome}"


class RowsToAdd(CoalitionOwned):
    """Some thousand rows of a list that would be added, as the lines in which a database takes many rows at once."""

    listing = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="to_add")
    #: Which particulars the lines hold, in order; the others are empty in every row.
    fields = models.JSONField(default=list)
    lines = models.TextField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.count} of {self.listing_id}"


class SavedMapping(CoalitionOwned):
    """How the columns of one header were matched the last time, for when it comes again."""

    fingerprint = models.CharField(max_length=32)
    mapping = models.JSONField(default=dict)
    existing = models.CharField(max_length=6, choices=Import.Existing.choices, default=Import.Existing.FILL)
    saved_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coalition", "fingerprint"], name="one_mapping_per_header")]

    def __str__(self) -> str:
        return self.fingerprint
