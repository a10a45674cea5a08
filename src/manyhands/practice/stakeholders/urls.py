"""Addresses below `/c/<coalition>/allies/`."""

from django.urls import path

from . import views
from .coverage.urls import urlpatterns as coverage
from .matching.urls import urlpatterns as matching
from .outreach.urls import urlpatterns as outreach
from .positions.urls import urlpatterns as positions
from .profiles.urls import urlpatterns as profiles
from .ties.urls import urlpatterns as ties

app_name = "stakeholders"
urlpatterns = [
    path("", views.ally_map, name="allies"),
    path("add/", views.add_ally, name="add"),
    path("<int:stakeholder_id>/", views.ally_page, name="ally"),
    path("<int:stakeholder_id>/edit/", views.edit_ally, name="edit"),
    path("<int:stakeholder_id>/rate/", views.rate_ally, name="rate"),
    path("<int:stakeholder_id>/look-after/", views.look_after, name="look_after"),
    path("<int:stakeholder_id>/remove/", views.remove_ally, name="remove"),
    path("<int:stakeholder_id>/note/", views.renew_note, name="renew_note"),
    path("<int:stakeholder_id>/held/", views.hand_over, name="hand_over"),
    path("<int:stakeholder_id>/restore/", views.restore_ally, name="restore"),
    path("ratings/<int:rating_id>/withdraw/", views.withdraw_rating, name="withdraw_rating"),
    path("views/save/", views.save_view, name="save_view"),
    path("views/<int:saved_view_id>/throw-away/", views.throw_view_away, name="throw_view_away"),
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.bring_list, name="bring_list"),
    path("imports/<int:import_id>/", views.import_page, name="import"),
    path("imports/<int:import_id>/match/", views.match_columns, name="match"),
    path("imports/<int:import_id>/start/", views.start_import, name="start"),
    path("imports/<int:import_id>/stop/", views.stop_import, name="stop"),
    path("imports/<int:import_id>/discard/", views.discard_list, name="discard"),
    path("imports/<int:import_id>/undo/", views.undo_import, name="undo"),
    path("imports/<int:import_id>/rows/<slug:outcome>/", views.import_rows, name="import_rows"),
    *ties,
    *profiles,
    *outreach,
    *positions,
    *coverage,
    *matching,
]
