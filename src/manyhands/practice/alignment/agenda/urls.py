"""Addresses of this part, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from .views import priced, priorities, rounds

urlpatterns = [
    path("<int:vision_round_id>/agenda/", rounds.agenda, name="agenda"),
    path("<int:vision_round_id>/agenda/keep/", rounds.keep_agenda, name="keep_agenda"),
    path("<int:vision_round_id>/agenda/let-go/", rounds.let_go_of_agenda, name="let_go_of_agenda"),
    path("success/priorities/agenda/", priorities.priority_agenda, name="priority_agenda"),
    path("success/priorities/agenda/by-cost/", priced.priced_agenda, name="priced_agenda"),
]
