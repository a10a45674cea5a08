"""Who knows whom, how well, who says so, and whether that may be used to open a door."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .stakeholders import Stakeholder

#: How close two actors work, after Frey et al. (2006).
LEVELS = [
    (0, _("No contact")),
    (1, _("They know of each other")),
    (2, _("They help each other now and then")),
    (3, _("They plan together")),
    (4, _("They act as one on some matters")),
    (5, _("They do everything together here")),
]


class Tie(CoalitionOwned):
    """A relation between two actors of the list. Each pair has at most one live tie of a kind."""

    class Kind(models.TextChoices):
        WORKS_WITH = "works with", _("Work together")
        KNOWS = "knows", _("Know each other")
        FUNDS = "funds", _("Gives money to")
        INFLUENCES = "influences", _("Has a say over")
        INFORMS = "informs", _("Informs")
        OPPOSES = "opposes", _("Stands against")

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Only one side says so")
        CONFIRMED = "confirmed", _("Both sides say so")
        DISPUTED = "disputed", _("The two sides differ")

    class Consent(models.TextChoices):
        NOT_ASKED = "", _("Not asked")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Refused")

    one = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="ties_from")
    other = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="ties_to")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.WORKS_WITH)
    #: What counts: the level both sides named, the lower of two that differ, or what was claimed.
    level = models.PositiveSmallIntegerField(_("how close"), choices=LEVELS)
    level_one = models.PositiveSmallIntegerField(choices=LEVELS, null=True, blank=True)
    level_other = models.PositiveSmallIntegerField(choices=LEVELS, null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CLAIMED)
    source = models.CharField(_("how we know"), max_length=300)
    #: When the tie was last seen alive; it counts for less the longer ago that is.
    seen_on = models.DateField(_("last seen"))
    since = models.DateField(_("since"), null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    #: May this tie be shown as a step of an introduction?
    consent = models.CharField(_("may we ask for an introduction"), max_length=8, choices=Consent.choices, blank=True)
    consent_source = models.CharField(max_length=300, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    #: The file it came in with, if any; taking that back ends it.
    from_list = models.ForeignKey(
        "stakeholders.TieList", on_delete=models.SET_NULL, null=True, blank=True, related_name="ties"
    )
    claimed_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-level", "id"]
        indexes = [models.Index(fields=["coalition", "kind", "level"], name="ties_by_kind")]
        constraints = [
            models.CheckConstraint(name="nobody_is_tied_to_itself", condition=~Q(one=F("other"))),
            models.CheckConstraint(
                name="levels_run_from_nought_to_five",
                condition=Q(level__lte=5)
                & (Q(level_one=None) | Q(level_one__lte=5))
                & (Q(level_other=None) | Q(level_other__lte=5)),
            ),
            models.CheckConstraint(name="a_tie_names_its_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="consent_says_who_gave_it", condition=~Q(consent="agreed") | ~Q(consent_source="")
            ),
            models.UniqueConstraint(
                fields=["one", "other", "kind"], condition=Q(ended_on=None), name="one_live_tie_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.kind} {self.other_id}"


class SavedView(CoalitionOwned):
    """A way of looking at a page that somebody wants to find again: filters, order, focus and time."""

    name = models.CharField(_("name"), max_length=80)
    page = models.CharField(max_length=20)
    #: The address's question part, such as ``kind=funds&level=2``.
    query = models.CharField(max_length=500, blank=True)
    by_seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(_("shown to everyone here"), default=False)
    saved_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["by_seat", "page", "name"], name="one_view_of_a_name")]

    def __str__(self) -> str:
        return self.name


class TieList(CoalitionOwned):
    """A file of ties, of influence or of positions: tried first, brought in as a whole, and taken back as a whole."""

    class Holds(models.TextChoices):
        TIES = "ties", _("Who is tied to whom")
        INFLUENCE = "influence", _("Who finds whom influential")
        POSITIONS = "positions", _("Who stands where")

    class State(models.TextChoices):
        TRIED = "tried", _("Tried, waits for you")
        DONE = "done", _("Brought in")
        UNDONE = "undone", _("Taken back")

    filename = models.CharField(max_length=200)
    holds = models.CharField(max_length=10, choices=Holds.choices, default=Holds.TIES)
    source = models.CharField(_("where the file comes from"), max_length=300)
    #: Of influence and positions: the day as of which the file speaks, where a row does not say.
    on = models.DateField(_("as of"), null=True, blank=True)
    #: What ties of the file are when it does not say so itself.
    kind = models.CharField(_("kind"), max_length=12, choices=Tie.Kind.choices, default=Tie.Kind.WORKS_WITH)
    #: May actors that are not among the allies yet be added?
    adds_actors = models.BooleanField(_("add those who are not on the list yet"), default=True)
    #: What was read of it: ``{"ties": [[row, source, target, kind, level, date]], "refused": [[row, why]]}``.
    content = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.TRIED)
    count_ties = models.PositiveIntegerField(default=0)
    count_actors = models.PositiveIntegerField(default=0)
    count_refused = models.PositiveIntegerField(default=0)
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    brought_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-brought_at", "-id"]

    def __str__(self) -> str:
        return self.filename


class NetworkDrawing(CoalitionOwned):
    """Where each actor stands on a large map, worked out in the background; small maps are drawn at once."""

    #: What it was drawn from, so that a newer network is noticed.
    made_from = models.CharField(max_length=80)
    #: ``{"17": [0.25, 0.5]}``: an actor's place from the left and from the top, 0 to 1.
    places = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coalition"], name="one_drawing_of_the_network")]

    def __str__(self) -> str:
        return f"{len(self.places)} places"
