"""Actors who can affect the purpose or are affected by it, and how members rate them."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Coalition, Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned, OwnedManager

from .. import rules
from ..notes import NO_NOTE

WEDGES = [
    ("", _("No position yet")),
    ("active ally", _("Active ally")),
    ("leaning our way", _("Leaning our way")),
    ("undecided", _("Undecided")),
    ("leaning away", _("Leaning away")),
    ("against", _("Against, so far")),
]
STAGES = [
    ("identified", _("Identified")),
    ("researched", _("Researched")),
    ("prioritised", _("Prioritised")),
    ("contacted", _("Contacted")),
    ("talking", _("Talking")),
    ("committed", _("Committed")),
    ("declined", _("Declined")),
    ("parked", _("Parked")),
]


class Particulars(models.Model):
    """What we know of an actor from a form or a list. Also the shape of rows that wait to be brought in."""

    class Kind(models.TextChoices):
        ORGANIZATION = "organization", _("Organization")
        PERSON = "person", _("Person")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.ORGANIZATION)
    name = models.CharField(_("name"), max_length=300)
    also_known_as = models.CharField(_("also known as"), max_length=300, blank=True)
    #: Text, because numbers given by offices begin with zeros.
    identifier = models.CharField(_("official number"), max_length=60, blank=True)
    sector = models.CharField(_("sector"), max_length=80, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    city = models.CharField(_("city or town"), max_length=120, blank=True)
    region = models.CharField(_("state or region"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    website = models.CharField(_("website"), max_length=300, blank=True)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    about = models.TextField(_("who they are"), max_length=4000, blank=True)
    note = models.TextField(_("note"), max_length=8000, blank=True)
    note_source = models.CharField(_("how we know this"), max_length=300, blank=True)
    note_purpose = models.CharField(_("what we need this note for"), max_length=200, blank=True)
    note_on = models.DateField(null=True, blank=True, editable=False)
    #: A note about a person is erased after this day.
    note_until = models.DateField(null=True, blank=True, editable=False)
    tags = models.CharField(_("tags"), max_length=300, blank=True)
    stance = models.CharField(_("where they stand"), max_length=20, choices=WEDGES, blank=True)
    stance_source = models.CharField(_("how we know"), max_length=300, blank=True)
    stance_on = models.DateField(_("as of"), null=True, blank=True)
    #: Columns of a list that have no field of their own: ``{"RULING": "196811"}``.
    extra = models.JSONField(default=dict, blank=True)
    search_text = models.TextField(editable=False)
    match_key = models.CharField(max_length=300, editable=False)

    class Meta:
        abstract = True

    def prepare(self) -> None:
        """Write what searching and matching look at, and when a note ends. Single saves call it; bulk writers must."""
        self.search_text = rules.search_text(vars(self))
        self.match_key = rules.match_key(self.name, postal_code=self.postal_code, city=self.city, email=self.email)
        if not self.note:
            for name, nothing in NO_NOTE.items():
                setattr(self, name, nothing)
        elif self.kind == self.Kind.PERSON and self.note_until is None:
            self.note_on = self.note_on or localdate()
            self.note_until = rules.twelve_months_after(self.note_on)


class StakeholderManager(OwnedManager):
    """Allies on the list: those taken off it wait in `with_removed` until undo has run out."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(removed_at=None)


