"""The house's doors. A room's own addresses are in the room."""

from django.urls import URLPattern, URLResolver, include, path

from . import health

handler400 = "manyhands.foundation.ui.errors.bad"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]

for prefix, module in [
    ("", "manyhands.faces.public.urls"),
    ("", "manyhands.foundation.ui.urls"),
    ("", "manyhands.foundation.jobs.urls"),
    ("", "manyhands.foundation.accounts.urls"),
    ("", "manyhands.foundation.coalitions.urls"),
    ("c/<slug:coalition>/", "manyhands.faces.desk.urls"),
    ("", "manyhands.foundation.ledger.operator_urls"),
    ("c/<slug:coalition>/ledger/", "manyhands.foundation.ledger.urls"),
    ("c/<slug:coalition>/allies/", "manyhands.practice.stakeholders.urls"),
    ("c/<slug:coalition>/common-ground/", "manyhands.practice.alignment.urls"),
    ("c/<slug:coalition>/decisions/", "manyhands.practice.governance.urls"),
    ("c/<slug:coalition>/plans/", "manyhands.practice.plans.urls"),
]:
    urlpatterns.append(path(prefix, include(module)))
