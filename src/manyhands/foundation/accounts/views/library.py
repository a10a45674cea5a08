"""The sign-in library's pages, each with our words. What they do is the library's; see docs/decisions/0005."""

from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import flows as passkey_flows
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from ..queries import second_steps
from .looks import Looks

SIGNING_IN = ("accounts:signing_in", _("Signing in"))
SECOND_STEP = ("mfa_index", _("Second step"))
YOU = ("accounts:you", _("You"))


class SignIn(Looks, account.LoginView):
    template_name = "account/login.html"
    heading = _("Sign in")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        opened = get_adapter().is_open_for_signup(self.request)
        return {**super().get_context_data(**kwargs), "open_registration": opened}


class SignUp(Looks, account.SignupView):
    template_name = "account/signup.html"
    template_name_signup_closed = "account/signup_closed.html"
    heading = _("Make an account")


class SignOut(Looks, account.LogoutView):
    template_name = "account/logout.html"


class LetterSent(Looks, account.EmailVerificationSentView):
    template_name = "accounts/said.html"
    heading = _("Look into your mail")
    lede = _("We sent you a letter. Press the button in it, and you can sign in. It can take a minute to arrive.")


class ConfirmAddress(Looks, account.ConfirmEmailView):
    template_name = "account/email_confirm.html"


class Inactive(Looks, account.AccountInactiveView):
    template_name = "accounts/said.html"
    heading = _("This account is closed")
    lede = _("You cannot sign in with it. If that surprises you, ask whoever looks after this site.")


class ForgottenPassword(Looks, account.PasswordResetView):
    heading = _("A new password")
    lede = _("Tell us your address. We send you a letter with a link, and there you choose a new password.")
    button = _("Send me the letter")
    back = ("account_login", _("Sign in"))


class ForgottenPasswordSent(Looks, account.PasswordResetDoneView):
    template_name = "accounts/said.html"
    heading = _("Look into your mail")
    lede = _("If we know the address, a letter is on its way. Its link works once, within an hour.")


class NewPassword(Looks, account.PasswordResetFromKeyView):
    template_name = "account/password_reset_from_key.html"
    heading = _("A new password")
    lede = _("Choose a new password. Every device that is signed in now will be signed out.")
    button = _("Keep this password")


class NewPasswordKept(Looks, account.PasswordResetFromKeyDoneView):
    template_name = "accounts/said.html"
    heading = _("Your new password works")
    lede = _("Every other device is signed out. Sign in with the new password.")


class ChangePassword(Looks, account.PasswordChangeView):
    door = False
    heading = _("Password")
    lede = _("Choose a new password. Other devices are signed out, this one stays.")
    button = _("Change the password")
    note = _("We send you a letter to say that it was changed.")
    back = SIGNING_IN


class SetPassword(Looks, account.PasswordSetView):
    door = False
    heading = _("Password")
    lede = _("You sign in with links now. With a password you need no letter to come in.")
    button = _("Keep this password")
    note = _("We send you a letter to say that one was set. Links go on working.")
    back = SIGNING_IN


class ChangeAddress(Looks, account.EmailView):
    template_name = "account/email_change.html"
    door = False
    heading = _("E-mail address")
    lede = _("You sign in with this address, and letters go there. Other members do not see it.")
    button = _("Change the address")
    note = _("We tell the old address, too, once the new one is yours.")
    back = YOU


class PasswordAgain(Looks, account.ReauthenticateView):
    template_name = "account/reauthenticate.html"
    heading = _("Is it still you?")
    lede = _("The next page changes something important, so please prove that it is you.")
    button = _("Go on")


class SecondStep(Looks, mfa.AuthenticateView):
    template_name = "mfa/authenticate.html"
    heading = _("One more step")
    lede = _("Your account is kept safe by a second step.")


class SecondStepAgain(Looks, mfa.ReauthenticateView):
    template_name = "account/reauthenticate.html"
    heading = PasswordAgain.heading
    lede = PasswordAgain.lede
    button = PasswordAgain.button


class SecondSteps(Looks, mfa.IndexView):
    template_name = "mfa/index.html"
    door = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "steps": second_steps(self.request.user)}


class ActivateApp(Looks, totp.ActivateTOTPView):
    template_name = "mfa/totp/activate_form.html"
    door = False
    heading = _("Authenticator app")
    back = SECOND_STEP


class DeactivateApp(Looks, totp.DeactivateTOTPView):
    door = False
    heading = _("Authenticator app")
    lede = _("After this, signing in takes only your password or a link. Recovery codes go with the last second step.")
    button = _("Stop asking for a code")
    note = _("We send you a letter to say that it was taken away.")
    danger = True
    back = SECOND_STEP


class AddPasskey(Looks, passkeys.AddWebAuthnView):
    template_name = "mfa/webauthn/add_form.html"
    door = False
    heading = _("New passkey")
    back = SECOND_STEP


class Passkeys(Looks, passkeys.ListWebAuthnView):
    template_name = "mfa/webauthn/authenticator_list.html"
    door = False
    heading = _("Passkeys")
    back = SECOND_STEP


class NamePasskey(Looks, passkeys.EditWebAuthnView):
    door = False
    heading = _("Name of the passkey")
    button = _("Keep the name")
    back = ("mfa_list_webauthn", _("Passkeys"))


class RemovePasskey(Looks, passkeys.RemoveWebAuthnView):
    door = False
    heading = _("Remove a passkey")
    lede = _("It will no longer open your account. Recovery codes go with the last second step.")
    button = _("Remove the passkey")
    note = _("We send you a letter to say that it was taken away.")
    danger = True
    back = ("mfa_list_webauthn", _("Passkeys"))


class PasskeySignIn(Looks, passkeys.LoginWebAuthnView):
    """The library forgets where the person wanted to go; we do not."""

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return passkey_flows.perform_passwordless_login(self.request, authenticator, login)


class PasskeyAgain(Looks, passkeys.ReauthenticateWebAuthnView):
    template_name = "mfa/webauthn/reauthenticate.html"
    heading = PasswordAgain.heading
    lede = PasswordAgain.lede

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The library leaves out what its own base class knows: the other ways, and where to go on.
        return {
            **super().get_context_data(**kwargs),
            "reauthentication_alternatives": self.get_reauthentication_alternatives(),
            "redirect_field_value": get_next_redirect_url(self.request) or "",
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        super().form_invalid(form)
        return HttpResponseRedirect(self.passthrough_next_url(self.request.path))


class RecoveryCodes(Looks, codes.ViewRecoveryCodesView):
    template_name = "mfa/recovery_codes/index.html"
    door = False
    heading = _("Recovery codes")
    back = SECOND_STEP


class MakeRecoveryCodes(Looks, codes.GenerateRecoveryCodesView):
    door = False
    heading = _("New recovery codes")
    lede = _("Each code opens your account once, when your phone or passkey is lost. Older codes stop working at once.")
    button = _("Make new codes")
    back = SECOND_STEP
