"""Where the sign-in library asks us: who may sign up, how tries are counted, what is mailed, how secrets are kept."""

import base64
import hashlib
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.jobs.tasks import enqueue

from .callers import address_of, caller
from .models import Person

#: What we say after a deed, by the library's name of the deed. Deeds not listed pass without a word.
SENTENCES = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your password is changed. Other devices are signed out."),
    "account/messages/password_set.txt": _("Your password is set. You can still sign in with a link."),
    "account/messages/email_confirmed.txt": _("Thank you, this address is yours."),
    "account/messages/email_confirmation_failed.txt": _("This address belongs to another account, so nothing changed."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is now the second step."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is no longer asked for."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes are ready. Older ones no longer work."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Answers for accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and password do not belong together. Try again, or let us send you a link instead."
        ),
        "too_many_login_attempts": _(
            "There were many wrong tries, so we pause for 15 minutes to keep the account safe. "
            "You can come in at once with a link by e-mail."
        ),
        "rate_limited": _("That was often in a short time. Wait a few minutes, then try again."),
        "incorrect_code": _("This code is not right, or its time ran out. Take the one shown now and try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your password. Type the one you use now."),
        "duplicate_email": _("This is already your address. Type the new one."),
        "invalid_or_expired_key": _("This link has been used or is too old. Ask for a new one."),
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.ENVIRONMENT.open_registration or bool(self.invited_address(request))

    @staticmethod
    def invited_address(request: HttpRequest) -> str:
        """The address that an invitation brought here in this session, or nothing."""
        return request.session.get("account_verified_email") or ""

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        user.name = form.cleaned_data.get("name", "")
        user.language = get_language() or ""
        return super().save_user(request, user, form, commit)

    # Tries -----------------------------------------------------------------------------------------

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong tries lock out one address from one place, so that a stranger cannot lock the owner out."""
        return f"{credentials.get('email', '').lower()}|{address_of(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        everyone = credentials.get("email", "").lower()
        try:
            super().pre_authenticate(request, **credentials)
            if not ratelimit.consume(request, action="login_failed_anywhere", key=everyone):
                raise self.validation_error("too_many_login_attempts")
        except ValidationError:
            self._note_wrong_try(request, locked=True, **credentials)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self._note_wrong_try(request, locked=False, **credentials)

    @staticmethod
    def _note_wrong_try(request: HttpRequest, *, locked: bool, **credentials: Any) -> None:
        from .tasks import note_wrong_try

        where = caller(request)
        enqueue(
            note_wrong_try,
            once=locked,
            address=credentials.get("email", ""),
            network=where.network,
            browser=where.browser,
            locked=locked,
        )

    # Letters ---------------------------------------------------------------------------------------

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only letters of ours leave; a kind the library would add one day is found by a test, not by a reader."""
        if template_prefix != "account/email/unknown_account":
            raise NotImplementedError(f"There is no letter of ours for {template_prefix}.")
        self._letter("no_account", email)

    def send_account_already_exists_mail(self, email: str) -> None:
        self._letter("already_here", email)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        row = emailconfirmation.email_address
        self._letter("confirm_address", row.email, person_id=row.user_id, address_id=row.pk)

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        self._letter("reset_password", email, person_id=user.pk)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Notices go out where the event is written down; see `security.py`."""

    @staticmethod
    def _letter(kind: str, address: str, **facts: Any) -> None:
        from .tasks import send_letter

        enqueue(send_letter, once=False, kind=kind, address=address, language=get_language() or "", **facts)

    # Ways on ---------------------------------------------------------------------------------------

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        sentence = message or SENTENCES.get(message_template or "")
        if sentence:
            messages.add_message(request, level, sentence, extra_tags=extra_tags)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:signing_in")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("accounts:you" if self.request.user.is_authenticated else "account_login")


class MFAAdapter(DefaultMFAAdapter):
    """Answers for second steps."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; nothing fits it when the installation's secret key was changed without keeping the old one."""
        try:
            return _locks().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(hashlib.sha256(encrypted_text.encode()).digest()[:20]).decode()

    def get_totp_issuer(self) -> str:
        return "Manyhands"

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as an inline picture that needs no style: dark squares on white, in light and dark alike."""
        code = qrcode.QRCode(border=3)
        code.add_data(url)
        matrix = code.get_matrix()
        size = len(matrix)
        squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
        return format_html(
            '<svg viewBox="0 0 {0} {0}" width="220" height="220" role="img" aria-label="{1}"'
            ' shape-rendering="crispEdges">'
            '<rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>',
            size,
            _g("QR code for your authenticator app"),
            mark_safe(escape(squares)),
        )

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = user.authenticator_set.filter(type=type).count() + 1
        return _g("My passkey") if number == 1 else _g("Passkey %(number)s") % {"number": number}


def _locks() -> MultiFernet:
    """Locks made from the installation's secret key, and from former ones, which still open but no longer close."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"manyhands.accounts.second-step:" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
