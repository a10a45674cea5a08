"""Do we have this one already? Asked of every row, so everything is looked up once and kept in dictionaries."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from ..matching.queries import gone_into
from ..models import Stakeholder
from ..rules import folded, letters_only, match_key

ALIKE = 88
#: Names are compared only within one place, and not in places with more than this many allies.
MOST_IN_A_PLACE = 1000


def plain_number(identifier: str) -> str:
    """An official number without the signs people put in.

    >>> plain_number("53-0196605") == plain_number("530196605"), plain_number("010123106")
    (True, '010123106')
    """
    return letters_only(identifier).lower()


def key_of(values: dict) -> str:
    return match_key(
        values["name"],
        postal_code=values.get("postal_code", ""),
        city=values.get("city", ""),
        email=values.get("email", ""),
    )


@dataclass
class Book:
    """Entries found by number first, then by name and place. An entry is an ally's id, or a row of the list."""

    by_number: dict[str, int] = field(default_factory=dict)
    by_key: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, entry: int, number: str, key: str) -> None:
        if number:
            self.by_number.setdefault(number, entry)
        self.by_key[key].append((entry, number))

    def find(self, number: str, key: str) -> tuple[int | None, bool]:
        """The entry for a number and a key, and whether it cannot be told from others.

        Two different numbers are two different actors, even under one name at one place.

        >>> book = Book(); book.add(7, "53", "clinic|05089"); book.add(8, "", "guild|")
        >>> book.find("53", "other|"), book.find("", "clinic|05089"), book.find("99", "clinic|05089")
        ((7, False), (7, False), (None, False))
        >>> book.find("99", "guild|")
        (8, False)
        >>> book.add(9, "54", "clinic|05089"); book.find("", "clinic|05089")
        (None, True)
        """
        if number and number in self.by_number:
            return self.by_number[number], False
        if key not in self.by_key:
            return None, False
        same = self.by_key[key]
        fitting = [entry for entry, other in same if not (number and other and number != other)]
        if len(fitting) == 1:
            return fitting[0], False
        return None, len(fitting) > 1


class Allies(Book):
    """Everyone on the list now, names they also go by, and names that look alike.

    A record that was joined with another is still known by its number and its name, so that a newer file of the same
    list finds the one that was kept and does not bring it back.
    """

    def __init__(self) -> None:
        super().__init__()
        self.at_place: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.folded_at: dict[str, list[str]] = {}  # their names, once somebody has asked
        self.otherwise = Book()
        self.with_code: list[tuple[int, str, str, str]] = []
        rows = Stakeholder.objects.order_by("pk")
        for pk, identifier, key, name, also, city, code in rows.values_list(
            "pk", "identifier", "match_key", "name", "also_known_as", "city", "postal_code"
        ).iterator(chunk_size=5000):
            number, (plain, _bar, place) = plain_number(identifier), key.rpartition("|")
            self.add(pk, number, key)
            self.at_place[place].append((pk, name))
            if city and code:
                self.with_code.append((pk, number, plain, city))
            for other in also.split(";") if also else ():
                self.otherwise.add(pk, number, f"{match_key(other).rpartition('|')[0]}|{place}")
        for pk, identifier, key in gone_into():
            self.otherwise.add(pk, plain_number(identifier), key)

    @cached_property
    def in_town(self) -> Book:
        """Those with a postal code by name and town, for rows without a code; many lists have none of these."""
        book = Book()
        for pk, number, plain, city in self.with_code:
            book.add(pk, number, f"{plain}|{folded(city)}")
        return book

    def find_row(self, values: dict, number: str, key: str) -> tuple[int | None, bool]:
        """The ally that a row of a list speaks of, and whether it cannot be told from others.

        By number or by name and place, as in a book; then by name and town, where only one of the two knows its
        postal code; then under other names.
        """
        found, unsure = self.find(number, key)
        if found is None and not unsure and (city := values.get("city")):
            in_town = f"{key.rpartition('|')[0]}|{folded(city)}"
            # Where the row has a code, only allies without one are kept under their town; and the other way round.
            found, unsure = (self if values.get("postal_code") else self.in_town).find(number, in_town)
        return (found, unsure) if found is not None or unsure else self._otherwise(number, key)

    def _otherwise(self, number: str, key: str) -> tuple[int | None, bool]:
        """Several other names of one ally are one ally. Two allies of one other name are nobody we could tell."""
        if number and number in self.otherwise.by_number:
            return self.otherwise.by_number[number], False
        same = {
            entry for entry, other in self.otherwise.by_key.get(key, ()) if not (number and other and number != other)
        }
        return (same.pop(), False) if len(same) == 1 else (None, False)

    def alike(self, values: dict, key: str) -> int | None:
        """The ally at the same place whose name is nearly the same, for a person to look at. We never merge."""
        place = key.rpartition("|")[2]
        if not place or place not in self.at_place or len(self.at_place[place]) > MOST_IN_A_PLACE:
            return None
        if place not in self.folded_at:
            self.folded_at[place] = [folded(name) for _pk, name in self.at_place[place]]
        names = self.folded_at[place]
        best = process.extractOne(folded(values["name"]), names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        return self.at_place[place][best[2]][0] if best else None
