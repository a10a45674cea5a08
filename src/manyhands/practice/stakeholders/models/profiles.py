"""What drives an actor, in its own words where we can: each claim with its source, its date and who may read it."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .stakeholders import Stakeholder


class ProfileEntry(CoalitionOwned):
    """One thing we know about what an actor wants, brings or cannot accept. A new one replaces the old, which stays."""

    class About(models.TextChoices):
        MOTIVE = "motive", _("Why they care")
        GAIN = "gain", _("What they need to show their own people")
        RED_LINE = "red line", _("What they cannot accept")
        AGENDA = "agenda", _("What they want to get done")
        LIMITS = "limits", _("What they cannot do")
        BRINGS = "brings", _("What they bring")
        WANTS = "wants", _("What they want from us")
        DOES = "does", _("What they do")
        REACHES = "reaches", _("Whom they reach")
        NOTE = "note", _("Note")

    class Readers(models.TextChoices):
        MEMBERS = "members", _("Everyone with a seat here")
        STEWARDS = "stewards", _("Coordinators and stewards, and the organization itself")
        OWN = "own", _("Only the organization itself")

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="profile")
    about = models.CharField(_("about"), max_length=8, choices=About.choices)
    text = models.TextField(_("in their words"), max_length=2000)
    #: Words by which motives and assets are compared: ``children's health, school runs``.
    tags = models.CharField(_("in a few words"), max_length=300, blank=True)
    readers = models.CharField(_("who may read this"), max_length=8, choices=Readers.choices, default=Readers.STEWARDS)
    #: How we know: a conversation, a page, their own word here.
    source = models.CharField(_("how we know"), max_length=300)
    said_on = models.DateField(_("when"))
    #: The question of the interview guide that this answers.
    question = models.CharField(max_length=300, blank=True)
    has_consent = models.BooleanField(_("they agreed that we keep this"), default=False)
    #: What a note about a person who is no member is for; without one it may not be kept.
    purpose = models.CharField(_("what we need this for"), max_length=200, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["stakeholder", "about", "id"]
        indexes = [models.Index(fields=["stakeholder", "about"], condition=Q(replaced_at=None), name="profile_now")]
        constraints = [
            models.CheckConstraint(name="a_profile_entry_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="a_profile_entry_names_its_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="a_note_has_a_purpose_and_an_end",
                condition=~Q(about="note") | (~Q(purpose="") & Q(expires_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.text[:40]}"

    @property
    def words(self) -> list[str]:
        """Its tags, one by one."""
        return [word.strip() for word in self.tags.split(",") if word.strip()]
