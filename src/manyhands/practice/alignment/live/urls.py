"""Addresses of live rounds, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("live/", views.find_live, name="find_live"),
    path("live/join/<str:code>/", views.by_code, name="live_by_code"),
    path("<int:vision_round_id>/live/", views.begin_live, name="begin_live"),
    path("live/<int:live_round_id>/", views.phone, name="live"),
    path("live/<int:live_round_id>/screen/", views.screen, name="live_screen"),
    path("live/<int:live_round_id>/phase/", views.phase, name="live_phase"),
    path("live/<int:live_round_id>/turn/", views.turn_phase, name="turn_phase"),
    path("live/<int:live_round_id>/end/", views.end_live, name="end_live"),
    path("live/<int:live_round_id>/join/", views.join_live, name="join_live"),
    path("live/<int:live_round_id>/leave/", views.leave_live, name="leave_live"),
    path("live/<int:live_round_id>/say/", views.say, name="live_say"),
]
