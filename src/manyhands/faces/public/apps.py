from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "manyhands.faces.public"
    label = "public"
