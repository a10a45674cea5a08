"""Opens whatever a coordinator calls a list, and gives its rows as text: nothing is evaluated, nothing is guessed away.

Rows are numbered as a spreadsheet numbers them: the first line is row 1, blank ones count, a cell may span lines.
Files are read from disk row by row; memory stays small whatever their length.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from . import cards, encodings, workbooks
from .broken import Broken, Cells, Row

__all__ = ["Broken", "Cells", "Row", "Table", "Unreadable", "open_table", "samples"]

MOST_COLUMNS = 500
MOST_ROWS = 1_000_000
SAMPLES = 3
#: Rows that are looked at together.
BLOCK = 500
DELIMITERS = (",", ";", "\t", "|")
#: The number of a row, and the cells of that one and of those after it.
Block = tuple[int, Sequence[Cells | Broken]]
#: Half of a letter: what is left of bytes that are none.
_LONE = re.compile("[\ud800-\udfff]")


class Unreadable(Exception):
    """The file is nothing that we can take a list from; the message is for whoever uploaded it."""


@dataclass(frozen=True)
class Table:
    """A list whose header has been found."""

    path: Path
    kind: str  # "csv", "xlsx" or "cards"
    header: Cells
    header_row: int
    encoding: str = ""
    delimiter: str = ","
    sheet: int = 0  # of a workbook

    def rows(self) -> Iterator[Row]:
        """Every row below the header that is not blank, with its number."""
        return chain.from_iterable(self._rows())

    def _rows(self) -> Iterator[Iterable[Row]]:
        """The same in pieces. Rows that are as they should be, letter by letter, are looked at together."""
        width = len(self.header)
        last: tuple[int, Cells] | None = None  # only the very last may be cut off, so each waits for the next
        for first, block in _blocks(self.path, self.kind, self.encoding, self.delimiter, self.sheet):
            if first > self.header_row and first + len(block) <= MOST_ROWS and _is_plain(block, width):
                if last is not None:
                    yield [_checked(*last, width)]
                last = None
                yield enumerate(block, first)
                continue
            for number, cells in enumerate(block, first):
                if number <= self.header_row:
                    continue
                if not isinstance(cells, Broken) and number <= MOST_ROWS:
                    if any(cell and not cell.isspace() for cell in cells):
                        if last is not None:
                            yield [_checked(*last, width)]
                        last = number, cells
                    continue
                if last is not None:
                    yield [_checked(*last, width)]
                last = None
                if number > MOST_ROWS:
                    long = _("We read up to a million rows; this list is longer.")
                    yield [(number, Broken("", long, _("Split the file.")))]
                    return
                yield [(number, cells)]
        if last is not None:
            yield [self._last(*last)]

    def _last(self, number: int, cells: Cells) -> Row:
        if self.kind == "csv" and len(cells) < len(self.header) and not _ends_with_a_line(self.path, self.encoding):
            return number, Broken(
                _shown(cells), _("The file seems to end in the middle of this row."), _("Export the list again.")
            )
        return _checked(number, cells, len(self.header))


def open_table(path: Path, *, sheet: int = 0) -> Table:
    """Find out what the file is and read its header; of a workbook, that of one sheet.

    Raises
    ------
    Unreadable
        With one sentence that says what is wrong and what to do.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n"):
        raise Unreadable(_("The file is empty."))
    if head.startswith(b"PK\x03\x04"):
        if not workbooks.is_workbook(path):
            raise Unreadable(_("This is a zip archive, not a list. Unpack it, and upload the CSV or Excel file in it."))
        return _with_header(path, "xlsx", "", "", sheet)
    if what := _something_else(head):
        raise Unreadable(_("This is %(what)s, not a list. Save it as CSV or as Excel (.xlsx).") % {"what": what})
    try:
        encoding = encodings.encoding_of(path)
        if cards.is_card_file(head):
            return Table(path, "cards", list(cards.HEADER), 0, encoding)
    except encodings.NotText as problem:
        raise Unreadable(_("This is not text. Save the list as CSV or as Excel (.xlsx).")) from problem
    return _with_header(path, "csv", encoding, _delimiter(path, encoding))


def samples(table: Table) -> list[Cells]:
    """The first values of each column, for the eyes of whoever matches them."""
    found: list[Cells] = [[] for _column in table.header]
    for at, (_number, cells) in enumerate(table.rows()):
        if at >= 50 or all(len(values) >= SAMPLES for values in found):
            break
        if isinstance(cells, Broken):
            continue
        for values, cell in zip(found, cells, strict=False):
            text = " ".join(cell.replace("\x00", "").split())[:80]
            if text and len(values) < SAMPLES and text not in values:
                values.append(text)
    return found


def _with_header(path: Path, kind: str, encoding: str, delimiter: str, sheet: int = 0) -> Table:
    early: list[tuple[int, Cells]] = []
    for number, cells in _numbered(path, kind, encoding, delimiter, sheet):
        if isinstance(cells, Broken):
            if early:
                break
            raise Unreadable(_("The first row cannot be read: %(reason)s") % {"reason": cells.reason})
        if any(cell.strip() for cell in cells):
            early.append((number, cells))
        if len(early) == 6 or number > 50:
            break
    if not early:
        raise Unreadable(_("The file is empty."))
    number, cells = next((row for row in early if _filled(row[1]) > 1), early[0])
    header = [" ".join(cell.replace("\x00", "").split()) for cell in cells]
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        raise Unreadable(
            _("The list has %(count)s columns; we read up to %(most)s. Leave out those you do not need.")
            % {"count": f"{len(header):,}", "most": MOST_COLUMNS}
        )
    return Table(path, kind, header, number, encoding, delimiter, sheet)


