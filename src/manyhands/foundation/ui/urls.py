"""Pages of the house's own: the rest of the rooms, and the style guide."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("style-guide/", views.style_guide, name="style_guide"),
    path("c/<slug:coalition>/more/", views.more, name="more"),
]
