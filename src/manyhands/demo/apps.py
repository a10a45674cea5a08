from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "manyhands.demo"
    label = "demo"
