"""Whose voice is missing: members counted against a list that the coalition has chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from manyhands.analysis.tables import BadInput

METHOD = "coverage 1"


class Voices(StrEnum):
    """How many speak for something on the list."""

    ABSENT = "absent"
    ONE = "one voice only"
    SEVERAL = "several voices"


@dataclass(frozen=True)
class Heard:
    """One entry of a list, or one field of a grid, and who speaks for it.

    Attributes
    ----------
    names : tuple of str
        The entry; in a grid the row and the column.
    members : tuple of str
        Those who speak for it, by id.
    """

    names: tuple[str, ...]
    members: tuple[str, ...]

    @property
    def voices(self) -> Voices:
        """None, one or several."""
        return (Voices.ABSENT, Voices.ONE, Voices.SEVERAL)[min(len(self.members), 2)]


@dataclass(frozen=True)
class Coverage:
    """Members against one list, or against two as a grid.

    Attributes
    ----------
    entries : tuple of Heard
        Every entry of the list, or field of the grid, in the order of the lists.
    undeclared : tuple of str
        Members who have declared nothing; they count for no entry.
    elsewhere : tuple of str
        What members have declared that is not on the list.
    """

    entries: tuple[Heard, ...]
    undeclared: tuple[str, ...]
    elsewhere: tuple[str, ...]
    method: str = METHOD

    @property
    def share(self) -> float | None:
        """Entries with a voice, as a share of all; None if the list is empty."""
        if not self.entries:
            return None
        return sum(bool(each.members) for each in self.entries) / len(self.entries)

    @property
    def holes(self) -> tuple[Heard, ...]:
        """Entries absent, then those with one voice only, each in the order of the list."""
        thin = [each for each in self.entries if len(each.members) < 2]
        return tuple(sorted(thin, key=lambda each: len(each.members)))


def coverage(declared: Mapping[str, Collection[str]], wanted: Sequence[str]) -> Coverage:
    """Which entries of a list have no voice, and which only one.

    Parameters
    ----------
    declared : mapping of str to collection of str
        For each member what it has said of itself: its sectors, places, or the groups it speaks for. Only
        what members declared themselves belongs here; guesses about others do not.
    wanted : sequence of str
        The list chosen.

    Returns
    -------
    Coverage
        One entry for each on the list. Two names of one thing count as two: use one list of names.

    Raises
    ------
    BadInput
        If the list names something twice, or a name is blank.

    Examples
    --------
    >>> found = coverage({"Clinic": ["health"], "Choir": [], "Union": ["work", "health"]}, ["youth", "health", "work"])
    >>> [(each.names[0], each.voices.value) for each in found.holes]
    [('youth', 'absent'), ('work', 'one voice only')]
    >>> found.share, found.undeclared
    (0.6666666666666666, ('Choir',))
    """
    _check_list(wanted)
    by_entry: dict[str, list[str]] = {name: [] for name in wanted}
    elsewhere: dict[str, None] = {}
    for member, names in declared.items():
        for name in dict.fromkeys(names):
            if name in by_entry:
                by_entry[name].append(member)
            else:
                elsewhere[name] = None
    return Coverage(
        entries=tuple(Heard((name,), tuple(sorted(members))) for name, members in by_entry.items()),
        undeclared=tuple(sorted(member for member, names in declared.items() if not names)),
        elsewhere=tuple(sorted(elsewhere)),
    )


def coverage_grid(
    rows_of: Mapping[str, Collection[str]],
    columns_of: Mapping[str, Collection[str]],
    rows: Sequence[str],
    columns: Sequence[str],
) -> Coverage:
    """The same for two lists at once: which sector has no voice in which place.

    Parameters
    ----------
    rows_of, columns_of : mapping of str to collection of str
        For each member what it has declared of either kind. A member speaks for every field where one of
        its rows meets one of its columns.
    rows, columns : sequence of str
        The lists chosen.

    Returns
    -------
    Coverage
        One entry for each field, row by row. A member that lacks either kind is among the undeclared.

    Examples
    --------
    >>> found = coverage_grid(
    ...     {"Clinic": ["health"], "Union": ["work"]}, {"Clinic": ["north", "south"], "Union": ["north"]},
    ...     ["health", "work"], ["north", "south"])
    >>> [each.names for each in found.holes if not each.members]
    [('work', 'south')]
    """
    _check_list(rows)
    _check_list(columns)
    fields: dict[tuple[str, str], list[str]] = {(row, column): [] for row in rows for column in columns}
    members = sorted(set(rows_of) | set(columns_of))
    undeclared, elsewhere = [], set()
    for member in members:
        own_rows, own_columns = set(rows_of.get(member, ())), set(columns_of.get(member, ()))
        elsewhere |= (own_rows - set(rows)) | (own_columns - set(columns))
        if not own_rows or not own_columns:
            undeclared.append(member)
        for row in own_rows:
            for column in own_columns:
                if (row, column) in fields:
                    fields[row, column].append(member)
    return Coverage(
        entries=tuple(Heard(names, tuple(found)) for names, found in fields.items()),
        undeclared=tuple(undeclared),
        elsewhere=tuple(sorted(elsewhere)),
    )


@dataclass(frozen=True)
class Belonging:
    """How long a member has been there, and what it declared.

    Attributes
    ----------
    member : str
    declared : tuple of str
    since : date
    until : date or None
        The day after its last; None while it is there.
    """

    member: str
    declared: tuple[str, ...]
    since: date
    until: date | None = None


def coverage_over_time(
    members: Sequence[Belonging], wanted: Sequence[str], days: Sequence[date]
) -> tuple[tuple[date, Coverage], ...]:
    """Coverage on each of some days, by those who were members then.

    Examples
    --------
    >>> clinic = Belonging("Clinic", ("health",), date(2026, 1, 1), date(2026, 6, 1))
    >>> union = Belonging("Union", ("work",), date(2026, 3, 1))
    >>> days = [date(2026, 2, 1), date(2026, 4, 1), date(2026, 6, 1)]
    >>> [found.share for _, found in coverage_over_time([clinic, union], ["health", "work"], days)]
    [0.5, 1.0, 0.5]
    """
    found = []
    for day in days:
        declared: dict[str, list[str]] = {}
        for each in members:
            if each.since <= day and (each.until is None or day < each.until):
                declared.setdefault(each.member, []).extend(each.declared)
        found.append((day, coverage(declared, wanted)))
    return tuple(found)


def _check_list(wanted: Sequence[str]) -> None:
    names = [name.strip() for name in wanted]
    if not all(names):
        raise BadInput("A name on the list is blank.")
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        raise BadInput(f"The list names {twice[:60]!r} twice.")
