"""Whoever gives us their word is told what became of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from manyhands.practice.stakeholders.models import Input
from manyhands.practice.stakeholders.outreach import actions, desk, queries


@pytest.fixture
def heard(clean_air, clinic):
    with clean_air.inside():
        return actions.hear_input(
            actor=clean_air.actor["ben"], stakeholder=clinic, text="The hill is too steep.",
            on=localdate() - timedelta(days=5),
        )  # fmt: skip


# S2-24
def test_it_waits_on_desks_until_they_were_told(clean_air, heard):
    with clean_air.inside():
        ben, rosa = clean_air.actor["ben"], clean_air.actor["rosa"]
        for actor in (ben, rosa):  # who heard it, and who looks after them
            assert [item.action for item in desk.awaiting(actor)] == ["Say what became of it"]
        assert not list(desk.awaiting(clean_air.actor["omar"]))
        with pytest.raises(actions.Refused, match="First say"):
            actions.tell_input(actor=ben, heard=heard)
        actions.answer_input(actor=rosa, heard=heard, state="used", became="We moved the pick-up point.")
        assert [item.action for item in desk.awaiting(ben)] == ["Tell them"]
        with pytest.raises(actions.Refused, match="between"):
            actions.tell_input(actor=ben, heard=heard, told_on=localdate() - timedelta(days=6))
        actions.tell_input(actor=ben, heard=heard)
        assert not list(desk.awaiting(ben))
        assert not list(desk.awaiting(rosa))


# S2-24
def test_not_taking_it_up_is_an_answer_too_and_needs_words(clean_air, heard):
    with clean_air.inside():
        ben = clean_air.actor["ben"]
        for state, became in [("not used", " "), ("heard", "x"), ("lost", "x")]:
            with pytest.raises(actions.Refused):
                actions.answer_input(actor=ben, heard=heard, state=state, became=became)
        told = actions.tell_input(
            actor=ben,
            heard=actions.answer_input(actor=ben, heard=heard, state="not used", became="The road is the city’s."),
        )
        assert told.told_on == localdate()
        anew = actions.answer_input(actor=ben, heard=heard, state="used", became="The city moved it.")
        assert anew.told_on is None, "another answer is told again"
        with pytest.raises(IntegrityError), transaction.atomic():
            Input.objects.create(stakeholder=heard.stakeholder, text="x", on=localdate(), state="used")
        with pytest.raises(PermissionDenied):
            actions.answer_input(actor=clean_air.actor["olu"], heard=heard, state="used", became="x")


# S2-24
def test_all_inputs_by_how_far_they_are(clean_air, heard, client):
    client.force_login(clean_air.user["ben"])
    listed = "/c/clean-air/allies/inputs/"
    answer = f"/c/clean-air/allies/inputs/{heard.pk}/"
    seen = {state: "too steep" in client.get(listed, {"state": state}).text for state in ("heard", "to tell", "told")}
    assert seen == {"heard": True, "to tell": False, "told": False}
    bad = client.post(answer, {"state": "used", "became": ""})
    assert bad.status_code == 422
    assert client.post(answer, {"state": "used", "became": "Moved."}).status_code == 302
    assert "too steep" in client.get(listed, {"state": "to tell"}).text
    assert client.post(f"{answer}told/", {"told_on": localdate() + timedelta(days=1)}).status_code == 422
    assert client.post(f"{answer}told/", {"told_on": localdate()}).status_code == 302
    assert "too steep" in client.get(listed, {"state": "told"}).text
    assert "Moved." in client.get(listed, {"format": "csv"}).content.decode()


def test_what_a_person_told_us_is_read_by_those_who_need_it(clean_air, ines, client):
    with clean_air.inside():
        theirs = actions.hear_input(actor=clean_air.actor["ben"], stakeholder=ines, text="My son is ill.")
        reads = {w: queries.inputs(clean_air.actor[w]).exists() for w in ("amina", "ben", "rosa", "omar", "olu")}
        assert reads == {"amina": True, "ben": True, "rosa": True, "omar": False, "olu": False}
    client.force_login(clean_air.user["omar"])
    assert client.get(f"/c/clean-air/allies/inputs/{theirs.pk}/").status_code == 404
    assert "My son" not in client.get(f"/c/clean-air/allies/{ines.pk}/contacts/").text
    assert "My son" not in client.get("/c/clean-air/allies/inputs/", {"format": "csv"}).content.decode()
