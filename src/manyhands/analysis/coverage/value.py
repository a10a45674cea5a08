r"""What a set of invitations would add: new voices, new people reached, missing strengths, and a way to them.

.. math::
    F(S) = w_v \frac{1}{|C|} \sum_{c \in C} \phi(n_c + n_c(S))
         + w_r \frac{\sum_{g\ \text{reached}} p_g}{\sum_g p_g}
         + w_a \frac{|\text{assets brought}|}{|\text{assets wanted}|}
         + w_t \frac{1}{k} \sum_{i \in S} t_i

less what members already give. *C* are the fields of sector and place wanted, :math:`n` the voices in one,
and :math:`\phi` is 0, 2/3, 1 for no, one and more voices: a first voice counts twice a second. :math:`p_g` is
how many people constituency *g* has, :math:`t_i` the warmth of the best path to *i*, and *k* the capacity.

Whom one adds, and the more there already are, the less a further one adds: F is monotone and submodular,
which is what makes the choice by greatest gain provably good.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.tables import BadInput

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: What a first and a second voice in a field count; a third counts nothing.
FIRST_VOICE, SECOND_VOICE = 2 / 3, 1 / 3
#: The parts of the value, in the order of their columns.
PARTS = ("coverage", "reach", "assets", "warmth")


@dataclass(frozen=True)
class Weights:
    """How much each part counts; only their proportions matter.

    Attributes
    ----------
    coverage : float
        New voices in fields that lack one.
    reach : float
        People who are not reached yet.
    assets : float
        Strengths that are wanted and missing.
    warmth : float
        A warm path to them.
    """

    coverage: float = 0.4
    reach: float = 0.2
    assets: float = 0.25
    warmth: float = 0.15

    def __post_init__(self) -> None:
        given = [getattr(self, part) for part in PARTS]
        if not all(np.isfinite(each) and each >= 0 for each in given) or not sum(given):
            raise BadInput("Weights must be numbers from 0 up, and not all 0.")

    @property
    def shares(self) -> Floats:
        """The weights, made to add up to 1."""
        given = np.array([getattr(self, part) for part in PARTS], dtype=np.float64)
        return np.asarray(given / given.sum())


@dataclass(frozen=True)
class Someone:
    """A member, or a candidate for an invitation.

    Attributes
    ----------
    id : str
    sectors, places : collection of str
        Where it has a voice: in every field where one of its sectors meets one of its places.
    constituencies : collection of str
        The groups of people it reaches.
    assets : collection of str
        What it brings.
    warmth : float or None
        Of the best path to it, 0 to 1; None if there is none, which counts as 0. Of no use for a member.
    """

    id: str
    sectors: Collection[str] = ()
    places: Collection[str] = ()
    constituencies: Collection[str] = ()
    assets: Collection[str] = ()
    warmth: float | None = None


@dataclass(frozen=True)
class Wanted:
    """What the coalition has decided to look for.

    Attributes
    ----------
    sectors, places : sequence of str
        The lists whose fields are to have voices. With one list empty, the other alone is looked at.
    constituencies : mapping of str to float
        Groups of people to reach, and how many each has; any unit, or 1 each if that is not known.
    assets : collection of str
        Strengths the coalition needs.
    """

    sectors: Sequence[str] = ()
    places: Sequence[str] = ()
    constituencies: Mapping[str, float] = field(default_factory=dict)
    assets: Collection[str] = ()

    #: Stands for the list that is empty.
    ANYWHERE: ClassVar[str] = ""

    def __post_init__(self) -> None:
        for name, people in self.constituencies.items():
            if not (np.isfinite(people) and people >= 0):
                raise BadInput(f"The size of {name!r} must be a number, 0 or more.")

    def elements(self, who: Someone) -> list[tuple[str, str, str]]:
        """Everything wanted that one gives: kind, then the names."""
        order = self._order
        sectors, places = _of(order["sectors"], who.sectors), _of(order["places"], who.places)
        if not self.sectors:
            sectors = [self.ANYWHERE] if self.places else []
        if not self.places:
            places = [self.ANYWHERE] if self.sectors else []
        fields = [("coverage", sector, place) for sector in sectors for place in places]
        groups = [("reach", each, "") for each in _of(order["constituencies"], who.constituencies)]
        return [*fields, *groups, *(("assets", each, "") for each in _of(order["assets"], who.assets))]

    @cached_property
    def _order(self) -> dict[str, dict[str, int]]:
        """The place of each name on its list, so that what one gives is looked up and not searched for."""
        lists: dict[str, Iterable[str]] = {
            "sectors": dict.fromkeys(self.sectors),
            "places": dict.fromkeys(self.places),
            "constituencies": self.constituencies,
            "assets": sorted(set(self.assets)),
        }
        return {kind: {name: at for at, name in enumerate(names)} for kind, names in lists.items()}


def _of(order: Mapping[str, int], given: Collection[str]) -> list[str]:
    """What of this is on the list, in the list's order."""
    return sorted((each for each in set(given) if each in order), key=order.__getitem__) if given else []


