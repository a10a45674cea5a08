"""Rows are read and judged many at once; where a piece ends makes no difference to what becomes of them."""

import pytest

from manyhands.practice.stakeholders.importing import reading, trial
from manyhands.practice.stakeholders.models import ImportRow, RowsToAdd

from .conftest import counts

WHOLE = 10_000
TRICKY = {
    "plain": "Name,City\nClinic,Linden\nGuild,Harbor\nChoir,Linden\n",
    "blank rows": "Name,City\n\nClinic,Linden\n , \n,\n\nGuild,\n\n",
    "short and long rows": "Name,City\nClinic\nGuild,Harbor,\nChoir,Linden,x\nBakery,Linden\n",
    "a header further down": "\n\nOur list,\nName,City\nClinic,Linden\n\nGuild,Harbor\n",
    "letters": "Name,City\nCafé Solidário,Línden\nGuild,Harbor\n",
    "bytes that are no letters": b"Name,City\nClinic,Linden\nCaf\xc3\xa9,L\nB\xff,L\nGuild,L\n" + b"Choir,L\n" * 40,
    "a NUL": "Name,City\nClinic,Linden\nGu\x00ild,Harbor\nChoir,Linden\n",
    "a quotation mark": 'Name,City\nClinic,Linden\n"Gu"ild,Harbor\nChoir,Linden\n"Two\nlines",x\nBakery,y\n',
    "one that never closes": 'Name,City\nClinic,Linden\nGuild,Harbor\n"Choir,Linden\nBakery,y\n',
    "cut off": "Name,City\nClinic,Linden\nGuild,Harbor\nCho",
    "cut off within the last cell": "Name,City\nClinic,Linden\nGuild,Har",
    "one column": "Name\nClinic\n \n\nGuild\n",
}


@pytest.mark.parametrize("what", TRICKY)
@pytest.mark.parametrize("block", [1, 2, 3])
def test_the_same_rows_are_read_whatever_is_read_at_once(tmp_path, monkeypatch, what, block):
    path, content = tmp_path / "list.csv", TRICKY[what]
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def rows(size):
        monkeypatch.setattr(reading, "BLOCK", size)
        table = reading.open_table(path)
        return [(number, tuple(cells) if isinstance(cells, list) else cells) for number, cells in table.rows()]

    assert rows(block) == rows(WHOLE)
    assert rows(block)


def test_a_plain_list_is_not_looked_at_row_by_row(tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text(TRICKY["plain"])
    monkeypatch.setattr(reading, "BLOCK", 1)
    monkeypatch.setattr(reading, "_checked", lambda *row: pytest.fail(f"{row} was looked at alone"))
    assert [number for number, _cells in reading.open_table(path).rows()] == [2, 3, 4]


def test_the_list_ends_after_the_most_rows_we_read(tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text(TRICKY["plain"])
    for block in (1, 2, WHOLE):
        monkeypatch.setattr(reading, "BLOCK", block)
        monkeypatch.setattr(reading, "MOST_ROWS", 3)
        *read, (number, last) = reading.open_table(path).rows()
        assert [row for row, _cells in read] == [2, 3]
        assert (number, isinstance(last, reading.Broken)) == (4, True)


@pytest.mark.parametrize("batch", [1, 2, 3, WHOLE])
def test_doubles_are_found_whatever_is_judged_at_once(clean_air, tried, monkeypatch, batch):
    monkeypatch.setattr(trial, "BATCH", batch)
    rows = ["Clinic,01,Linden", "Guild,02,Linden", "Choir,,Linden", "Bakery,03,Harbor", "Clinic,01,Harbor"]
    rows += ["Choir,,Linden", "Guild,05,Linden", "Guild,,Linden", "Other,02,Harbor", "Union,06,Harbor"]
    with clean_air.inside():
        listing = tried("Name,EIN,City\n" + "\n".join(rows) + "\n")
        assert counts(listing) == (6, 0, 4, 0)
        assert sum(RowsToAdd.objects.filter(listing=listing).values_list("count", flat=True)) == 6
        told = dict(ImportRow.objects.filter(listing=listing).values_list("row", "reason"))
        assert told == {
            6: "The same as row 2 of this list.",
            7: "The same as row 4 of this list.",
            9: "Several rows above have this name and place; we cannot tell which it is.",
            10: "The same as row 3 of this list.",
        }
