"""Address cards come in like any list: read, or refused with number and reason, and never a crash."""

import json
import random

import pytest

from manyhands.faces.cli.main import main
from manyhands.practice.stakeholders.importing import cards, reading
from manyhands.practice.stakeholders.models import ImportRow, Stakeholder

from .conftest import counts


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


@pytest.fixture
def read(tmp_path):
    """The rows of a text or of bytes, each as a dictionary, or what is wrong with it."""

    def go(source: str | bytes) -> list:
        path = tmp_path / "cards.vcf"
        path.write_bytes(source.encode() if isinstance(source, str) else source)
        table = reading.open_table(path)
        assert table.kind == "cards"
        return [
            cells.reason if isinstance(cells, reading.Broken) else dict(zip(table.header, cells, strict=True))
            for _number, cells in table.rows()
        ]

    return go


CLINIC = card(
    "FN:Northside Clinic",
    "ORG:Northside Clinic;Lungs",
    "UID:urn:uuid:8b574c60",
    "ADR;TYPE=WORK:;Room 4;11 Mill Lane;Linden;Valley;01731;Nowhere",
    "TEL;TYPE=FAX:1",
    "TEL;TYPE=VOICE:2",
    "EMAIL:first@clinic.example",
    "EMAIL;TYPE=INTERNET,PREF:hello@clinic.example",
    "URL:http\\://clinic.example",
    "NOTE:One\\nTwo\\, three",
    "CATEGORIES:Health,My Contacts",
)


def test_a_card_becomes_a_row_with_what_an_ally_can_have(read):
    # import and matching: vCard import
    assert read(CLINIC) == [
        {
            "Name": "Northside Clinic", "Kind": "organization", "Also known as": "", "Unique ID": "8b574c60",
            "Street": "Room 4, 11 Mill Lane", "City": "Linden", "Region": "Valley", "Postal code": "01731",
            "Country": "Nowhere", "Website": "http://clinic.example", "Email": "hello@clinic.example", "Phone": "2",
            "About": "", "Note": "One\nTwo, three", "Tags": "Health",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("version", "lines", "name"),
    [
        ("2.1", ["N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Solid=C3=A1rio;Caf=\r\n=C3=A9;;;"], "Café Solidário"),
        ("2.1", ["FN;QUOTED-PRINTABLE;CHARSET=iso-8859-1:Caf=E9"], "Café"),
        ("2.1", ["FN:Anna", " Berg"], "Anna Berg"),
        ("3.0", ["FN:An", " na Be", "\trg"], "Anna Berg"),
        ("4.0", ['FN;X="a:b;c":Anna Berg'], "Anna Berg"),
        ("4.0", ["item1.FN;PREF=2:Second", "item2.FN;PREF=1:Anna Berg"], "Anna Berg"),
        ("3.0", ["N:Berg;Anna;;;"], "Anna Berg"),
        ("3.0", ["ORG:Guild"], "Guild"),
    ],
)
def test_every_version_fold_and_alphabet_is_read(read, version, lines, name):
    assert [row["Name"] for row in read(card(*lines, version=version))] == [name]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_files_of_every_encoding_and_line_end_are_read(read, encoding, ending):
    source = card("FN:Café Solidário", "NOTE:x").replace("\r\n", ending).encode(encoding)
    assert [row["Name"] for row in read(source)] == ["Café Solidário"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (card("FN:A").replace("VERSION:3.0\r\n", ""), "version 2.1, 3.0 or 4.0"),
        (card("FN:A", version="9"), "version 2.1, 3.0 or 4.0"),
        ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A", "ends in the middle"),
        ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\n" + CLINIC, "does not end before the next"),
        (card("FN:A", "what is this"), "no line of a card: “what is this”"),
        (card("FN;CHARSET=klingon:A", version="2.1"), "an alphabet that we do not know: klingon"),
        (card("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=80", version="2.1"), "cannot be read"),
        (card("FN:A\x00B"), "NUL sign"),
        (card("FN:A", "KIND:group", version="4.0"), "a group or a place"),
        (card(*[f"X-{n}:y" for n in range(6000)]), "longer than any card"),
        (CLINIC + "between\r\nthem\r\n" + CLINIC, "outside of any card"),
        ("BEGIN:VCARD\r\n FN:A\r\nEND:VCARD\r\n", "continues nothing"),
    ],
)
def test_a_broken_card_is_refused_with_its_reason_and_the_others_come_in(read, source, reason):
    # import and matching: hostile vCards
    found = read(CLINIC + source)
    assert found[0]["Name"] == "Northside Clinic"
    assert [row for row in found if isinstance(row, str) and reason in row]


