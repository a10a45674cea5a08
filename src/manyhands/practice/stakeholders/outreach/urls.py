"""Addresses of this part, below `/c/<coalition>/allies/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("outreach/", views.board, name="outreach"),
    path("outreach/candidates/", views.candidates, name="candidates"),
    path("outreach/invited/", views.invited, name="invited"),
    path("<int:stakeholder_id>/stage/", views.move, name="move"),
    path("<int:stakeholder_id>/stage/<slug:stage>/", views.move_back, name="move_back"),
    path("<int:stakeholder_id>/contacts/", views.ally_contacts, name="ally_contacts"),
    path("<int:stakeholder_id>/next-step/", views.next_step, name="next_step"),
    path("<int:stakeholder_id>/hold-back/", views.hold_back, name="hold_back"),
    path("<int:stakeholder_id>/inputs/", views.hear_input, name="hear_input"),
    path("<int:stakeholder_id>/invite/", views.invite, name="write_invitation"),
    path("inputs/", views.inputs, name="inputs"),
    path("inputs/<int:input_id>/", views.answer_input, name="answer_input"),
    path("inputs/<int:input_id>/told/", views.tell_input, name="tell_input"),
    path("words/", views.scripts, name="scripts"),
    path("words/add/", views.add_script, name="add_script"),
    path("words/<int:script_id>/", views.edit_script, name="edit_script"),
    path("words/<int:script_id>/retire/", views.retire_script, name="retire_script"),
    path("words/<int:script_id>/restore/", views.restore_script, name="restore_script"),
    path("menu/", views.menu, name="menu"),
    path("menu/add/", views.add_menu_item, name="add_menu_item"),
    path("menu/<int:menu_item_id>/", views.edit_menu_item, name="edit_menu_item"),
    path("menu/<int:menu_item_id>/retire/", views.retire_menu_item, name="retire_menu_item"),
    path("menu/<int:menu_item_id>/restore/", views.restore_menu_item, name="restore_menu_item"),
    path("offers/", views.offers, name="offers"),
    path("brainstorm/", views.brainstorm, name="brainstorm"),
    path("brainstorm/names/", views.called_out, name="called_out"),
]
