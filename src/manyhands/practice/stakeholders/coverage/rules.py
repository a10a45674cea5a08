"""How a table's gaps are told: who is absent, who is heard through one voice only, and what a word belongs to. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ..rules import folded


class Presence(StrEnum):
    """How well one entry of a list is heard at the table."""

    ABSENT = "absent"
    ONE_VOICE = "one voice"
    HEARD = "heard"


def presence(organizations: int) -> Presence:
    """Absent, one voice only, or heard.

    >>> presence(0), presence(1), presence(3)
    (<Presence.ABSENT: 'absent'>, <Presence.ONE_VOICE: 'one voice'>, <Presence.HEARD: 'heard'>)
    """
    if organizations <= 0:
        return Presence.ABSENT
    return Presence.ONE_VOICE if organizations == 1 else Presence.HEARD


#: What each limit switches off on a menu of contributions, by kind of contribution.
SWITCHED_OFF = {"money": {"money"}, "letters": {"voice"}, "lobby": {"voice"}, "name": {"voice"}}


def kinds_off(asks_off: Iterable[str]) -> frozenset[str]:
    """Kinds of contribution that a partner's limits rule out.

    >>> sorted(kinds_off(["lobby", "money"])), kinds_off([])
    (['money', 'voice'], frozenset())
    """
    return frozenset(kind for ask in asks_off for kind in SWITCHED_OFF.get(ask, ()))


@dataclass(frozen=True)
class Entry:
    """One entry of a list with the other words for it."""

    key: int
    name: str
    also: tuple[str, ...] = ()


def words_of(also: str) -> tuple[str, ...]:
    """
    >>> words_of("Press; radio ;")
    ('press', 'radio')
    """
    return tuple(word for part in also.split(";") if (word := folded(part)))


def belongs_to(text: str, entries: Iterable[Entry]) -> int | None:
    """The entry that a record's own words name: by its name, else by one of the other words; None if neither.

    A guess from records, good for suggesting whom to invite; who is *at* the table counts by members' own word only.

    >>> listed = [Entry(1, "Media", ("press",)), Entry(2, "Health care", ("health", "clinic"))]
    >>> belongs_to("media", listed), belongs_to("Local press", listed), belongs_to("Health", listed)
    (1, 1, 2)
    >>> belongs_to("", listed), belongs_to("Sport", listed)
    (None, None)
    """
    plain = folded(text)
    if not plain:
        return None
    listed = list(entries)
    for entry in listed:
        if folded(entry.name) == plain:
            return entry.key
    spoken = set(plain.replace(",", " ").split())
    for entry in listed:
        if any(word == plain or word in spoken or (" " in word and word in plain) for word in entry.also):
            return entry.key
    return None


def finder(entries: Iterable[Entry]) -> Callable[[str], int | None]:
    """`belongs_to` for many records: a long list says the same few words again and again.

    >>> finder([Entry(1, "Media", ("press",))])("Local press")
    1
    """
    listed = list(entries)
    return cache(lambda text: belongs_to(text, listed))


def is_single_perspective(organizations: Mapping[int, Iterable[int]]) -> bool:
    """Did everybody who took part, and said where it belongs, belong to one and the same sector?

    Two organizations at least must have taken part: one alone is no perspective of a coalition.

    >>> is_single_perspective({1: [7], 2: [7]}), is_single_perspective({1: [7], 2: [8]})
    (True, False)
    >>> is_single_perspective({1: [7], 2: []}), is_single_perspective({1: [7]})
    (False, False)
    >>> is_single_perspective({1: [7, 8], 2: [7]})
    False
    """
    declared = [frozenset(items) for items in organizations.values()]
    if len(declared) < 2 or not all(declared):
        return False
    return len(frozenset().union(*declared)) == 1


def usual_sectors(of_members: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    """Sectors from which one expects allies: those of members, and those from which more candidates come than average.

    `counts` says how many candidates come from each sector.

    >>> usual_sectors(["Health"], {"Schools": 6, "Clubs": 2, "Gardening": 1, "Freight": 1})
    ['Health', 'Schools']
    >>> usual_sectors([], {"Schools": 2, "Clubs": 2, "Gardening": 1})
    ['Clubs', 'Schools']

    Where each comes from a sector of its own, none of these is usual:

    >>> usual_sectors(["Health"], {"Schools": 1, "Clubs": 1}), usual_sectors(["Health"], {})
    (['Health'], ['Health'])
    """
    average = sum(counts.values()) / max(1, len(counts))
    return sorted({*of_members, *(sector for sector, count in counts.items() if count > average)})
