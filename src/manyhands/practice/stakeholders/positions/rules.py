"""How positions read, how long they count, and whose ratings make a picture of power. Pure."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Protocol, TypeVar

from ..rules import Wedge

#: The spectrum of allies, from those who stand with us to those against.
SPECTRUM = (Wedge.ACTIVE_ALLY, Wedge.LEANING, Wedge.UNDECIDED, Wedge.LEANING_AWAY, Wedge.AGAINST)
STRONGEST = 4
#: For how many months a position against us counts, by kind of ally; of a person it is then erased. What we keep on a
#: person ends after a year, like every note; half-way "old, check it" leaves time to find out anew.
COUNTS_FOR_MONTHS = {"organization": 24, "person": 12}
#: How far back the spectrum looks when it says who moved.
MOVED_WITHIN_DAYS = 90
#: Fewer actors make no picture of power.
FEWEST_ACTORS = 3
#: More actors than MACTOR takes.
MOST_ACTORS = 500


class Age(StrEnum):
    """Whether a position still counts."""

    COUNTS = "counts"
    OLD = "old, check it"
    EXPIRED = "no longer counted"


class Inconsistent(ValueError):
    """The strength does not fit the wedge, or is off the scale."""


def sign(wedge: str) -> int:
    """1 stands with us, -1 against, 0 in between.

    >>> [sign(wedge) for wedge in SPECTRUM]
    [1, 1, 0, -1, -1]
    """
    place = SPECTRUM.index(Wedge(wedge))
    return (place < 2) - (place > 2)


def check_strength(wedge: str, strength: int) -> None:
    """Refuse a strength that says something else than the wedge.

    >>> check_strength("leaning our way", 2), check_strength("against", -4), check_strength("undecided", 0)
    (None, None, None)
    >>> check_strength("against", 3)
    Traceback (most recent call last):
        ...
    manyhands.practice.stakeholders.positions.rules.Inconsistent: against goes with -4 to -1, not with 3.
    >>> check_strength("undecided", 1)
    Traceback (most recent call last):
        ...
    manyhands.practice.stakeholders.positions.rules.Inconsistent: undecided goes with 0, not with 1.
    """
    side = sign(wedge)
    fits = strength == 0 if side == 0 else 1 <= strength * side <= STRONGEST
    if not fits:
        range_of = {1: "1 to 4", 0: "0", -1: "-4 to -1"}[side]
        raise Inconsistent(f"{wedge} goes with {range_of}, not with {strength}.")


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last of a month that is too short for it.

    >>> months_before(date(2024, 2, 29), 12), months_before(date(2026, 8, 31), 6)
    (datetime.date(2023, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_day(before: Age, kind: str, today: date) -> date:
    """A position against us is this old or older if it is from before this day.

    >>> [first_day(Age.OLD, kind, date(2026, 11, 21)).isoformat() for kind in COUNTS_FOR_MONTHS]
    ['2025-11-21', '2026-05-21']
    """
    months = COUNTS_FOR_MONTHS[kind]
    return months_before(today, months if before is Age.EXPIRED else months // 2)


def age(wedge: str, on: date, today: date, *, kind: str) -> Age:
    """Positions against us grow old half-way, and no longer count after two years, of people after one; others do not.

    What is held against somebody must not follow them for ever, and minds change.

    >>> today = date(2026, 11, 21)
    >>> days = (date(2025, 11, 21), date(2025, 11, 20), date(2024, 11, 20))
    >>> [age("against", day, today, kind="organization").value for day in days]
    ['counts', 'old, check it', 'no longer counted']
    >>> [age("against", day, today, kind="person").value for day in (date(2026, 5, 21), *days)]
    ['counts', 'old, check it', 'no longer counted', 'no longer counted']
    >>> age("active ally", date(2010, 1, 1), today, kind="person").value
    'counts'
    """
    if sign(wedge) >= 0 or on >= first_day(Age.OLD, kind, today):
        return Age.COUNTS
    return Age.OLD if on >= first_day(Age.EXPIRED, kind, today) else Age.EXPIRED


class Dated(Protocol):
    """A position, as far as time goes."""

    wedge: str
    on: date


Entry = TypeVar("Entry", bound=Dated)


def as_of(history: Iterable[Entry], day: date, *, kind: str) -> Entry | None:
    """Where an actor stood on a day: its newest position by then, unless that no longer counted.

    Of two with the same date the later one in `history` is taken.

    >>> from types import SimpleNamespace as Said
    >>> said = [Said(wedge="undecided", on=date(2026, 1, 5)), Said(wedge="leaning our way", on=date(2026, 10, 1))]
    >>> [found and found.wedge for found in (as_of(said, date(2026, month, 2), kind="person") for month in (1, 8, 11))]
    [None, 'undecided', 'leaning our way']
    """
    newest: Entry | None = None
    for each in history:
        if each.on <= day and (newest is None or each.on >= newest.on):
            newest = each
    return None if newest is None or age(newest.wedge, newest.on, day, kind=kind) is Age.EXPIRED else newest


def steps_our_way(before: str, after: str) -> int:
    """How many wedges somebody moved; above 0 our way.

    >>> steps_our_way("undecided", "leaning our way"), steps_our_way("leaning our way", "against")
    (1, -3)
    """
    return SPECTRUM.index(Wedge(before)) - SPECTRUM.index(Wedge(after))


@dataclass(frozen=True)
class Way:
    """How far one actor can make another do something.

    Attributes
    ----------
    one, other : int
        Who acts on whom.
    direct : float or None
        Median of what members say; None if nobody rated it, which is not 0.
    through : list of (int, float)
        Those through whom it also reaches, the strongest first: a way is as strong as its weaker half.
    """

    one: int
    other: int
    direct: float | None
    through: list[tuple[int, float]]

    @property
    def indirect(self) -> float:
        """All ways through one other together, as far as they are rated."""
        return sum(level for _middle, level in self.through)

    @property
    def total(self) -> float:
        return (self.direct or 0.0) + self.indirect


def ways(levels: Mapping[tuple[int, int], float], one: int, *, towards: bool = False) -> list[Way]:
    """Everybody on whom `one` acts, directly or through one other; with `towards`, everybody who acts on it.

    Parameters
    ----------
    levels
        Median by (who acts, on whom); pairs that nobody rated are left out.

    Returns
    -------
    list of Way
        The strongest first. Ways whose sum is 0 are there only if somebody rated the pair directly.

    Examples
    --------
    The mayor (1) acts on the council (2), and the council on the police (3):

    >>> levels = {(1, 2): 3, (2, 3): 4, (1, 3): 0}
    >>> [(way.other, way.direct, way.through) for way in ways(levels, 1)]
    [(2, 3, []), (3, 0, [(2, 3)])]
    >>> [(way.one, way.direct, way.through) for way in ways(levels, 3, towards=True)]
    [(2, 4, []), (1, 0, [(2, 3)])]
    """
    others = {actor for pair in levels for actor in pair} - {one}
    found = []
    for other in others:
        start, end = (other, one) if towards else (one, other)
        through = [
            (middle, min(first, second))
            for middle in others - {other}
            if (first := levels.get((start, middle), 0)) and (second := levels.get((middle, end), 0))
        ]
        direct = levels.get((start, end))
        if direct is not None or through:
            found.append(Way(start, end, direct, sorted(through, key=lambda step: (-step[1], step[0]))))
    return sorted(found, key=lambda way: (-way.total, way.other, way.one))


def medians(ratings: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], float]:
    """What several raters say of each pair, as (who acts, on whom, level): the median.

    >>> medians([(1, 2, 3), (1, 2, 4), (2, 1, 0)])
    {(1, 2): 3.5, (2, 1): 0.0}
    """
    given: dict[tuple[int, int], list[int]] = {}
    for one, other, level in ratings:
        given.setdefault((one, other), []).append(level)
    return {pair: float(median(levels)) for pair, levels in given.items()}


def unrated(actors: Sequence[int], rated: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of these actors that nobody rated, in the order of the actors.

    >>> unrated([1, 2, 3], {(1, 2), (2, 1), (1, 3), (3, 1)})
    [(2, 3), (3, 2)]
    """
    known = set(rated)
    return [(one, other) for one in actors for other in actors if one != other and (one, other) not in known]


