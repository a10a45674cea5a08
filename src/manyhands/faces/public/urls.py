"""The open doors: the front page, and what a coalition shows to everybody."""

from django.urls import path

from . import views

app_name = "public"
urlpatterns = [
    path("", views.front, name="front"),
    path("o/<slug:coalition>/", views.coalition, name="coalition"),
]
