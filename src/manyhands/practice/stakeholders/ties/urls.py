"""Addresses of this part, below `/c/<coalition>/allies/`."""

from django.urls import path

from .views import ally_ties, gaps, network, tie_lists

urlpatterns = [
    path("network/", network.network, name="network"),
    path("network/add/", ally_ties.add_tie, name="add_tie"),
    path("network/data/", network.network_data, name="network_data"),
    path("network/export/<slug:format>/", network.network_export, name="network_export"),
    path("network/as-a-whole/", gaps.as_a_whole, name="network_as_a_whole"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("ties/files/", tie_lists.tie_lists, name="tie_lists"),
    path("ties/files/<int:tie_list_id>/", tie_lists.tie_list, name="tie_list"),
    path("ties/files/<int:tie_list_id>/bring-in/", tie_lists.bring_ties_in, name="bring_ties_in"),
    path("ties/files/<int:tie_list_id>/take-back/", tie_lists.take_ties_back, name="take_ties_back"),
    path("ties/files/<int:tie_list_id>/discard/", tie_lists.discard_tie_list, name="discard_tie_list"),
    path("<int:stakeholder_id>/ties/", ally_ties.ally_ties, name="ally_ties"),
    path("<int:stakeholder_id>/ties/write/", ally_ties.write_tie, name="write_tie"),
    path("ties/<int:tie_id>/", ally_ties.tie_page, name="tie"),
    path("ties/<int:tie_id>/rate/", ally_ties.rate_tie, name="rate_tie"),
    path("ties/<int:tie_id>/pass-on/", ally_ties.pass_on, name="pass_on"),
    path("ties/<int:tie_id>/consent/", ally_ties.record_consent, name="record_consent"),
    path("ties/<int:tie_id>/end/", ally_ties.end_tie, name="end_tie"),
    path("ties/<int:tie_id>/restore/", ally_ties.restore_tie, name="restore_tie"),
]