def in_the_picture(rated: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Who is in a picture of power, and who is left out for now because too little of them is rated.

    One by one, whoever lacks most ratings is left out (of equals the one written into the list last), as long as it
    lacks ratings with more than one other actor and three stay. So one name that somebody just added does not take the
    picture away from everyone, while a single missing pair is asked for and never guessed around.

    Returns
    -------
    (inside, left_out)
        Both in ascending order. If leaving out never makes the picture whole, everyone is inside, and what is missing
        is missing.

    Examples
    --------
    >>> whole = {(a, b) for a in (1, 2, 3) for b in (1, 2, 3) if a != b}
    >>> in_the_picture(whole | {(4, 1)})
    ([1, 2, 3], [4])

    One pair is missing between two who are otherwise known: nobody is left out, the pair is asked for.

    >>> in_the_picture(whole - {(3, 1)})
    ([1, 2, 3], [])

    Somebody has only begun: everything that is missing is named.

    >>> in_the_picture({(1, 2), (1, 3), (1, 4)})
    ([1, 2, 3, 4], [])
    """
    known = set(rated)
    everyone = sorted({actor for pair in known for actor in pair})
    lacking: dict[int, dict[int, int]] = {actor: {} for actor in everyone}
    for one, other in unrated(everyone, known):
        lacking[one][other] = lacking[one].get(other, 0) + 1
        lacking[other][one] = lacking[other].get(one, 0) + 1
    left_out: list[int] = []
    while len(lacking) > FEWEST_ACTORS and any(lacking.values()):
        worst = max(lacking, key=lambda actor: (sum(lacking[actor].values()), actor))
        if len(lacking[worst]) < 2:
            break
        for other in lacking.pop(worst):
            del lacking[other][worst]
        left_out.append(worst)
    if any(lacking.values()) and len(lacking) <= FEWEST_ACTORS:
        return everyone, []
    return sorted(lacking), sorted(left_out)
