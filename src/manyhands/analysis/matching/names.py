"""What is left of a name when everything is gone that people write in different ways."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from manyhands.analysis.matching.vocabulary import (
    LEGAL_FORMS,
    LONG_LEGAL_FORMS,
    NUMBER_SIGNS,
    ONE_SPELLING,
    ONLY_LEGAL,
    SMALL_WORDS,
)

_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "đ": "d", "ł": "l", "Ł": "l", "ı": "i"})
_DOTTED = re.compile(r"\b((?:[^\W\d_]\. ?){1,}[^\W\d_])\b\.?")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_IN_BRACKETS = re.compile(r"[(\[]\s*([^\W\d_][\w./-]{1,11})\s*[)\]]")
_PARTS = re.compile(r"[^\W_]+")
#: Letters of a name that are read; nobody's name is longer, and a hostile file must not make us compare novels.
_LONGEST = 400
_ORDINAL = re.compile(r"0*(\d+)(?:st|nd|rd|th|e|er|eme|a|o|te)?$")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}


def folded(text: str) -> str:
    """Small letters, accents off, single spaces.

    >>> folded("  Société Générale d’Énergie "), folded("STRASSE") == folded("Straße")
    ('societe generale d’energie', True)
    """
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name, taken apart.

    Attributes
    ----------
    plain : str
        All words, folded, in order, one space between.
    words : tuple of str
        Words that say which organization it is, one spelling each, in order: without legal form, small words,
        and a short form in brackets.
    legal : tuple of str
        Legal forms taken from the end.
    short : str
        A short form that was given in brackets, or "".
    initials : str
        First letters of the words.
    """

    plain: str
    words: tuple[str, ...]
    legal: tuple[str, ...]
    short: str
    initials: str

    @property
    def core(self) -> str:
        """The telling words, one space between."""
        return " ".join(self.words)

    @property
    def in_any_order(self) -> str:
        """The telling words by the alphabet."""
        return " ".join(sorted(self.words))

    @property
    def numbers(self) -> frozenset[str]:
        """Words that are numbers: Local 12 is not Local 17."""
        return frozenset(word for word in self.words if word.isdigit())


def taken_apart(name: str) -> Name:
    """Take a name apart.

    Case, accents, punctuation, "&" or "and", a leading "The", legal forms of many languages, "St." or "Saint",
    American or British spelling, and usual short forms of words do not count.

    Parameters
    ----------
    name : str
        As written; only the first 400 letters are read.

    Returns
    -------
    Name
        With no words at all only if there is no letter and no digit.

    Examples
    --------
    >>> taken_apart("The St. Brigid's Assn. for Health & Housing, Inc.").words
    ('saint', 'brigids', 'association', 'health', 'housing')
    >>> taken_apart("Verein für Straßenkinder e. V.").legal, taken_apart("U.S. Centre").words
    (('ev',), ('us', 'center'))
    >>> found = taken_apart("UK Research and Innovation (UKRI)")
    >>> found.words, found.short
    (('uk', 'research', 'innovation'), 'ukri')
    >>> taken_apart("The Company, Inc.").words, taken_apart("???").words
    (('company',), ())
    """
    name = name[:_LONGEST]
    bracketed = _IN_BRACKETS.search(name)
    short = ""
    if bracketed:
        inner, rest = bracketed.group(1), name[: bracketed.start()] + " " + name[bracketed.end() :]
        firsts = "".join(part[0] for part in _PARTS.findall(folded(rest)))
        mixed = not rest.isupper()
        if (mixed and sum(map(str.isupper, inner)) > len(inner) // 2) or _is_within(folded(inner), firsts):
            short, name = "".join(_PARTS.findall(folded(inner))), rest
    text = folded(name)
    text = _APOSTROPHES.sub("", text)
    if "." in text:
        text = _DOTTED.sub(lambda found: found.group(1).replace(".", "").replace(" ", ""), text)
    parts = _PARTS.findall(text)
    end = len(parts)
    while end > 1 and _is_legal_form(parts[end - 1]):
        end -= 1
    # "The Company, Inc." keeps a word; a name of legal forms and small words alone is itself.
    while end < len(parts) and all(part in SMALL_WORDS for part in parts[:end]):
        end += 1
    kept = parts[:end]
    words = tuple(
        word
        for at, part in enumerate(kept)
        if (word := _one_spelling(part, at == 0)) and part not in SMALL_WORDS and not (at and part in ONLY_LEGAL)
    )
    words = words or tuple(kept)
    return Name(
        plain=" ".join(parts),
        words=words,
        legal=tuple(parts[end:]),
        short=short,
        initials="".join(word[0] for word in words),
    )


@lru_cache(maxsize=65536)
def _is_legal_form(part: str) -> bool:
    """Whether a word at the end is a legal form, a long one perhaps mistyped."""
    if part in LEGAL_FORMS:
        return True
    return len(part) > 5 and any(
        OSA.distance(part, form, score_cutoff=2) <= len(form) // 6 for form in LONG_LEGAL_FORMS
    )


@lru_cache(maxsize=65536)
def _one_spelling(part: str, is_first: bool) -> str:
    if part in NUMBER_SIGNS:
        return ""
    if part[0].isdigit():
        number = _ORDINAL.match(part)
        return number.group(1) if number else part
    if not is_first and part in _ROMAN:
        return _ROMAN[part]
    return ONE_SPELLING.get(part, part)


def _is_within(short: str, firsts: str) -> bool:
    """Whether the letters of a short form are first letters of the words, in order."""
    letters = iter(firsts)
    return len(short) > 1 and all(letter in letters for letter in short)
