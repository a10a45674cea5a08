"""Whole columns are folded at once; each cell must come out as if it had been folded alone."""

import pytest

from manyhands.practice.stakeholders import rules
from manyhands.practice.stakeholders.importing import folding, reading

PLAIN = ["Linden Clinic", "ST BRIGIDS", "", "53-0196605", "under_score", "???"]
OTHER = [
    "Café  Solidário", "Straße", "İzmir", "ΟΔΟΣ", "a\u0301b", "\u0301", "\u00a0no break\u00a0", "\u2028line", "Æther K",
    "tab\tname", "two\nlines", " blanks ", "\x1funit", "St. Brigid’s",
]  # fmt: skip

#: Each by itself: where one cell takes the long way, so do all cells of its column.
AMONG_PLAIN = [PLAIN, *([*PLAIN, each, "end"] for each in [*OTHER, "two  blanks", "blank \nat an end"])]


@pytest.mark.parametrize(
    "cells", [*AMONG_PLAIN, OTHER, [*PLAIN, *OTHER], [""], [" "], ["one "], [" one"], ["a\nb"], []]
)
def test_a_column_is_folded_as_each_of_its_cells(cells):
    assert folding.folded_column(cells) == [rules.folded(cell) for cell in cells]
    assert folding.letters_column(cells) == [rules.letters_only(cell) for cell in cells]
    assert folding.plain_numbers(cells) == [rules.letters_only(cell).lower() for cell in cells]


@pytest.mark.parametrize("names", [("name",), ("name", "city"), ("name", "postal_code", "city", "email", "tags")])
def test_rows_are_found_by_what_each_of_them_would_be_found_by(names):
    cells = [*PLAIN, *OTHER, "x" * 310, "05089-0455"]
    columns = {name: cells[at:] + cells[:at] for at, name in enumerate(names)}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    folded = folding.Folded(columns)
    places = ("postal_code", "city", "email")
    assert folded.keys() == [
        rules.match_key(row["name"], **{name: row[name] for name in places if name in row}) for row in rows
    ]
    assert folded.search_texts() == [rules.search_text(row) for row in rows]


def test_the_last_row_that_is_read_of_a_list_too_long_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    path = tmp_path / "list.csv"
    path.write_text("Name,City\nOne,Linden\nTwo,Linden\nThree,Linden\nFour,Linden\n")
    *rows, (number, broken) = reading.open_table(path).rows()
    assert rows == [(2, ["One", "Linden"]), (3, ["Two", "Linden"])]
    assert (number, isinstance(broken, reading.Broken)) == (4, True)
