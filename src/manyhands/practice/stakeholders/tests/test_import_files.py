"""Every odd file gets a clear sentence or comes in whole."""

import io
import json
import zipfile
from contextlib import suppress

import pytest
from openpyxl import Workbook

from manyhands.practice.stakeholders.actions import change_ally
from manyhands.practice.stakeholders.forms import AllyForm
from manyhands.practice.stakeholders.importing import reading
from manyhands.practice.stakeholders.models import Import, ImportRow, Stakeholder
from tests.typed import typed

from .conftest import counts

NAMES = "Name,Zip\nCafé Solidário,05089\nØstre Gård,00210\n"


def workbook(rows, formats=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, look in formats:
        book.active[cell].number_format = look
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("list.csv", "Name\nA\n")
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        NAMES.encode(),
        NAMES.encode("utf-8-sig"),
        NAMES.encode("utf-16"),
        NAMES.encode("utf-16-le"),
        NAMES.encode("latin-1"),
        NAMES.encode("cp1252"),
        NAMES.replace(",", ";").encode(),
        NAMES.replace(",", "\t").encode(),
        NAMES.replace(",", "|").encode("utf-16"),
        NAMES.replace("\n", "\r\n").encode(),
        NAMES.replace("\n", "\r").encode(),
        ("Our allies\n\n" + NAMES).encode(),
        NAMES.rstrip().encode(),
    ],
    ids=[
        "utf8",
        "bom",
        "utf16",
        "utf16le",
        "latin1",
        "cp1252",
        "semicolon",
        "tab",
        "bar",
        "crlf",
        "cr",
        "title",
        "noeol",
    ],
)
def test_letters_and_zeros_survive_every_encoding_and_separator(clean_air, imported, data):
    with clean_air.inside():
        assert counts(imported(data)) == (2, 0, 0, 0)
        assert list(Stakeholder.objects.values_list("name", "postal_code")) == [
            ("Café Solidário", "05089"),
            ("Østre Gård", "00210"),
        ]


def test_a_workbook_keeps_zeros_and_never_runs_formulas(clean_air, imported):
    data = workbook(
        [["Name", "Zip", "EIN", "Note"], ["Clinic", 5089, 10123106, "=1+1"], ["Guild", 210, 2, None]],
        [("B2", "00000"), ("B3", "00000"), ("C2", "000000000"), ("C3", "000000000")],
    )
    with clean_air.inside():
        assert counts(imported(data, name="l.xlsx")) == (2, 0, 0, 0)
        assert list(Stakeholder.objects.values_list("postal_code", "identifier", "note")) == [
            ("05089", "010123106", "=1+1"),
            ("00210", "000000002", ""),
        ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"),
        (zipped(), "zip archive"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "old Excel"),
        (b'[{"name": "x"}]', "JSON"),
        (b"<!DOCTYPE html><html>", "web page"),
        (bytes(range(256)) * 20, "not text"),
        (b"PK\x03\x04" + bytes(500), "zip archive"),
        ((",".join(f"c{n}" for n in range(5000)) + "\n" + "," * 4999).encode(), "5,000 columns"),
    ],
    ids=["nothing", "blank", "bom", "pdf", "png", "zip", "xls", "json", "html", "noise", "cut zip", "wide"],
)
def test_what_is_no_list_is_refused_with_a_sentence_and_leaves_nothing(clean_air, tried, client, data, sentence):
    with clean_air.inside():
        with pytest.raises(reading.Unreadable, match=sentence):
            tried(data)
        assert not Import.objects.exists()
    client.force_login(clean_air.user["amina"])
    file = io.BytesIO(data)
    file.name = "list.csv"
    page = client.post("/c/clean-air/allies/imports/new/", {"file": file})
    assert page.status_code == 422
    assert sentence in page.text


@pytest.mark.parametrize(
    ("data", "good", "bad_row", "reason"),
    [
        ("Name,City\nA,X\n,Y\nB,Z\n", 2, 3, "no name"),
        ("Name,City\nA,X\nB\x00,Y\nC,Z\n", 2, 3, "NUL"),
        ("Name,City\nA,X\nB,Y,Z,W\nC,Z\n", 2, 3, "4 cells"),
        ('Name,City\nA,X\nB,"Y\nC,Z\n', 1, 3, "never closes"),
        ("Name,City,Zip\nA,X,1\nB,Y", 1, 3, "middle of this row"),
        ("Name,Email\nA,a@x.example\nB,b@@x.example\n", 1, 3, "2 @ signs"),
        ("Name,Stance\nA,ally\nB,actve ally\n", 1, 3, "Did you mean"),
        ("Name,Stance\nA,ally\nB,against\n", 1, 3, "public source"),
        ("Name,City\nA,X\n" + "B" * 301 + ",Y\n", 1, 3, "301 letters"),
        ('Name,City\n"A\nA",X\n\n,Y\n', 1, 4, "no name"),
        (b"Name,City\n" + "Caf\u00e9,X\n".encode() * 12 + b"B\xff,Y\n", 1, 14, "cannot be read"),
    ],
)
def test_a_bad_row_is_refused_by_its_number_and_the_rest_comes_in(clean_air, imported, data, good, bad_row, reason):
    with clean_air.inside():
        listing = imported(data)
        refused = ImportRow.objects.get(listing=listing, outcome="refuse")
        assert refused.row == bad_row
        assert reason in refused.reason
        assert Stakeholder.objects.count() == good


def test_only_a_header_is_nothing_to_bring_in(clean_air, tried):
    with clean_air.inside():
        listing = tried("Name,City\n")
        assert (listing.state, counts(listing)) == ("tried", (0, 0, 0, 0))


