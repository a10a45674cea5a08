"""What may be said of voices on a shared sentence, and how sources of a clause are read. Pure."""

import re
from dataclasses import dataclass

__all__ = ["FEWEST_VOICES", "LONGEST_CLAUSE", "MOST_CLAUSES", "Voices", "numbers_in"]

FEWEST_VOICES = 5
LONGEST_CLAUSE = 600
MOST_CLAUSES = 30


@dataclass(frozen=True)
class Voices:
    """How many say that a sentence is true to what they meant.

    >>> Voices(fits=9, not_quite=0).shown, Voices(12, 6).shown
    ('exact', 'exact')

    One to four on one side could be pointed at, so then only the direction is told; with fewer than five nothing.

    >>> Voices(9, 2).shown, Voices(3, 1).shown
    ('most', 'nothing')
    """

    fits: int
    not_quite: int

    @property
    def spoken(self) -> int:
        return self.fits + self.not_quite

    @property
    def is_true(self) -> bool:
        """More say that it fits than that it does not.

        >>> Voices(3, 2).is_true, Voices(2, 2).is_true, Voices(0, 0).is_true
        (True, False, False)
        """
        return self.fits > self.not_quite

    @property
    def shown(self) -> str:
        if self.spoken < FEWEST_VOICES:
            return "nothing"
        if any(0 < part < FEWEST_VOICES for part in (self.fits, self.not_quite)):
            return "most"
        return "exact"


def numbers_in(text: str) -> list[str]:
    """The numbers of statements as people write them.

    >>> numbers_in(" 3, 12 and 7; 3"), numbers_in("a-17 x")
    (['3', '12', '7'], ['a-17', 'x'])
    """
    found = [part for part in re.split(r"[\s,;]+|\band\b", text) if part]
    return list(dict.fromkeys(found))
