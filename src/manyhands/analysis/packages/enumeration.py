"""All packages that nobody would refuse, one issue after the other, dropping what can no longer become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.packages.negotiation import Negotiation

#: So many packages, begun or whole, are kept at once. Above that a solver looks for the best ones only.
MOST_PACKAGES = 200_000
#: So many packages on the Pareto front are told apart.
MOST_PARETO = 2_000
_MOST_EXACT = 2**61

#: Whole numbers: int64, or Python's own where those would overflow.
Whole = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Tried:
    """Packages and what each is worth to each party, in units of ``negotiation.unit``.

    Attributes
    ----------
    options : (packages, issues) array of int
        In the stated order: the last issue changes fastest.
    worth : (packages, parties) array of whole numbers
    """

    options: NDArray[np.int64]
    worth: Whole


def values(asked: Negotiation) -> list[Whole]:
    """For each issue, what each option is worth to each party; shape (options, parties)."""
    unit = asked.unit
    kind = np.int64 if unit * 100 * (len(asked.issues) + 1) < _MOST_EXACT else object
    return [
        np.array(
            [[int(party.points[at][option] * unit) for party in asked.parties] for option in range(len(issue.options))],
            dtype=kind,
        )
        for at, issue in enumerate(asked.issues)
    ]


def walk_aways(asked: Negotiation) -> Whole:
    """What no deal is worth to each party, in the same units."""
    return np.array([int(party.walk_away * asked.unit) for party in asked.parties], dtype=values(asked)[0].dtype)


def all_packages(
    asked: Negotiation, *, acceptable: bool = True, most: int = MOST_PACKAGES, worths: list[Whole] | None = None
) -> Tried | None:
    """Every package, or every acceptable one.

    Parameters
    ----------
    asked : Negotiation
    acceptable : bool
        Only those that cross no red line and leave nobody below the walk-away.
    most : int
    worths : list, optional
        Instead of what the parties told, for trying out what would be if they had told something else.

    Returns
    -------
    Tried or None
        None if there are more than ``most`` at some point.
    """
    worth_of = values(asked) if worths is None else worths
    least = walk_aways(asked)
    parties = len(asked.parties)
    still = [np.zeros(parties, dtype=worth_of[0].dtype)]  # the most each can still get, from the end
    allowed = [asked.allowed(at) if acceptable else range(len(issue.options)) for at, issue in enumerate(asked.issues)]
    if any(not options for options in allowed):
        return Tried(np.zeros((0, len(allowed)), dtype=np.int64), np.zeros((0, parties), dtype=worth_of[0].dtype))
    for own, options in zip(reversed(worth_of), reversed(allowed), strict=True):
        still.append(still[-1] + own[list(options)].max(axis=0))
    still.reverse()
    kept = np.zeros((1, 0), dtype=np.int64)
    worth: Whole = np.zeros((1, parties), dtype=worth_of[0].dtype)
    for at, (own, options) in enumerate(zip(worth_of, allowed, strict=True)):
        choices = np.array(list(options), dtype=np.int64)
        if len(kept) * len(choices) > most * 10:
            return None
        worth = (worth[:, None, :] + own[choices][None, :, :]).reshape(-1, parties)
        column = np.tile(choices, len(kept))[:, None]
        kept = np.hstack([np.repeat(kept, len(choices), axis=0), column])
        if acceptable:
            possible = (worth + still[at + 1] >= least).all(axis=1)
            kept, worth = kept[possible], worth[possible]
        if len(kept) > most:
            return None
    return Tried(kept, worth)


def nash_best(gains: Whole) -> int | None:
    """Position of the package whose gains have the highest product; the first of equal ones.

    Where no package lets all gain, the one that lets most gain, and of those the highest product of theirs.

    Examples
    --------
    >>> nash_best(np.array([[1, 9], [5, 5], [9, 1], [5, 5]]))
    1
    """
    if not len(gains):
        return None
    winners = (gains > 0).sum(axis=1)
    near = np.flatnonzero(winners == winners.max())
    own = gains[near]
    logs = np.log(np.where(own > 0, own, 1).astype(float)).sum(axis=1)
    near = near[logs >= logs.max() - 1e-9]  # so close that only whole numbers can tell
    best, highest = None, -1
    for at in near.tolist():
        product = 1
        for gain in gains[at].tolist():
            product *= gain if gain > 0 else 1
        if product > highest:
            best, highest = at, product
    return best


def fairest(gains: Whole) -> int | None:
    """Position of the package whose smallest gain is largest, then the second smallest, and so on.

    Examples
    --------
    >>> fairest(np.array([[1, 9, 9], [4, 4, 4], [6, 4, 5]]))
    2
    """
    if not len(gains):
        return None
    ordered = np.sort(gains, axis=1)
    near = np.arange(len(gains))
    for place in range(ordered.shape[1]):
        column = ordered[near, place]
        near = near[column == column.max()]
    return int(near[0])


def pareto(worth: Whole, most: int = MOST_PARETO) -> NDArray[np.int64] | None:
    """Positions of the packages that cannot be bettered for one without loss to another.

    Returns
    -------
    array of int or None
        Ascending; packages worth the same to everyone are all in. None if there are more than ``most``
        different ones.

    Examples
    --------
    >>> pareto(np.array([[1, 9], [5, 5], [4, 5], [5, 5]])).tolist()
    [0, 1, 3]
    """
    order = np.argsort(-worth.sum(axis=1), kind="stable")  # what betters another has a larger sum
    left = order
    front: list[NDArray[np.int64]] = []
    while len(left):
        if len(front) >= most:
            return None
        best = worth[left[0]]
        rest = worth[left]
        same = (rest == best).all(axis=1)
        front.append(left[same])
        left = left[(rest > best).any(axis=1)]
    return np.sort(np.concatenate(front)) if front else np.zeros(0, dtype=np.int64)
