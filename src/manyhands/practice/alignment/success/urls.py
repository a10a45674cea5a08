"""Addresses of this part, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from .views import conflicts, definitions, priorities

urlpatterns = [
    path("success/", definitions.success, name="success"),
    path("success/ours/", definitions.our_success, name="our_success"),
    path("success/<int:success_definition_id>/change/", definitions.change_definition, name="change_definition"),
    path("success/<int:success_definition_id>/goals/", definitions.link_definition, name="link_definition"),
    path("success/<int:success_definition_id>/confirm/", definitions.confirm_definition, name="confirm_definition"),
    path("success/<int:success_definition_id>/share/", definitions.share_definition, name="share_definition"),
    path(
        "success/<int:success_definition_id>/take-back/", definitions.take_back_definition, name="take_back_definition"
    ),
    path("success/conflicts/", conflicts.conflicts, name="conflicts"),
    path("success/conflicts/name/", conflicts.name_conflict, name="name_conflict"),
    path("success/conflicts/<int:outcome_conflict_id>/settle/", conflicts.settle_conflict, name="settle_conflict"),
    path("success/conflicts/<int:outcome_conflict_id>/reopen/", conflicts.reopen_conflict, name="reopen_conflict"),
    path("success/priorities/", priorities.priorities, name="priorities"),
    path("success/priorities/nominate/", priorities.nominate_priority, name="nominate_priority"),
    path("success/priorities/<int:priority_id>/stand/", priorities.stand_on_priority, name="stand_on_priority"),
    path("success/priorities/<int:priority_id>/choose/", priorities.choose_priority, name="choose_priority"),
]
