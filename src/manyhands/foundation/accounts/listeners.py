"""Hears what the sign-in library did, and writes it down for the person."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.dispatch import receiver

from .middleware import renew_device
from .models import SecurityEvent, SignInLink
from .security import write_down

Kind = SecurityEvent.Kind


@receiver(account.user_logged_in, dispatch_uid="accounts.signed_in")
def signed_in(request: Any, user: Any, **rest: Any) -> None:
    renew_device(request)
    write_down(user, Kind.SIGNED_IN, by=request)


@receiver(account.password_set, dispatch_uid="accounts.password_set")
def password_set(request: Any, user: Any, **rest: Any) -> None:
    _links_die(user)
    renew_device(request)
    write_down(user, Kind.PASSWORD_SET, by=request)


@receiver(account.password_changed, dispatch_uid="accounts.password_changed")
def password_changed(request: Any, user: Any, **rest: Any) -> None:
    renew_device(request)
    password_reset(request, user)


@receiver(account.password_reset, dispatch_uid="accounts.password_reset")
def password_reset(request: Any, user: Any, **rest: Any) -> None:
    _links_die(user)
    write_down(user, Kind.PASSWORD_CHANGED, by=request)


@receiver(account.email_changed, dispatch_uid="accounts.email_changed")
def email_changed(request: Any, user: Any, from_email_address: Any, **rest: Any) -> None:
    """The notice goes to the old address: whoever took the account over reads the new one."""
    if from_email_address is not None:
        _links_die(user)
        write_down(user, Kind.EMAIL_CHANGED, by=request, address=from_email_address.email)


@receiver(mfa.authenticator_added, dispatch_uid="accounts.factor_added")
def factor_added(request: Any, user: Any, authenticator: Authenticator, **rest: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        write_down(user, Kind.FACTOR_ADDED, by=request)


@receiver(mfa.authenticator_reset, dispatch_uid="accounts.codes_made")
def codes_made(request: Any, user: Any, **rest: Any) -> None:
    write_down(user, Kind.CODES_MADE, by=request)


@receiver(mfa.authenticator_removed, dispatch_uid="accounts.factor_removed")
def factor_removed(request: Any, user: Any, authenticator: Authenticator, **rest: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        write_down(user, Kind.FACTOR_REMOVED, by=request)


@receiver(mfa.authentication_failed, dispatch_uid="accounts.second_step_failed")
def second_step_failed(request: Any, user: Any, **rest: Any) -> None:
    write_down(user, Kind.FAILED, by=request)


def _links_die(person: Any) -> None:
    SignInLink.objects.filter(person=person, used_at=None, purpose=SignInLink.Purpose.SIGN_IN).delete()