class Stakeholder(CoalitionOwned, Particulars):
    """An actor affected by the purpose or able to affect it."""

    #: Found by each index below that begins with it; one more would only be written, with every row of a list.
    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="+", editable=False, db_index=False)
    #: The member that this actor is, once it has a seat at the table; of the few that are, no two are the same.
    member = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="as_stakeholder", db_index=False
    )
    stage = models.CharField(_("how far we are"), max_length=12, choices=STAGES, default="identified")
    looked_after_by = models.ForeignKey(
        Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("by"), null=True, blank=True)
    #: They asked us to come back later, or we decided to wait: nobody suggests them before.
    not_before = models.DateField(_("not before"), null=True, blank=True)
    #: They asked us not to ask, or we must not: never suggested, with the reason.
    never_because = models.CharField(_("never ask, because"), max_length=300, blank=True)
    #: Where they work or speak for people, beyond their address: ``Linden; Harbor``.
    places = models.CharField(_("places they cover"), max_length=300, blank=True)
    people_reached = models.PositiveIntegerField(_("people they reach"), null=True, blank=True)
    people_reached_source = models.CharField(_("how we know how many"), max_length=300, blank=True)
    source = models.CharField(_("where this comes from"), max_length=300, blank=True)
    added_by_import = models.ForeignKey(
        "stakeholders.Import", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    # Kept beside the ratings they come from, so that a list of any length sorts without counting. 0 is "not rated".
    interest = models.FloatField(default=0, editable=False)
    interest_spread = models.FloatField(default=0, editable=False)
    influence = models.FloatField(default=0, editable=False)
    influence_spread = models.FloatField(default=0, editable=False)
    weight = models.FloatField(default=0, editable=False)
    raters = models.PositiveSmallIntegerField(default=0, editable=False)
    rated_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: Goes up with each change, so that two people who edit at once notice.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    updated_at = models.DateTimeField(default=now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[OwnedManager] = StakeholderManager()
    with_removed: ClassVar[OwnedManager] = OwnedManager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["coalition", "-weight", "-id"], name="allies_by_weight", condition=Q(removed_at=None)),
            models.Index(
                fields=["coalition", "-raters", "-weight", "id"],
                name="allies_rated",
                condition=Q(removed_at=None, raters__gt=0),
            ),
            models.Index(fields=["coalition", "name", "id"], name="allies_by_name", condition=Q(removed_at=None)),
            models.Index(fields=["coalition", "-updated_at"], name="allies_by_change"),
            # Links that are empty in most rows: only the others are in the index.
            models.Index(
                fields=["looked_after_by", "next_step_on"],
                name="allies_looked_after",
                condition=Q(looked_after_by__isnull=False),
            ),
            models.Index(
                fields=["added_by_import"], name="allies_of_a_list", condition=Q(added_by_import__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["member"], name="one_ally_for_a_member", condition=Q(member__isnull=False)),
            models.CheckConstraint(name="an_ally_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="a_stance_against_names_its_source",
                condition=~Q(stance__in=["against", "leaning away"]) | ~Q(stance_source=""),
            ),
            models.CheckConstraint(
                name="a_stance_against_has_its_day",
                condition=~Q(stance__in=["against", "leaning away"]) | Q(stance_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_note_about_a_person_ends",
                condition=~Q(kind="person") | Q(note="") | Q(note_until__isnull=False),
            ),
            models.CheckConstraint(
                name="rated_means_within_one_to_five",
                condition=Q(raters=0, interest=0, influence=0)
                | Q(raters__gte=1, interest__gte=1, interest__lte=5, influence__gte=1, influence__lte=5),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    @property
    def place(self) -> str:
        """Where they are, as one reads it."""
        return ", ".join(part for part in (self.city, self.region) if part)

    @property
    def told_on_map(self) -> tuple[Any, ...]:
        """What the ally map says of an ally beside the chart; see `ui/drawn.py`."""
        keeper = self.looked_after_by.name if self.looked_after_by else ""
        known = (self.pk, self.kind, self.name, self.sector, self.place, self.about, self.stance, self.stage)
        return *known, keeper, self.next_step, self.next_step_on

    @property
    def told_in_list(self) -> tuple[Any, ...]:
        """What the list of allies says of one."""
        keeper = self.looked_after_by.name if self.looked_after_by else ""
        known = (self.pk, self.name, self.place, self.stance, self.sector, keeper)
        return *known, self.raters, self.interest, self.interest_spread, self.influence

    @property
    def against_until(self) -> date | None:
        """Until when it counts that they are against us; None for everybody else."""
        is_dated = self.stance_on is not None and rules.needs_source(self.stance)
        return rules.twelve_months_after(self.stance_on) if is_dated and self.stance_on else None

    @property
    def corner(self) -> rules.Corner | None:
        """The corner of the map, or None while nobody has rated."""
        return rules.corner(self.interest, self.influence) if self.raters else None


class Rating(CoalitionOwned):
    """What one seat thinks of one actor, and on what ground. A new rating replaces the old, which is kept."""

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="ratings")
    rater = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    interest = models.FloatField(_("interest"))
    influence = models.FloatField(_("influence"))
    basis = models.TextField(_("what it rests on"), max_length=2000)
    rated_at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-rated_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder", "rater"], condition=Q(replaced_at=None), name="one_rating_per_seat"
            ),
            models.CheckConstraint(
                name="ratings_run_from_one_to_five",
                condition=Q(interest__gte=1, interest__lte=5, influence__gte=1, influence__lte=5),
            ),
            models.CheckConstraint(
                name="a_rating_ends_after_it_began",
                condition=Q(replaced_at=None) | Q(replaced_at__gte=F("rated_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interest}/{self.influence}"