class Value:
    """The value of sets of candidates, over what members already give.

    Every part is a sum over things wanted, each of which adds less the more have it already. So for all that
    is wanted it is enough to know how many have it, and what one more would add.

    Parameters
    ----------
    members, candidates : sequence of Someone
    wanted : Wanted
    weights : Weights
    capacity : int
        How many can be invited.

    Raises
    ------
    BadInput
        If two have the same id, or a warmth is not between 0 and 1.
    """

    def __init__(
        self,
        members: Sequence[Someone],
        candidates: Sequence[Someone],
        wanted: Wanted,
        weights: Weights,
        capacity: int,
    ) -> None:
        check(members, candidates)
        shares = dict(zip(PARTS, weights.shares.tolist(), strict=True))
        people = sum(wanted.constituencies.values())
        number = {
            "coverage": (len(set(wanted.sectors)) or 1) * (len(set(wanted.places)) or 1),
            "assets": len(set(wanted.assets)) or 1,
        }
        self.elements: list[tuple[str, str, str]] = []
        place: dict[tuple[str, str, str], int] = {}

        def positions(who: Someone) -> Integers:
            given = wanted.elements(who)
            for each in given:
                if each not in place:
                    place[each] = len(place)
                    self.elements.append(each)
            return np.array([place[each] for each in given], dtype=np.int64)

        held = [positions(each) for each in members]
        #: What each candidate gives, as positions of elements.
        self.gives = [positions(each) for each in candidates]
        self.now = np.zeros(len(place), dtype=np.int64)
        for each in held:
            self.now[each] += 1
        # What a first, a second and any further one adds, for each element.
        self.adds = np.zeros((3, len(place)))
        for kind, name, other in self.elements:
            at = place[kind, name, other]
            if kind == "coverage":
                self.adds[:2, at] = np.array([FIRST_VOICE, SECOND_VOICE]) * shares[kind] / number[kind]
            elif kind == "assets":
                self.adds[0, at] = shares[kind] / number[kind]
            elif people:
                self.adds[0, at] = shares[kind] * wanted.constituencies[name] / people
        warmth = np.array([each.warmth or 0.0 for each in candidates], dtype=np.float64)
        self.warmth = warmth * shares["warmth"] / max(capacity, 1)
        self.kind = np.array([PARTS.index(kind) for kind, _, _ in self.elements], dtype=np.int64)

    def counts(self, chosen: Collection[int]) -> Integers:
        """How many have each element, members and those chosen together."""
        found = self.now.copy()
        for each in chosen:
            found[self.gives[each]] += 1
        return found

    def gain(self, candidate: int, counts: Integers) -> float:
        """What one more candidate adds."""
        given = self.gives[candidate]
        return float(self.adds[np.minimum(counts[given], 2), given].sum() + self.warmth[candidate])

    def gains(self, candidate: int, counts: Integers) -> Floats:
        """The same for each part, in the order of ``PARTS``."""
        given = self.gives[candidate]
        parts = np.zeros(len(PARTS))
        np.add.at(parts, self.kind[given], self.adds[np.minimum(counts[given], 2), given])
        parts[PARTS.index("warmth")] += self.warmth[candidate]
        return parts

    def of(self, chosen: Collection[int]) -> float:
        """Value of a set of candidates, given by their positions; 0 for nobody, at most 1.

        Examples
        --------
        The second of two alike adds half as much; no sum of two is lost:

        >>> twins = [Someone("a", sectors=["health"]), Someone("b", sectors=["health"])]
        >>> value = Value([], twins, Wanted(sectors=["health"]), Weights(1, 0, 0, 0), 2)
        >>> round(value.of([0]), 3), round(value.of([0, 1]), 3)
        (0.667, 1.0)
        """
        total, counts = 0.0, self.now.copy()
        for each in dict.fromkeys(chosen):
            total += self.gain(each, counts)
            counts[self.gives[each]] += 1
        return total


def check(members: Sequence[Someone], candidates: Sequence[Someone]) -> None:
    """Refuse two with the same id, and a warmth that is none."""
    ids = [each.id for each in (*members, *candidates)]
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise BadInput(f"{each[:60]!r} is there twice, among members and candidates together.")
        seen.add(each)
    for who in candidates:
        if who.warmth is not None and not 0 <= who.warmth <= 1:
            raise BadInput(f"The warmth of the path to {who.id[:60]!r} must be between 0 and 1.")
