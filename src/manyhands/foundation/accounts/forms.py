"""What is asked of people who sign in or look after their account. The library checks; the words are ours."""

import zoneinfo
from functools import cache
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .models import Person

LONGEST_PASSWORD = 1000


class OurWords:
    """Puts our labels and hints on a form of the library; placeholders go, since they vanish when one types."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if isinstance(field.widget, forms.PasswordInput):
                field.validators.append(
                    MaxLengthValidator(LONGEST_PASSWORD, _("A password may have at most %(limit_value)d signs."))
                )
            elif field.widget.attrs.get("autocomplete") == "one-time-code":
                field.max_length = 40
                field.widget.attrs.update({"inputmode": "numeric", "autocapitalize": "none", "maxlength": "40"})


NEW_PASSWORD = _("At least 10 signs. Three words that only you would put together are good.")
YOUR_EMAIL = _("Your e-mail address")


def _forgotten() -> str:
    return format_html('<a href="{}">{}</a>', reverse("account_reset_password"), _("I forgot my password"))


FORGOTTEN = lazy(_forgotten, str)()


class SignInForm(OurWords, account.LoginForm):
    labels = {"login": YOUR_EMAIL, "password": _("Password")}
    hints = {"password": FORGOTTEN}


class SignUpForm(OurWords, account.SignupForm):
    name = forms.CharField(label=_("Your name"), max_length=120)
    labels = {"name": _("Your name"), "email": YOUR_EMAIL, "password1": _("A password")}
    hints = {
        "name": _("What the others in a coalition call you."),
        "email": _("We send one letter there, to see that it is yours. Other members do not see it."),
        "password1": NEW_PASSWORD,
    }
    field_order = ["name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean_email(self) -> str:
        """Where registration is closed, an invitation opens the door for its own address only."""
        email = super().clean_email()
        adapter = get_adapter()
        invited = adapter.invited_address(adapter.request)
        if not settings.ENVIRONMENT.open_registration and email != invited.lower():
            raise forms.ValidationError(
                _("Your invitation was sent to %(address)s. Use that address, or ask for another invitation."),
                params={"address": invited},
            )
        return email

    def try_save(self, request: HttpRequest) -> Any:
        """Saving takes as long for an address that is taken as for a new one, so that nobody learns which it was."""
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))
        return super().try_save(request)


class ForgottenPasswordForm(OurWords, account.ResetPasswordForm):
    labels = {"email": YOUR_EMAIL}


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("The new password again")}
    hints = {"password1": NEW_PASSWORD}


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    labels = {"oldpassword": _("The password you use now"), **NewPasswordForm.labels}
    hints = {"oldpassword": FORGOTTEN, "password1": NEW_PASSWORD}


class SetPasswordForm(OurWords, account.SetPasswordForm):
    labels = {"password1": _("A password"), "password2": _("The password again")}
    hints = {"password1": NEW_PASSWORD}


class PasswordAgainForm(OurWords, account.ReauthenticateForm):
    labels = {"password": _("Password")}
    hints = {"password": FORGOTTEN}


class ChangeAddressForm(OurWords, account.AddEmailForm):
    labels = {"email": _("New e-mail address")}
    hints = {"email": _("We send a letter there. Until you press its button, the address you have now stays.")}


class SecondStepForm(OurWords, mfa.AuthenticateForm):
    labels = {"code": _("Code")}
    hints = {"code": _("Six digits from your authenticator app, or one of your recovery codes.")}


class SecondStepAgainForm(OurWords, mfa.ReauthenticateForm):
    labels = SecondStepForm.labels
    hints = SecondStepForm.hints


class ActivateAppForm(OurWords, ActivateTOTPForm):
    labels = {"code": _("The code your app shows now")}
    hints = {"code": _("Six digits. They change every half minute.")}


class Mangled:
    """What a device answers can be mangled on the way or made up; the library trusts its shape, we refuse it."""

    def clean_credential(self) -> Any:
        return self._refusing(super().clean_credential)  # type: ignore[misc]

    @staticmethod
    def _refusing(clean: Any) -> Any:
        try:
            return clean()
        except forms.ValidationError:
            raise
        except Exception:  # whatever a made-up answer trips over, in the library or in what it uses
            raise forms.ValidationError(_("The passkey's answer could not be read. Try again.")) from None


class PasskeySignInForm(Mangled, LoginWebAuthnForm):
    pass


class PasskeyStepForm(Mangled, AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(Mangled, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(OurWords, AddWebAuthnForm):
    name = forms.CharField(required=False, max_length=80)
    labels = {"name": _("What to call it"), "passwordless": _("Sign in with it alone, without a password")}
    hints = {
        "name": _("Such as “My phone”, so that you know it again."),
        "passwordless": _(
            "Your device then asks for your finger, your face or its own code. Leave this off to use "
            "it only as a second step."
        ),
    }

    def clean(self) -> dict[str, Any]:
        return Mangled._refusing(super().clean)


class NamePasskeyForm(OurWords, EditWebAuthnForm):
    name = forms.CharField(max_length=80)
    labels = {"name": _("What to call it")}


class LinkForm(forms.Form):
    """Where to send a sign-in link."""

    email = forms.EmailField(
        label=YOUR_EMAIL, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True})
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


@cache
def time_zones() -> list[tuple[str, Any]]:
    """Every time zone by continent, for a select."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zoneinfo.available_timezones()):
        continent, _slash, place = name.partition("/")
        if place and continent not in {"Etc", "SystemV", "US", "posix", "right"}:
            groups.setdefault(continent, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *groups.items()]


class ProfileForm(forms.ModelForm):
    """How one is called, spoken to, and told the time."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Meetings and deadlines are shown in your time.")
    )

    class Meta:
        model = Person
        fields = ["name", "language", "time_zone"]
        help_texts = {"name": _("What others see. A coalition keeps the name you had when you took your seat.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["language"].choices = [("", _("As my browser says")), *settings.LANGUAGES]
        usual = _("The usual one here: %(zone)s") % {"zone": settings.TIME_ZONE}
        self.fields["time_zone"].choices = [("", usual), *time_zones()]


class EraseForm(forms.Form):
    """The typed confirmation before an account is erased."""

    typed = forms.CharField(label=_("Type your e-mail address to go on"), max_length=254)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["typed"].widget.attrs.update({"autocomplete": "off", "autocapitalize": "none"})

    def clean_typed(self) -> str:
        typed = self.cleaned_data["typed"].strip().lower()
        if typed != self.person.email.lower():
            raise forms.ValidationError(
                _("This is not your e-mail address, so nothing was erased. Yours is %(address)s."),
                params={"address": self.person.email},
            )
        return typed
