"""People, and how we know them. A person belongs to no coalition; seats do."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password) if password else person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """An operator, made at the console by somebody who already holds the whole installation."""
        person = self.create_user(email, password, is_operator=True, **fields)
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)  # type: ignore[attr-defined]
        return person

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """A human being who can sign in. Erased people stay as a number, so that tallies keep their counts."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    is_operator = models.BooleanField(_("looks after the installation"), default=False)
    is_active = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=now)
    erased_at = models.DateTimeField(null=True, blank=True)
    #: Counts how often this person signed out everywhere. Every session carries the number it began with.
    sign_in_generation = models.PositiveIntegerField(default=0)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """What others call this person; never the address."""
        return self.name or str(_("someone who left") if self.erased_at else _("someone new"))

    def get_full_name(self) -> str:
        return self.short_name

    def get_short_name(self) -> str:
        return self.short_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end when this changes: with the password, and when the person signs out everywhere."""
        return salted_hmac(
            "manyhands.accounts.session",
            f"{self.password}:{self.sign_in_generation}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    # Django's admin and permission machinery is not used; operators are the only special people.
    @property
    def is_staff(self) -> bool:
        return self.is_operator

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Session(AbstractBaseSession):
    """What one browser is remembered by. Who is signed in with it stands beside it, so that both are found at once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")

    @classmethod
    def get_session_store_class(cls) -> type:
        from .recognizing import SessionStore  # which rests on this table

        return SessionStore


class SignInLink(models.Model):
    """A link that signs one person in. Only its fingerprint is kept, so a leaked database opens no door."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"  # once, for a short time
        DEMO = "demo"  # again and again, for invented people, and only where the mode is demo

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_in_links")
    fingerprint = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.SIGN_IN)
    next_url = models.CharField(max_length=500, default="/")
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"sign-in link {self.pk}"


class SecurityEvent(models.Model):
    """Something that happened to a person's way in, kept for that person to read.

    Where from is kept coarsely: a network, never an address; a kind of browser, never its full signature.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("You signed in")
        FAILED = "failed", _("A sign-in failed")
        LOCKED = "locked", _("Sign-in was paused after many wrong tries")
        PASSWORD_SET = "password_set", _("A password was set")
        PASSWORD_CHANGED = "password_changed", _("The password was changed")
        PASSWORD_DROPPED = "password_dropped", _("A password set before the address was proven was taken away")
        EMAIL_CHANGED = "email_changed", _("The e-mail address was changed")
        FACTOR_ADDED = "factor_added", _("A second step was added")
        FACTOR_REMOVED = "factor_removed", _("A second step was taken away")
        CODES_MADE = "codes_made", _("New recovery codes were made")
        SESSION_ENDED = "session_ended", _("A device was signed out")
        SESSIONS_ENDED = "sessions_ended", _("You signed out everywhere")
        DATA_EXPORTED = "data_exported", _("Your data was downloaded")
        ERASED = "erased", _("The account was erased")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="security_events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField(default=now)
    network = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "-id"], name="security_events_of_a_person")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.pk})"
