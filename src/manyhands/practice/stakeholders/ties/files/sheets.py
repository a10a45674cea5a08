"""The sheets of a file: one of a CSV, all of a workbook, nodes and edges of GraphML. Each has a header and rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...importing import workbooks
from ...importing.reading import Row, Table, Unreadable, open_table
from . import graphml


@dataclass
class Sheet:
    """A header and the rows below it, with a name where a file has several."""

    header: list[str]
    table: Table | None = None
    read: list[Row] = field(default_factory=list)
    name: str = ""
    #: "actors" or "ties" where the file itself says so; otherwise the header does.
    holds: str = ""

    def rows(self) -> Iterator[Row] | Iterable[Row]:
        """Every row below the header, with its number; may be asked for twice."""
        return self.table.rows() if self.table is not None else self.read

    def told(self, reason: str) -> str:
        """The reason, with the sheet where several have a row of that number."""
        return f"{self.name}: {reason}" if self.name else reason


def sheets_of(path: Path) -> list[Sheet]:
    """All sheets of a file that have a header.

    Raises
    ------
    Unreadable
        With one sentence that says what is wrong with the file as a whole.
    """
    if graphml.is_graphml(path):
        return [
            Sheet(header, read=rows, name=name, holds=holds)
            for holds, (name, header, rows) in zip(("actors", "ties"), graphml.read(path), strict=True)
        ]
    table = open_table(path)
    if table.kind != "xlsx":
        return [Sheet(table.header, table)]
    names = workbooks.sheet_names(path)
    if len(names) < 2:
        return [Sheet(table.header, table)]
    found = []
    for at, name in enumerate(names):
        try:
            each = open_table(path, sheet=at)
        except Unreadable:
            continue  # an empty sheet beside the others
        found.append(Sheet(each.header, each, name=name[:40]))
    return found or [Sheet(table.header, table)]
