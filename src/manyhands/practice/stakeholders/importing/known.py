"""Do we have this one already? Asked of every row, so everything is looked up once and kept in dictionaries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from rapidfuzz import fuzz, process

from ..matching.queries import gone_into
from ..models import Stakeholder
from ..rules import folded, match_key
from .folding import Folded, folded_column, plain_numbers

ALIKE = 88
#: Names are compared only within one place, and not in places with more than this many allies.
MOST_IN_A_PLACE = 1000
#: Allies that are looked at together.
BATCH = 5000
#: An entry, if one was found, and whether there are several that cannot be told apart.
Found = tuple[int | None, bool]


@dataclass
class Book:
    """Entries found by number first, then by name and place. An entry is an ally's id, or a row of the list.

    Most keys belong to one entry, and those are kept without a list or a pair for each: Python would look through all
    of them again and again for rubbish, which took a third of the time of a trial.
    """

    by_number: dict[str, int] = field(default_factory=dict)
    first_of: dict[str, int] = field(default_factory=dict)
    number_of_first: dict[str, str] = field(default_factory=dict)  # only where it has one
    others_of: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, entry: int, number: str, key: str) -> None:
        if number:
            self.by_number.setdefault(number, entry)
        if key in self.first_of:
            self.others_of.setdefault(key, []).append((entry, number))
            return
        self.first_of[key] = entry
        if number:
            self.number_of_first[key] = number

    def add_new(self, entries: Sequence[int], numbers: Sequence[str], keys: Sequence[str]) -> bool:
        """Add all of them at once, or none if any is known already or like another.

        >>> book = Book(); book.add_new([2, 3], ["", "53"], ["clinic|", "guild|"]), book.find("53", "")
        (True, (3, False))
        >>> book.add_new([4, 5], ["", ""], ["choir|", "guild|"]), book.find("", "choir|")
        (False, (None, False))
        """
        numbered, keyed = dict(zip(numbers, entries, strict=True)), dict(zip(keys, entries, strict=True))
        numbered.pop("", None)
        without = numbers.count("")
        if (
            len(numbered) < len(numbers) - without
            or len(keyed) < len(keys)
            or not self.first_of.keys().isdisjoint(keyed)
            or not self.by_number.keys().isdisjoint(numbered)
        ):
            return False
        self.by_number.update(numbered)
        self.first_of.update(keyed)
        pairs = zip(keys, numbers, strict=True)
        self.number_of_first.update((pair for pair in pairs if pair[1]) if without else pairs)
        return True

    def of_key(self, key: str) -> list[tuple[int, str]]:
        """The entries with a key, each with its number."""
        if key not in self.first_of:
            return []
        return [(self.first_of[key], self.number_of_first.get(key, "")), *self.others_of.get(key, ())]

    def find(self, number: str, key: str) -> Found:
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
        if key not in self.first_of:
            return None, False
        fitting = [entry for entry, other in self.of_key(key) if not (number and other and number != other)]
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
        self.names: dict[int, str] = {}
        self.keys: dict[int, str] = {}
        self.folded_at: dict[str, list[str]] = {}  # their names, once somebody has asked
        self.otherwise = Book()
        self.with_code: list[tuple[int, str, str, str]] = []
        asked = ("pk", "identifier", "match_key", "name", "also_known_as", "city", "postal_code")
        rows = Stakeholder.objects.order_by("pk").values_list(*asked).iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            allies, identifiers, keys, names, others, cities, codes = zip(*batch, strict=True)
            numbers = plain_numbers(identifiers)
            self.names.update(zip(allies, names, strict=True))
            self.keys.update(zip(allies, keys, strict=True))
            if not self.add_new(allies, numbers, keys):
                for ally, number, key in zip(allies, numbers, keys, strict=True):
                    self.add(ally, number, key)
            places = zip(allies, numbers, keys, cities, codes, strict=True)
            self.with_code += [(ally, number, key, city) for ally, number, key, city, code in places if city and code]
            if any(others):
                for ally, number, key, also in zip(allies, numbers, keys, others, strict=True):
                    for other in also.split(";") if also else ():
                        self.otherwise.add(ally, number, f"{match_key(other).rpartition('|')[0]}|{_place(key)}")
        gone = list(gone_into())
        for (pk, _identifier, key), number in zip(gone, plain_numbers([row[1] for row in gone]), strict=True):
            self.otherwise.add(pk, number, key)

    @property
    def is_empty(self) -> bool:
        """Is there nobody on the list, nor anybody who was joined with others?"""
        return not self.first_of and not self.otherwise.first_of

    @cached_property
    def in_town(self) -> Book:
        """Those with a postal code by name and town, for rows without a code; many lists have none of these."""
        book = Book()
        for ally, number, key, city in self.with_code:
            book.add(ally, number, f"{key.rpartition('|')[0]}|{folded(city)}")
        return book

    @cached_property
    def at_place(self) -> dict[str, list[int]]:
        """Those at each place, for rows that are nobody's we have."""
        found: dict[str, list[int]] = defaultdict(list)
        for ally, key in self.keys.items():
            found[_place(key)].append(ally)
        return found

    def find_rows(
        self, columns: Mapping[str, Sequence[str]], folded: Folded, numbers: Sequence[str], keys: Sequence[str]
    ) -> list[Found]:
        """The ally that each row of a list speaks of, and whether it cannot be told from others.

        By number or by name and place, as in a book; then by name and town, where only one of the two knows its
        postal code; then under other names.
        """
        if self.is_empty:
            return [(None, False)] * len(keys)
        found = []
        for at, (number, key) in enumerate(zip(numbers, keys, strict=True)):
            ally, unsure = self.find(number, key)
            if ally is None and not unsure:
                if "city" in columns and columns["city"][at]:
                    in_town = f"{key.rpartition('|')[0]}|{folded['city'][at]}"
                    # Where the row has a code, only allies without one are kept under their town; and the other way
                    # round.
                    has_code = "postal_code" in columns and columns["postal_code"][at]
                    ally, unsure = (self if has_code else self.in_town).find(number, in_town)
                if ally is None and not unsure:
                    ally, unsure = self._otherwise(number, key)
            found.append((ally, unsure))
        return found

    def _otherwise(self, number: str, key: str) -> Found:
        """Several other names of one ally are one ally. Two allies of one other name are nobody we could tell."""
        if number and number in self.otherwise.by_number:
            return self.otherwise.by_number[number], False
        same = {entry for entry, other in self.otherwise.of_key(key) if not (number and other and number != other)}
        return (same.pop(), False) if len(same) == 1 else (None, False)

    def alike(self, name: str, key: str) -> int | None:
        """The ally at the same place whose folded name is nearly the same, for a person to look at. We never merge."""
        place = _place(key)
        if not place or place not in self.at_place or len(self.at_place[place]) > MOST_IN_A_PLACE:
            return None
        if place not in self.folded_at:
            self.folded_at[place] = folded_column([self.names[pk] for pk in self.at_place[place]])
        names = self.folded_at[place]
        best = process.extractOne(name, names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        return self.at_place[place][best[2]] if best else None


def _place(key: str) -> str:
    return key.rpartition("|")[2]
