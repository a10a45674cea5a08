"""Which kinds of people and places a coalition wants at its table, who speaks for them, and what limits a partner."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .stakeholders import Stakeholder


class CoverageList(CoalitionOwned):
    """A list the coalition measures itself against: sectors, places, or people with lived experience."""

    class Kind(models.TextChoices):
        SECTORS = "sectors", _("Sectors")
        PLACES = "places", _("Places")
        VOICES = "voices", _("Lived experience")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("where the list comes from"), max_length=200, blank=True)
    is_chosen = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "kind"], condition=Q(is_chosen=True), name="one_chosen_list_of_a_kind"
            ),
            models.UniqueConstraint(fields=["coalition", "kind", "name"], name="lists_of_a_kind_differ_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CoverageItem(CoalitionOwned):
    """One entry of a list, and what such members typically bring."""

    listing = models.ForeignKey(CoverageList, on_delete=models.CASCADE, related_name="items")
    name = models.CharField(_("name"), max_length=80)
    brings = models.CharField(_("what they typically bring"), max_length=300, blank=True)
    #: Other words under which allies have it: ``Media; Press``.
    also = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["listing", "name"], name="a_list_names_each_once")]

    def __str__(self) -> str:
        return self.name


class SpeaksFor(CoalitionOwned):
    """A member organization's own word that it belongs to a sector, works in a place or speaks for a group."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="speaks_for")
    item = models.ForeignKey(CoverageItem, on_delete=models.CASCADE, related_name="spoken_for_by")
    declared_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organization", "item"], name="declared_once")]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.item_id}"


class CoverageSnapshot(CoalitionOwned):
    """How the table was filled on one day, so that change over time can be seen."""

    listing = models.ForeignKey(CoverageList, on_delete=models.CASCADE, related_name="snapshots")
    on = models.DateField()
    #: ``{"12": 3}``: how many member organizations spoke for each item.
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["listing", "on"], name="one_snapshot_a_day")]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.on}"


class Disclosure(CoalitionOwned):
    """An interest or a legal limit of a partner, shown on its page and beside decisions; some switch asks off."""

    class Kind(models.TextChoices):
        CONFLICT = "conflict", _("Conflict of interest")
        LOBBYING = "lobbying", _("May not lobby")
        FUNDER = "funder", _("Gives or receives money")
        BUSINESS = "business", _("Business interest")

    class Ask(models.TextChoices):
        LETTERS = "letters", _("Signing letters")
        LOBBY = "lobby", _("Speaking with decision makers")
        MONEY = "money", _("Giving or raising money")
        NAME = "name", _("Using their name in public")

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="disclosures")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    text = models.CharField(_("in one sentence"), max_length=400)
    source = models.CharField(_("how we know"), max_length=300)
    on = models.DateField(_("as of"))
    #: Which asks this switches off: ``["lobby"]``.
    asks_off = models.JSONField(default=list, blank=True)
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(name="a_disclosure_names_its_source", condition=~Q(source="") & ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:40]}"

    @property
    def off_in_words(self) -> list[str]:
        """The asks it switches off, as one reads them."""
        return [str(self.Ask(ask).label) for ask in self.asks_off]


class InviteWeights(CoalitionOwned):
    """What counts how much when we look for whom to invite next; everyone sees it, coordinators change it."""

    coverage = models.FloatField(_("kinds of people we miss"), default=3.0)
    reach = models.FloatField(_("people they reach"), default=1.0)
    assets = models.FloatField(_("strengths we lack"), default=2.0)
    paths = models.FloatField(_("a warm way to them"), default=1.0)
    a_month = models.PositiveSmallIntegerField(_("invitations we can handle a month"), default=5)
    set_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition"], name="weights_are_set_once"),
            models.CheckConstraint(
                name="weights_are_not_negative",
                condition=Q(coverage__gte=0, reach__gte=0, assets__gte=0, paths__gte=0, a_month__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coverage}/{self.reach}/{self.assets}/{self.paths}"


class GivenSector(CoalitionOwned):
    """A sector that was said of many allies at once; kept until undo runs out."""

    sector = models.CharField(_("sector"), max_length=80)
    count = models.PositiveIntegerField()
    #: Numbers of the allies by the version they had afterwards, as first and last of each row: ``{"2": [[5, 9]]}``.
    #: Another version means that somebody has changed the ally since.
    allies = models.JSONField(default=dict)
    given_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True, blank=True)
    #: How many kept the sector when it was taken back, because somebody had changed them.
    left = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-given_at", "-id"]

    def __str__(self) -> str:
        return f"{self.count} in {self.sector}"


class InviteFinding(CoalitionOwned):
    """Whom to invite next among very many, as a job worked it out last. Holds numbers and tags, no names."""

    payload = models.JSONField(default=dict)
    #: The day, the weights and the last lines of the ledger that it was worked out from.
    made_from = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    #: The same of what was asked for last, and the job that was asked.
    asked_for = models.CharField(max_length=200, blank=True)
    run_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coalition"], name="one_invite_finding_for_a_coalition")]

    def __str__(self) -> str:
        return f"invite finding of {self.coalition_id}"
