"""Addresses of links and paper, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from .views import by_link, laying

urlpatterns = [
    path("<int:vision_round_id>/doors/", laying.door_page, name="doors"),
    path("<int:vision_round_id>/doors/link/", laying.make_link, name="make_link"),
    path("<int:vision_round_id>/doors/paper/", laying.bring_paper, name="bring_paper"),
    path("<int:vision_round_id>/doors/sheet/", laying.paper_sheet, name="paper_sheet"),
    path("doors/link/<int:answer_link_id>/", laying.link_sheet, name="link_sheet"),
    path("doors/link/<int:answer_link_id>/stop/", laying.stop_link, name="stop_link"),
    path("doors/paper/<int:paper_batch_id>/undo/", laying.undo_paper, name="undo_paper"),
    path("by-link/<str:sealed>/", by_link.card, name="by_link"),
    path("by-link/<str:sealed>/answer/", by_link.answer, name="answer_by_link"),
]
