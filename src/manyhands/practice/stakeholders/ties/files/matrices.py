"""A matrix of who named whom.

A row is what that actor says of each column. Blank, a space and 0 mean that it named nobody there. A matrix of noughts
and ones has no levels, so each 1 takes the level that a file without levels takes. The diagonal is left out. Where a
kind of tie is the same from both ends, the two answers become the two sides of one tie.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from ...importing.reading import Broken, Unreadable
from ...rules import folded
from .cells import USUAL_LEVEL, level_of, plain
from .read import Read, ReadTie
from .sheets import Sheet


def is_matrix(sheet: Sheet) -> bool:
    """The names across stand down the first column too: at least three of them, and nine in ten."""
    across = {folded(title) for title in sheet.header[1:] if title}
    down = {folded(cells[0]) for _row, cells in sheet.rows() if not isinstance(cells, Broken) and cells}
    return len(across) > 2 and len(across & down) >= 0.9 * max(len(across), len(down))


def read_matrix(sheet: Sheet, kind: str, found: Read) -> None:
    """Add what each row of the matrix says."""
    names = [plain(title) for title in sheet.header]
    if twice := next((name for name in names[1:] if names.count(name) > 1), None):
        raise Unreadable(_("The column “%(name)s” stands there twice.") % {"name": twice})
    rows: dict[str, int] = {}
    values: list[tuple[int, str, str, int]] = []
    for row, cells in sheet.rows():
        if isinstance(cells, Broken):
            found.refused.append((row, sheet.told(cells.reason)))
            continue
        who = plain(cells[0])
        if not who or folded(who) in rows:
            found.refused.append((row, sheet.told(_("This row has no name, or one that stands there already."))))
            continue
        rows[folded(who)] = row
        values += _cells(found, sheet, row, who, names, cells)
    is_binary = all(value == 1 for _row, _who, _whom, value in values)
    for row, who, whom, value in values:
        level = USUAL_LEVEL if is_binary else value
        found.ties.append(ReadTie(row, who, whom, kind, level, said="one"))


def _cells(
    found: Read, sheet: Sheet, row: int, who: str, names: Sequence[str], cells: Sequence[str]
) -> Iterator[tuple[int, str, str, int]]:
    for whom, text in zip(names[1:], cells[1:], strict=False):
        text = text.strip()
        if not text or not whom or folded(who) == folded(whom):
            continue
        level, wrong = level_of(text, may_be_none=True)
        if wrong:
            found.refused.append((row, sheet.told(_("%(whom)s: %(why)s") % {"whom": whom, "why": wrong})))
        elif level:
            yield row, who, whom, level