def _numbered(path: Path, kind: str, encoding: str, delimiter: str, sheet: int) -> Iterator[Row]:
    for first, block in _blocks(path, kind, encoding, delimiter, sheet):
        yield from enumerate(block, first)


def _blocks(path: Path, kind: str, encoding: str, delimiter: str, sheet: int) -> Iterator[Block]:
    if kind == "xlsx":
        try:
            for number, cells in workbooks.rows(path, sheet):
                yield number, [cells]
        except workbooks.BadWorkbook as problem:
            raise Unreadable(str(problem)) from problem
        return
    if kind == "cards":
        for number, card in cards.rows(path):
            yield number, [card]
        return
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        yield from _csv_blocks(file, delimiter)


def _csv_rows(file: io.TextIOBase, delimiter: str) -> Iterator[Row]:
    for first, block in _csv_blocks(file, delimiter):
        yield from enumerate(block, first)


def _csv_blocks(file: io.TextIOBase, delimiter: str) -> Iterator[Block]:
    reader, first = csv.reader(file, delimiter=delimiter, strict=True), 1
    while True:
        block: list[Cells | Broken] = []
        try:
            block.extend(islice(reader, BLOCK))
        except csv.Error as problem:
            block.append(_what_is_broken(str(problem)))  # after those before it; the next block goes on behind it
        if not block:
            return
        yield first, block
        first += len(block)


def _is_plain(block: Sequence[Cells | Broken], width: int) -> bool:
    """Has every row as many cells as the header, and something in them that can be read?"""
    if isinstance(block[-1], Broken) or set(map(len, block)) != {width}:  # type: ignore[arg-type]
        return False
    texts = list(map("".join, block))  # type: ignore[arg-type]
    whole = "".join(texts)
    if not whole.isascii() and _LONE.search(whole):
        return False
    return "\x00" not in whole and "" not in texts and not any(map(str.isspace, texts))


def _what_is_broken(problem: str) -> Broken:
    if "unexpected end" in problem:
        return Broken(
            _("(from here to the end)"),
            _("A quotation mark opens in this row and never closes, so the rest ran together."),
            _("Export the list again, or close the quotation mark."),
        )
    if "field larger" in problem:
        return Broken(
            _("(a very long cell)"),
            _("A cell holds more than 131,072 letters; often a quotation mark is missing."),
            _("Shorten the cell, or close the quotation mark."),
        )
    return Broken(
        _("(a quotation mark)"),
        _("A quotation mark stands where it cannot."),
        _("Write it twice inside a cell, as spreadsheets do."),
    )


def _checked(number: int, cells: Cells, width: int) -> Row:
    """Short rows are filled up, as spreadsheets leave out empty cells at the end; longer ones have no column."""
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        sentence = _("The row has %(cells)s cells, the header only %(columns)s.")
        return number, Broken(
            _shown(cells),
            sentence % {"cells": len(cells), "columns": width},
            _("Put cells that hold the separator in quotation marks."),
        )
    text = "".join(cells)
    if not text.isascii() and _LONE.search(text):
        return number, Broken(
            _shown(cells), _("A letter in this row cannot be read."), _("Export the list again, as UTF-8.")
        )
    if "\x00" in text:
        return number, Broken(
            _shown(cells), _("The row holds an invisible NUL sign."), _("Export the list again, or type the row anew.")
        )
    return number, cells if len(cells) == width else cells[:width] + [""] * (width - len(cells))


def _shown(cells: Cells) -> str:
    text = " ".join(" ".join(cell for cell in cells if cell.strip()).split())
    return text.replace("\x00", "?").encode("utf-8", "replace").decode()[:120]


def _filled(cells: Cells) -> int:
    return sum(1 for cell in cells if cell.strip())


def _delimiter(path: Path, encoding: str) -> str:
    """The separator that cuts the first rows into the most columns, most evenly."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text = file.read(64 * 1024)

    def evenness(delimiter: str) -> tuple[float, int]:
        lengths: list[int] = []
        for _number, cells in _csv_rows(io.StringIO(text, newline=""), delimiter):
            if isinstance(cells, Broken) or len(lengths) >= 30:
                break
            if cells:
                lengths.append(len(cells))
        lengths = lengths or [1]
        common = max(set(lengths), key=lambda length: (lengths.count(length), length))
        return (lengths.count(common) / len(lengths) if common > 1 else 0.0, common)

    return max(DELIMITERS, key=evenness)


def _ends_with_a_line(path: Path, encoding: str) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4))
        return file.read().rstrip(b"\x00")[-1:] in (b"\n", b"\r")


def _something_else(head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    signs = [
        (head.startswith(b"%PDF"), _("a PDF")),
        (head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) or head[8:12] == b"WEBP", _("a picture")),
        (head.startswith(b"\xd0\xcf\x11\xe0"), _("an old Excel or Word file")),
        (head.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")), _("an archive")),
        (head.startswith(b"SQLite format 3"), _("a database")),
        (head.startswith((b"\x7fELF", b"MZ\x90")), _("a program")),
        (text.startswith((b"<!doctype", b"<html", b"<?xml")), _("a web page")),
        (text.startswith((b"{\\rtf",)), _("a text document")),
        (text.startswith((b'{"', b"{\n", b"[{", b"[\n", b"[[")), _("JSON")),
        (text.startswith(b"begin:vcalendar"), _("a calendar")),
    ]
    return next((what for is_it, what in signs if is_it), "")
