from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "manyhands.foundation.ui"
    label = "ui"
    verbose_name = "What people see"