def test_pictures_and_a_secretarys_card_are_passed_over(read):
    picture = ["PHOTO;ENCODING=BASE64;JPEG:", *["QUJD" * 18] * 5000]
    agent = ["AGENT:", "BEGIN:VCARD", "VERSION:2.1", "FN:Secretary", "END:VCARD"]
    source = card("FN:Anna Berg", *picture, "", *agent, "TEL:1", version="2.1") + card(
        "PHOTO;B:" + "A" * 3_000_000, "FN:B"
    )
    assert [(row["Name"], row["Phone"]) for row in read(source)] == [("Anna Berg", "1"), ("B", "")]


def test_cards_come_in_as_allies_once(clean_air, imported):
    with clean_air.inside():
        listing = imported(CLINIC + card("TEL:1") + card("FN:Anna Berg", "ORG:Guild", "TITLE:Chair"), name="c.vcf")
        assert counts(listing) == (2, 0, 0, 1)
        refused = ImportRow.objects.get(listing=listing, outcome="refuse")
        assert (refused.row, refused.reason) == (2, "There is no name, and a name is the one thing we need.")
        anna = Stakeholder.objects.get(name="Anna Berg")
        assert (anna.kind, anna.about) == ("person", "Chair, Guild")
        clinic = Stakeholder.objects.get(identifier="8b574c60")
        assert (clinic.kind, clinic.email) == ("organization", ""), "no address without consent"
        again = imported(CLINIC.replace("TYPE=VOICE:2", "TYPE=VOICE:3"), existing="update", name="c.vcf")
        assert counts(again) == (0, 1, 0, 0)


def test_the_command_tells_as_promised(clean_air, tmp_path, capsys):
    path = tmp_path / "cards.vcf"
    path.write_text(CLINIC + card("TEL:1"))
    asked = ["import", "vcards", str(path), "--coalition", "clean-air", "--json"]
    assert main([*asked, "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 1
    with clean_air.inside():
        assert not Stakeholder.objects.exists()
    assert main(asked) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["added"], [row["row"] for row in answer["refused"]]) == (1, [2])
    path.write_text("Name\nClinic\n")
    assert main(asked) == 2
    assert capsys.readouterr().err == "cards.vcf holds no address cards: it does not begin with BEGIN:VCARD.\n"


def test_a_calendar_is_no_list(clean_air, imported):
    with clean_air.inside(), pytest.raises(reading.Unreadable, match="This is a calendar"):
        imported(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


def test_whatever_stands_in_a_file_of_cards_it_is_read_or_refused(read):
    """Five hundred files that were damaged by chance."""
    harm = [b"\r", b"\n", b":", b";", b'"', b"\\", b"\xff", b"=", b" ", b"\r\n\r\n"]
    harm += [b"BEGIN:VCARD\n", b"END:VCARD\n"]
    chance = random.Random(7)
    whole = (CLINIC + card("FN;ENCODING=QUOTED-PRINTABLE:A=\r\n=C3", "PHOTO;B:QQ==", version="2.1")).encode()
    for _time in range(500):
        data = bytearray(whole)
        for _place in range(chance.randrange(1, 12)):
            at = chance.randrange(12, len(data))
            data[at : at + chance.randrange(3)] = chance.choice(harm)
        for row in read(bytes(data)):
            assert row


@pytest.mark.shared_data
def test_every_card_that_telephones_and_offices_really_write(clean_air, shared_data, imported):
    # import and matching: vCard import, hostile ones
    folder = shared_data / "vcard"
    found = {}
    with clean_air.inside():
        for path in sorted(folder.glob("*/*.vcf")):
            found[path.stem.removeprefix("io_text_").removeprefix("John_Doe_")] = counts(imported(path, name=path.name))
    assert len(found) == 20
    assert {name: told for name, told in found.items() if told[3]} == {
        "ANDROID": (3, 0, 0, 3),  # two without a name, and one with half a letter in it
        "issue64": (0, 0, 0, 1),  # nothing but a picture
    }
    assert sum(added + updated + skipped for added, updated, skipped, _refused in found.values()) == 24
    with clean_air.inside(), pytest.raises(reading.Unreadable):
        imported(next(folder.glob("*/*.ics")))


def test_the_titles_of_cards_are_known_columns():
    from manyhands.practice.stakeholders.importing import columns

    found = columns.guess(cards.HEADER, [[]] * len(cards.HEADER))
    assert len(found) == len(cards.HEADER)
    assert len(set(found.values())) == len(found)
