"""How alike two names are, and in words why: which differences are slips, and which make another body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from manyhands.analysis.matching.names import Name
from manyhands.analysis.matching.vocabulary import LEGAL_FORMS, PART_WORDS, SMALL_WORDS

#: What remains of the likeness if two names differ in something that makes another body.
OTHER_NUMBER = 0.4
ONE_NUMBER = 0.65
A_PART = 0.6
ONE_MORE_WORD = 0.75
OTHER_WORDS = 0.6
#: Names that differ only in this are still not quite the same.
SAME_BUT_FORM = 0.97
SAME_JOINED = 0.96
OTHER_ORDER = 0.93
SHORT_FORM_GIVEN = 0.9
INITIALS = 0.75
_MOST_SLIPPED = 0.96
_SMALL = ("of", "and", "the", "for")
_LEGAL = ("inc", "llc", "ltd")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are.

    Attributes
    ----------
    score : float
        0 to 1, differences that make another body counted.
    reasons : tuple of str
        In words, the most telling first.
    is_part : bool
        Whether one seems to be a part of the other, or both parts of a third: no shared domain heals that.
    """

    score: float
    reasons: tuple[str, ...]
    is_part: bool = False


_TOO_LOW = Likeness(0.0, ())


def alike(
    one: Name,
    other: Name,
    common: Collection[str] = frozenset(),
    places: Collection[str] = (),
    *,
    floor: float = 0.0,
) -> Likeness:
    """Compare two names.

    Parameters
    ----------
    one, other : Name
    common : collection of str
        Words that many names have. Two of them that differ by a letter are two words, not a slip.
    places : collection of str
        Words that are places here, such as the cities of both records.
    floor : float
        What scores lower need not be told apart: its score is 0 then, without reasons.

    Returns
    -------
    Likeness

    Examples
    --------
    >>> from manyhands.analysis.matching.names import taken_apart
    >>> def of(one, other):
    ...     found = alike(taken_apart(one), taken_apart(other))
    ...     return round(found.score, 2), found.reasons
    >>> of("Linden Clinic, Inc.", "The Linden Clinic")
    (0.97, ('the same name but for legal form, small words or spelling',))
    >>> of("Linden Family Clinic", "Linden Famly Clinic")
    (0.96, ('"family" is written "famly"',))

    Sets of words would call these the same; they are a body and a part of it.

    >>> of("Guild of Nurses", "Guild of Nurses, Northern Chapter")
    (0.35, ('only one says "northern", "chapter": one may be a part of the other',))
    >>> of("Nurses Local 12", "Nurses Local 17")
    (0.37, ('other numbers: 12 and 17',))
    """
    if one.plain == other.plain:
        return Likeness(1.0, ("the same name",))
    if one.words == other.words:
        return Likeness(SAME_BUT_FORM, ("the same name but for legal form, small words or spelling",))
    numbers = one.numbers, other.numbers
    core, other_core = one.core, other.core
    if numbers[0] == numbers[1]:
        if core.replace(" ", "") == other_core.replace(" ", ""):
            return Likeness(SAME_JOINED, ("the same name but for blanks",))
        if sorted(one.words) == sorted(other.words):
            return Likeness(OTHER_ORDER, ("the same words in another order",))
        short_form = max(_as_short_form(one, other), _as_short_form(other, one))
        if short_form:
            return Likeness(short_form, ("one is a short form of the other",))
    if numbers[0] != numbers[1] and floor > ONE_NUMBER:
        return _TOO_LOW
    only, only_other, slips = _left_over(one.words, other.words, common)
    if only and only_other and floor > OTHER_WORDS:
        return _TOO_LOW
    factor, reasons, is_part = _differences(numbers, only, only_other, places)
    base = max(fuzz.ratio(core, other_core), 0.99 * fuzz.ratio(one.in_any_order, other.in_any_order)) / 100
    if factor == 1.0:
        # Word for word the same but for slips: what they cost is known, and nothing else differs.
        base = max(base, 1 - sum(_edits(a, b) for a, b in slips) / max(1, min(len(core), len(other_core))))
        # A slip weighs more if there is little else that tells: "Rauch Foundation" may well not be "Reach Foundation".
        edits = sum(_edits(a, b) for a, b in slips if a not in common and b not in common)
        telling = min(_letters_that_tell(one, common), _letters_that_tell(other, common))
        base = (base + max(0.0, 1 - edits / telling)) / 2 if edits and telling else base
    if slips:
        reasons.append(", ".join(f'"{a}" is written "{b}"' if b else f'only one says "{a}"' for a, b in slips[:3]))
    score = min(base, _MOST_SLIPPED) * factor
    return Likeness(score, tuple(reasons) or ("the same words, some of them twice",), is_part)


def _differences(
    numbers: tuple[frozenset[str], frozenset[str]], only: list[str], only_other: list[str], places: Collection[str]
) -> tuple[float, list[str], bool]:
    """What remains of the likeness by numbers and words that only one has, why, and whether one may be a part."""
    factor, reasons, is_part = 1.0, [], False
    if numbers[0] != numbers[1]:
        is_part = True
        if numbers[0] and numbers[1]:
            factor = OTHER_NUMBER
            reasons.append(f"other numbers: {_few(sorted(numbers[0]))} and {_few(sorted(numbers[1]))}")
        else:
            factor = ONE_NUMBER
            reasons.append(f"only one has the number {_few(sorted(numbers[0] | numbers[1]))}")
    only, only_other = [w for w in only if not w.isdigit()], [w for w in only_other if not w.isdigit()]
    if only and only_other:
        factor = min(factor, OTHER_WORDS)
        reasons.append(f"one says {_quoted(only)} where the other says {_quoted(only_other)}")
    elif only or only_other:
        more = only or only_other
        if any(word in PART_WORDS or word in places for word in more):
            factor, is_part = min(factor, A_PART), True
            reasons.append(f"only one says {_quoted(more)}: one may be a part of the other")
        else:
            factor = min(factor, ONE_MORE_WORD)
            reasons.append(f"only one says {_quoted(more)}")
    return factor, reasons, is_part


