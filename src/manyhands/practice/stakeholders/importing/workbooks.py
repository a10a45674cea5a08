"""Rows of an Excel workbook's sheets, as text. Formulas stay the text that they are."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

#: A small file can unpack to a very large one; more than this is no list of allies.
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_CELLS_IN_A_ROW = 5_000


class BadWorkbook(Exception):
    """The workbook cannot be read; the message says why."""


def is_workbook(path: Path) -> bool:
    """Is this zip archive a workbook?"""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def sheet_names(path: Path) -> list[str]:
    """What the sheets are called, from the first."""
    with _opened(path) as book:
        return [sheet.title for sheet in book.worksheets]


def rows(path: Path, sheet: int = 0) -> Iterator[tuple[int, list[str]]]:
    """The rows of one sheet, numbered as the sheet shows them."""
    with _opened(path) as book:
        if len(book.worksheets) <= sheet:
            raise BadWorkbook(_("The workbook has no sheet with rows."))
        for number, cells in enumerate(book.worksheets[sheet].iter_rows(), start=1):
            yield number, [_text(cell) for cell in cells[: MOST_CELLS_IN_A_ROW + 1]]


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The workbook while it is read. Whatever is wrong with it is a `BadWorkbook`, also while its rows are read."""
    from openpyxl import load_workbook  # a large library, and most lists are CSV

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise BadWorkbook(_("The workbook unpacks to more than we take. Save the list as CSV."))
        # A file object, because openpyxl refuses names without .xlsx, and ours have none.
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except BadWorkbook:
        raise
    except Exception as problem:  # openpyxl lets errors of zip, XML and its own parsing through
        raise BadWorkbook(_("The workbook is damaged. Open it, save it again, or save it as CSV.")) from problem


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, getattr(cell, "number_format", "") or "")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(getattr(value, "text", value))


def _number(value: float, pattern: str) -> str:
    """A number as the sheet shows it where that matters: postal codes keep the zeros their format gives them.

    >>> _number(5089, "00000"), _number(12.0, "General"), _number(0.25, "General"), _number(10123106, "00-0000000")
    ('05089', '12', '0.25', '01-0123106')
    """
    whole = int(value) if float(value).is_integer() else None
    if whole is None or whole < 0:
        return repr(value)
    zeros = pattern.replace("\\", "").replace('"', "")
    if not zeros or set(zeros) - set("0- "):
        return str(whole)
    digits = iter(str(whole).zfill(zeros.count("0")))
    if len(str(whole)) > zeros.count("0"):
        return str(whole)
    return "".join(next(digits) if sign == "0" else sign for sign in zeros)
