"""Every letter this room sends, in the reader's language: what happened, and what to do if it was not you.

Secrets in links are made here, in the job that sends the letter, so that no waiting job carries one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from .links import make_link
from .models import Person, SecurityEvent

Kind = SecurityEvent.Kind


@dataclass(frozen=True)
class Letter:
    """What one letter says: a subject, paragraphs, and at most one thing to press."""

    subject: str
    paragraphs: list[str] = field(default_factory=list)
    label: str = ""
    url: str = ""
    after: list[str] = field(default_factory=list)


Write = Callable[[Person | None, dict[str, Any]], Letter | None]


def address(name: str, *args: Any) -> str:
    """The absolute address of one of our pages."""
    return urljoin(settings.SITE_ADDRESS + "/", reverse(name, args=args))


def sign_in_link(person: Person | None, facts: dict[str, Any]) -> Letter | None:
    """The link somebody asked for; where nobody has the address, a letter that says so, which costs the same work."""
    if person is None:
        return no_account(person, facts)
    return Letter(
        _("Your sign-in link"),
        [_("You asked for a link to sign in. It works once, within 15 minutes.")],
        _("Sign in"),
        make_link(person, next_url=facts.get("next_url", "/")),
        [_("If it was not you, do nothing. Without this letter nobody can use the link.")],
    )


def no_account(person: Person | None, facts: dict[str, Any]) -> Letter:
    opened = settings.ENVIRONMENT.open_registration
    return Letter(
        _("There is no account with this address"),
        [
            _("Somebody, perhaps you, asked to sign in here with this e-mail address. We know nobody by it."),
            _("If it was you, perhaps you use another address here.")
            + (" " + _("Or make an account with this one.") if opened else ""),
        ],
        _("Make an account") if opened else "",
        address("account_signup") if opened else "",
        [_("If it was not you, do nothing. We keep nothing about you.")],
    )


def already_here(person: Person | None, facts: dict[str, Any]) -> Letter:
    return Letter(
        _("You already have an account"),
        [_("Somebody, perhaps you, wanted to make an account with this address. There is one already.")],
        _("Sign in"),
        address("account_login"),
        [_("If you forgot your password, ask for a link instead. If it was not you, do nothing.")],
    )


def confirm_address(person: Person | None, facts: dict[str, Any]) -> Letter | None:
    row = EmailAddress.objects.filter(pk=facts["address_id"], verified=False).first()
    if row is None:
        return None
    return Letter(
        _("Is this your e-mail address?"),
        [_("Press the button to tell us that you read the mail of this address. Then you can use it to sign in.")],
        _("Yes, it is mine"),
        address("account_confirm_email", EmailConfirmationHMAC(row).key),
        [_("The link works for three days. If you did not ask for this, do nothing.")],
    )


def reset_password(person: Person | None, facts: dict[str, Any]) -> Letter | None:
    if person is None:
        return None
    token = default_token_generator.make_token(person)
    return Letter(
        _("Choose a new password"),
        [_("You asked to choose a new password. The link works once, within an hour.")],
        _("Choose a new password"),
        address("account_reset_password_from_key", user_pk_to_url_str(person), token),
        [_("If it was not you, do nothing: your password stays as it is.")],
    )


def _notice(subject: str, what: str) -> Write:
    """A notice that something grave happened, with the way to stop it."""

    def write(person: Person | None, facts: dict[str, Any]) -> Letter:
        return Letter(
            _(subject),
            [_(what)],
            _("Look at what happened"),
            address("accounts:history"),
            [
                _("If it was you, all is well."),
                _("If it was not, sign in with a link, sign out everywhere and choose a new password."),
            ],
        )

    return write


def erased(person: Person | None, facts: dict[str, Any]) -> Letter:
    return Letter(
        _("Your account is erased"),
        [
            _("As you asked, we erased your account and everything that says who you are. This was the last letter."),
            _("What you decided together with others still counts, without your name."),
        ],
    )


def N_(text: str) -> str:
    """Marks a sentence for translation that is translated when its letter is written."""
    return text


WRITERS: dict[str, Write] = {
    "sign_in_link": sign_in_link,
    "no_account": no_account,
    "already_here": already_here,
    "confirm_address": confirm_address,
    "reset_password": reset_password,
    Kind.PASSWORD_SET.value: _notice(N_("A password was set"), N_("A password was set for your account.")),
    Kind.PASSWORD_CHANGED.value: _notice(
        N_("Your password was changed"), N_("The password of your account was changed.")
    ),
    Kind.EMAIL_CHANGED.value: _notice(
        N_("Your e-mail address was changed"),
        N_("Your account now uses another e-mail address. This is the last letter to this one."),
    ),
    Kind.FACTOR_ADDED.value: _notice(
        N_("A second step was added"), N_("Signing in to your account now takes a second step that was added today.")
    ),
    Kind.FACTOR_REMOVED.value: _notice(
        N_("A second step was taken away"), N_("A second step of signing in was taken away from your account.")
    ),
    Kind.CODES_MADE.value: _notice(
        N_("New recovery codes were made"), N_("New recovery codes were made for your account. Older ones are void.")
    ),
    Kind.SESSIONS_ENDED.value: _notice(
        N_("You were signed out everywhere"), N_("Every device was signed out of your account, and waiting links died.")
    ),
    Kind.DATA_EXPORTED.value: _notice(
        N_("Your data was downloaded"), N_("Everything we know about you was downloaded as one file.")
    ),
    Kind.ERASED.value: erased,
}