def _letters_that_tell(name: Name, common: Collection[str]) -> int:
    return sum(len(word) for word in name.words if word not in common)


def _edits(one: str, other: str) -> int:
    """Slips between two words or two stretches of words; a word cut short is two at most."""
    one, other = one.replace(" ", ""), other.replace(" ", "")
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not short:
        return 1
    return min(2, len(long) - len(short)) if long.startswith(short) else int(OSA.distance(one, other))


def _as_short_form(short: Name, long: Name) -> float:
    """How alike two names are if the first is the other's short form in brackets, or its first letters; else 0."""
    given = short.words[0] if len(short.words) == 1 else ""
    if len(given) > 2 and len(long.words) > 1:
        if given == long.short:
            return SHORT_FORM_GIVEN
        if given == long.initials:
            return INITIALS
    return 0.0


def _left_over(
    one: tuple[str, ...], other: tuple[str, ...], common: Collection[str]
) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Words without a partner on the other side, and pairs that differ by a slip of the keyboard or are cut short."""
    if len(one) == len(other):  # the usual case, a word or two written otherwise
        left = [a for a, b in zip(one, other, strict=True) if a != b]
        left_other = [b for a, b in zip(one, other, strict=True) if a != b]
        in_both = set(left) & set(left_other)
    else:
        left, left_other, in_both = list(one), list(other), set(one) & set(other)
    if in_both:
        counted, counted_other = Counter(left), Counter(left_other)
        both = counted & counted_other
        left, left_other = list((counted - both).elements()), list((counted_other - both).elements())
    slips = _written_as_one(left, left_other)
    slips += [(b, a) for a, b in _written_as_one(left_other, left)]
    for word in list(left):
        partner = next((each for each in left_other if is_slip(word, each, common)), None)
        if partner is not None:
            left.remove(word)
            left_other.remove(partner)
            slips.append((word, partner))
    if left and left_other and (len(left) > 1 or len(left_other) > 1):
        # "foodb ank" and "food bank": compared without blanks.
        joined, joined_other = "".join(left), "".join(left_other)
        if _is_mistyped(joined, joined_other):
            return [], [], [*slips, (" ".join(left), " ".join(left_other))]
    if not (left and left_other):
        more = left or left_other
        telling = _that_tell(more, common)
        slips += [(word, "") for word in more if word not in telling]
        left, left_other = (telling, []) if left else ([], telling)
    return left, left_other, slips


def _written_as_one(left: list[str], left_other: list[str]) -> list[tuple[str, str]]:
    """Take out words of the first list that are two neighbours of the second written as one."""
    slips = []
    for word in list(left) if len(left_other) > 1 else ():
        for at in range(len(left_other) - 1):
            if _is_mistyped(word, left_other[at] + left_other[at + 1]):
                slips.append((word, f"{left_other[at]} {left_other[at + 1]}"))
                left.remove(word)
                del left_other[at : at + 2]
                break
    return slips


def _that_tell(words: list[str], common: Collection[str]) -> list[str]:
    """Without mistyped small words and legal forms, which the other side rightly does not have."""
    return [
        word
        for word in words
        if word not in LEGAL_FORMS
        and not any(OSA.distance(word, each, score_cutoff=1) <= 1 for each in _LEGAL)
        and (word in common or not any(OSA.distance(word, each, score_cutoff=1) <= 1 for each in _SMALL))
    ]


def is_slip(one: str, other: str, common: Collection[str] = frozenset()) -> bool:
    """Whether one word is likely the other, mistyped or cut short.

    >>> is_slip("family", "famly"), is_slip("wash", "washington"), is_slip("north", "south"), is_slip("12", "17")
    (True, True, False, False)
    >>> is_slip("male", "make"), is_slip("male", "make", {"male", "make"})
    (True, False)
    """
    if one.isdigit() or other.isdigit():
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) > 3 and long.startswith(short) and (len(long) - len(short) == 1 or short not in PART_WORDS):
        return True
    if (one, other) in (("saint", "street"), ("street", "saint")):
        return True  # both are written "St."
    if (one in PART_WORDS and other in PART_WORDS) or (one in common and other in common):
        return False
    if long.endswith(short) and len(short) > 3 and long[: -len(short)] in SMALL_WORDS:
        return True  # "ofnurses"
    # A word nobody else has is likelier a slip of one that many have than another word.
    return _is_mistyped(one, other, more=(one in common) != (other in common))


def _is_mistyped(one: str, other: str, more: bool = False) -> bool:
    """Whether few letters differ: one of up to five, two of up to nine, else three.

    ``more`` allows one more, up to three.

    The first letter is rarely mistyped, so where it differs nothing else may: Aalto is not Malmö.
    """
    length = min(len(one), len(other))
    slips = 1 if length < 6 or (one[:1] != other[:1] and not more) else 2 if length < 10 else 3
    slips = min(3, slips + (more and length > 3))
    if length < 2 or abs(len(one) - len(other)) > slips:
        return False
    return OSA.distance(one, other, score_cutoff=slips) <= slips


def _quoted(words: list[str]) -> str:
    return ", ".join(f'"{word}"' for word in words[:4]) + (" and more" if len(words) > 4 else "")


def _few(words: list[str]) -> str:
    return ", ".join(words[:3])
