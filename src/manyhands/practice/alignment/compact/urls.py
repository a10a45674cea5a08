"""Addresses of values, ground rules and breach reports, below `/c/<coalition>/common-ground/`."""

from django.urls import path

from .views import breaches, compacts

urlpatterns = [
    path("values/", compacts.compact_page, {"kind": "values"}, name="our_values"),
    path("ground-rules/", compacts.compact_page, {"kind": "behaviour"}, name="ground_rules"),
    path("compact/<slug:kind>/", compacts.compact_page, name="compact"),
    path("compact/<slug:kind>/who/", compacts.who_ratified, name="who_ratified"),
    path("compact/<slug:kind>/print/", compacts.printable, name="compact_print"),
    path("compact/<slug:kind>/begin/", compacts.begin_compact, name="begin_compact"),
    path("compact/version/<int:compact_id>/", compacts.version, name="compact_version"),
    path("compact/version/<int:compact_id>/propose/", compacts.propose_point, name="propose_point"),
    path("compact/version/<int:compact_id>/ask/", compacts.ask_members, name="ask_members"),
    path("compact/version/<int:compact_id>/speak/", compacts.speak, name="speak_to_compact"),
    path("compact/version/<int:compact_id>/adopt/", compacts.adopt_compact, name="adopt_compact"),
    path("compact/version/<int:compact_id>/leave/", compacts.leave_compact, name="leave_compact"),
    path("compact/point/<int:compact_point_id>/withdraw/", compacts.withdraw_point, name="withdraw_point"),
    path("compact-accept/", compacts.accept_compact, name="accept_compact"),
    path("breach/", breaches.report_breach, name="report_breach"),
    path("breach/mine/", breaches.own_reports, name="own_reports"),
    path("breach/by-code/", breaches.by_code, name="report_by_code"),
    path("breach/all/", breaches.report_list, name="breach_reports"),
    path("breach/<int:breach_report_id>/", breaches.report_page, name="breach_report"),
    path("breach/<int:breach_report_id>/seen/", breaches.see_answer, name="see_breach_answer"),
]
