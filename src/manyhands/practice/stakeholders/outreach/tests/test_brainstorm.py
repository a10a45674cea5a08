"""Several people call out names at once; nobody is written down twice."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from manyhands.practice.stakeholders.models import Stakeholder
from manyhands.practice.stakeholders.outreach import actions

PAGE = "/c/clean-air/allies/brainstorm/"


# S2-20
def test_a_name_that_is_here_is_not_written_down_again(clean_air, clinic):
    with clean_air.inside():
        ben = clean_air.actor["ben"]
        new = actions.call_out(actor=ben, name="  Société   Générale ")
        assert (new.name, new.source) == ("Société Générale", f"Brainstorm of {localdate().isoformat()}")
        for again in ("societe generale", "SOCIÉTÉ GÉNÉRALE", "Société-Générale"):
            with pytest.raises(actions.AlreadyHere) as known:
                actions.call_out(actor=clean_air.actor["rosa"], name=again)
            assert known.value.stakeholder == new
        for near in ("Eastside Clinics", "Clinic Eastside"):
            with pytest.raises(actions.LooksLike) as alike:
                actions.call_out(actor=ben, name=near)
            assert alike.value.stakeholder == clinic
        other = actions.call_out(actor=ben, name="Eastside Clinics", is_another=True)
        assert Stakeholder.objects.count() == 3
        with pytest.raises(actions.AlreadyHere):
            actions.call_out(actor=ben, name=other.name, is_another=True)


def test_one_name_at_two_places_is_found_wherever_it_is(clean_air):
    from manyhands.practice.stakeholders import actions as allies

    with clean_air.inside():
        allies.add_ally(actor=clean_air.actor["amina"], name="Food Bank", city="Harbor")
        with pytest.raises(actions.AlreadyHere):
            actions.call_out(actor=clean_air.actor["ben"], name="Food Bank")
        assert actions.call_out(actor=clean_air.actor["ben"], name="Food Banking Table").pk


@pytest.mark.parametrize("name", ["", "   ", "\u00a0"])
def test_no_name_is_refused(clean_air, name):
    with clean_air.inside():
        with pytest.raises(actions.Refused):
            actions.call_out(actor=clean_air.actor["ben"], name=name)
        with pytest.raises(PermissionDenied):
            actions.call_out(actor=clean_air.actor["olu"], name="Port")


# S2-20
def test_what_others_add_is_seen_without_reloading(clean_air, clinic, client):
    client.force_login(clean_air.user["ben"])
    page = client.get(PAGE).text
    assert 'hx-trigger="every 4s"' in page
    htmx = {"HX-Request": "true"}
    added = client.post(PAGE, {"name": "Port"}, headers=htmx)
    assert "<html" not in added.text
    assert "Port is on the list" in added.text
    client.force_login(clean_air.user["rosa"])
    polled = client.get(f"{PAGE}names/").text
    assert "<html" not in polled
    assert ">Port<" in polled
    again = client.post(PAGE, {"name": "PORT"}, headers=htmx).text
    assert "Already here" in again
    near = client.post(PAGE, {"name": "Eastside Clinics"}, headers=htmx).text
    assert "Perhaps already here" in near
    assert 'value="Eastside Clinics"' in near, "the field keeps the name for the second look"
    assert client.post(PAGE, {"name": "Eastside Clinics", "is_another": "1"}, headers=htmx).status_code == 200


def test_it_works_without_scripts(clean_air, clinic, client):
    client.force_login(clean_air.user["ben"])
    assert client.post(PAGE, {"name": "Port"}).status_code == 302
    assert client.post(PAGE, {"name": "Port"}).status_code == 409
    assert client.post(PAGE, {"name": " "}).status_code == 422
    client.force_login(clean_air.user["olu"])
    assert client.get(PAGE).status_code == 403
