"""Addresses of rounds on what comes first, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from .views import answering, asking, results

urlpatterns = [
    path("success/priorities/rounds/", asking.round_list, name="priority_rounds"),
    path("success/priorities/rounds/ask/", asking.ask, name="ask_what_comes_first"),
    path("success/priorities/rounds/<int:priority_round_id>/", asking.round_page, name="priority_round"),
    path("success/priorities/rounds/<int:priority_round_id>/close/", asking.close, name="close_priority_round"),
    path("success/priorities/rounds/<int:priority_round_id>/card/", answering.card, name="priority_card"),
    path("success/priorities/rounds/<int:priority_round_id>/ours/", answering.ours, name="our_priority_answers"),
    path("success/priorities/rounds/<int:priority_round_id>/results/", results.results, name="priority_results"),
    path("success/priorities/candidates/<int:priority_candidate_id>/", answering.answer, name="answer_candidate"),
]
