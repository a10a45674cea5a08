"""How alike two statements are by their words, which of many are near one, and which belong together. Pure.

It compares words, not meanings: it finds what was said twice in much the same words. What it gathers is a first
sorting for people to look at, never a result.
"""

import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["MOST_GATHERED", "Texts", "gather", "likeness", "similar"]

#: From here on two statements are shown to somebody as perhaps the same.
NEAR = 0.45
#: From here on a statement joins those that are gathered; lower, because somebody looks at the whole afterwards.
JOINS = 0.3
#: More statements than this are not gathered by words; it would be neither quick nor of use.
MOST_GATHERED = 400
#: Words are compared by their beginning, so that "school" and "schools" are one.
STEM = 5
SHORTEST_WORD = 4
#: Any two sentences share many letters; only a close match of signs, of a hundred, says something.
LEAST_OF_SIGNS = 70


def words(text: str) -> frozenset[str]:
    """The words that carry what is said: their first letters, without accents; short words are left out.

    >>> sorted(words("Put trained guards at every School gate!"))
    ['every', 'gate', 'guard', 'schoo', 'train']
    >>> sorted(words("Más árboles"))
    ['arbol']
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return frozenset(word[:STEM] for word in re.findall(r"\w+", plain) if len(word) >= SHORTEST_WORD)


def likeness(one: str, other: str, weights: Mapping[str, float] | None = None) -> float:
    """How alike two statements are, from 0 to 1: the larger of the share of words they have in common and of signs.

    Parameters
    ----------
    one, other
        Two texts.
    weights
        How much each word says; one by default. Rare words say more than words that everybody uses.

    Examples
    --------
    >>> likeness("More trees at the school gate.", "More trees at school gates!") > 0.9
    True
    >>> likeness("Guards before gates.", "Free bus passes for children.")
    0.0
    >>> likeness("", "")
    0.0
    """
    known = None if weights is None else defaultdict(lambda: 1.0, weights)
    return _alike(_Read.of(one), _Read.of(other), known)


def similar(text: str, others: Mapping[int, str], most: int = 3, at_least: float = NEAR) -> list[int]:
    """The ids of those that are near a text, nearest first.

    >>> similar("more guards at school", {1: "Trained guards at every school.", 2: "Free bus passes."})
    [1]
    >>> similar("", {1: "Trained guards at every school."})
    []
    """
    texts = Texts()
    texts.add(others.items())
    return texts.near(text, most, at_least)


class Texts:
    """Texts read once and asked often: 10,000 of them answer in a few hundredths of a second.

    >>> texts = Texts()
    >>> texts.add([(1, "Trained guards at every school."), (2, "Free bus passes.")])
    >>> texts.near("more guards at school"), texts.near("bus passes, free!")
    ([1], [2])
    >>> texts.forget([1])
    >>> texts.near("more guards at school"), texts.ids
    ([], {2})
    """

    def __init__(self) -> None:
        self._words: dict[int, tuple[str, ...]] = {}
        self._signs: dict[int, str] = {}
        self._used: Counter[str] = Counter()

    @property
    def ids(self) -> set[int]:
        return set(self._words)

    def add(self, texts: Iterable[tuple[int, str]]) -> None:
        """Read these; one that is here already is left as it is."""
        for key, text in texts:
            if key not in self._words:
                read = _Read.of(text)
                self._words[key] = tuple(map(sys.intern, read.words))
                self._signs[key] = read.signs
                self._used.update(read.words)

    def forget(self, keys: Iterable[int]) -> None:
        for key in keys:
            del self._signs[key]
            for word in self._words.pop(key):
                self._used[word] -= 1

    def near(self, text: str, most: int = 3, at_least: float = NEAR) -> list[int]:
        """The ids of those that are near a text, nearest first."""
        from rapidfuzz import fuzz, process  # only where texts are compared: most pages never do

        mine = _Read.of(text)
        if not mine.words:
            return []
        signs = process.extract(
            mine.signs, self._signs, scorer=fuzz.ratio, processor=None, score_cutoff=LEAST_OF_SIGNS, limit=None
        )
        alike = {key: score / 100 for _signs, score, key in signs}
        weights = _Weights(self._used, len(self._words))
        for key, theirs in self._words.items():
            if not mine.words.isdisjoint(theirs):
                shared = _shared(mine.words, frozenset(theirs), weights)
                alike[key] = max(shared, alike.get(key, 0.0))
        found = sorted((-round(score, 4), key) for key, score in alike.items())
        return [key for negative, key in found if -negative >= at_least][:most]


def gather(texts: Mapping[int, str]) -> list[list[int]]:
    """Put statements that share words together; each stands in one place, the largest gatherings first.

    A statement joins the gathering it is on average nearest to, if it is near enough, in the order they are given.

    >>> gather({1: "Trained guards at every school.", 2: "Free bus passes for children.",
    ...         3: "School guards, trained ones.", 4: "Children ride the bus for free."})
    [[1, 3], [2, 4]]
    >>> gather({})
    []
    """
    read = {key: _Read.of(text) for key, text in texts.items()}
    weights = _weights(read.values())
    gathered: list[list[int]] = []
    for key, mine in read.items():
        near = [(sum(_alike(mine, read[o], weights) for o in group) / len(group), group) for group in gathered]
        best = max(near, key=lambda pair: pair[0], default=(0.0, []))
        if best[0] >= JOINS:
            best[1].append(key)
        else:
            gathered.append([key])
    return sorted(gathered, key=lambda group: (-len(group), group[0]))


@dataclass(frozen=True)
class _Read:
    """A text read once: its words, and its signs without what only punctuates."""

    words: frozenset[str]
    signs: str

    @classmethod
    def of(cls, text: str) -> "_Read":
        return cls(words(text), " ".join(sorted(re.findall(r"\w+", text.casefold()))))


def _alike(mine: _Read, theirs: _Read, weights: Mapping[str, float] | None) -> float:
    from rapidfuzz import fuzz  # only where texts are compared: most pages never do

    if not mine.signs or not theirs.signs:
        return 0.0
    signs = fuzz.ratio(mine.signs, theirs.signs, score_cutoff=LEAST_OF_SIGNS) / 100
    return round(max(_shared(mine.words, theirs.words, weights), signs), 4)


def _shared(mine: frozenset[str], theirs: frozenset[str], weights: Mapping[str, float] | None) -> float:
    def weigh(some: Iterable[str]) -> float:
        return sum(weights[word] if weights is not None else 1.0 for word in some)

    common = mine & theirs
    return 2 * weigh(common) / (weigh(mine) + weigh(theirs)) if common else 0.0


def _weights(texts: Iterable[_Read]) -> "_Weights":
    found = [text.words for text in texts]
    return _Weights(Counter(word for each in found for word in each), len(found))


class _Weights(dict[str, float]):
    """How much each word says, worked out when it is asked: words that many statements use tell them apart badly.

    A word that none of them uses weighs one.
    """

    def __init__(self, used: Mapping[str, int], texts: int) -> None:
        self._used, self._texts = used, texts

    def __missing__(self, word: str) -> float:
        count = self._used.get(word, 0)
        weight = self[word] = math.log(1 + self._texts / count) if count else 1.0
        return weight
