"""Fit beside popularity: what is counted of what members said, and where the lines are. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

__all__ = ["FEWEST", "METHOD", "MOST_CANDIDATES", "Counted", "count", "from_payload", "in_order"]

METHOD = "fit beside popularity 1"
#: Fewer organizations than this make no figure.
FEWEST = 5
#: More than anybody answers one at a time.
MOST_CANDIDATES = 30
#: Fixed lines, so that no candidate is high only because others are low; a value on the line is above it.
POPULAR, MUCH_FIT, LITTLE_FIT = Fraction(1, 2), Fraction(1, 2), Fraction(1, 4)


@dataclass(frozen=True)
class Counted:
    """One candidate: for how many it is a priority, and which clauses most see it serve.

    Seven of ten organizations want it, and six of ten see it serve the first of four clauses; on the second they are
    five and five, which is not most.

    >>> one = Counted(1, answered=10, chosen_by=(1, 2, 3, 4, 5, 6, 7), clauses=((11, 6), (12, 5), (13, 0), (14, 0)))
    >>> one.popularity, one.served, one.fit, one.kind
    (70, (11,), 25, 'popular')

    Exactly half is popular, and a quarter is not little:

    >>> Counted(1, 6, (1, 2, 3), ((11, 6), (12, 6))).kind, Counted(1, 6, (1,), ((11, 4), (12, 0))).kind
    ('both', 'fitting')
    >>> Counted(1, 6, (1, 2, 3), ((11, 3), (12, 3))).kind
    'popular with little fit'

    Below five organizations there is no figure; nobody answered is the same.

    >>> few = Counted(1, 4, (1, 2, 3, 4), ((11, 4),))
    >>> few.popularity, few.fit, few.kind, Counted(1, 0, (), ((11, 0),)).fit
    (None, None, '', None)
    """

    candidate: int
    answered: int
    chosen_by: tuple[int, ...]
    #: Each clause with how many organizations see the candidate serve it, in the order of the vision.
    clauses: tuple[tuple[int, int], ...]

    @property
    def chosen(self) -> int:
        return len(self.chosen_by)

    @property
    def is_enough(self) -> bool:
        return self.answered >= FEWEST

    @property
    def served(self) -> tuple[int, ...]:
        """Clauses that more than half of those who answered see it serve."""
        return tuple(clause for clause, seen in self.clauses if 2 * seen > self.answered)

    @property
    def popular_share(self) -> Fraction:
        return Fraction(self.chosen, self.answered) if self.answered else Fraction(0)

    @property
    def fit_share(self) -> Fraction:
        return Fraction(len(self.served), len(self.clauses)) if self.clauses else Fraction(0)

    @property
    def popularity(self) -> int | None:
        """Percent of those who answered for whom it is a priority."""
        return round(100 * self.popular_share) if self.is_enough else None

    @property
    def fit(self) -> int | None:
        """Percent of the clauses that it serves as most see it."""
        return round(100 * self.fit_share) if self.is_enough else None

    @property
    def kind(self) -> str:
        """Where it stands: popular, fitting, both, one without the other, or neither; empty while too few answered."""
        if not self.is_enough:
            return ""
        popular, fits = self.popular_share >= POPULAR, self.fit_share >= MUCH_FIT
        if popular and fits:
            return "both"
        if popular:
            return "popular with little fit" if self.fit_share < LITTLE_FIT else "popular"
        return "fitting" if fits else "neither"

    @property
    def support(self) -> int:
        """All clauses ticked by all organizations: decides between equals in fit."""
        return sum(seen for _clause, seen in self.clauses)


def count(
    candidates: Sequence[int],
    clauses: Sequence[int],
    answers: Iterable[tuple[int, int, bool, Sequence[int]]],
    members: Iterable[int],
) -> dict[str, Any]:
    """What is kept when a round closes. One organization, one voice; those that are no members now are not counted.

    Parameters
    ----------
    candidates, clauses
        Ids, in their order.
    answers
        Candidate, organization, whether it is a priority for it, and the clauses it serves.
    members
        Organizations with a voice now.

    Examples
    --------
    A clause that the vision does not have is not counted, nor is organization 9, which has left.

    >>> found = count([1], [11, 12], [(1, 7, True, [11, 99]), (1, 8, False, [11]), (1, 9, True, [12])], [7, 8])
    >>> found["asked"], found["answered"], found["candidates"]
    (2, 2, [{'id': 1, 'answered': 2, 'chosen_by': [7], 'clauses': [[11, 2], [12, 0]]}])
    """
    voices = set(members)
    counted = [each for each in answers if each[1] in voices]
    rows = []
    for candidate in candidates:
        own = [each for each in counted if each[0] == candidate]
        seen = Counter(clause for *_, served in own for clause in set(served))
        rows.append(
            {
                "id": candidate,
                "answered": len(own),
                "chosen_by": sorted(organization for _c, organization, wanted, _s in own if wanted),
                "clauses": [[clause, seen[clause]] for clause in clauses],
            }
        )
    return {
        "method": METHOD,
        "asked": len(voices),
        "answered": len({organization for _c, organization, *_ in counted}),
        "candidates": rows,
    }


def from_payload(payload: Mapping[str, Any]) -> list[Counted]:
    """What was kept, in the order of the round."""
    return [
        Counted(
            row["id"],
            row["answered"],
            tuple(row["chosen_by"]),
            tuple((clause, seen) for clause, seen in row["clauses"]),
        )
        for row in payload.get("candidates", [])
    ]


def in_order(counted: Sequence[Counted], by: str) -> list[Counted]:
    """The most popular first, or those that fit most; between equals the other figure, then the order of the round.

    Candidates without enough answers come last, whatever they have.

    >>> few, wanted, fits = (Counted(1, 2, (1, 2), ((11, 2),)), Counted(2, 6, (1, 2), ((11, 1),)),
    ...                      Counted(3, 6, (1,), ((11, 6),)))
    >>> [each.candidate for each in in_order([few, wanted, fits], "popularity")]
    [2, 3, 1]
    >>> [each.candidate for each in in_order([few, wanted, fits], "fit")]
    [3, 2, 1]
    """

    def popularity(each: Counted) -> tuple[Any, ...]:
        return (not each.is_enough, -each.chosen, -each.popular_share, -each.fit_share)

    def fit(each: Counted) -> tuple[Any, ...]:
        return (not each.is_enough, -each.fit_share, -each.support, -each.chosen)

    return sorted(counted, key=fit if by == "fit" else popularity)
