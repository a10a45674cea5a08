"""Addresses that are remembered are the same as those worked out."""

import pytest
from django.template import engines
from django.test import RequestFactory, override_settings
from django.urls import NoReverseMatch, reverse

from manyhands.foundation.ui import addresses


def shown(text, **context):
    return engines["django"].from_string(text).render(context, RequestFactory().get("/"))


def test_a_page_has_the_address_django_gives_it():
    for slug in ("clean-air", "quiet-streets", "clean-air"):
        assert addresses.address_of("coalitions:members", slug) == reverse("coalitions:members", args=[slug])
        assert shown("{% url 'coalitions:members' coalition=slug %}", slug=slug) == f"/c/{slug}/members/"


def test_a_number_and_a_yes_are_not_taken_for_each_other():
    one = addresses.address_of("governance:proposal", "clean-air", 1)
    assert one.endswith("/1/")
    with pytest.raises(NoReverseMatch):
        addresses.address_of("governance:proposal", "clean-air", True)


def test_an_address_under_a_variable_and_one_that_is_not_there():
    assert shown("{% url 'coalitions:members' 'x' as members %}[{{ members }}]") == "[/c/x/members/]"
    assert shown("{% url 'nowhere:page' as none %}[{{ none }}]") == "[]"
    with pytest.raises(NoReverseMatch):
        shown("{% url 'nowhere:page' %}")


def test_other_addresses_for_another_site_map():
    assert shown("{% url 'coalitions:members' 'x' %}") == "/c/x/members/"
    with override_settings(ROOT_URLCONF="manyhands.foundation.ui.urls"), pytest.raises(NoReverseMatch):
        shown("{% url 'coalitions:members' 'x' %}")


def test_a_shipped_file_is_worked_out_once():
    template = engines["django"].from_string("{% static 'ui/mark.svg' %}")
    first = template.render({})
    assert first.endswith("ui/mark.svg")
    assert template.render({}) == first
    assert template.template.nodelist[0].known == first
    assert shown("{% static name %}", name="ui/icons.svg").endswith("ui/icons.svg")
