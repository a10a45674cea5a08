"""Addresses of common ground, under /c/<coalition>/common-ground/."""

from django.urls import path

from .agenda.urls import urlpatterns as agenda
from .compact.urls import urlpatterns as compact
from .compromise.urls import urlpatterns as compromise
from .concerns.urls import urlpatterns as concerns
from .doors.urls import urlpatterns as doors
from .hands.urls import urlpatterns as hands
from .live.urls import urlpatterns as live
from .prioritizing.urls import urlpatterns as prioritizing
from .success.urls import urlpatterns as success
from .talks.urls import urlpatterns as talks
from .views import cards, imports, publishing, results, rounds, statements
from .vision.urls import urlpatterns as vision

app_name = "alignment"
urlpatterns = [
    path("", rounds.round_list, name="rounds"),
    path("ask/", rounds.draft_round, name="draft_round"),
    path("import/", imports.import_files, name="import"),
    path("import/<int:round_import_id>/", imports.import_page, name="import_page"),
    path("import/<int:round_import_id>/begin/", imports.begin_import, name="begin_import"),
    path("import/<int:round_import_id>/undo/", imports.undo_import, name="undo_import"),
    path("<int:vision_round_id>/", rounds.round_page, name="round"),
    path("<int:vision_round_id>/rewrite/", rounds.rewrite_round, name="rewrite_round"),
    path("<int:vision_round_id>/open/", rounds.open_round, name="open_round"),
    path("<int:vision_round_id>/groups/", rounds.choose_groups, name="choose_groups"),
    path("<int:vision_round_id>/close/", rounds.close_round, name="close_round"),
    path("<int:vision_round_id>/validate/", rounds.validate_round, name="validate_round"),
    path("<int:vision_round_id>/card/", cards.card, name="card"),
    path("<int:vision_round_id>/undo/", cards.undo_answer, name="undo_answer"),
    path("<int:vision_round_id>/mine/", cards.own_answers, name="own_answers"),
    path("<int:vision_round_id>/write/", statements.write_statement, name="write_statement"),
    path("<int:vision_round_id>/similar/", statements.similar, name="similar"),
    path("<int:vision_round_id>/my-statements/", statements.own_statements, name="own_statements"),
    path("<int:vision_round_id>/statements/", statements.statement_list, name="statements"),
    path("<int:vision_round_id>/results/", results.results, name="results"),
    path("<int:vision_round_id>/results/report/", results.report, name="report"),
    path("<int:vision_round_id>/results/polis/<slug:name>.csv", results.polis_file, name="polis_file"),
    path("<int:vision_round_id>/results/public/", publishing.publishing_page, name="publishing"),
    path("<int:vision_round_id>/results/public/open/", publishing.open_report, name="open_report"),
    path("<int:vision_round_id>/results/public/take-back/", publishing.take_back_report, name="take_back_report"),
    path("report/<str:sealed>/", publishing.public_report, name="public_report"),
    path("answer/<int:statement_id>/", cards.answer, name="answer"),
    path("statements/<int:statement_id>/let-in/", statements.let_in, name="let_in"),
    path("statements/<int:statement_id>/retire/", statements.retire, name="retire"),
    path("statements/<int:statement_id>/restore/", statements.restore, name="restore"),
    path("statements/<int:statement_id>/", statements.statement_page, name="statement"),
    path("statements/<int:statement_id>/split/", statements.split, name="split"),
    path("statements/<int:statement_id>/merge/", statements.merge, name="merge"),
    *agenda,
    *concerns,
    *compact,
    *hands,
    *live,
    *talks,
    *doors,
    *vision,
    *success,
    *prioritizing,
    *compromise,
]
