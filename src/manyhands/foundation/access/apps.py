from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "manyhands.foundation.access"
    label = "access"
