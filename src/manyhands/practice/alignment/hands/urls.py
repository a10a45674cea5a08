"""Addresses of hands, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("hands/", views.reports, name="hands_reports"),
    path("hands/<int:speaker_queue_id>/", views.desk, name="hands"),
    path("hands/<int:speaker_queue_id>/present/", views.present, name="hands_present"),
    path("hands/<int:speaker_queue_id>/mine/", views.own_hand, name="own_hand"),
    path("hands/<int:speaker_queue_id>/raise/", views.raise_hand, name="raise_hand"),
    path("hands/<int:speaker_queue_id>/lower/", views.lower_hand, name="lower_hand"),
    path("hands/<int:speaker_queue_id>/call/", views.call_on, name="call_on"),
    path("hands/<int:speaker_queue_id>/report/", views.report, name="hands_report"),
    path("hands/turns/<int:speaking_turn_id>/end/", views.end_turn, name="end_turn"),
]
