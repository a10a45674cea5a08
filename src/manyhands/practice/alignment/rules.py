"""Life cycles of a round and its statements, what a statement may say, and in which order cards come. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum

__all__ = [
    "ANSWERS",
    "ENOUGH_TO_WEIGH",
    "FEWEST_PEOPLE",
    "GROUPS_FROM_PEOPLE",
    "GROUPS_FROM_STATEMENTS",
    "LONGEST_IMPORTED",
    "LONGEST_STATEMENT",
    "MOST_STATEMENTS",
    "ROUND_STEPS",
    "STATEMENT_STEPS",
    "Band",
    "RoundState",
    "StatementState",
    "UnfitStatement",
    "as_told",
    "card_order",
    "clean_statement",
    "dots",
    "short",
]

LONGEST_STATEMENT = 280
#: What one seat may write in one round: more than anybody has to say, and far fewer than would bury the others.
MOST_STATEMENTS = 50
#: Statements from elsewhere were written under other limits; beyond this they are not statements.
LONGEST_IMPORTED = 1000
#: With fewer people, any figure would point at somebody.
FEWEST_PEOPLE = 5
#: With fewer people or statements, groups of those who answer alike mean little, and being in one (or standing at one
#: place of the map) would tell how a person answered. So below this everyone is one group and no map is drawn.
GROUPS_FROM_PEOPLE = 30
GROUPS_FROM_STATEMENTS = 7

#: So many answers a statement needs before they change the order of cards, and so many new ones before the order
#: changes again: the order of one's cards must not tell how one other person answered.
ENOUGH_TO_WEIGH = 10

ANSWERS: Mapping[str, int] = {"agree": 1, "pass": 0, "disagree": -1}


class UnfitStatement(ValueError):
    """What was written cannot be a statement; the first argument is which of the limits it breaks."""


class RoundState(StrEnum):
    ARRIVING = "arriving"
    DRAFT = "draft"
    OPEN = "open"
    CLUSTERED = "clustered"
    VALIDATED = "validated"
    ADOPTED = "adopted"


class StatementState(StrEnum):
    SUBMITTED = "submitted"
    MODERATED = "moderated"
    LIVE = "live"
    MERGED = "merged"
    RETIRED = "retired"


#: A round is closed by gathering who answers alike, so "clustered" is what people read as closed. It never opens
#: again: figures that change after each answer would tell who gave it.
ROUND_STEPS: Mapping[str, frozenset[str]] = {
    "arriving": frozenset({"clustered"}),
    "draft": frozenset({"open"}),
    "open": frozenset({"clustered"}),
    "clustered": frozenset({"validated"}),
    "validated": frozenset({"adopted"}),
    "adopted": frozenset(),
}

STATEMENT_STEPS: Mapping[str, frozenset[str]] = {
    "submitted": frozenset({"moderated", "retired"}),
    "moderated": frozenset({"live", "retired"}),
    "live": frozenset({"merged", "retired"}),
    "merged": frozenset({"live"}),
    "retired": frozenset({"submitted"}),
}


def clean_statement(text: str, longest: int = LONGEST_STATEMENT) -> str:
    """The statement without blanks around it, or why it is none.

    Nothing else is changed: what somebody wrote comes back as it was written.

    >>> clean_statement("  Guards before gates. ")
    'Guards before gates.'
    >>> clean_statement("\\u200b \\u2060 \\ufeff")
    Traceback (most recent call last):
        ...
    manyhands.practice.alignment.rules.UnfitStatement: empty
    >>> clean_statement("a" * 281)
    Traceback (most recent call last):
        ...
    manyhands.practice.alignment.rules.UnfitStatement: long
    >>> clean_statement("a\\0b")
    Traceback (most recent call last):
        ...
    manyhands.practice.alignment.rules.UnfitStatement: nul
    """
    if "\x00" in text:
        raise UnfitStatement("nul")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise UnfitStatement("broken")
    text = text.strip()
    if not any(_is_seen(sign) for sign in text[: longest * 4]):
        raise UnfitStatement("empty")
    if len(text) > longest:
        raise UnfitStatement("long")
    return text


def _is_seen(sign: str) -> bool:
    """Whether a sign leaves a mark on the page: not a blank, a control or an invisible joiner."""
    return unicodedata.category(sign)[0] not in "ZC" and sign not in "\u115f\u1160\u3164\uffa0\u2800"


class Band(IntEnum):
    """What an answer to a statement would teach, most first."""

    SEEN_BY_FEW = 0
    UNDECIDED = 1
    MAY_JOIN = 2
    KNOWN = 3


def card_order(statements: Iterable[int], reader: str, bands: Mapping[int, int] | None = None) -> list[int]:
    """The statements in the order that teaches most; among equals in one of the reader's own, always the same.

    First those that few have seen, then those of which nobody can tell yet which way people lean, then those that may
    join groups which otherwise disagree, then the rest. So nobody's statement stands first for everyone, and leaving
    and coming back loses nothing. What is not in `bands` has been seen by few.

    >>> card_order([1, 2, 3, 4], "seat 7", {1: Band.KNOWN, 2: Band.UNDECIDED, 4: Band.MAY_JOIN})
    [3, 2, 4, 1]

    >>> card_order([1, 2, 3, 4], "round 1, seat 7") == card_order([4, 3, 2, 1], "round 1, seat 7")
    True
    >>> {tuple(card_order([1, 2, 3], f"seat {n}")) for n in range(40)} == {
    ...     (1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)}
    True
    """
    bands = bands or {}

    def place(each: int) -> tuple[int, bytes]:
        return bands.get(each, Band.SEEN_BY_FEW), hashlib.sha256(f"{reader}:{each}".encode()).digest()

    return sorted(statements, key=place)


def dots(done: int, of: int, most: int = 24) -> tuple[int, int, int]:
    """How many of the dots above the card are done, now, and to come; many statements share a dot.

    >>> dots(9, 24), dots(0, 3), dots(3, 3), dots(100, 300)
    ((9, 1, 14), (0, 1, 2), (3, 0, 0), (8, 1, 15))
    """
    shown = min(of, most)
    filled = done * shown // of if of else 0
    now = int(done < of)
    return filled, now, max(0, shown - filled - now)


def short(text: str, longest: int = 80) -> str:
    """The beginning of a statement, cut between words, fit for a heading.

    >>> short("Guards before gates."), short("Put a trained crossing guard at every school", 30)
    ('Guards before gates.', 'Put a trained crossing guard…')
    >>> short("a" * 100, 10)
    'aaaaaaaaa…'
    """
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    if " " in cut[longest // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:.–-") + "…"


def as_told(people: int) -> int | None:
    """A number of people as it may be shown: none, or five and more; None where few could be pointed at.

    >>> as_told(0), as_told(4), as_told(5)
    (0, None, 5)
    """
    return None if 0 < people < FEWEST_PEOPLE else people
