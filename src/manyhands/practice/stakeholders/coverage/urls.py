"""Addresses of this part, below `/c/<coalition>/allies/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("table/", views.coverage, name="coverage"),
    path("table/lists/<slug:kind>/", views.choose_list, name="choose_list"),
    path("table/we-speak-for/", views.declare, name="declare_coverage"),
    path("without-sector/", views.without_sector, name="without_sector"),
    path("without-sector/<int:given_sector_id>/back/", views.take_sector_back, name="take_sector_back"),
    path("unexpected/", views.unexpected, name="unexpected"),
    path("invite-next/", views.invite_next, name="invite_next"),
    path("invite-next/weights/", views.set_weights, name="set_weights"),
    path("<int:stakeholder_id>/fit/", views.fit, name="fit"),
    path("<int:stakeholder_id>/disclose/", views.disclose, name="disclose"),
    path("disclosures/<int:disclosure_id>/end/", views.end_disclosure, name="end_disclosure"),
]
