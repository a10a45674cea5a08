from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "manyhands.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from manyhands.foundation.ui.navigation import register_person_link

        from . import listeners, tasks  # noqa: F401  (they register themselves)
        from .personal_data import register_erasure_check
        from .queries import only_operator

        register_person_link(label=_("You"), icon="user", url_name="accounts:you", order=10)
        register_person_link(label=_("Signing in"), icon="key", url_name="accounts:signing_in", order=20)
        register_person_link(label=_("Your data"), icon="database", url_name="accounts:data", order=30)
        register_person_link(label=_("Sign out"), icon="logout", url_name="account_logout", order=90, post=True)
        register_erasure_check(only_operator)
