"""Where people can go: what rooms registered, where one is, and what awaits."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from manyhands.foundation.access.rules import Actor, Visitor, permission
from manyhands.foundation.tenancy.scope import inside
from manyhands.foundation.ui import navigation

SEATED = Actor(coalition_id=1, seat_id=2, person_id=3)


@pytest.fixture
def empty_house(monkeypatch):
    for register in ("_rooms", "_links", "_person_links"):
        monkeypatch.setattr(navigation, register, {})


def asked(path="/c/clean-air/more/", actor=SEATED, app="ui"):
    request = RequestFactory().get(path)
    request.coalition = SimpleNamespace(slug="clean-air", pk=1)
    request.actor = actor
    request.resolver_match = SimpleNamespace(app_name=app)
    return request


def test_rooms_stand_in_order_with_the_one_we_are_in_marked(empty_house, db):
    for number in range(3):
        Group.objects.create(name=f"Waits {number}")
    waiting = Group.objects.filter(name__startswith="Waits")
    navigation.register_room(label="More", icon="dots", url_name="ui:more", order=20, awaits=lambda actor, now: waiting)
    with inside(SEATED.coalition_id):
        doors = navigation.rooms_for(asked())
        assert [(door.place.label, door.is_current, door.awaits, door.on_phone) for door in doors] == [
            ("More", True, 3, True)
        ]
        assert not navigation.rooms_for(asked(app="elsewhere"))[0].is_current


def test_only_those_at_the_table_see_doors_and_only_the_ones_they_may_open(empty_house):
    never = permission("Never, in this test.")(lambda actor: False)
    navigation.register_room(label="More", icon="dots", url_name="ui:more", order=20, allowed=never)
    assert navigation.rooms_for(asked()) == []
    navigation.register_room(label="More", icon="dots", url_name="ui:more", order=20)
    assert navigation.rooms_for(asked(actor=Visitor())) == []


def test_a_room_without_an_address_breaks_no_page(empty_house):
    navigation.register_room(label="Ghost", icon="dots", url_name="ghost:home", order=1)
    assert navigation.rooms_for(asked()) == []


def test_four_rooms_stand_at_the_thumb(empty_house, monkeypatch):
    monkeypatch.setattr(navigation, "_address", lambda place, **kwargs: f"/{place.url_name}/")
    for number in range(6):
        navigation.register_room(
            label=str(number), icon="dots", url_name=f"r{number}:home", order=number, phone=number != 1
        )
    assert [door.place.label for door in navigation.rooms_for(asked()) if door.on_phone] == ["0", "2", "3", "4"]


def test_every_registered_place_has_an_address():
    def address(place):
        try:
            return reverse(place.url_name, kwargs={"coalition": "x"})
        except NoReverseMatch:
            return reverse(place.url_name)

    assert all(address(place) for place in navigation.registered())


def test_the_more_page_lists_the_rooms_for_members_only(client, clean_air, safe_streets):
    client.force_login(clean_air.user["amina"])
    page = client.get("/c/clean-air/more/")
    assert page.status_code == 200
    assert b'aria-current="page"' in page.content
    assert b'id="main"' in page.content
    assert client.get("/c/safe-streets/more/").status_code == 404


def test_an_invented_coalition_says_so_on_its_pages(client, clean_air):
    client.force_login(clean_air.user["amina"])
    assert "invented" not in client.get("/c/clean-air/more/").content.decode()
    clean_air.coalition.is_invented = True
    clean_air.coalition.save()
    html = client.get("/c/clean-air/more/").content.decode()
    assert "an invented coalition" in html
    assert "every organization and person here is invented too" in html
    assert "(invented)</title>" in html


def test_pages_that_do_not_exist_say_so_kindly(client, db):
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert b"There is nothing here" in page.content
