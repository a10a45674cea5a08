from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TenancyConfig(AppConfig):
    name = "manyhands.foundation.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers the check)
        from .fence import build_fence
        from .wholesale import build_wholesale

        post_migrate.connect(build_fence, sender=self, dispatch_uid="tenancy.build_fence")
        post_migrate.connect(build_wholesale, sender=self, dispatch_uid="tenancy.build_wholesale")
