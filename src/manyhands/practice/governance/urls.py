"""The addresses of decisions."""

from django.urls import path

from .views import doubts, goals, lists, proposal, rule_pages, voices, writing

app_name = "governance"
urlpatterns = [
    path("", lists.decisions, name="decisions"),
    path("register/", lists.register, name="register"),
    path("dissents/", lists.dissents, name="dissents"),
    path("dissents/<int:dissent_id>/", doubts.dissent_page, name="dissent"),
    path("dissents/<int:dissent_id>/answer/", doubts.answer_dissent, name="answer_dissent"),
    path("dissents/<int:dissent_id>/review/", doubts.review_dissent, name="review_dissent"),
    path("how-we-decide/", rule_pages.how_we_decide, name="how_we_decide"),
    path("how-we-decide/change/", rule_pages.set_rule, name="set_rule"),
    path("joined-for/", goals.joined_for, name="joined_for"),
    path("joined-for/<int:organization_id>/", goals.join_for, name="join_for"),
    path("new/", writing.new_proposal, name="new"),
    path("<int:proposal_id>/", proposal.proposal_page, name="proposal"),
    path("<int:proposal_id>/change/", writing.change_proposal, name="change"),
    path("<int:proposal_id>/versions/", proposal.versions, name="versions"),
    path("<int:proposal_id>/stances.csv", proposal.stances_csv, name="stances_csv"),
    path("<int:proposal_id>/stance/", proposal.take_stance, name="take_stance"),
    path("<int:proposal_id>/next-phase/", proposal.advance, name="advance"),
    path("<int:proposal_id>/voices/", voices.voices, name="voices"),
    path("<int:proposal_id>/stand/", proposal.stand, name="stand"),
    path("<int:proposal_id>/close/", proposal.close, name="close"),
    path("<int:proposal_id>/withdraw/", proposal.withdraw, name="withdraw"),
    path("<int:proposal_id>/dissent/", proposal.record_dissent, name="record_dissent"),
    path("<int:proposal_id>/review/", proposal.review, name="review"),
    path("stances/<int:stance_id>/answer/", doubts.answer_stance, name="answer_stance"),
]
