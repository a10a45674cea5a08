"""One tie a row: a list of our own, or connections as Kumu writes them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from ...importing.reading import Broken
from ...rules import folded
from .. import rules
from .cells import day_of, kind_of, level_of, names_trouble, plain
from .read import Read, ReadTie
from .sheets import Sheet

MOST_TIES = 200_000

COLUMNS = {
    "source": ("source", "from", "ego", "sender", "one", "who", "actor 1", "node1"),
    "target": ("target", "to", "alter", "receiver", "other", "whom", "actor 2", "node2"),
    "kind": ("kind", "type", "relation", "relationship", "kind of tie"),
    "level": ("level", "strength", "weight", "value", "how close"),
    "date": ("date", "seen", "seen on", "seen_on", "last seen"),
    "since": ("since", "begins", "start"),
    "how": ("how we know", "description", "basis"),
    "direction": ("direction",),
}


def columns_of(sheet: Sheet) -> dict[str, int | None]:
    """Where each thing stands; None for what the sheet does not have."""
    names = [folded(title) for title in sheet.header]
    return {
        what: next((names.index(title) for title in titles if title in names), None) for what, titles in COLUMNS.items()
    }


def is_list(sheet: Sheet) -> bool:
    """Does it name the two ends of a tie?"""
    if sheet.holds:
        return sheet.holds == "ties"
    at = columns_of(sheet)
    return at["source"] is not None and at["target"] is not None


def read_list(sheet: Sheet, usual: str, found: Read, names: Mapping[str, str]) -> None:
    """Add the ties of one sheet; `names` says whom an identifier of the elements means."""
    at = columns_of(sheet)
    if at["level"] is None and len(sheet.header) == 3:
        left = [place for place in range(3) if place not in (at["source"], at["target"])]
        if at["kind"] is None and at["date"] is None and at["since"] is None:
            at = {**at, "level": left[0]}  # the third of three columns: how close, whatever it is called
    others = dict.fromkeys(found.other_kinds)

    def cell(cells: Sequence[str], what: str) -> str:
        place = at[what]
        return " ".join(cells[place].split()) if place is not None else ""

    for row, cells in sheet.rows():
        if len(found.ties) >= MOST_TIES:
            found.refused.append((row, sheet.told(_("We read up to 200,000 ties; this file has more. Split it."))))
            break
        if isinstance(cells, Broken):
            found.refused.append((row, sheet.told(cells.reason)))
            continue
        source, target = (_meant(cell(cells, end), names) for end in ("source", "target"))
        kind, is_known = kind_of(cell(cells, "kind"), usual)
        if not is_known:
            others[cell(cells, "kind")[:60]] = None
        level, wrong = level_of(cell(cells, "level"))
        day, late = day_of(cell(cells, "date"))
        since, later = day_of(cell(cells, "since"))
        trouble = names_trouble(source, target) or wrong or late or later
        if not trouble and since and day and since > day:
            trouble = _("It begins after it was last seen.")
        how, is_named = cell(cells, "how")[:300], bool(cell(cells, "level"))
        ways = [(source, target)]
        if folded(cell(cells, "direction")) == "mutual" and not rules.is_symmetric(kind):
            ways.append((target, source))  # an arrow at both ends is two ties of a kind that has a direction
        for one, other in ways:
            if trouble or (trouble := _twice(found, row, one, other, kind)):
                found.refused.append((row, sheet.told(trouble)))
                break
            found.ties.append(ReadTie(row, one, other, kind, level, day, since, how, is_level_named=is_named))
    found.other_kinds = list(others)[:20]


def _meant(text: str, names: Mapping[str, str]) -> str:
    text = plain(text)
    return names.get(text, text)


def _twice(found: Read, row: int, source: str, target: str, kind: str) -> str:
    one, other = folded(source), folded(target)
    key = (other, one, kind) if rules.is_symmetric(kind) and other < one else (one, other, kind)
    if (before := found.tied.setdefault(key, row)) != row:
        return _("The same tie stands in row %(row)s already.") % {"row": before}
    return ""
