"""Limits of links, and how sheets of paper are read. Pure."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "LARGEST_FILE",
    "MOST_OPEN",
    "MOST_PERSONAL",
    "NEW_SETS",
    "NEW_SETS_SECONDS",
    "Sheet",
    "UnfitSheets",
    "read_sheets",
]

#: People who may answer by one open link, and personal links made at once.
MOST_OPEN, MOST_PERSONAL = 100_000, 200
#: New sets of answers by an open link from one address of the net: a full school hall, and no more.
NEW_SETS, NEW_SETS_SECONDS = 60, 600
LARGEST_FILE = 4 * 1024 * 1024
MOST_SHEETS = 5000

#: How people and scanners write an answer; anything else is refused, never guessed.
WRITTEN: Mapping[str, int] = {
    **dict.fromkeys(("a", "agree", "yes", "y", "1", "+1", "+"), 1),
    **dict.fromkeys(("d", "disagree", "no", "n", "-1", "-", "−"), -1),
    **dict.fromkeys(("p", "pass", "0", "?"), 0),
}


class UnfitSheets(ValueError):
    """A file of sheets cannot be used; the first argument is the sentence that says why, with the row."""


@dataclass(frozen=True)
class Sheet:
    """The answers of one sheet of paper: (number of the statement, answer, important)."""

    name: str
    answers: tuple[tuple[str, int, bool], ...]


def read_sheets(content: bytes, numbers: frozenset[str]) -> list[Sheet]:
    """Read a CSV with one row for each sheet: its name first, then one column for each statement's number.

    A cell holds agree, disagree or pass (or a, d, p; 1, -1, 0), with a star behind it where the statement is
    important to the person; an empty cell is a statement left out. Columns may be parted by commas or semicolons.

    Raises
    ------
    UnfitSheets
        With one sentence, and the row where there is one; the header is row 1.

    Examples
    --------
    >>> read_sheets(b"sheet,1,2\\nA1,a,d*\\nA2,,p\\n", frozenset({"1", "2"}))
    [Sheet(name='A1', answers=(('1', 1, False), ('2', -1, True))), Sheet(name='A2', answers=(('2', 0, False),))]
    >>> read_sheets(b"sheet;1\\nA1;maybe\\n", frozenset({"1"}))
    Traceback (most recent call last):
        ...
    manyhands.practice.alignment.doors.rules.UnfitSheets: Row 2, statement 1: “maybe” is no answer. Write agree, disagree or pass.
    """  # noqa: E501 (what is raised stands on one line)
    rows = _rows(content)
    if not rows:
        raise UnfitSheets("The file is empty.")
    header = [cell.strip() for cell in rows[0]]
    columns = header[1:]
    if not columns or not any(columns):
        raise UnfitSheets("Row 1 must name the sheet first and then the numbers of the statements.")
    for number in columns:
        if number not in numbers:
            raise UnfitSheets(f"Row 1 names statement “{number}”, which this round does not have.")
    if len(set(columns)) < len(columns):
        raise UnfitSheets("Row 1 names a statement twice.")
    found: dict[str, Sheet] = {}
    for at, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        sheet = _sheet(at, row, columns)
        if sheet.name in found:
            raise UnfitSheets(f"Row {at}: sheet “{sheet.name}” stands in the file twice.")
        found[sheet.name] = sheet
        if len(found) > MOST_SHEETS:
            raise UnfitSheets(f"More than {MOST_SHEETS} sheets in one file. Part it in two.")
    if not any(sheet.answers for sheet in found.values()):
        raise UnfitSheets("No sheet holds an answer.")
    return list(found.values())


def _rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitSheets("This is not a text file in UTF-8. Save it as CSV UTF-8.") from None
    if "\x00" in text:
        raise UnfitSheets("This is no CSV file: it holds signs that are no text.")
    first = text.split("\n", 1)[0]
    try:
        parted_by = ";" if first.count(";") > first.count(",") else ","
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True))
    except csv.Error as problem:
        raise UnfitSheets(f"The file cannot be read as CSV: {problem}.") from None


def _sheet(at: int, row: list[str], columns: list[str]) -> Sheet:
    name = row[0].strip()
    if not name:
        raise UnfitSheets(f"Row {at} does not name its sheet.")
    if len(name) > 40:
        raise UnfitSheets(f"Row {at}: the name of a sheet has at most 40 signs.")
    if len(row) > len(columns) + 1:
        raise UnfitSheets(f"Row {at} has {len(row)} cells, and row 1 only {len(columns) + 1}.")
    answers = []
    for number, cell in zip(columns, row[1:], strict=False):
        written = cell.strip().casefold()
        is_important = written.endswith("*")
        written = written.rstrip("*").strip()
        if not written and not is_important:
            continue
        if written not in WRITTEN:
            what = f"“{cell.strip()[:20]}” is no answer. Write agree, disagree or pass."
            raise UnfitSheets(f"Row {at}, statement {number}: {what}")
        answers.append((number, WRITTEN[written], is_important))
    return Sheet(name, tuple(answers))
