"""A model must say whose it is, or `check` fails."""

from typing import Any

from django.apps import apps
from django.core.checks import Error, register

from .models import CoalitionOwned

#: Models that no single coalition owns, each with the reason why.
SHARED = {
    "coalitions.Coalition": "it is the tenant",
    "accounts.Person": "one person may sit in several coalitions",
    "accounts.Session": "signing in comes before any coalition",
    "accounts.SignInLink": "signing in comes before any coalition",
    "accounts.SecurityEvent": "what happened to a sign-in concerns the person, not a coalition",
    "jobs.JobRun": "the house has work of its own; a coalition's work carries its id and enters it first",
    "jobs.Slot": "a schedule belongs to the house",
}


@register("tenancy")
def every_model_has_an_owner(app_configs: Any, **kwargs: Any) -> list[Error]:
    ours = (m for m in apps.get_models() if m.__module__.startswith("manyhands."))
    return [
        Error(
            f"{model._meta.label} is neither CoalitionOwned nor listed in tenancy.checks.SHARED.",
            id="tenancy.E001",
            obj=model,
        )
        for model in ours
        if not issubclass(model, CoalitionOwned) and model._meta.label not in SHARED
    ]
