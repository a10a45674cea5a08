"""What can be asked about one's own account."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .models import Person, SecurityEvent


def recent_events(person: Person, count: int = 50) -> QuerySet[SecurityEvent]:
    """The last things that happened to the person's way in, newest first."""
    return SecurityEvent.objects.filter(person=person)[:count]


def sessions_of(person: Person) -> list[UserSession]:
    """Every device where the person is signed in, last seen first. Drops those whose session has ended."""
    return sorted(UserSession.objects.purge_and_list(person), key=lambda row: row.last_seen_at, reverse=True)


def second_steps(person: Person) -> dict[str, Any]:
    """Which second steps stand before this person's account: ``{"app": bool, "passkeys": int, "codes_left": int}``."""
    rows = list(Authenticator.objects.filter(user=person))
    codes = next((row.wrap() for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "app": any(row.type == Authenticator.Type.TOTP for row in rows),
        "passkeys": sum(row.type == Authenticator.Type.WEBAUTHN for row in rows),
        "codes_left": len(codes.get_unused_codes()) if codes else 0,
    }


def account_data(person: Person) -> dict[str, Any]:
    """What the account itself holds about the person, for their own download. Secrets are left out."""
    return {
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "time_zone": person.time_zone,
        "joined_at": person.joined_at,
        "last_signed_in_at": person.last_login,
        "looks_after_the_installation": person.is_operator,
        "has_a_password": person.has_usable_password(),
        "email_addresses": list(
            EmailAddress.objects.filter(user=person).order_by("id").values("email", "verified", "primary")
        ),
        "second_steps": [
            {"kind": row.type, "added_at": row.created_at, "last_used_at": row.last_used_at}
            for row in Authenticator.objects.filter(user=person).order_by("id")
        ],
        "devices": [
            {"browser": row.user_agent, "network": row.ip, "since": row.created_at, "last_seen_at": row.last_seen_at}
            for row in UserSession.objects.filter(user=person).order_by("id")
        ],
        "security_events": list(
            SecurityEvent.objects.filter(person=person).order_by("id").values("kind", "at", "network", "browser")
        ),
    }


def only_operator(person_id: int) -> list[str]:
    """Why an operator cannot be erased yet: nobody else looks after the installation."""
    operators = Person.objects.filter(is_operator=True, is_active=True)
    if operators.filter(pk=person_id).exists() and operators.count() == 1:
        return [_("Nobody else looks after this installation. Let somebody else do it first.")]
    return []
