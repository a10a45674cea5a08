from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "manyhands.foundation.ledger"
    label = "ledger"

    def ready(self) -> None:
        from manyhands.foundation.ui.navigation import register_person_link

        # Every room's events and listeners are known before the first line is written.
        autodiscover_modules("events", "listeners")
        register_person_link(
            label=_("Deliveries that failed"),
            icon="send",
            url_name="deliveries:failed",
            order=60,
            allowed=lambda request: request.user.is_operator,
        )
