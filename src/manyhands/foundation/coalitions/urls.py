"""The doors to a coalition, its members and seats, its working groups and its invitations."""

from django.urls import path

from . import views

app_name = "coalitions"

C = "c/<slug:coalition>/"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("join/<str:secret>/", views.join, name="join"),
    path("join/<str:secret>/decline/", views.decline, name="decline"),
    path(C + "members/", views.members, name="members"),
    path(C + "members/at-a-glance/", views.members_at_a_glance, name="members_at_a_glance"),
    path(C + "members/add/", views.add_organization, name="add_organization"),
    path(C + "members/<int:organization_id>/", views.organization, name="organization"),
    path(C + "members/<int:organization_id>/change/", views.change_organization, name="change_organization"),
    path(C + "members/<int:organization_id>/step/", views.step_membership, name="step_membership"),
    path(C + "members/<int:organization_id>/leave/", views.withdraw_membership, name="withdraw_membership"),
    path(C + "members/<int:organization_id>/remove/", views.remove_membership, name="remove_membership"),
    path(C + "invitations/", views.invitations, name="invitations"),
    path(C + "invitations/new/", views.invite, name="invite"),
    path(C + "invitations/<int:invitation_id>/resend/", views.resend_invitation, name="resend_invitation"),
    path(C + "invitations/<int:invitation_id>/withdraw/", views.withdraw_invitation, name="withdraw_invitation"),
    path(C + "seats/mine/", views.my_seat, name="my_seat"),
    path(C + "seats/<int:seat_id>/", views.change_seat, name="change_seat"),
    path(C + "seats/<int:seat_id>/end/", views.end_seat, name="end_seat"),
    path(C + "groups/", views.groups, name="groups"),
    path(C + "groups/propose/", views.propose_group, name="propose_group"),
    path(C + "groups/<int:working_group_id>/", views.group, name="group"),
    path(C + "groups/<int:working_group_id>/change/", views.change_group, name="change_group"),
    path(C + "groups/<int:working_group_id>/step/", views.step_group, name="step_group"),
    path(C + "groups/<int:working_group_id>/lead/", views.name_lead, name="name_lead"),
    path(C + "groups/<int:working_group_id>/join/", views.join_group, name="join_group"),
    path(C + "groups/<int:working_group_id>/leave/", views.leave_group, name="leave_group"),
    path(C + "settings/", views.settings, name="settings"),
    path(C + "settings/state/", views.change_state, name="change_state"),
    path(C + "who-may-do-what/", views.who_may, name="who_may"),
]
