"""What is missing: strong ones nobody knows or looks after, circles apart, reach beside ratings, who moves whom."""

import csv
import io

import pytest

from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.ties import actions, insights, queries

GAPS = "/c/clean-air/allies/gaps/"


@pytest.fixture
def amina(clean_air, client):
    client.force_login(clean_air.user["amina"])
    return client


def rate(clean_air, ally, interest, influence):
    allies.rate_ally(
        actor=clean_air.actor["amina"], stakeholder=ally, interest=interest, influence=influence, basis="Seen"
    )


def test_with_nothing_it_teaches(amina):
    page = amina.get(GAPS)
    assert page.status_code == 200
    assert "Nobody is both strong and interested yet" in page.text
    assert "Not enough yet" in page.text


def test_what_nobody_wrote_down_is_not_called_fine(clean_air, amina, placed, tie):
    page = amina.get(GAPS).text
    for claim in ("Every strong ally is known", "Nobody is our only link", "No two circles", "tell much the same"):
        assert claim not in page
    with clean_air.inside():
        for one, other in (("port", "taxis"), ("taxis", "council"), ("port", "council")):
            tie(one, other)
    assert "None of us is tied to anybody here yet" in amina.get("/c/clean-air/allies/network/").text
    page = amina.get(GAPS).text
    assert "Nobody is our only link" not in page
    with clean_air.inside():
        tie("amina", "port")
        rate(clean_air, placed.port, 4, 5)
    page = amina.get(GAPS).text
    assert "Every strong ally is known" in page
    assert "No two circles" in page


def test_those_with_as_much_of_a_say_are_named_together(clean_air, amina, placed, tie):
    with clean_air.inside():
        tie("council", "port", kind="influences")
        tie("port", "council", kind="influences")
        tie("council", "taxis", kind="influences")
        tie("port", "taxis", kind="influences")
    assert "Harbor Port Authority and City Council have a say over most" in amina.get(GAPS).text


def test_strong_ones_whom_no_member_knows(clean_air, amina, placed, tie):
    # S1-17: high-influence actors nobody knows are listed, with who could open the door
    with clean_air.inside():
        for who, influence in (("port", 5), ("council", 4), ("taxis", 2)):
            rate(clean_air, getattr(placed, who), 2, influence)
        tie("omar", "taxis")
        tie("taxis", "port")
    unknown = amina.get(GAPS).context["unknown"]
    assert [each["node"].name for each in unknown] == ["Harbor Port Authority", "City Council"]
    assert [node.name for node in unknown[0]["between"]] == ["Taxi Table"]
    with clean_air.inside():
        tie("rosa", "port")
    assert [each["node"].name for each in amina.get(GAPS).context["unknown"]] == ["City Council"]


def test_the_launch_check_fails_until_everyone_who_matters_has_somebody(clean_air, amina, placed):
    # S1-18: each high-influence, high-interest actor has an engagement owner, or the launch check fails
    with clean_air.inside():
        assert not queries.launch_check().holds  # nobody rated: nothing to be sure of
        rate(clean_air, placed.port, 4, 5)
        rate(clean_air, placed.council, 3, 3)
        rate(clean_air, placed.taxis, 5, 2.9)  # cares, and is not strong
        rate(clean_air, placed.rosa, 5, 5)  # a member is at the table
        assert [ally.name for ally in queries.launch_check().nobodys] == ["Harbor Port Authority", "City Council"]
    assert "Not ready: 2 of 2 who matter most have nobody" in amina.get(GAPS).text
    with clean_air.inside():
        for ally in (placed.port, placed.council):
            allies.look_after(actor=clean_air.actor["ben"], stakeholder=ally, seat=clean_air.seat["ben"])
        assert queries.launch_check().holds
    assert "Ready: all 2 who matter most have somebody" in amina.get(GAPS).text


def test_reach_stands_beside_ratings_and_large_differences_are_marked(clean_air, amina, placed, tie):
    # S2-21: ranking by network reach beside ranking by formal influence, large differences highlighted
    with clean_air.inside():
        for hub in ("ben", "rosa", "omar", "joan", "council"):
            tie("taxis", hub)
        tie("port", "council", kind="knows")
        for who, influence in (("taxis", 1), ("port", 5), ("council", 4), ("ben", 2), ("rosa", 3), ("omar", 3)):
            rate(clean_air, getattr(placed, who), 3, influence)
        found = {each.pk: each for each in insights.hidden_influence(queries.network())}
        assert found[placed.taxis.pk].is_hidden
        assert found[placed.port.pk].is_overrated
        assert found[placed.joan.pk].gap is None  # not rated is not a low rating
    page = amina.get(GAPS)
    assert "Reach further than they are rated: Taxi Table" in page.text
    rows = list(csv.DictReader(io.StringIO(amina.get(GAPS, {"format": "csv"}).text.lstrip("\ufeff"))))
    assert rows[0]["ally"] == "Taxi Table"
    assert rows[0]["far apart"] == "reaches further than rated"


def test_direct_and_indirect_say_beside_ratings(clean_air, amina, placed, tie):
    # S2-25: direct and indirect influence, and dependence, beside what members rate
    with clean_air.inside():
        tie("council", "port", kind="influences")
        tie("port", "taxis", kind="influences")
        rate(clean_air, placed.council, 3, 4)
        found = {each.pk: each for each in insights.says(queries.network())}
    council, taxis = found[placed.council.pk], found[placed.taxis.pk]
    assert (council.direct, council.indirect, council.depends_on) == (1, 1, 0)
    assert (taxis.direct, taxis.indirect, taxis.depends_on) == (0, 0, 2)
    assert "City Council has a say over most" in amina.get(GAPS).text


def test_circles_apart_and_who_could_meet(clean_air, amina, placed, tie):
    # S1-17: missing links
    with clean_air.inside():
        for one, other in (("amina", "ben"), ("ben", "rosa"), ("amina", "rosa")):
            tie(one, other)
        for one, other in (("port", "taxis"), ("taxis", "council"), ("port", "council")):
            tie(one, other)
        missing = insights.missing_links(queries.network())
    assert len(missing) == 1
    assert missing[0].ties == 0
    assert missing[0].steps is None
    assert "no chain connects them" in amina.get(GAPS).text


def test_everyone_with_a_seat_but_guests_reads_it(clean_air, client, placed):
    for who, status in (("olu", 200), ("gus", 403)):
        client.force_login(clean_air.user[who])
        assert client.get(GAPS).status_code == status


def test_ended_ties_mend_nothing(clean_air, placed, tie):
    with clean_air.inside():
        made = tie("omar", "port")
        actions.end_tie(actor=clean_air.actor["mei"], tie=made)
        assert not queries.network().links
