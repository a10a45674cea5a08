"""When a version of the values or ground rules has been carried, and by when a breach report is answered. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["DAYS_TO_ANSWER", "LONGEST_POINT", "MOST_POINTS", "Heard", "answer_by", "fingerprint_of", "same_words"]

LONGEST_POINT = 300
#: More than this nobody can keep in mind; it also has to fit the page that strangers see.
MOST_POINTS = 12
#: Whoever reports a breach is answered within this many days.
DAYS_TO_ANSWER = 7


@dataclass(frozen=True)
class Heard:
    """How many members stand behind one point, contest it, and were asked at all.

    >>> Heard(ratifies=7, contests=2, asked=14).is_carried
    True

    Too few have spoken, or not more for it than against:

    >>> Heard(ratifies=6, contests=0, asked=14).is_carried, Heard(ratifies=7, contests=7, asked=14).is_carried
    (False, False)
    >>> Heard(0, 0, 0).is_carried
    False
    """

    ratifies: int
    contests: int
    asked: int

    @property
    def spoken(self) -> int:
        return self.ratifies + self.contests

    @property
    def silent(self) -> int:
        return max(0, self.asked - self.spoken)

    @property
    def is_carried(self) -> bool:
        """At least half of the members have spoken, and more of them stand behind it than contest it."""
        return 2 * self.spoken >= self.asked > 0 and self.ratifies > self.contests


def answer_by(reported_on: date) -> date:
    """The day by which a report is answered.

    >>> answer_by(date(2026, 3, 2))
    datetime.date(2026, 3, 9)
    """
    return reported_on + timedelta(days=DAYS_TO_ANSWER)


def fingerprint_of(code: str) -> str:
    """What is kept of a code, however it is typed.

    >>> fingerprint_of("ab12 cd34-ef") == fingerprint_of("AB12CD34EF")
    True
    """
    return hashlib.sha256("".join(code.split()).replace("-", "").upper().encode()).hexdigest()


def same_words(text: str, others: Iterable[str]) -> bool:
    """Whether the very same sentence stands there already; blanks and capitals do not make another.

    >>> same_words("We let each  other finish.", ["we let each other finish."])
    True
    >>> same_words("We listen.", ["We let each other finish."])
    False
    """
    return _plain(text) in {_plain(other) for other in others}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
