"""Addresses of this part, below `/c/<coalition>/allies/`."""

from typing import Any

from django.urls import path

from . import views

urlpatterns: list[Any] = [
    path("positions/", views.issues, name="issues"),
    path("positions/name/", views.name_issue, name="name_issue"),
    path("positions/matrix/", views.position_matrix, name="position_matrix"),
    path("positions/write/", views.write_position, name="write_position"),
    path("positions/power/", views.power, name="power"),
    path("positions/power/rate/", views.rate_sways, name="rate_sways"),
    path("positions/issues/<int:issue_id>/", views.issue, name="issue"),
    path("positions/issues/<int:issue_id>/edit/", views.change_issue, name="change_issue"),
    path("positions/issues/<int:issue_id>/close/", views.close_issue, name="close_issue"),
    path("positions/issues/<int:issue_id>/reopen/", views.reopen_issue, name="reopen_issue"),
    path("positions/<int:position_id>/take-back/", views.take_back_position, name="take_back_position"),
    path("positions/sways/<int:sway_id>/withdraw/", views.withdraw_sway, name="withdraw_sway"),
    path("positions/claims/<int:claim_id>/withdraw/", views.withdraw_claim, name="withdraw_claim"),
    path("positions/files/", views.surveys, name="surveys"),
    path("positions/files/<int:tie_list_id>/", views.survey, name="survey"),
    path("positions/files/<int:tie_list_id>/bring-in/", views.bring_survey_in, name="bring_survey_in"),
    path("positions/files/<int:tie_list_id>/take-back/", views.take_survey_back, name="take_survey_back"),
    path("positions/files/<int:tie_list_id>/discard/", views.discard_survey, name="discard_survey"),
    path("<int:stakeholder_id>/positions/", views.ally_positions, name="ally_positions"),
    path("<int:stakeholder_id>/positions/claim/", views.rate_claim, name="rate_claim"),
]
