"""Reaching out: what was said and with which words, what they could do for us, what became of what they told us."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.models import Invitation, Organization, Seat
from manyhands.foundation.tenancy.models import CoalitionOwned

from .stakeholders import Stakeholder


class Script(CoalitionOwned):
    """Words to begin with, for people who care for a certain reason."""

    name = models.CharField(_("name"), max_length=120)
    #: The reason to care that these words speak to; empty for anyone.
    motive = models.CharField(_("for those who care about"), max_length=80, blank=True)
    text = models.TextField(_("words"), max_length=8000)
    written_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(name="a_script_has_words", condition=~Q(name="") & ~Q(text=""))]

    def __str__(self) -> str:
        return self.name


class Contact(CoalitionOwned):
    """One try to speak with an actor, and what came of it."""

    class How(models.TextChoices):
        MAIL = "mail", _("E-mail or letter")
        CALL = "call", _("Phone call")
        MEETING = "meeting", _("Met in person")
        EVENT = "event", _("At an event")
        OTHER = "other", _("Another way")

    class Outcome(models.TextChoices):
        NO_ANSWER = "no answer", _("No answer yet")
        ANSWERED = "answered", _("They answered")
        INTERESTED = "interested", _("They are interested")
        NOT_NOW = "not now", _("Not now")
        REFUSED = "refused", _("They said no")

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="contacts")
    how = models.CharField(_("how"), max_length=8, choices=How.choices, default=How.MAIL)
    on = models.DateField(_("when"))
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome.choices, default=Outcome.NO_ANSWER)
    text = models.TextField(_("what was said"), max_length=4000, blank=True)
    script = models.ForeignKey(Script, on_delete=models.SET_NULL, null=True, blank=True, related_name="contacts")
    #: The letter that this contact was, when it was an invitation; its answer comes back here.
    invitation = models.ForeignKey(Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    logged_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on}: {self.outcome}"


class MenuItem(CoalitionOwned):
    """One concrete thing that somebody could do for us, to choose from when invited."""

    class Kind(models.TextChoices):
        HOURS = "hours", _("Hours of work")
        EXPERTISE = "expertise", _("Knowledge")
        MATERIALS = "materials", _("Things")
        MONEY = "money", _("Money")
        SPACE = "space", _("A room or a place")
        VOICE = "voice", _("Their name or their voice")

    text = models.CharField(_("what they could do"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.HOURS)
    written_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "text"]
        constraints = [models.CheckConstraint(name="a_menu_item_says_what", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text


class InvitedContribution(CoalitionOwned):
    """A menu item on one invitation; saying yes to the invitation makes those chosen into offers."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="menu")
    item = models.ForeignKey(MenuItem, on_delete=models.PROTECT, related_name="+")
    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: When the invited person ticked it; empty while they have not.
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["invitation", "item"], name="a_menu_names_an_item_once")]

    def __str__(self) -> str:
        return f"{self.invitation_id}: {self.item_id}"


class Offer(CoalitionOwned):
    """Something an actor said it would do or give; the resource pool takes it from here."""

    item = models.ForeignKey(MenuItem, on_delete=models.PROTECT, null=True, blank=True, related_name="offers")
    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.SET_NULL, null=True, blank=True, related_name="offers"
    )
    organization = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(_("what they offer"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=MenuItem.Kind.choices, default=MenuItem.Kind.HOURS)
    offered_by = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    offered_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-offered_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "item"], name="an_invitation_makes_an_offer_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Input(CoalitionOwned):
    """Something a stakeholder told us or asked of us, and what became of it: they are told."""

    class State(models.TextChoices):
        HEARD = "heard", _("Heard, nothing decided yet")
        USED = "used", _("It changed something")
        NOT_USED = "not used", _("Considered, not taken up")

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="inputs")
    text = models.TextField(_("what they told us"), max_length=4000)
    on = models.DateField(_("when"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.HEARD)
    became = models.TextField(_("what became of it"), max_length=2000, blank=True)
    told_on = models.DateField(_("when they were told"), null=True, blank=True)
    by_seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="an_answered_input_says_what_became_of_it", condition=Q(state="heard") | ~Q(became="")
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
