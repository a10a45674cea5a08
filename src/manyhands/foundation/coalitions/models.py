"""The coalition, its member organizations, who sits for them, and the groups they form."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.accounts.models import Person
from manyhands.foundation.tenancy.models import CoalitionOwned

from .rules import CoalitionState, GroupState, MembershipState

ACCENTS = [
    ("lake", _("Lake")),
    ("iris", _("Iris")),
    ("berry", _("Berry")),
    ("clay", _("Clay")),
    ("olive", _("Olive")),
    ("fern", _("Fern")),
]

COALITION_STATES = [
    (CoalitionState.EXPLORING.value, _("Exploring")),
    (CoalitionState.FORMING.value, _("Forming")),
    (CoalitionState.ACTIVE.value, _("Active")),
    (CoalitionState.INSTITUTIONALISED.value, _("Established for good")),
    (CoalitionState.RECYCLING.value, _("Starting over")),
    (CoalitionState.DORMANT.value, _("Resting")),
    (CoalitionState.SUNSET.value, _("Ended")),
]
MEMBERSHIP_STATES = [
    (MembershipState.INVITED.value, _("Invited")),
    (MembershipState.APPLIED.value, _("Applied")),
    (MembershipState.ACTIVE.value, _("Member")),
    (MembershipState.PAUSED.value, _("Pausing")),
    (MembershipState.WITHDRAWN.value, _("Left")),
    (MembershipState.REMOVED.value, _("Removed")),
]
GROUP_STATES = [
    (GroupState.PROPOSED.value, _("Proposed")),
    (GroupState.CHARTERED.value, _("Has a mandate")),
    (GroupState.ACTIVE.value, _("At work")),
    (GroupState.PAUSED.value, _("Pausing")),
    (GroupState.CLOSED.value, _("Closed")),
]


class Coalition(models.Model):
    """Organizations and people acting jointly on a stated purpose while staying independent."""

    slug = models.SlugField(
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use small letters, digits and single hyphens."))],
    )
    name = models.CharField(_("name"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=400)
    values = models.TextField(_("values"), max_length=4000, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    accent = models.CharField(_("color"), max_length=12, choices=ACCENTS, default="lake")
    state = models.CharField(max_length=20, choices=COALITION_STATES, default=CoalitionState.EXPLORING)
    is_public = models.BooleanField(_("shown on the open site"), default=False)
    is_invented = models.BooleanField(default=False)
    founded_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name


class Organization(CoalitionOwned):
    """A legal or informal body, as one coalition knows it. Another coalition keeps its own record."""

    name = models.CharField(_("name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=60, blank=True)
    about = models.CharField(_("what it does"), max_length=400, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    state = models.CharField(
        max_length=10,
        choices=[
            ("prospect", _("prospect")),
            ("active", _("active")),
            ("merged", _("merged")),
            ("closed", _("closed")),
        ],
        default="prospect",
    )
    is_public = models.BooleanField(_("named on the open site"), default=False)

    #: Who sits for it now, where `queries.seat_people` has put them.
    people: list["Seat"]

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def told_people(self) -> tuple[tuple[str, str], ...]:
        """The names of its `people`, each with how they sit."""
        return tuple((seat.name, str(seat.get_standing_display())) for seat in self.people)


class Membership(CoalitionOwned):
    """An organization's standing in the coalition."""

    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="membership")
    state = models.CharField(max_length=10, choices=MEMBERSHIP_STATES, default=MembershipState.INVITED)
    votes = models.PositiveSmallIntegerField(_("votes"), default=1)
    since = models.DateField(null=True, blank=True)
    reason = models.TextField(_("reason for leaving"), max_length=2000, blank=True)  # stewards only

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_active_membership_has_a_first_day",
                condition=~Q(state="active") | Q(since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} ({self.state})"


class Seat(CoalitionOwned):
    """One person at this coalition's table, for an organization or for themselves."""

    class Standing(models.TextChoices):
        REPRESENTATIVE = "representative", _("Representative")
        ALTERNATE = "alternate", _("Alternate")
        OBSERVER = "observer", _("Observer")
        GUEST = "guest", _("Guest")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="seats", null=True, blank=True
    )
    standing = models.CharField(max_length=16, choices=Standing.choices, default=Standing.REPRESENTATIVE)
    is_coordinator = models.BooleanField(_("coordinator"), default=False)
    is_steward = models.BooleanField(_("steward"), default=False)
    is_facilitator = models.BooleanField(_("facilitator"), default=False)
    #: The name others read. A copy, so that the book can be read when the person is gone.
    name = models.CharField(max_length=120)
    taken_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "person"], condition=Q(left_at__isnull=True), name="one_seat_per_person"
            ),
            models.CheckConstraint(
                name="a_representative_speaks_for_an_organization",
                condition=Q(organization__isnull=False) | ~Q(standing="alternate"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name and whom they speak for: "Amina, Parents of Linden"."""
        return f"{self.name}, {self.organization.name}" if self.organization else self.name

    @property
    def roles(self) -> frozenset[str]:
        """Every word policies may ask for: the standing and the offices held."""
        held = {
            "coordinator": self.is_coordinator,
            "steward": self.is_steward,
            "facilitator": self.is_facilitator,
        }
        return frozenset({self.standing, *(role for role, has in held.items() if has)})


class WorkingGroup(CoalitionOwned):
    """A team with a mandate and limits."""

    name = models.CharField(_("name"), max_length=120)
    mandate = models.TextField(_("what it may decide alone"), max_length=2000, blank=True)
    lead = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=GROUP_STATES, default=GroupState.PROPOSED)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["coalition", "name"], name="one_working_group_of_a_name")]

    def __str__(self) -> str:
        return self.name


class WorkingGroupSeat(CoalitionOwned):
    """A seat that works in a group."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="places")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "seat"], name="one_place_per_group")]

    def __str__(self) -> str:
        return f"{self.seat} in {self.group}"


class Invitation(CoalitionOwned):
    """A one-time link for one address. Only the link's fingerprint is kept, so a leaked database opens no door."""

    email = models.EmailField(_("e-mail address"))
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    standing = models.CharField(max_length=16, choices=Seat.Standing.choices, default=Seat.Standing.REPRESENTATIVE)
    message = models.TextField(_("a few words"), max_length=2000, blank=True)
    invited_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    #: Empty until the letter is written: the link's secret is made there and kept nowhere.
    fingerprint = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 (empties must not clash)
    sent_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def answer(self) -> str:
        """Where it stands: "accepted", "declined", "withdrawn", "expired", or "open"."""
        for answer in ("accepted", "declined", "withdrawn"):
            if getattr(self, f"{answer}_at"):
                return answer
        return "open" if self.expires_at > now() else "expired"

    @property
    def is_open(self) -> bool:
        return self.answer == "open"