def test_a_title_twice_is_kept_apart(clean_air, imported):
    with clean_air.inside():
        imported("First name,Last Name,Last Name\nSusie,Jones,Other\n")
        ally = Stakeholder.objects.get()
        assert (ally.name, ally.kind) == ("Susie Jones", "person")


@pytest.mark.shared_data
def test_csv_spectrum_reads_as_its_own_oracle_says(shared_data):
    folder = shared_data / "csv-hostile" / "csv-spectrum"
    seen = 0
    for path in sorted(folder.glob("csvs_*.csv")):
        wanted = json.loads((folder / f"json_{path.stem.removeprefix('csvs_')}.json").read_text(encoding="utf-8"))
        wanted = wanted if isinstance(wanted, list) else [wanted]
        table = reading.open_table(path)
        found = [dict(zip(table.header, cells, strict=True)) for _number, cells in table.rows()]
        plain = [{" ".join(k.split()): v.replace("\r\n", "\n") for k, v in row.items()} for row in wanted]
        for row in (*found, *plain):
            row.pop("Contact Phone Number", None)  # the set's own file and oracle differ here
        assert [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in found] == plain, path.name
        seen += 1
    assert seen == 12


@pytest.mark.shared_data
def test_csvlint_files_are_read_or_refused_never_a_crash(shared_data):
    for path in sorted((shared_data / "csv-hostile" / "csvlint").glob("*.csv")):
        with suppress(reading.Unreadable):
            assert all(number > 1 for number, _cells in reading.open_table(path).rows()), path.name


@pytest.mark.shared_data
def test_every_naughty_string_comes_in_and_goes_out_unchanged(clean_air, imported, shared_data, client):
    import csv

    from manyhands.foundation.ui.spreadsheets import neutral

    strings = json.loads((shared_data / "csv-hostile/naughty-strings/blns.json").read_text(encoding="utf-8"))
    assert len(strings) == 515
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["Name", "EIN", "Note"], *([f"Ally {n:03}", str(n), s] for n, s in enumerate(strings))])
    with clean_air.inside():
        listing = imported(file.getvalue().encode())
        assert counts(listing) == (515, 0, 0, 0)
        notes = dict(Stakeholder.objects.values_list("name", "note"))
        assert [notes[f"Ally {n:03}"] for n in range(515)] == [s if s.strip() else "" for s in strings]
    client.force_login(clean_air.user["amina"])
    out = client.get("/c/clean-air/allies/", {"format": "csv", "sort": "name"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    for n, row in enumerate(rows):
        written = strings[n] if strings[n].strip() else ""
        assert row["note"] == neutral(written), n


@pytest.mark.shared_data
def test_every_naughty_string_is_kept_by_the_form_or_comes_back_in_it(clean_air, shared_data, client):
    """Kept as it was typed. Refused is one sign alone, NUL, which no database of ours can hold."""
    strings = json.loads((shared_data / "csv-hostile/naughty-strings/blns.json").read_text(encoding="utf-8"))
    strings += ["half a\0sign", "\0"]
    asked = {"kind": "organization", "sector": "Health", "stage": "identified"}
    refused = []
    with clean_air.inside():
        ally = Stakeholder.objects.create(name="Harbor Choir", kind="organization")
        for text in strings:  # past the page, which would be written 500 times: its form, and the deed behind it
            form = AllyForm({**asked, "name": ally.name, "version": ally.version, "note": text}, instance=ally)
            if not form.is_valid():
                refused.append(text)
                ally.refresh_from_db()  # the form has tried its words on it
                continue
            change_ally(actor=clean_air.actor["amina"], stakeholder=ally, version=ally.version, **form.particulars)
            ally = Stakeholder.objects.get(pk=ally.pk)
            assert ally.note == text
    assert refused == [text for text in strings if "\0" in text]
    client.force_login(clean_air.user["amina"])
    for text in refused:
        form = {**asked, "name": ally.name, "version": ally.version, "note": text}
        answer = client.post(f"/c/clean-air/allies/{ally.pk}/edit/", form)
        assert (answer.status_code, "Null characters are not allowed." in answer.text) == (422, True)
        assert typed(answer.text, "note") == text


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "added", "refused"),
    [
        ("individual_unicode.csv", 1, 0),
        ("individual_invalid_email.csv", 1, 0),
        ("individual_with_note.csv", 1, 0),
        ("individual_locations_with_related.csv", 1, 0),
        ("organization_multiple_duplicates_invalid.csv", 2, 0),
        ("column_names_casing.csv", 1, 0),
    ],
)
def test_civicrm_lists_come_in_with_guessed_columns(clean_air, imported, shared_data, name, added, refused):
    with clean_air.inside():
        listing = imported(shared_data / "civicrm-import" / name)
        assert (listing.count_added, listing.count_refused) == (added, refused), listing.mapping


@pytest.mark.shared_data
def test_a_civicrm_list_without_an_organization_name_is_asked_for_one(clean_air, tried, shared_data):
    from manyhands.practice.stakeholders.importing.actions import Refused

    with clean_air.inside(), pytest.raises(Refused, match="which column holds the name"):
        tried(shared_data / "civicrm-import" / "organization_email_no_organization_name.csv")


@pytest.mark.parametrize(
    ("title", "letters", "words"),
    [("City", 121, "City or town has 121 letters; we keep up to 120."), ("Name", 301, "301"), ("About", 4001, "4,001")],
)
def test_a_cell_that_is_too_long_refuses_its_row_and_no_other(clean_air, imported, title, letters, words):
    header, cells = ("Name", "x" * letters) if title == "Name" else (f"Name,{title}", f"Guild,{'x' * letters}")
    with clean_air.inside():
        listing = imported(f"{header}\n{cells}\nClinic\n")
        assert counts(listing) == (1, 0, 0, 1)
        assert words in ImportRow.objects.get(listing=listing, outcome="refuse").reason
