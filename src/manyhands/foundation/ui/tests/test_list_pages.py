"""Lists: search, filter, sort, page, count, CSV; two queries each, and no question breaks them."""

import csv
import io

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from manyhands.foundation.access.written import RowsForActor
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.ui.lists import ListOfRows, ListPage
from manyhands.foundation.ui.spreadsheets import csv_response, neutral

NAUGHTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", 'a "quoted", cell', "two\nlines", "Ünï©ødé", "", "<b>"]


@pytest.fixture
def people(db):
    Person = get_user_model()
    Person.objects.bulk_create(
        Person(email=f"p{number:05}@example.org", name=f"Person {number % 7} Öl", is_operator=number % 3 == 0)
        for number in range(600)
    )
    return Person.objects.all()


def page_of(people, asked="", **options):
    options = {
        "search": ["name", "email"],
        "filters": {"kind": ("Kind", [("1", "Operators")], lambda rows, value: rows.filter(is_operator=True))},
        "sorts": {"email": ("E-mail", "email"), "name": ("Name", ["name", "-email"])},
        "default_sort": "email",
    } | options
    return ListPage(RequestFactory().get(f"/people/?{asked}"), people, **options)


def test_a_list_takes_two_queries_and_counts_exactly(people, django_assert_num_queries):
    with django_assert_num_queries(2):
        listing = page_of(people, "q=person&kind=1&sort=-name&page=2")
        assert listing.count == 200
        assert len(list(listing.page)) == 25
    assert listing.page.start_index() == 26


def test_every_word_must_be_found_somewhere(people):
    assert page_of(people, "q=00001+person").count == 1
    assert page_of(people, "q=00001+nobody").count == 0
    assert page_of(people, "q=öL").count == 600


def test_sorting_goes_both_ways_and_never_shows_a_row_twice(people):
    ascending = [person.email for person in page_of(people, "sort=name").all_rows]
    assert list(reversed(ascending)) == [person.email for person in page_of(people, "sort=-name").all_rows]
    everyone = [person.pk for number in range(1, 25) for person in page_of(people, f"sort=name&page={number}").page]
    assert len(everyone) == len(set(everyone)) == 600


@pytest.mark.parametrize(
    "asked",
    [
        "page=0",
        "page=-3",
        "page=x",
        "page=99999999999999999999",
        "sort=password",
        "sort=--name",
        "kind=drop",
        "q=%00%00",
        "q=" + "a+" * 5000,
    ],
)
def test_odd_questions_are_answered_too(people, asked):
    listing = page_of(people, asked)
    assert listing.page.number >= 1
    assert listing.sort in {"email", "name"}


def test_a_search_holds_no_character_that_a_database_refuses(people):
    assert page_of(people, "q=%00ana%00").q == "ana"


def test_leaving_something_out_keeps_the_rest_and_starts_at_the_first_page(people):
    listing = page_of(people, "q=a&kind=1&page=4&format=csv")
    assert listing.query_without("q") == "kind=1"
    assert listing.is_narrowed
    assert listing.wants_csv
    assert not page_of(people, "kind=nonsense").is_narrowed


def test_csv_has_every_row_that_fits_not_only_the_page(people):
    listing = page_of(people, "kind=1&format=csv")
    answer = listing.csv_response("people.csv", ["E-mail"], lambda person: [person.email])
    assert len(answer.content.decode().splitlines()) == 201
    assert 'filename="people.csv"' in answer["Content-Disposition"]


def test_naughty_words_survive_a_spreadsheet_and_never_run_there():
    answer = csv_response("ü.csv", ["=title"], [[word] for word in NAUGHTY])
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["'=title"]
    back = [row[0] if row else "" for row in rows[1:]]
    assert [cell.removeprefix("'") for cell in back] == NAUGHTY
    assert not [cell for cell in back if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_numbers_stay_numbers():
    assert neutral(-5) == -5
    assert neutral("-5") == "'-5"


def of_rows(asked=""):
    rows = [("Ana", 3), ("Bea", None), ("Çelik", 1), ("Dan", 2)]
    return ListOfRows(
        RequestFactory().get(f"/rows/?{asked}"),
        rows,
        words_of=lambda row: row[0],
        filters={"known": ("Known", [("yes", "Known")], lambda row, value: row[1] is not None)},
        sorts={"name": ("Name", lambda row: row[0]), "figure": ("Figure", lambda row: row[1])},
        default_sort="name",
        page_size=3,
    )


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Ana", "Bea", "Dan"]),
        ("page=2", ["Çelik"]),
        ("page=99", ["Çelik"]),
        ("sort=figure", ["Çelik", "Dan", "Ana"]),
        ("sort=figure&page=2", ["Bea"]),
        ("sort=-figure", ["Ana", "Dan", "Çelik"]),
        ("sort=-figure&page=2", ["Bea"]),
        ("known=yes&sort=-name", ["Çelik", "Dan", "Ana"]),
        ("q=çEL", ["Çelik"]),
        ("q=an&known=yes", ["Ana", "Dan"]),
        ("q=zzz", []),
        ("sort=zzz&known=zzz&q=%00", ["Ana", "Bea", "Dan"]),
    ],
)
def test_rows_that_were_worked_out_are_searched_narrowed_sorted_and_paged(asked, names):
    listing = of_rows(asked)
    assert [name for name, _figure in listing.page] == names
    out = listing.csv_response("x.csv", ["Name"], lambda row: [row[0]]).content.decode()
    assert len(out.splitlines()) == listing.count + 1


def test_a_list_that_is_written_once_is_the_same_list(clean_air):
    with clean_air.inside():
        Organization.objects.bulk_create(Organization(name=f"Club {number:02}") for number in range(60))
        written = RowsForActor(lambda actor, moment: Organization.objects.all())
        options = {"search": ["name"], "filters": {"few": ("Few", [("1", "Few")], "name__endswith")}}
        options |= {"sorts": {"name": ("Name", "name")}, "default_sort": "-name"}
        for asked in ("", "sort=name", "page=2", "page=1", "q=club+1", "few=1", "sort=-name&page=99"):
            request = RequestFactory().get(f"/organizations/?{asked}")
            request.actor = clean_air.actor["ben"]
            ours, plain = (
                ListPage(request, written, **options),
                ListPage(request, Organization.objects.all(), **options),
            )
            assert list(ours.page) == list(plain.page)
            assert (ours.count, ours.page.number, ours.page.told) == (
                plain.count,
                plain.page.number,
                plain.page.told,
            )
            assert list(ours.all_rows) == list(plain.all_rows)
        assert ours.count == 66
