from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "manyhands.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        from manyhands.foundation.ui.navigation import register_person_link

        # Workers find a job by its name, so every room's jobs must be known before the first is asked for.
        autodiscover_modules("tasks", "housekeeping")
        register_person_link(
            label=_("Background work"),
            icon="clock",
            url_name="jobs:list",
            order=50,
            allowed=lambda request: request.user.is_operator,
        )
