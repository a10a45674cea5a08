"""Links that sign a person in with one click, and what happens when one is followed."""

import secrets
from datetime import timedelta
from urllib.parse import urljoin

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import now

from .callers import our_page
from .models import Person, SecurityEvent, SignInLink
from .rules import fingerprint
from .security import write_down

VALID_FOR = timedelta(minutes=15)


class UnusableLink(ValueError):
    """The link is unknown, too old, or has been used."""


def make_link(
    person: Person, *, next_url: str = "/", valid_for: timedelta = VALID_FOR, purpose: str = SignInLink.Purpose.SIGN_IN
) -> str:
    """An absolute address that signs this person in. Whoever holds it is that person: mail it, never show it.

    Parameters
    ----------
    next_url
        A page of this site to go on to; anything else becomes the start page.
    valid_for
        A sign-in link works once, within this time.
    purpose
        ``"demo"`` makes a link that works again and again, for invented people in demo mode.

    Raises
    ------
    ValueError
        If a demo link is asked for outside demo mode, or for a person who is not invented.
    """
    if purpose == SignInLink.Purpose.DEMO and not (settings.ENVIRONMENT.mode == "demo" and person.is_invented):
        raise ValueError("Links that work again and again are for invented people in demo mode.")
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        person=person,
        fingerprint=fingerprint(secret),
        purpose=purpose,
        next_url=our_page(next_url),
        expires_at=now() + valid_for,
    )
    return urljoin(settings.SITE_ADDRESS + "/", reverse("accounts:open_link", args=[secret]))


def find_link(secret: str) -> SignInLink:
    """The link behind a secret, if it may still be followed.

    Raises
    ------
    UnusableLink
        If it is unknown, too old or used up, or its person has gone.
    """
    link = SignInLink.objects.select_related("person").filter(fingerprint=fingerprint(secret)).first()
    if link is None or link.expires_at <= now() or not link.person.is_active:
        raise UnusableLink
    if link.purpose == SignInLink.Purpose.DEMO:
        if settings.ENVIRONMENT.mode != "demo" or not link.person.is_invented:
            raise UnusableLink
    elif link.used_at is not None:
        raise UnusableLink
    return link


def follow_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Sign in whoever holds the secret. Two who hold the same one race, and one of them loses.

    Raises
    ------
    UnusableLink
        As :func:`find_link`, and for the one who was slower.
    """
    with transaction.atomic():
        link = find_link(secret)
        if link.purpose == SignInLink.Purpose.SIGN_IN:
            if not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now()):
                raise UnusableLink
            prove_address(link.person)
    return sign_in(request, link.person, next_url=link.next_url)


def sign_in(request: HttpRequest, person: Person, *, next_url: str = "/") -> HttpResponse:
    """Sign in a person whose address has just been proven; a second step, if they have one, still stands before it.

    Gives the response to return: on to ``next_url``, or to the second step. Somebody else who was signed in here is
    signed out first.
    """
    if request.user.is_authenticated:
        if request.user.pk == person.pk:
            record_authentication(request, person, method="link")
            return HttpResponseRedirect(our_page(next_url))
        get_adapter().logout(request)
    record_authentication(request, person, method="link")
    login = Login(
        user=person,
        email=person.email,
        email_verification=EmailVerificationMethod.NONE,
        redirect_url=our_page(next_url),
    )
    return perform_login(request, login)


def prove_address(person: Person) -> None:
    """Note that the person reads the mail of their address.

    A password that was set before that may be a stranger's, who signed up with an address that was not theirs and
    waits. It is taken away, with every session.
    """
    address, _made = EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"primary": True, "verified": False}
    )
    if address.verified or not address.set_verified():
        return
    address.set_as_primary()
    if person.has_usable_password():
        person.set_unusable_password()
        person.sign_in_generation += 1
        person.save(update_fields=["password", "sign_in_generation"])
        write_down(person, SecurityEvent.Kind.PASSWORD_DROPPED)


def open_door(request: HttpRequest, email: str) -> None:
    """Let whoever came by an invitation to this address sign up with it, even where registration is closed.

    The invitation proves the address, so it needs no second letter.
    """
    get_adapter().stash_verified_email(request, email.strip().lower())
