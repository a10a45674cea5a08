"""Rounds in which everyone is asked, the statements people write, and how they answer them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from ..declaring import FOUND, WAYS
from ..rules import RoundState, StatementState

if TYPE_CHECKING:
    from .live import LiveRound

COUNTS_BY = [("person", _("One person, one voice")), ("organization", _("One organization, one voice"))]


#: What holds where those who ask wrote nothing of their own.
USUAL_POLICY = _(
    "We take out what insults or threatens somebody, tells about a private person, or is not about the question, and "
    "join what says the same. Nothing is taken out for the opinion in it. Whoever wrote it reads why."
)


class VisionRound(CoalitionOwned):
    """One question to everyone, from its draft to what was adopted from it."""

    State = RoundState

    number = models.PositiveIntegerField()
    question = models.CharField(_("question"), max_length=200)
    explanation = models.TextField(_("why we ask"), max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RoundState], default=RoundState.DRAFT)
    is_anonymous = models.BooleanField(_("statements carry no name"), default=True)
    reads_first = models.BooleanField(_("a facilitator reads each statement before others see it"), default=False)
    #: Read by everybody before they write; empty where the usual one holds, which is told in the reader's language.
    moderation_policy = models.TextField(_("what is taken out"), max_length=600, blank=True)
    begun_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_imported = models.BooleanField(default=False)
    #: The answers can be read by anyone elsewhere, so exact scores give nobody away.
    is_published = models.BooleanField(default=False)
    #: The earlier round on the same matter, with which this one is compared.
    follows = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_by")
    counts_by = models.CharField(_("what counts as one voice"), max_length=12, choices=COUNTS_BY, default="person")
    #: Said before the first answer and never changed after: how alike organizations answer will be shown.
    shows_organizations = models.BooleanField(_("show how alike organizations answer"), default=False)
    #: How groups of opinion come about; see `declaring`. May be changed until the round closes, and never after.
    groups_by = models.CharField(_("groups of opinion"), max_length=8, choices=WAYS, default=FOUND)
    #: Which declared groups were too small to stand alone; None until they are written down at the close.
    groups_joined = models.JSONField(null=True, blank=True, editable=False)
    #: Which statements teach us most, as a job last weighed them: ``{"12": 2}``. See `rules.card_order`.
    card_bands = models.JSONField(default=dict, blank=True)
    bands_from = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["coalition", "number"], name="rounds_are_numbered"),
            models.CheckConstraint(
                name="an_open_round_has_an_opening",
                condition=~Q(state="open") | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_round_from_elsewhere_is_published", condition=Q(is_published=False) | Q(is_imported=True)
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def policy(self) -> str:
        """What those who moderate take out, as everybody reads it."""
        return self.moderation_policy or str(USUAL_POLICY)

    @property
    def declared_by(self) -> str:
        """By what groups are declared; empty where they are found, or came with a round from elsewhere."""
        return "" if self.groups_by == FOUND else self.groups_by

    @property
    def takes_answers(self) -> bool:
        """Open, and its last day has not passed."""
        return self.state == RoundState.OPEN and (self.closes_at is None or self.closes_at > now())

    @property
    def live_part(self) -> "LiveRound | None":
        """How far the round is in the room where it is held live; None where it is not."""
        return getattr(self, "live", None)

    @property
    def is_silent(self) -> bool:
        """Everybody writes, nobody reads yet."""
        return self.live_part is not None and self.live_part.phase == "silent"

    @property
    def answers_wait(self) -> bool:
        """Held live, and people still write or read together."""
        return self.live_part is not None and self.live_part.phase in {"silent", "show"}

    @property
    def has_results(self) -> bool:
        return self.state in {RoundState.CLUSTERED, RoundState.VALIDATED, RoundState.ADOPTED}


class Statement(CoalitionOwned):
    """A short claim put to everyone's answer."""

    State = StatementState

    class WhyOut(models.TextChoices):
        """Kinds of reasons, so that everybody can read how often each was given."""

        DOUBLE = "double", _("says what another says")
        PERSON = "person", _("tells about a private person")
        HURTS = "hurts", _("insults or threatens")
        ASIDE = "aside", _("is not about the question")
        OTHER = "other", _("another reason")

    round = models.ForeignKey(VisionRound, on_delete=models.CASCADE, related_name="statements")
    text = models.TextField(_("statement"))
    #: Kept so that people can find, export and erase what they wrote. Shown only where the round carries names.
    author = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in StatementState], default=StatementState.SUBMITTED
    )
    #: Written by those who ask, to begin with.
    is_seed = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    imported_id = models.CharField(max_length=60, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: The statement of the round before that this one repeats, word for word.
    kept_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    overlap = models.ForeignKey(
        "alignment.Overlap", on_delete=models.SET_NULL, null=True, blank=True, related_name="statements"
    )
    #: Empty while it is in, and for those taken out before kinds were asked for.
    why_out = models.CharField(max_length=6, choices=WhyOut.choices, blank=True)
    why_retired = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["round", "state"], name="statements_of_a_round")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "imported_id"], condition=~Q(imported_id=""), name="one_statement_of_an_imported_id"
            ),
            models.CheckConstraint(
                name="a_merged_statement_says_into_which",
                condition=~Q(state="merged") | Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def shown_number(self) -> str:
        """The number by which people call it."""
        return self.imported_id or str(self.position + 1)


class Participant(CoalitionOwned):
    """Someone who takes part in one round.

    Answers hang on this row, not on the seat: when a person is erased the link to the seat goes, and every tally
    stays. People of an imported round have no seat at all.
    """

    round = models.ForeignKey(VisionRound, on_delete=models.CASCADE, related_name="participants", db_index=False)
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    imported_id = models.CharField(max_length=60, blank=True)
    declared_group = models.CharField(max_length=60, blank=True)
    #: For people without an account: the link they came by, and the fingerprint of what their browser holds.
    link = models.ForeignKey(
        "alignment.AnswerLink",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="participants",
        db_index=False,
    )
    link_key = models.CharField(max_length=64, blank=True)
    paper = models.ForeignKey(
        "alignment.PaperBatch", on_delete=models.SET_NULL, null=True, blank=True, related_name="participants"
    )

    class Meta:
        # How many took part, and how many by one link, is counted from these alone, without reading a row.
        indexes = [
            models.Index(fields=["round", "coalition"], name="participants_of_a_round"),
            models.Index(fields=["link", "coalition"], name="participants_by_a_link", condition=Q(link__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "seat"], condition=Q(seat__isnull=False), name="one_participant_per_seat"
            ),
            models.UniqueConstraint(
                fields=["round", "imported_id"], condition=~Q(imported_id=""), name="one_participant_of_an_imported_id"
            ),
            models.UniqueConstraint(
                fields=["round", "link_key"], condition=~Q(link_key=""), name="one_set_of_answers_per_link"
            ),
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"


class Response(CoalitionOwned):
    """How one participant answered one statement. Read by that participant, and by the count; by nobody else."""

    class Answer(models.IntegerChoices):
        AGREE = 1, _("Agree")
        PASS = 0, _("Pass")
        DISAGREE = -1, _("Disagree")

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="responses")
    #: Found by the unique constraint, which begins with it; one more index would only slow each answer.
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="responses", db_index=False)
    answer = models.SmallIntegerField(choices=Answer.choices)
    is_important = models.BooleanField(default=False)
    #: Copied here when two statements were joined; empty again once the person answers this one.
    carried_from = models.ForeignKey(
        Statement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(default=now)

    class Meta:
        # Few answers were carried over, so those that were not pay nothing for it.
        indexes = [
            models.Index(fields=["carried_from"], name="answers_carried_over", condition=Q(carried_from__isnull=False))
        ]
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement"], name="one_answer_per_statement"),
            models.CheckConstraint(name="an_answer_is_yes_no_or_pass", condition=Q(answer__in=[1, 0, -1])),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Finding(CoalitionOwned):
    """What the answers of one closed round show, worked out once by a job. Holds only what anyone may see."""

    round = models.OneToOneField(VisionRound, on_delete=models.CASCADE, related_name="finding")
    #: Of the answers and the statements it was made from.
    fingerprint = models.CharField(max_length=64)
    method = models.CharField(max_length=60)
    payload = models.JSONField()
    computed_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"finding of round {self.round_id}"


class RoundImport(CoalitionOwned):
    """A round that took place elsewhere, on its way in: checked first, then brought in by a job, or undone."""

    STATES = [(s, s) for s in ("checked", "running", "done", "undone")]

    question = models.CharField(max_length=200)
    is_published = models.BooleanField(default=False)
    #: The files as they came; emptied once the round is in.
    votes = models.BinaryField()
    comments = models.BinaryField()
    groups = models.BinaryField(default=bytes)
    fingerprint = models.CharField(max_length=64)
    summary = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=STATES, default="checked")
    begun_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(default=now)
    run_id = models.BigIntegerField(null=True, blank=True)
    round = models.ForeignKey(VisionRound, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.question
