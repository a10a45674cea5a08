"""Addresses of this part, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from .views import lists, mediator, party, preparing, table

urlpatterns = [
    path("clashes/", lists.clashes, name="clashes"),
    path("concessions/", lists.concessions, name="concessions"),
    path("negotiations/", lists.negotiations, name="negotiations"),
    path("negotiations/new/", preparing.draft_negotiation, name="draft_negotiation"),
    path("negotiations/<int:negotiation_id>/", table.negotiation, name="negotiation"),
    path("negotiations/<int:negotiation_id>/change/", preparing.change_negotiation, name="change_negotiation"),
    path("negotiations/<int:negotiation_id>/issues/", preparing.add_issue, name="add_issue"),
    path("negotiations/<int:negotiation_id>/open/", preparing.open_negotiation, name="open_negotiation"),
    path("negotiations/<int:negotiation_id>/hand-over/", preparing.hand_over_negotiation, name="hand_over_negotiation"),
    path("negotiations/<int:negotiation_id>/tell/", party.tell_terms, name="tell_terms"),
    path("negotiations/<int:negotiation_id>/concerns/", party.voice_concern, name="voice_concern"),
    path("negotiations/<int:negotiation_id>/review/", party.review_negotiation, name="review_negotiation"),
    path("negotiations/<int:negotiation_id>/mediate/", mediator.mediate, name="mediate"),
    path("negotiations/<int:negotiation_id>/propose/", mediator.propose_packages, name="propose_packages"),
    path("negotiations/<int:negotiation_id>/no-deal/", mediator.end_without_deal, name="end_without_deal"),
    path("negotiation-issues/<int:negotiation_issue_id>/drop/", preparing.drop_issue, name="drop_issue"),
    path("concerns/<int:negotiation_concern_id>/", party.understand_concern, name="understand_concern"),
    path("packages/<int:proposed_package_id>/answer/", party.answer_package, name="answer_package"),
    path("packages/<int:proposed_package_id>/agree/", mediator.agree_package, name="agree_package"),
]
