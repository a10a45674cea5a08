"""Addresses of this part, below `/c/<coalition>/allies/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("drives/", views.drives, name="drives"),
    path("what-drives-us/", views.what_drives_us, name="what_drives_us"),
    path("<int:stakeholder_id>/profile/", views.ally_profile, name="ally_profile"),
    path("<int:stakeholder_id>/profile/confirm/", views.confirm_all, name="confirm_profile"),
    path("<int:stakeholder_id>/interview/", views.interview, name="interview"),
    path("profile-entries/<int:profile_entry_id>/confirm/", views.confirm_entry, name="confirm_entry"),
    path("profile-entries/<int:profile_entry_id>/take-back/", views.take_back_entry, name="take_back_entry"),
    path("profile-entries/<int:profile_entry_id>/put-back/", views.put_back_entry, name="put_back_entry"),
]
