"""Addresses outside any coalition, for those who look after the installation."""

from django.urls import path

from . import views

app_name = "deliveries"
urlpatterns = [
    path("operator/deliveries/", views.failed_deliveries, name="failed"),
    path("operator/deliveries/<int:delivery_id>/retry/", views.retry_delivery, name="retry"),
]
