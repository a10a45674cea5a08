from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "manyhands.faces.desk"
    label = "desk"

    def ready(self) -> None:
        from manyhands.foundation.ui.navigation import register_room

        register_room(label=_("Desk"), icon="home", url_name="desk:home", order=0, hint=_("What awaits you."))
