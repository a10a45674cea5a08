"""Answers on paper: one row for each sheet, refused with the row or brought in whole, and taken out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from manyhands.practice.alignment import actions as rounds
from manyhands.practice.alignment.doors import rules
from manyhands.practice.alignment.models import PaperBatch, Participant, Response
from manyhands.practice.alignment.tests.factories import at, open_round

NUMBERS = frozenset({"1", "2", "3"})


@pytest.fixture
def round(clean_air):
    with clean_air.inside():
        yield open_round(clean_air)


def send(client, round, content):
    return client.post(at("bring_paper", round.pk), {"file": SimpleUploadedFile("gate.csv", content)})


def test_every_sheet_counts_as_one_person_and_can_be_taken_out_again(clean_air, round, client):
    # Responding: paper reply import
    client.force_login(clean_air.user["mei"])
    done = send(client, round, b"sheet,1,2,3\nA1,agree,d,\nA2,yes*,p,no\n")
    assert done.url == at("doors", round.pk)
    assert "2 sheets" in client.get(done.url).text
    assert Participant.objects.filter(seat=None).count() == 2
    assert sorted(Response.objects.values_list("statement__position", "answer", "is_important")) == [
        (0, 1, False), (0, 1, True), (1, -1, False), (1, 0, False), (2, -1, False),
    ]  # fmt: skip
    batch = PaperBatch.objects.get()
    assert client.post(at("undo_paper", batch.pk)).status_code == 302
    assert not Participant.objects.exists()
    assert client.post(at("undo_paper", batch.pk)).status_code == 409
    assert "taken out again" in client.get(at("doors", round.pk)).text


def test_nothing_is_taken_out_of_results(clean_air, round, client):
    client.force_login(clean_air.user["mei"])
    send(client, round, b"sheet,1\nA1,a\n")
    rounds.close_round(actor=clean_air.actor["amina"], round=round)
    assert client.post(at("undo_paper", PaperBatch.objects.get().pk)).status_code == 409
    assert send(client, round, b"sheet,1\nB1,a\n").status_code == 409
    assert Participant.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"sheet\nA1\n", "Row 1 must name"),
        (b"sheet,1,9\nA1,a,a\n", "statement \u201c9\u201d"),
        (b"sheet,1,1\nA1,a,a\n", "names a statement twice"),
        (b"sheet,1\nA1,maybe\n", "Row 2, statement 1"),
        (b"sheet,1\nA1,a\n,d\n", "Row 3 does not name its sheet"),
        (b"sheet,1\nA1,a\nA1,d\n", "Row 3: sheet \u201cA1\u201d stands in the file twice"),
        (b"sheet,1\nA1,a,d\n", "Row 2 has 3 cells"),
        (b"sheet,1\nA1,\n", "No sheet holds an answer"),
        (b'sheet,1\nA1,"a\n', "cannot be read"),
        (b"\xff\xfe\x00s", "UTF-8"),
        (b"sheet,1\nA1,*\n", "Row 2, statement 1"),
        (b"sheet,1\n" + b"A" * 41 + b",a\n", "at most 40 signs"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole_with_its_row(clean_air, round, client, content, says):
    with pytest.raises(rules.UnfitSheets, match=says.replace("(", r"\(")):
        rules.read_sheets(content, NUMBERS)
    client.force_login(clean_air.user["mei"])
    if content:  # an empty upload never reaches us
        page = send(client, round, content)
        assert page.status_code == 422
        assert says in page.text
    assert not Participant.objects.exists()


def test_semicolons_a_byte_order_mark_and_blank_rows_are_read(clean_air):
    found = rules.read_sheets("\ufeffsheet;1;2\r\nA1;a;−\r\n;;\r\n".encode(), NUMBERS)
    assert found == [rules.Sheet("A1", (("1", 1, False), ("2", -1, False)))]


def test_the_sheet_and_the_empty_file_have_the_numbers_of_the_statements(clean_air, round, client):
    client.force_login(clean_air.user["mei"])
    assert "Guards before gates." in client.get(at("paper_sheet", round.pk)).text
    file = client.get(at("paper_sheet", round.pk) + "?format=csv").content.decode("utf-8-sig")
    assert file.strip() == "sheet,1,2,3"
