"""The ties of one ally, and one tie: who sees what each side said, and the forms."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from manyhands.practice.stakeholders.models import Tie
from manyhands.practice.stakeholders.ties import actions

ALLIES = "/c/clean-air/allies"


@pytest.fixture
def disputed(clean_air, tie):
    """Amina says 5, Rosa says 1."""
    with clean_air.inside():
        made = tie("amina", "rosa", level=3)
        actions.rate_tie(actor=clean_air.actor["amina"], tie=made, level=5)
        return actions.rate_tie(actor=clean_air.actor["rosa"], tie=made, level=1)


EVERYTHING = "They do everything together here"


@pytest.mark.parametrize(("who", "sees"), [("amina", True), ("rosa", True), ("ben", False), ("olu", False)])
def test_what_each_side_says_is_for_the_two_sides(clean_air, client, disputed, placed, who, sees):
    # S1-26: a mismatch is shown to both sides; everyone else sees only that they differ
    client.force_login(clean_air.user[who])
    for address in (f"{ALLIES}/{placed.amina.pk}/ties/", f"{ALLIES}/ties/{disputed.pk}/", f"{ALLIES}/network/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "The two sides differ" in page.text
        table = page.text.split("<form")[0] if "network" in address else page.text
        shown = EVERYTHING in table.replace(f"5  {EVERYTHING}", "")
        assert shown == (sees and "network" not in address), address
    assert EVERYTHING not in client.get(f"{ALLIES}/network/", {"format": "csv"}).text


def test_the_forms_write_and_come_back_filled(clean_air, client, placed):
    client.force_login(clean_air.user["ben"])
    here = f"{ALLIES}/{placed.port.pk}/ties/"
    said = {"other": "Taxi Table", "kind": "works with", "level": "2", "source": "Ranks", "seen_on": "2026-01-05"}
    wrong = client.post(f"{here}write/", {**said, "other": "Nobody of that name"})
    assert wrong.status_code == 422
    assert "Nobody of that name" in wrong.text
    assert 'value="Ranks"' in wrong.text
    assert client.post(f"{here}write/", {**said, "other": "harbor port authority"}).status_code == 422
    assert client.post(f"{here}write/", {**said, "seen_on": "2999-01-01"}).status_code == 422
    assert client.post(f"{here}write/", said).url == here
    assert client.post(f"{here}write/", said).status_code == 409
    assert "Taxi Table" in client.get(here).text


def test_the_way_round_is_asked_for_money(clean_air, client, placed):
    client.force_login(clean_air.user["ben"])
    said = {"one": "Taxi Table", "other": "City Council", "kind": "funds", "from_here": "no", "level": "2"}
    said |= {"source": "Budget", "seen_on": localdate().isoformat()}
    assert client.post(f"{ALLIES}/network/add/", said).status_code == 302
    with clean_air.inside():
        made = Tie.objects.get()
        assert (made.one_id, made.other_id) == (placed.council.pk, placed.taxis.pk)
    assert client.post(f"{ALLIES}/network/add/", said).status_code == 409


def test_one_tie_is_changed_rated_agreed_ended_and_restored(clean_air, client, tie):
    with clean_air.inside():
        made = tie("amina", "rosa", level=2)
    here = f"{ALLIES}/ties/{made.pk}/"
    client.force_login(clean_air.user["rosa"])
    said = {"version": "1", "level": "3", "source": "Letter", "seen_on": localdate().isoformat()}
    assert client.post(here, said).status_code == 302
    conflict = client.post(here, said)
    assert conflict.status_code == 409
    assert 'name="version" value="2"' in conflict.text
    assert client.post(f"{here}rate/", {"level": "4"}).status_code == 302
    assert client.post(f"{here}rate/", {"level": "8"}).status_code == 422
    assert client.post(f"{here}consent/", {"consent": "agreed", "source": ""}).status_code == 422
    assert client.post(f"{here}consent/", {"consent": "agreed", "source": "Amina"}).status_code == 302
    assert client.post(f"{here}pass-on/", {"side": "one", "level": "4", "source": "x"}).status_code == 422
    assert client.post(f"{here}end/").status_code == 302
    assert "This tie ended on" in client.get(here).text
    assert client.post(f"{here}restore/").status_code == 302
    client.force_login(clean_air.user["ben"])
    assert client.post(f"{here}rate/", {"level": "4"}).status_code == 403


def test_ties_that_ended_last_come_first(clean_air, client, tie, placed):
    with clean_air.inside():
        for days, other, level in ((3, "council", 1), (9, "taxis", 5), (6, "rosa", 3)):
            on = localdate() - timedelta(days=days)
            actions.end_tie(actor=clean_air.actor["mei"], tie=tie("port", other, level=level), on=on)
    client.force_login(clean_air.user["ben"])
    ended = client.get(f"{ALLIES}/{placed.port.pk}/ties/").context["ended"]
    assert [(localdate() - each.ended_on).days for each in ended] == [3, 6, 9]


def test_through_whom(clean_air, client, only_way, placed):
    client.force_login(clean_air.user["amina"])
    found = client.get(f"{ALLIES}/{placed.port.pk}/ties/").context["found"]
    assert [node.name for node in found["best"]["through"]] == ["Two Wheels Club", "Harbor Freight Workers"]
    there = client.get(f"{ALLIES}/{placed.port.pk}/ties/", {"avoid": placed.omar.pk})
    assert there.context["found"]["reason"] == "avoided"
    assert client.get(f"{ALLIES}/{placed.omar.pk}/ties/").context["found"] is None  # sits at the table


def test_each_label_of_a_tie_finds_its_own_field(clean_air, client, placed, tie):
    # several forms stand beside each other, and "source" and "level" are in more than one
    with clean_air.inside():
        made = tie("amina", "council")
    client.force_login(clean_air.user["amina"])
    address = f"/c/clean-air/allies/ties/{made.pk}/"
    for page in (client.get(address), client.post(f"{address}consent/", {"consent": "agreed"})):
        found = re.findall(r'\sid="([^"]+)"', page.text)
        assert len(found) == len(set(found)), sorted(name for name in set(found) if found.count(name) > 1)
        assert 'for="consent_source"' in page.text
