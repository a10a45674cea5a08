"""Opening a CSV or Parquet file of anything, and saying plainly what is wrong with a bad one."""

from __future__ import annotations

import csv
import mmap
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

#: The longest file this reads. A vote takes about 50 bytes, so this is some 40 million of them.
LARGEST_FILE = 2 * 1024**3
_BLOCK = 16 * 1024**2

#: Gets the names of the columns and raises `BadInput` if they will not do.
CheckHeader = Callable[[Sequence[str]], None]


class BadInput(ValueError):
    """What was given cannot be analysed. The message is one sentence for the person who gave it."""


def check_names(names: Sequence[str]) -> None:
    """Raise `BadInput` if two columns have the same name."""
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(f"The header names the column {twice[:40]!r} more than once.")


def read_table(path: str | Path, check_header: CheckHeader = check_names) -> tuple[pa.Table, bool]:
    """Read a CSV or Parquet file as a table of text.

    Parameters
    ----------
    path : path
        File to read. Commas, semicolons or tabs; UTF-8 with or without a byte order mark, or Latin-1.
    check_header : callable, optional
        Gets the names of the columns before any row is read, and raises `BadInput` if they are not what it needs.

    Returns
    -------
    table : pyarrow.Table
        Every column as text, under its name without blanks around it.
    is_cut_short : bool
        Whether the last line of a CSV file lacks its end.

    Raises
    ------
    BadInput
        With one sentence that says what is wrong and in which row, the header being row 1.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "ties.csv")
    ...     _ = file.write_text("source;target\\nClinic;Guild\\n")
    ...     table, is_cut_short = read_table(file)
    >>> table.to_pylist(), is_cut_short
    ([{'source': 'Clinic', 'target': 'Guild'}], False)
    """
    path = Path(path)
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise BadInput(f"The file {path.name} cannot be opened: {problem.strerror}.") from None
    except ValueError:
        raise BadInput("The name of the file has a NUL byte in it.") from None
    if path.is_dir():
        raise BadInput(f"{path.name} is a folder, not a file.")
    if size == 0:
        raise BadInput("The file is empty.")
    if size > LARGEST_FILE:
        raise BadInput(f"The file is {size / 1024**3:.1f} GB; the most that can be read is 2 GB.")
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content[:4] == b"PAR1":
                return _read_parquet(path, check_header), False
            delimiter = _look_over(content)
            table = _read_csv(path, delimiter, check_header)
            _refuse_an_open_quote(table, content)
            return table, content[-1:] not in (b"\n", b"\r")
    except OSError as problem:
        raise BadInput(f"The file {path.name} cannot be read: {problem.strerror or problem}.") from None


def _look_over(content: mmap.mmap) -> str:
    """Refuse what cannot be CSV, and tell which sign parts its columns."""
    if content[:4] == b"PK\x03\x04":
        raise BadInput("The file is a spreadsheet or an archive, not CSV; save it as CSV first.")
    nul = content.find(b"\0")
    if nul >= 0:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise BadInput("The file is written in UTF-16; save it as CSV in UTF-8.")
        row = content[:nul].count(b"\n") + 1
        raise BadInput(f"Row {row}: there is a NUL byte, so this is not a CSV file or it is damaged.")
    line = content.readline()
    while line and not line.strip():
        line = content.readline()
    if not line.strip(b"\xef\xbb\xbf \t\r\n"):
        raise BadInput("The file is empty.")
    return max((",", ";", "\t"), key=lambda sign: line.count(sign.encode()))


def _read_csv(path: Path, delimiter: str, check_header: CheckHeader) -> pa.Table:
    """All columns as text; pyarrow's own words are turned into ours."""
    import pyarrow as pa
    import pyarrow.csv

    # Several threads are quick but cannot tell the row that is wrong; one thread can.
    for encoding, threads in (("utf8", True), ("utf8", False), ("latin-1", True), ("latin-1", False)):
        try:
            names = _header(path, encoding, delimiter)
            # Without blanks, and without a byte order mark that was not read as UTF-8.
            tidied = [name.strip().removeprefix("ï»¿") for name in names]
            check_header(tidied)
            return pyarrow.csv.read_csv(
                path,
                read_options=pyarrow.csv.ReadOptions(encoding=encoding, block_size=_BLOCK, use_threads=threads),
                parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
                ),
            ).rename_columns(tidied)
        except UnicodeDecodeError:
            continue
        except pa.ArrowInvalid as problem:
            if threads or "UTF8" in str(problem):
                continue
            raise BadInput(_plainly(str(problem))) from None
    raise BadInput("The file is neither UTF-8 nor Latin-1 text.")


def _refuse_an_open_quote(table: pa.Table, content: mmap.mmap) -> None:
    """A quote of the last column that is never closed takes in the rest of the file, and every row still fits."""
    last = table[-1][-1].as_py() if table.num_rows else ""
    end = content[max(0, len(content) - 4 * len(last) - 8) :].decode("utf-8", "replace")
    closed = end.rstrip("\r\n").endswith('"')
    written = '"' + last.replace('"', '""')
    if last and (("\n" in last and not closed) or end.endswith(written) or end.rstrip("\r\n").endswith(written)):
        raise BadInput(f"Row {table.num_rows + 1}: a quote is opened and never closed; the file may be cut short.")


def _header(path: Path, encoding: str, delimiter: str) -> list[str]:
    """Names of the columns as they stand, read before the rest so that each can be kept as text."""
    with path.open(encoding="utf-8-sig" if encoding == "utf8" else encoding, newline="") as file:
        try:
            return next((row for row in csv.reader(file, delimiter=delimiter) if row), [])
        except csv.Error:
            raise BadInput("The header is not a row of column names, so this is not a CSV file.") from None


def _plainly(problem: str) -> str:
    """One sentence for what pyarrow's CSV reader found."""
    columns = re.search(r"Expected (\d+) columns, got (\d+)", problem)
    row = re.search(r"Row #(\d+)", problem)
    where = f"Row {row.group(1)}" if row else "One row"
    if columns:
        return (
            f"{where} has {columns.group(2)} columns where the header has {columns.group(1)}; "
            "the file is cut short, or a quote is never closed."
        )
    if "straddl" in problem:
        return "One row is longer than 16 MB, so this is not a table or a quote is never closed."
    return "The file cannot be read as CSV; a quote may never be closed, or the file may be cut short."


def _read_parquet(path: Path, check_header: CheckHeader) -> pa.Table:
    """All columns as text, so that both kinds of file meet the same checks."""
    import pyarrow as pa
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(path)
        check_header(table.column_names)
        return pa.table({name: table[name].cast(pa.string()) for name in table.column_names})
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
        raise BadInput("The file begins like Parquet but cannot be read; it may be cut short.") from None
