"""How we place allies: middles of what raters say, the four corners, the stages of reaching out. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

__all__ = [
    "HIGHEST",
    "LONGEST_KEY",
    "LOWEST",
    "MIDPOINT",
    "OUTREACH_STEPS",
    "SEARCHED",
    "SIGNS",
    "Corner",
    "Middle",
    "NoSuchStage",
    "Stage",
    "Wedge",
    "check_stage",
    "corner",
    "folded",
    "letters_only",
    "match_key",
    "middle",
    "needs_source",
    "search_text",
    "twelve_months_after",
]

LOWEST, HIGHEST = 1.0, 5.0
#: Where the four corners meet: the middle of the scale, never the middle of those who happen to be rated.
MIDPOINT = 3.0


class Wedge(StrEnum):
    """Where an actor stands on what we ask for; the five wedges of the spectrum of allies, and "we do not know"."""

    UNKNOWN = ""
    ACTIVE_ALLY = "active ally"
    LEANING = "leaning our way"
    UNDECIDED = "undecided"
    LEANING_AWAY = "leaning away"
    AGAINST = "against"


#: What nobody may say of somebody without a public source and its day.
AGAINST = frozenset({Wedge.AGAINST, Wedge.LEANING_AWAY})


class Stage(StrEnum):
    """How far our reaching out has come."""

    IDENTIFIED = "identified"
    RESEARCHED = "researched"
    PRIORITISED = "prioritised"
    CONTACTED = "contacted"
    TALKING = "talking"
    COMMITTED = "committed"
    DECLINED = "declined"
    PARKED = "parked"


class NoSuchStage(ValueError):
    """An actor cannot go from this stage to that one."""


_ALWAYS = frozenset({"declined", "parked"})
#: Every step of reaching out. One may step back by one, since news can be wrong; a refusal can be reopened.
OUTREACH_STEPS: Mapping[str, frozenset[str]] = {
    "identified": frozenset({"researched"}) | _ALWAYS,
    "researched": frozenset({"identified", "prioritised"}) | _ALWAYS,
    "prioritised": frozenset({"researched", "contacted"}) | _ALWAYS,
    "contacted": frozenset({"prioritised", "talking"}) | _ALWAYS,
    "talking": frozenset({"contacted", "committed"}) | _ALWAYS,
    "committed": frozenset({"talking"}) | _ALWAYS,
    "declined": frozenset({"parked", "prioritised"}),
    "parked": frozenset({"identified", "researched", "prioritised", "contacted", "declined"}),
}

#: Stages in which nobody has spoken with the actor yet.
NEVER_ASKED = frozenset({"identified", "researched", "prioritised"})


def check_stage(now: str, then: str) -> None:
    """Refuse a step that reaching out does not have.

    >>> check_stage("contacted", "talking")
    >>> check_stage("talking", "talking")
    >>> check_stage("identified", "committed")
    Traceback (most recent call last):
        ...
    manyhands.practice.stakeholders.rules.NoSuchStage: identified cannot become committed,
    only declined, parked, researched.
    """
    if now != then and then not in OUTREACH_STEPS.get(now, frozenset()):
        possible = ", ".join(sorted(OUTREACH_STEPS.get(now, frozenset())))
        raise NoSuchStage(f"{now} cannot become {then}, only {possible}.")


def needs_source(wedge: str) -> bool:
    """Saying that somebody is against us needs a public source.

    >>> needs_source(Wedge.AGAINST), needs_source(Wedge.LEANING), needs_source("")
    (True, False, False)
    """
    return wedge in AGAINST


def twelve_months_after(on: date) -> date:
    """Until when we keep what we wrote about somebody on a day, and count that they were against us.

    >>> twelve_months_after(date(2026, 3, 9)), twelve_months_after(date(2024, 2, 29))
    (datetime.date(2027, 3, 9), datetime.date(2025, 2, 28))
    """
    last = 28 if (on.month, on.day) == (2, 29) else on.day
    return on.replace(year=on.year + 1, day=last)


class Corner(StrEnum):
    """The four corners of interest and influence, by what one does there."""

    SIDE_BY_SIDE = "work side by side"  # manage closely: players
    OPEN_A_DOOR = "open a door"  # keep satisfied: context setters
    LIFT_UP = "lift up"  # keep informed: subjects
    KEEP_AN_EYE_ON = "keep an eye on"  # monitor: crowd


def corner(interest: float, influence: float) -> Corner:
    """The corner of a place on the map; the midpoint counts as high on both scales.

    >>> corner(4.2, 4.75), corner(1.6, 4.65), corner(4.5, 1.75), corner(1.4, 1.2)
    (<Corner.SIDE_BY_SIDE: 'work side by side'>, <Corner.OPEN_A_DOOR: 'open a door'>,
     <Corner.LIFT_UP: 'lift up'>, <Corner.KEEP_AN_EYE_ON: 'keep an eye on'>)
    >>> corner(3, 3)
    <Corner.SIDE_BY_SIDE: 'work side by side'>
    """
    if influence >= MIDPOINT:
        return Corner.SIDE_BY_SIDE if interest >= MIDPOINT else Corner.OPEN_A_DOOR
    return Corner.LIFT_UP if interest >= MIDPOINT else Corner.KEEP_AN_EYE_ON


@dataclass(frozen=True)
class Middle:
    """What several raters say, in one place: the median, and how far they are from it on average."""

    value: float
    spread: float
    raters: int


def middle(ratings: Sequence[float]) -> Middle:
    """The median of ratings on 1 to 5, with the mean distance from it; nothing rated is nothing, not zero.

    >>> middle([3.2, 4.0, 4.1, 4.2, 4.6, 4.1])
    Middle(value=4.1, spread=0.3, raters=6)
    >>> middle([5])
    Middle(value=5.0, spread=0.0, raters=1)
    >>> middle([1, 5])
    Middle(value=3.0, spread=2.0, raters=2)
    >>> middle([])
    Middle(value=0.0, spread=0.0, raters=0)
    >>> middle([6])
    Traceback (most recent call last):
        ...
    ValueError: A rating runs from 1 to 5.
    """
    if any(not LOWEST <= rating <= HIGHEST for rating in ratings):
        raise ValueError("A rating runs from 1 to 5.")
    if not ratings:
        return Middle(0.0, 0.0, 0)
    centre = float(median(ratings))
    distance = sum(abs(rating - centre) for rating in ratings) / len(ratings)
    return Middle(round(centre, 2), round(distance, 1), len(ratings))


_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "đ": "d", "ł": "l", "Ł": "l", "ı": "i"})


def folded(text: str) -> str:
    """The text as we search it: small letters, accents off, single spaces.

    >>> folded("  Société Générale d’Énergie "), folded("STRASSE"), folded("Straße")
    ('societe generale d’energie', 'strasse', 'strasse')
    """
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(text.split())


#: What the list of allies is searched by.
SEARCHED = ("name", "also_known_as", "identifier", "city", "region", "sector", "tags")


def search_text(particulars: Mapping[str, object]) -> str:
    """What the list of allies is searched by, folded.

    >>> search_text({"name": "Café Solidário", "city": "Linden", "phone": "1"})
    'cafe solidario linden'
    """
    return folded(" ".join([str(part) for name in SEARCHED if (part := particulars.get(name))]))


_NOT_A_LETTER = re.compile(r"[\W_]+")
#: Signs and blanks among the plain letters, by their codes.
SIGNS = frozenset(code for code in range(128) if not chr(code).isalnum())
_NO_SIGNS = dict.fromkeys(SIGNS)


def letters_only(text: str) -> str:
    """The text without signs and blanks. Asked of every row of a list, so the usual cases take the short ways.

    >>> letters_only("53-0196605"), letters_only("St. Brigid’s"), letters_only("naïve_2")
    ('530196605', 'StBrigids', 'naïve2')
    """
    if text.isalnum():
        return text
    return text.translate(_NO_SIGNS) if text.isascii() else _NOT_A_LETTER.sub("", text)


LONGEST_KEY = 300


def match_key(name: str, *, postal_code: str = "", city: str = "", email: str = "") -> str:
    """What two records of one actor share when no number identifies it: the name, and the place as well as we know it.

    Signs and accents do not count, nor does the second half of an American postal code.

    >>> match_key("St. Brigid's Church", postal_code="05089-0455")
    'stbrigidschurch|05089'
    >>> match_key("ST BRIGIDS CHURCH", postal_code="05089")
    'stbrigidschurch|05089'
    >>> match_key("Food Bank", city="Linden") == match_key("Food Bank", city="Harbor")
    False
    >>> match_key("???")
    '???|'
    """
    name = folded(name)
    place = letters_only(folded(postal_code.split("-")[0])) or folded(city) or folded(email)
    return f"{letters_only(name) or name}|{place}"[:LONGEST_KEY]
