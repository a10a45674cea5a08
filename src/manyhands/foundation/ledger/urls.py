"""Where a coalition's ledger is read."""

from django.urls import path

from . import views

app_name = "ledger"
urlpatterns = [path("", views.book, name="book")]
