"""Support beside power: who is with us, who decides, and who has power over them."""

import re

import pytest
from django.utils.timezone import localdate

from manyhands.practice.stakeholders.actions import add_ally
from manyhands.practice.stakeholders.models import Stakeholder, Sway, Tie
from manyhands.practice.stakeholders.support import ACROSS, draw

PAGE = "/c/clean-air/allies/"


@pytest.fixture
def ally(clean_air):
    def make(name, stance="", influence=0.0, **more):
        with clean_air.inside():
            found = add_ally(actor=clean_air.actor["amina"], name=name)
            rated = {"raters": 2, "interest": 3, "influence": influence, "weight": 3 + influence} if influence else {}
            source = "Their letter of May" if stance else ""
            Stakeholder.objects.filter(pk=found.pk).update(
                stance=stance, stance_source=source, stance_on=localdate() if stance else None, **rated, **more
            )
            return Stakeholder.objects.get(pk=found.pk)

    return make


def test_support_runs_from_minus_two_to_two_and_unknown_is_not_undecided(clean_air, ally):
    rated = [
        ally("Clinic", "active ally", 4),
        ally("Council", "undecided", 5),
        ally("Port", "against", 4),
        ally("Club", "", 3),
    ]
    with clean_air.inside():
        chart = draw(rated, None, None)
    assert {place.ally.name: place.x for place in chart.places} == {
        "Clinic": ACROSS(2), "Council": 50.0, "Port": ACROSS(-2),
    }  # fmt: skip
    assert chart.count_unknown == 1
    assert chart.title == "Of 3 with power, 1 are with us, 1 undecided, 1 not with us"


def test_the_one_who_decides_is_a_person_and_those_with_power_over_them_are_found(clean_air, ally, client):
    mayor = ally("Dana Reyes", "undecided", 4.5, kind="person")
    union, port, gate = ally("Nurses", "active ally", 3.5), ally("Port", "against", 4), ally("Gate", "undecided", 2)
    with clean_air.inside():
        said = {"kind": "influences", "level": 0, "seen_on": localdate()}
        Tie.objects.create(one=union, other=mayor, source="Endorsed her", **said)
        # A tie the other way round gives nobody power over her.
        Tie.objects.create(one=mayor, other=gate, source="Her budget", **said)
        for who, over_her, under in (("amina", 3, 1), ("ben", 2, 0), ("mei", 4, 1)):
            seat = clean_air.seat[who]
            Sway.objects.create(one=port, other=mayor, level=over_her, basis="Pays the pier", rater=seat)
            Sway.objects.create(one=gate, other=mayor, level=under, basis="Seen", rater=seat)
    client.force_login(clean_air.user["ben"])
    page = client.get(PAGE, {"chart": "support", "target": mayor.pk}).text
    assert "2 have power over Dana Reyes" in page
    assert "Has a say over them (Endorsed her)" in page
    assert "Rated 3 of 4 by 3 members" in page
    assert "Nurses is with us and has power over Dana Reyes" in page
    assert re.search(r'aria-label="Dana Reyes: Undecided, power 4.5, primary target"', page)
    assert re.search(r'aria-label="Port: Against, so far, power 4.0, secondary target"', page)
    table = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL).group(1)
    told = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in table.split("</tr>")[:-1]]
    assert told == [
        "Dana Reyes 0 4.5 Primary target", "Port -2 4.0 Secondary target", "Nurses 2 3.5 Secondary target",
        "Gate 0 2.0 –",
    ]  # fmt: skip
    office = client.get(PAGE, {"chart": "support", "target": port.pk}).text  # an office grants nothing
    assert "have power over" not in office


def test_with_nobody_named_and_nothing_known_it_says_what_to_do(clean_air, ally, client):
    ally("Clinic", "", 4)
    client.force_login(clean_air.user["amina"])
    page = client.get(PAGE, {"chart": "support"}).text
    assert "No person is on the list yet" in page
    assert "Not enough yet" in page
    for wrong in ("x", "-1", "9" * 30, "999999"):
        assert client.get(PAGE, {"chart": "support", "target": wrong}).status_code == 200
    assert "Support and power" in client.get(PAGE).text
