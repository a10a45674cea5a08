"""Addresses of overlaps and visions, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from .views import overlaps, visions

urlpatterns = [
    path("<int:vision_round_id>/overlaps/", overlaps.overlap_page, name="overlaps"),
    path("<int:vision_round_id>/overlaps/gather/", overlaps.gather, name="gather_overlaps"),
    path("<int:vision_round_id>/overlaps/new/", overlaps.make_overlap, name="make_overlap"),
    path("overlap/<int:overlap_id>/reword/", overlaps.reword, name="rename_overlap"),
    path("overlap/<int:overlap_id>/drop/", overlaps.drop, name="drop_overlap"),
    path("overlap/<int:overlap_id>/voice/", overlaps.voice, name="voice_overlap"),
    path("overlap/<int:overlap_id>/count/", overlaps.count, name="count_overlap"),
    path("statements/<int:statement_id>/under/", overlaps.move, name="move_statement"),
    path("vision/", visions.our_vision, name="our_vision"),
    path("<int:vision_round_id>/vision/", visions.begin, name="begin_vision"),
    path("vision/<int:vision_id>/", visions.vision_page, name="vision"),
    path("vision/<int:vision_id>/clause/", visions.write_clause, name="write_clause"),
    path("vision/<int:vision_id>/adopt/", visions.adopt, name="adopt_vision"),
    path("vision/<int:vision_id>/leave/", visions.leave, name="leave_vision"),
    path("vision/clause/<int:vision_clause_id>/", visions.change_clause, name="change_clause"),
    path("vision/clause/<int:vision_clause_id>/drop/", visions.drop_clause, name="drop_clause"),
]
