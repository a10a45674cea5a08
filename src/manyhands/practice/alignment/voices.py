"""What counts as one voice, and how alike organizations answered. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from .columns import Columns, as_numbers

__all__ = ["FEWEST_SHARED", "MOST_COMPARED", "Pair", "one_voice_each", "pairs"]

#: Two organizations are compared by statements that both have answered; fewer than this say too little.
FEWEST_SHARED = 5
#: From here on there are groups of opinion to look at, and pairs nobody could read.
MOST_COMPARED = 30


def one_voice_each(answers: Columns, organization_of: Mapping[int, int]) -> Columns:
    """Each organization's answer to each statement: what most of its people said; a tie counts as a pass.

    People who answered for no organization are left out: here organizations have a voice, not people.

    >>> one_voice_each(([1, 2, 3, 4], [9, 9, 9, 9], [1, 1, -1, 1]), {1: 70, 2: 70, 3: 70})
    ([70], [9], [1])
    >>> one_voice_each(([1, 2], [9, 9], [1, -1]), {1: 70, 2: 70})
    ([70], [9], [0])
    """
    import numpy as np

    people, statements, given = as_numbers(answers)
    persons, person = np.unique(people, return_inverse=True)
    speaks = np.array([each in organization_of for each in persons.tolist()], dtype=bool)
    if not speaks.any():
        return [], [], []
    of_person = np.array([organization_of.get(each, 0) for each in persons.tolist()], dtype=np.int64)
    counted = speaks[person]
    organizations, organization = np.unique(of_person[person][counted], return_inverse=True)
    asked, statement = np.unique(statements[counted], return_inverse=True)
    cells, cell = np.unique(organization * len(asked) + statement, return_inverse=True)
    said = given[counted]
    counts = np.stack([np.bincount(cell[said == answer], minlength=len(cells)) for answer in (1, 0, -1)])
    leading = counts == counts.max(axis=0)
    most = np.where(leading.sum(axis=0) == 1, np.array([1, 0, -1])[leading.argmax(axis=0)], 0)
    at, which = np.divmod(cells, len(asked))
    return organizations[at].tolist(), asked[which].tolist(), most.tolist()


@dataclass(frozen=True)
class Pair:
    """How alike two organizations answered.

    Attributes
    ----------
    one, other : int
        The organizations, the smaller id first.
    shared : int
        Statements that both have answered.
    same : int or None
        Of these, how many in the same way; None where they are too few to say.
    """

    one: int
    other: int
    shared: int
    same: int | None

    @property
    def share(self) -> float | None:
        return None if self.same is None else self.same / self.shared


def pairs(voices: Columns, fewest: int = FEWEST_SHARED) -> list[Pair]:
    """How alike each two organizations answered, the most alike first, those of whom nothing can be said last.

    Parameters
    ----------
    voices
        Organizations, statements and answers, one of each organization to each statement; see `one_voice_each`.
    fewest
        Statements that both must have answered.

    Examples
    --------
    >>> found = pairs(([1, 1, 2, 2, 3], [7, 8, 7, 8, 7], [1, -1, 1, 0, -1]), fewest=2)
    >>> [(pair.one, pair.other, pair.shared, pair.same) for pair in found]
    [(1, 2, 2, 1), (1, 3, 1, None), (2, 3, 1, None)]
    >>> pairs(([], [], []))
    []
    """
    said: dict[int, dict[int, int]] = defaultdict(dict)
    for one, statement, answer in zip(*voices, strict=True):
        said[one][statement] = answer
    found = []
    for one, other in combinations(sorted(said), 2):
        both = said[one].keys() & said[other].keys()
        same = sum(said[one][each] == said[other][each] for each in both)
        found.append(Pair(one, other, len(both), same if len(both) >= fewest else None))
    return sorted(found, key=lambda pair: (pair.share is None, -(pair.share or 0), -pair.shared, pair.one, pair.other))
