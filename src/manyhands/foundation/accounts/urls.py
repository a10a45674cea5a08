"""Doors and pages about oneself, all under /accounts/. Of the sign-in library only what we use has an address.

The library looks its own pages up by name, so those names are its own and stand in no namespace.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.http import require_http_methods
from django.views.generic import View

from manyhands.foundation.access.rules import Permission, anyone, signed_in
from manyhands.foundation.access.views import allow

from .views import library, links, oneself
from .views.looks import prove_again

READ = ["GET", "HEAD"]
WRITE = [*READ, "POST"]


def page(
    view: type[View], needed: Permission, methods: Iterable[str] = WRITE, again: bool = False
) -> Callable[..., HttpResponse]:
    """A page of the library behind our own guard; ``again`` asks the person to prove that it is still them."""
    opened: Callable[..., Any] = view.as_view()
    if again:
        opened = prove_again(opened)
    return require_http_methods(list(methods))(allow(needed)(opened))


ours: list[URLPattern] = [
    path("", oneself.you, name="you"),
    path("signing-in/", oneself.signing_in, name="signing_in"),
    path("history/", oneself.history, name="history"),
    path("data/", oneself.data, name="data"),
    path("data/download/", oneself.download, name="download"),
    path("data/erase/", oneself.erase, name="erase"),
    path("prove/", links.prove, name="prove"),
    path("link/", links.send_link, name="send_link"),
    path("link/sent/", links.link_sent, name="link_sent"),
    path("link/<slug:secret>/", links.open_link, name="open_link"),
]

door: list[URLPattern] = [
    path("login/", page(library.SignIn, anyone), name="account_login"),
    path("logout/", page(library.SignOut, anyone), name="account_logout"),
    path("inactive/", page(library.Inactive, anyone, READ), name="account_inactive"),
    path("signup/", page(library.SignUp, anyone), name="account_signup"),
    path("reauthenticate/", page(library.PasswordAgain, signed_in), name="account_reauthenticate"),
    path("email/", page(library.ChangeAddress, signed_in, again=True), name="account_email"),
    path("confirm-email/", page(library.LetterSent, anyone, READ), name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", page(library.ConfirmAddress, anyone), name="account_confirm_email"),
    path("password/change/", page(library.ChangePassword, signed_in), name="account_change_password"),
    path("password/set/", page(library.SetPassword, signed_in, again=True), name="account_set_password"),
    path("password/reset/", page(library.ForgottenPassword, anyone), name="account_reset_password"),
    path(
        "password/reset/done/",
        page(library.ForgottenPasswordSent, anyone, READ),
        name="account_reset_password_done",
    ),
    path(
        "password/reset/key/done/",
        page(library.NewPasswordKept, anyone, READ),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        page(library.NewPassword, anyone),
        name="account_reset_password_from_key",
    ),
]

second_step: list[URLPattern] = [
    path("", page(library.SecondSteps, signed_in, READ), name="mfa_index"),
    path("authenticate/", page(library.SecondStep, anyone), name="mfa_authenticate"),
    path("reauthenticate/", page(library.SecondStepAgain, signed_in), name="mfa_reauthenticate"),
    path("app/", page(library.ActivateApp, signed_in, again=True), name="mfa_activate_totp"),
    path("app/stop/", page(library.DeactivateApp, signed_in, again=True), name="mfa_deactivate_totp"),
    path("codes/", page(library.RecoveryCodes, signed_in, READ, again=True), name="mfa_view_recovery_codes"),
    path("codes/new/", page(library.MakeRecoveryCodes, signed_in, again=True), name="mfa_generate_recovery_codes"),
    path(
        "codes/download/",
        page(library.codes.DownloadRecoveryCodesView, signed_in, READ, again=True),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", page(library.Passkeys, signed_in, READ), name="mfa_list_webauthn"),
    path("passkeys/add/", page(library.AddPasskey, signed_in, again=True), name="mfa_add_webauthn"),
    path("passkeys/sign-in/", page(library.PasskeySignIn, anyone), name="mfa_login_webauthn"),
    path("passkeys/again/", page(library.PasskeyAgain, signed_in), name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/", page(library.NamePasskey, signed_in, again=True), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", page(library.RemovePasskey, signed_in, again=True), name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("accounts/", include((ours, "accounts"))),
    path("accounts/", include(door)),
    path("accounts/second-step/", include(second_step)),
    path("accounts/sessions/", oneself.sessions, name="usersessions_list"),
]
