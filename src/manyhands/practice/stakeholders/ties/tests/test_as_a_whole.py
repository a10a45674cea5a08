"""The network as a whole: figures one can read, none where there is not enough, and nobody's own word."""

import pytest

from manyhands.practice.stakeholders.models import Rating, Stakeholder, Tie
from manyhands.practice.stakeholders.ties import insights

ADDRESS = "/c/clean-air/allies/network/as-a-whole/"
MEMBERS = ("amina", "ben", "mei", "rosa", "omar", "joan")


@pytest.fixture
def ben(clean_air, client):
    client.force_login(clean_air.user["ben"])
    return client


@pytest.fixture
def star(clean_air, placed, tie):
    """Amina's organization is tied to each of the others, and nobody else to anybody."""
    with clean_air.inside():
        return [tie("amina", other, level=3) for other in MEMBERS[1:]]


def said(each, one, other):
    """What the end named first says, and what the second does."""
    Tie.objects.filter(pk=each.pk).update(level_one=one, level_other=other)


def rate(clean_air, ally, *influence):
    for who, given in zip(MEMBERS, influence, strict=False):
        Rating.objects.create(
            stakeholder=ally, rater=clean_air.seat[who], interest=3, influence=given, basis="Seen", replaced_at=None
        )


def figures():
    return {each.name: each for each in insights.as_a_whole().figures}


def test_with_too_few_it_says_what_is_missing_and_no_number(ben, clean_air):
    page = ben.get(ADDRESS)
    assert page.status_code == 200
    assert page.text.count("Not enough yet") >= 5
    with clean_air.inside():
        assert not any(each.says for each in figures().values())


def test_a_star_hangs_on_one_wholly_if_one_side_is_believed(clean_air, star, placed):
    with clean_air.inside():
        found = figures()
        assert found["How many know each other"].says.startswith("33 % of all pairs of members are tied")
        assert "0 % if both must say so" in found["How many know each other"].says
        assert found["How much hangs on few"].says.startswith("100 %")
        assert found["How much hangs on few"].counted_from == "6 active members, 5 tied pairs"
        for each in star[:2]:
            said(each, 3, 3)
        found = figures()
        assert "13 % if both must say so" in found["How many know each other"].says
        # Two of five pairs are sure: the hub has two ties, two others one, three none.
        assert "40 % if both sides must say so" in found["How much hangs on few"].says


def test_who_rated_of_those_who_could_and_a_missing_answer_is_no_no(clean_air, star, placed, tie):
    with clean_air.inside():
        said(star[0], 3, None)
        said(star[1], 3, 0)
        tie("amina", "port")  # the port is no member: only Amina's side could be rated
        found = figures()["How much of it members told themselves"]
        assert found.says.startswith("2 of 6 members who have ties rated at least one of theirs: 3 of 11 answers, 27 %")
        assert found.counted_from == "6 live ties of members"


def test_reciprocity_counts_only_ties_that_both_rated(clean_air, star):
    with clean_air.inside():
        assert figures()["How often both sides see the tie"].why_not.startswith("Not enough yet")
        for each, (one, other) in zip(star, [(3, 3), (3, 2), (3, 0), (0, 4), (2, None)], strict=True):
            said(each, one, other)
        found = figures()["How often both sides see the tie"]
        # Six answers say there is a tie, four of them are returned; nobody knows what the last one would say.
        assert found.says.endswith("says so too in 67 % of cases.")
        assert found.counted_from == "4 pairs that both rated"


def test_members_disagree_stands_beside_a_middle_that_hides_a_quarrel(clean_air, ben, placed):
    with clean_air.inside():
        rate(clean_air, placed.port, 1, 1, 1, 5, 5, 5)
        rate(clean_air, placed.council, 4, 4, 5, 4, 3, 4)
        rate(clean_air, placed.taxis, 1, 5, 1, 5)  # four raters: of so few nothing is told
        found = insights.as_a_whole()
        assert [(each.name, each.raters, each.agreement) for each in found.disputed] == [
            ("Harbor Port Authority", 6, 0.0)
        ]
        assert figures()["Where members disagree about influence"].says.startswith("Members disagree on 1 of 2 allies")
    page = ben.get(ADDRESS).text
    assert "Members disagree (middle 3.0)" in page
    assert "Taxi Table" not in page


def test_what_stands_against_somebody_is_no_tie_and_a_member_that_left_does_not_count(clean_air, star, tie):
    with clean_air.inside():
        tie("ben", "mei", kind="opposes")
        tie("ben", "rosa", kind="influences")
        assert figures()["How much hangs on few"].counted_from == "6 active members, 5 tied pairs"
        gone = Stakeholder.objects.get(member=clean_air.organization["joan"])
        gone.member.membership.state = "left"
        gone.member.membership.save()
        assert figures()["How much hangs on few"].counted_from == "5 active members, 4 tied pairs"


def test_it_comes_as_csv_and_stands_one_click_from_the_map(ben, star):
    assert "Freeman" in ben.get(ADDRESS).text
    assert ADDRESS in ben.get("/c/clean-air/allies/network/").text
    assert "33 % of all pairs" in ben.get(ADDRESS + "?format=csv").content.decode()
