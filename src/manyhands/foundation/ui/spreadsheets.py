"""Files that people open in a spreadsheet, where a cell that begins with = would be run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from manyhands.foundation.tenancy.scope import current_coalition_id, inside

#: Beginnings that spreadsheets take for a formula, the wide forms of East Asian keyboards among them.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

BYTE_ORDER_MARK = "\ufeff"

#: Signs of a file that are gathered before they are handed on.
PAGE = 100_000


def neutral(cell: Any) -> Any:
    """The cell as a spreadsheet may safely open it; numbers stay numbers, nothing stays empty.

    >>> neutral("=SUM(A1)"), neutral("@home"), neutral("-5"), neutral(-5), neutral("Ana"), neutral(None)
    ("'=SUM(A1)", "'@home", "'-5", -5, 'Ana', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, int | float | Decimal):
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def plain(text: str) -> str:
    """What `neutral` was given, for files of ours that come back: the mark before a formula's beginning goes.

    >>> plain("'=SUM(A1)"), plain("'tis so"), plain("-5")
    ('=SUM(A1)', "'tis so", '-5')
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def csv_response(filename: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A CSV download: UTF-8 with a mark that Excel understands, formulas neutralised.

    All rows are read here and now. For files of millions of rows there is `csv_stream`.

    Parameters
    ----------
    filename
        As people will find it, e.g. ``allies-2026-11-21.csv``.
    header
        One title for each column.
    rows
        Cells in the order of the header; read once.
    """
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    # By the page, not by the row: a file of millions of rows is held once, and not as millions of small pieces.
    page = StringIO()
    page.write(BYTE_ORDER_MARK)
    writer = csv.writer(page)
    writer.writerow([neutral(cell) for cell in header])
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
        if page.tell() > PAGE:
            response.write(page.getvalue())
            page.seek(0)
            page.truncate()
    response.write(page.getvalue())
    return response


def csv_stream(filename: str, header: Sequence[Any], pages: Iterable[Sequence[Sequence[Any]]]) -> StreamingHttpResponse:
    """The same for files that are too large to be made while somebody waits: sent a page at a time, held never.

    Pages are read when the request has left its coalition, so each is read inside it again, and inside no longer than
    that. They should come from short questions one after the other, since nothing else holds them together.

    Parameters
    ----------
    filename, header
        As for `csv_response`.
    pages
        Some rows at a time; read once. What is raised there breaks the download off, so that nobody takes half a
        file for the whole.
    """
    response = StreamingHttpResponse(
        _texts(current_coalition_id(), header, iter(pages)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    return response


def _texts(coalition_id: int, header: Sequence[Any], pages: Iterator[Sequence[Sequence[Any]]]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _text([header])
    while True:
        with inside(coalition_id):
            page = next(pages, None)
        if page is None:
            return
        yield _text(page)


def _text(rows: Iterable[Sequence[Any]]) -> str:
    page = StringIO()
    csv.writer(page).writerows([neutral(cell) for cell in row] for row in rows)
    return page.getvalue()
