"""Addresses of closed talks, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("talks/", views.talk_list, name="talks"),
    path("talks/begin/", views.begin_talk, name="begin_talk"),
    path("talks/<int:closed_talk_id>/", views.talk_page, name="talk"),
    path("talks/<int:closed_talk_id>/end/", views.end_talk, name="end_talk"),
]
