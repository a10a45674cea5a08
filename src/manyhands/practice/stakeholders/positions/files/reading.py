"""From a file to single statements: who says what of whom, or who stands where on what. Nothing is interpreted yet.

A matrix has a row for each actor; a column is another actor (who finds whom influential) or an issue (who stands
where). A long list has one statement a row. A blank cell says nothing, and nothing is not zero.
"""

from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from ...importing import columns, reading
from ...importing.reading import Broken, Unreadable
from ...models import TieList
from ...rules import folded
from ...ties.files.cells import LONGEST_NAME, plain
from ...ties.files.lists import columns_of, is_list
from ...ties.files.matrices import is_matrix
from ...ties.files.sheets import Sheet, sheets_of

MOST = 20_000
MOST_VALUES = 30
_DATES = ("date", "day", "as of", "on")
_SOURCES = ("source", "how we know")


@dataclass(frozen=True, slots=True)
class Statement:
    """One cell of a matrix, or one row of a list: `what` is an actor or an issue."""

    row: int
    who: str
    what: str
    value: str
    on: str = ""
    source: str = ""


@dataclass
class Survey:
    """What a file says, and rows that say nothing we could read."""

    shape: str  # "matrix" or "list"
    said: list[Statement] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def add(self, row: int, who: str, what: str, value: str, on: str = "", source: str = "") -> None:
        """Add a statement, or the reason why it is none."""
        who, what = plain(who), plain(what)
        if not who or not what:
            self.refused.append((row, _("One of the two names is missing.")))
        elif max(len(who), len(what)) > LONGEST_NAME:
            self.refused.append((row, _("A name has more than 300 letters.")))
        elif len(value) > 60:
            self.refused.append((row, _("What it says has more than 60 letters; write a word or a number.")))
        elif len(self.said) >= MOST:
            raise Unreadable(_("We read up to 20,000 statements; this file has more. Split it."))
        else:
            self.said.append(Statement(row, who, what, value, on, source))


def read_survey(path: Path, holds: str) -> Survey:
    """Read a file of influence or of positions; of a workbook the first sheet that is one.

    Raises
    ------
    Unreadable
        With one sentence that says what is wrong with the file as a whole.
    """
    reads = _influence if holds == TieList.Holds.INFLUENCE else _positions
    found = next((survey for sheet in sheets_of(path) if (survey := reads(sheet)) is not None), None)
    if found is None:
        if holds == TieList.Holds.INFLUENCE:
            raise Unreadable(_("We find no matrix with the same names across and down, and no “source” and “target”."))
        raise Unreadable(_("We find no column with the actors, and one column or more with issues beside it."))
    if not found.said:
        raise Unreadable(found.refused[0][1] if found.refused else _("Every cell is empty: nothing is said here."))
    if len({each.value for each in found.said}) > MOST_VALUES:
        raise Unreadable(_("There are more than 30 different values; this is no scale. Bring numbers or a few words."))
    return found


def _influence(sheet: Sheet) -> Survey | None:
    if is_list(sheet):
        at, found = columns_of(sheet), Survey("list")
        for row, cells in _rows(sheet, found):
            one, other, level = (cells[place] if (place := at[name]) is not None else "1" for name in _PAIR)
            if folded(plain(one)) == folded(plain(other)) and one.strip():
                found.refused.append((row, _("Nobody is rated for the say they have over themselves.")))
            elif level.strip():
                day, how = (cells[place] if (place := at[name]) is not None else "" for name in ("date", "how"))
                found.add(row, one, other, level.strip(), day.strip(), how.strip())
        return found
    if not is_matrix(sheet):
        return None
    return _matrix(sheet, 0, list(range(1, len(sheet.header))), skips_diagonal=True)


_PAIR = ("source", "target", "level")


def _positions(sheet: Sheet) -> Survey | None:
    samples = reading.samples(sheet.table) if sheet.table is not None else [[] for _title in sheet.header]
    guessed = {target: int(at) for at, target in columns.guess(sheet.header, samples).items()}
    who = guessed.get("name", 0)
    if "issue" in guessed and "position" in guessed:
        found, titles = Survey("list"), [folded(title) for title in sheet.header]
        day, how = (
            next((titles.index(word) for word in words if word in titles), None) for words in (_DATES, _SOURCES)
        )
        for row, cells in _rows(sheet, found):
            if value := cells[guessed["position"]].strip():
                dated = cells[day].strip() if day is not None else ""
                source = cells[how].strip() if how is not None else ""
                found.add(row, cells[who], cells[guessed["issue"]], value, dated, source)
        return found
    # What describes the actor is no issue; a column may bear any other title.
    taken = {at for target, at in guessed.items() if target not in columns.BESIDE} | {who}
    issues = [at for at, title in enumerate(sheet.header) if at not in taken and title]
    return _matrix(sheet, who, issues) if issues else None


def _matrix(sheet: Sheet, who: int, across: list[int], *, skips_diagonal: bool = False) -> Survey:
    found, seen = Survey("matrix"), {}
    names = [folded(plain(sheet.header[at])) for at in across]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Unreadable(_("The column “%(name)s” stands there twice.") % {"name": twice})
    for row, cells in _rows(sheet, found):
        name = folded(plain(cells[who]))
        if not name or name in seen:
            found.refused.append((row, _("This row has no name, or one that stands there already.")))
            continue
        seen[name] = row
        for at in across:
            if (value := cells[at].strip()) and not (skips_diagonal and folded(plain(sheet.header[at])) == name):
                found.add(row, cells[who], sheet.header[at], value)
    return found


def _rows(sheet: Sheet, found: Survey) -> list[tuple[int, list[str]]]:
    rows = list(sheet.rows())
    found.refused += [(row, cells.reason) for row, cells in rows if isinstance(cells, Broken)]
    return [(row, cells) for row, cells in rows if not isinstance(cells, Broken)]
