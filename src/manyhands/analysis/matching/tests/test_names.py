"""What counts as one writing of a name, a domain, a number or a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.analysis.matching import folded, taken_apart
from manyhands.analysis.matching.fields import own_domain, plain_identifier, plain_place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Linden Clinic", "LINDEN CLINIC, INC."),
        ("St. Brigid's Church", "Saint Brigids Church"),
        ("Arts & Crafts Guild", "Arts and Crafts Guild"),
        ("Université de Linden", "UNIVERSITE DE LINDEN ASBL"),
        ("Straßenkinder e.V.", "Strassenkinder e. V."),
        ("Nachbarn helfen gemeinnützige GmbH", "Nachbarn helfen gemeinnutzige gmbh"),
        ("Organisation for Harbour Theatre", "Organization for Harbour Theater"),
        ("U.S. Bicycle Assn", "US Bicycle Association"),
        ("Local No. 012 of the Nurses", "Local 12 of the Nurses"),
        ("First Baptist Ch", "1st Baptist Church"),
        ("Lodge VII", "Lodge 7"),
        ("Łódź Forum sp. z o.o.", "Lodz Forum SP Z OO"),
        ("UK Research and Innovation (UKRI)", "UK Research & Innovation"),
        ("Linden Clinic Incorperated", "Linden Clinic"),
    ],
)
def test_two_writings_of_one_name(one, other):
    assert taken_apart(one).words == taken_apart(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nurses Local 12", "Nurses Local 17"),
        ("Guild", "Guild Northern Chapter"),
        ("Friends of Linden", "Friends of Harbor"),
        ("Linden Foundation", "Linden Fund"),
    ],
)
def test_two_names(one, other):
    assert taken_apart(one).words != taken_apart(other).words


@pytest.mark.parametrize("name", ["The", "Inc.", "A & E", "The Company", "e.V.", "of the", "Co", "ООН", "会社"])
def test_a_name_of_small_words_is_still_a_name(name):
    assert taken_apart(name).words


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_it(text):
    name = taken_apart(text)
    assert taken_apart(text) == name
    assert all(word and " " not in word for word in name.words)
    assert "\n" not in name.core


def test_a_novel_in_the_name_column_is_read_up_to_its_first_lines():
    assert len(taken_apart("word " * 100_000).words) == 80


@given(st.text(max_size=40))
def test_the_list_of_allies_folds_alike(text):
    from manyhands.practice.stakeholders import rules

    assert folded(text) == rules.folded(text)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("mail@linden.example", "linden.example"),
        ("https://www.linden.example/about", "linden.example"),
        ("linden.example:8080", "linden.example"),
        ("http://user:word@news.linden.co.uk", "linden.co.uk"),
        ("someone@gmail.com", ""),
        ("https://www.facebook.com/linden", ""),
        ("10.0.0.1", ""),
        ("linden", ""),
        ("", ""),
        ("n/a", ""),
    ],
)
def test_domains(text, domain):
    assert own_domain(text) == domain


def test_numbers_and_places():
    assert plain_identifier("12-3456789") == plain_identifier(" 123456789 ")
    assert plain_identifier("000000000") == plain_identifier("none") == ""
    assert plain_place("05089-0455") == plain_place("05089")
    assert plain_place("SÃO PAULO") == plain_place("Sao  Paulo")
