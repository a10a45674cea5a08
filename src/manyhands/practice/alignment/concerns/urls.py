"""Addresses of this part, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/write/", views.write_concern, name="write_concern"),
    path("concerns/<int:concern_id>/share/", views.share_concern, name="share_concern"),
    path("concerns/<int:concern_id>/answer/", views.answer_concern, name="answer_concern"),
    path("concerns/<int:concern_id>/put-on-agenda/", views.put_on_agenda, name="put_on_agenda"),
    path("concerns/<int:concern_id>/reword/", views.reword_concern, name="reword_concern"),
    path("concerns/<int:concern_id>/aside/", views.set_concern_aside, name="set_concern_aside"),
    path("concerns/<int:concern_id>/take-up/", views.take_up_concern, name="take_up_concern"),
    path("concerns/answers/<int:concern_answer_id>/release/", views.release_answer, name="release_answer"),
    path("concerns/sources/<int:concern_source_id>/drop/", views.drop_source, name="drop_source"),
]
