"""Options of the sign-in library, kept with the room that signs people in. Read by `config/settings.py`."""

AUTHENTICATION_BACKENDS = ["manyhands.foundation.accounts.recognizing.AuthenticationBackend"]
SESSION_ENGINE = "manyhands.foundation.accounts.recognizing"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60

ACCOUNT_ADAPTER = "manyhands.foundation.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "manyhands.foundation.accounts.forms.SignInForm",
    "signup": "manyhands.foundation.accounts.forms.SignUpForm",
    "add_email": "manyhands.foundation.accounts.forms.ChangeAddressForm",
    "change_password": "manyhands.foundation.accounts.forms.ChangePasswordForm",
    "set_password": "manyhands.foundation.accounts.forms.SetPasswordForm",
    "reset_password": "manyhands.foundation.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "manyhands.foundation.accounts.forms.NewPasswordForm",
    "reauthenticate": "manyhands.foundation.accounts.forms.PasswordAgainForm",
}
#: number / time / counted per caller's address (ip), per person (user) or per what is tried (key).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/5m/ip,5/15m/key",
    "login_failed_anywhere": "50/1h/key",
    "signup": "20/h/ip",
    "send_link": "20/15m/ip,4/15m/key",
    "open_link": "30/m/ip",
    "reset_password": "20/15m/ip,4/15m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/1m/key",
    "manage_email": "10/10m/user",
    "change_password": "10/10m/user",
    "reauthenticate": "10/10m/user",
    "export": "6/h/user",
}

MFA_ADAPTER = "manyhands.foundation.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
#: Whoever is signed in has proven an address already; the library's check would bar them from changing it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "manyhands.foundation.accounts.forms.SecondStepForm",
    "reauthenticate": "manyhands.foundation.accounts.forms.SecondStepAgainForm",
    "activate_totp": "manyhands.foundation.accounts.forms.ActivateAppForm",
    "add_webauthn": "manyhands.foundation.accounts.forms.AddPasskeyForm",
    "login_webauthn": "manyhands.foundation.accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "manyhands.foundation.accounts.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "manyhands.foundation.accounts.forms.PasskeyAgainForm",
    "edit_webauthn": "manyhands.foundation.accounts.forms.NamePasskeyForm",
}

#: Writing every page view down would cost a write each; `middleware.py` notes it once an hour.
USERSESSIONS_TRACK_ACTIVITY = False
