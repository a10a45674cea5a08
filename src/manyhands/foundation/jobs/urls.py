"""The doors to background work."""

from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("operator/jobs/", views.job_list, name="list"),
    path("operator/jobs/<int:run_id>/retry/", views.retry_run, name="retry"),
    path("c/<slug:coalition>/jobs/<int:run_id>/", views.progress, name="progress"),
]
