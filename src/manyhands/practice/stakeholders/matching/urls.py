"""Addresses of this part, below `/c/<coalition>/allies/`."""

from typing import Any

from django.urls import path

from . import views

urlpatterns: list[Any] = [
    path("alike/", views.pairs, name="pairs"),
    path("alike/find/", views.find_pairs, name="find_pairs"),
    path("alike/<int:pair_id>/", views.pair, name="pair"),
    path("alike/<int:pair_id>/join/", views.merge_pair, name="merge_pair"),
    path("alike/<int:pair_id>/two/", views.judge_different, name="judge_different"),
    path("alike/<int:pair_id>/again/", views.reopen_pair, name="reopen_pair"),
    path("alike/merges/<int:merge_id>/undo/", views.undo_merge, name="undo_merge"),
    path("<int:stakeholder_id>/alike/", views.compare, name="compare"),
    path("add/close/", views.close_names, name="close_names"),
]
