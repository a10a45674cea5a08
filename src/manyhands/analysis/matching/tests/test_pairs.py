"""What speaks for a pair and what against it."""

import pytest

from manyhands.analysis.matching import WORTH_A_LOOK, Record, find_duplicates, groups_of
from manyhands.analysis.matching.finding import Pair
from manyhands.analysis.tables import BadInput


def score(one, other, at_least=0.5):
    found = find_duplicates([one, other], at_least=at_least)
    return found[0].score if found else 0.0


def names(one, other):
    return score(Record(one), Record(other))


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("Guild of Nurses", "Guild of Nurses, Northern Chapter"),
        ("Habitat Builders", "Habitat Builders of Linden County"),
        ("Nurses Local 12", "Nurses Local 17"),
        ("Nurses Union", "Nurses Union Local 17"),
        ("Linden Hospital", "Linden Hospital Foundation"),
        ("Linden Hospital", "Friends of Linden Hospital"),
        ("Harbor Veterans", "Harbor Veterans Auxiliary"),
        ("Southwestern Council on Aging", "Southeastern Council on Aging"),
    ],
)
def test_a_national_body_and_its_branch_do_not_look_alike(whole, part):
    # A set of words would give 100 for most of these.
    assert names(whole, part) < 0.7 < WORTH_A_LOOK


def test_a_shared_domain_does_not_make_a_branch_the_whole():
    whole, part = (
        Record("Guild of Nurses", "", "guild.example"),
        Record("Guild of Nurses, Chapter 4", "", "guild.example"),
    )
    assert score(whole, part) < 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Linden Family Clinic", "Linden Famly Clinic"),
        ("Linden Family Clinic", "Family Clinic, Linden"),
        ("Linden Food Bank", "Linden Foodbank"),
        ("Linden Food Bank", "LINDEN FOOD BANK INC"),
        ("Washington Teachers Union", "Wash. Teachers Union"),
        ("UKRI", "UK Research and Innovation (UKRI)"),
    ],
)
def test_other_writings_are_worth_a_look(one, other):
    assert names(one, other) >= WORTH_A_LOOK


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of Malmö", "University of Aalto"),
        ("Friends of Linden", "Friends of Harbor"),
        ("Men of Linden", "Women of Linden"),
        ("Linden Health Alliance", "Linden Housing Alliance"),
        ("Network", "Guild"),
    ],
)
def test_other_names_are_not(one, other):
    assert names(one, other) < WORTH_A_LOOK


def test_two_official_numbers_speak_against_one_name():
    assert score(Record("Guild", "12-3"), Record("Guild", "12-4")) < 0.5
    assert score(Record("Guild", "12-3"), Record("Guild", "")) == 1.0  # a blank says nothing


def test_one_official_number_finds_names_that_have_nothing_in_common_and_says_so():
    (pair,) = find_duplicates([Record("Guild", "12-3"), Record("Northside Clinic", "123")])
    assert WORTH_A_LOOK < pair.score < 0.9
    assert pair.reasons[0] == "the same official number, although the names differ"


def test_address_domain_and_place_move_the_score_the_way_they_should():
    plain = names("Linden Family Clinic", "Linden Clinic")
    one = Record("Linden Family Clinic", "", "info@clinic.example", "Linden")
    assert score(one, Record("Linden Clinic", "", "clinic.example")) > plain
    assert score(one, Record("Linden Clinic", "", "info@clinic.example")) > score(
        one, Record("Linden Clinic", "", "www.clinic.example")
    )
    assert score(one, Record("Linden Clinic", "", "", "Linden")) > plain
    assert score(one, Record("Linden Clinic", "", "", "Harbor")) < plain
    assert score(one, Record("Linden Clinic", "", "other.example")) < plain
    gmail = Record("Linden Family Clinic", "", "a@gmail.com"), Record("Linden Clinic", "", "b@gmail.com")
    assert score(*gmail) == plain  # two people at one mail provider have nothing in common


def test_a_city_is_not_compared_with_a_postal_code():
    one, other = Record("Linden Clinic", place="05089"), Record("Linden Clinic", place="Linden")
    assert score(one, other) == 1.0


def test_every_pair_carries_reasons_in_words_and_a_score_within_bounds():
    records = [Record(f"Guild of {kind} {at}", str(at % 3), f"g{at % 2}.example") for kind in "AB" for at in range(9)]
    found = find_duplicates(records, at_least=0.5)
    assert found
    assert all(pair.a < pair.b and 0.5 <= pair.score <= 1 and pair.reasons for pair in found)
    assert list(found) == sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))


def test_a_chain_does_not_make_a_group():
    found = groups_of([Pair(0, 1, 0.9, ()), Pair(2, 3, 0.9, ()), Pair(1, 2, 0.85, ())])
    assert found == ((0, 1), (2, 3))


def test_three_hundred_branches_under_one_name_do_not_flood_the_list():
    records = [Record("Harbor Veterans", place=f"Town {at}") for at in range(300)]
    assert len(find_duplicates(records)) < 300 * 10


def test_nothing_and_no_one():
    assert find_duplicates([]) == ()
    assert find_duplicates([Record("Guild")]) == ()
    assert find_duplicates([Record(""), Record("  "), Record("???")]) == ()
    with pytest.raises(BadInput, match=r"between 0\.5 and 1"):
        find_duplicates([], at_least=0.2)
