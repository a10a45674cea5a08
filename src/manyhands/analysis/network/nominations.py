"""Who is considered influential: how many of those who answered name each actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from manyhands.analysis.identifiers import distinct
from manyhands.analysis.network.ties import Integers
from manyhands.analysis.tables import BadInput

METHOD = "influence count 1"


@dataclass(frozen=True)
class Named:
    """How often one actor is named.

    Attributes
    ----------
    actor : str
    count : int
        Others who name it; naming oneself does not count.
    could : int
        Others who answered at all.
    share : float or None
        Count over could; None if no other answered.
    place : int
        1 is named most; equal ones share the better place.
    """

    actor: str
    count: int
    could: int
    share: float | None
    place: int


@dataclass(frozen=True)
class InfluenceCounts:
    """All who could be named, most often named first, then by id.

    Attributes
    ----------
    rows : tuple of Named
    answered : int
        How many answered.
    named_themselves : int
        Left out.
    """

    rows: tuple[Named, ...]
    answered: int
    named_themselves: int
    method: str = METHOD


def influence_counts(by: Any, of: Any, *, actors: Any = None, answered: Any = None) -> InfluenceCounts:
    """Count nominations, and beside each count how many could have made one.

    Who did not answer has not said no. Counts are therefore shown with the number of others who answered.

    Parameters
    ----------
    by, of : sequence of str or int
        Who names, and who is named, row by row. A row that stands twice counts once.
    actors : sequence of str or int, optional
        All who could be named; without it, all who occur.
    answered : sequence of str or int, optional
        All who answered, even with nobody's name; without it, those who named someone.

    Raises
    ------
    BadInput
        If an id is blank, the two differ in length, someone named is not in the list of actors, or someone
        who names is not among those who answered.

    Examples
    --------
    >>> found = influence_counts(["a", "b", "c", "c"], ["c", "c", "c", "a"])
    >>> [(row.actor, row.count, row.could) for row in found.rows], found.named_themselves
    ([('c', 2, 2), ('a', 1, 2), ('b', 0, 2)], 1)
    """
    if len(by) != len(of):
        raise BadInput("Each nomination needs one who names and one who is named.")
    sources, start = distinct(by, "naming actor's")
    targets, end = distinct(of, "named actor's")
    listed = np.union1d(sources, targets) if actors is None else distinct(actors, "actor")[0]
    names = distinct(listed.tolist(), "actor")[0]
    voices = sources if answered is None else distinct(answered, "answering actor's")[0]
    heard = set(voices.tolist())
    place = {name: position for position, name in enumerate(names.tolist())}
    for row, (one, other) in enumerate(zip(sources[start].tolist(), targets[end].tolist(), strict=True)):
        if other not in place:
            raise BadInput(f"Row {row + 2}: {other!r} is not in the list of actors.")
        if one not in heard:
            raise BadInput(f"Row {row + 2}: {one!r} is not among those who answered.")
    pairs = sorted(set(zip(sources[start].tolist(), targets[end].tolist(), strict=True)))
    count = np.zeros(len(names), dtype=np.int64)
    np.add.at(count, [place[other] for one, other in pairs if one != other], 1)
    return InfluenceCounts(
        rows=tuple(_row(names.tolist(), count, at, heard) for at in np.argsort(-count, kind="stable").tolist()),
        answered=len(heard),
        named_themselves=sum(one == other for one, other in pairs),
    )


def _row(names: list[str], count: Integers, at: int, heard: set[str]) -> Named:
    number, could = int(count[at]), len(heard) - (names[at] in heard)
    return Named(names[at], number, could, number / could if could else None, int((count > number).sum()) + 1)
