"""Groups of people who answer alike: how many there are, and who is in which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from manyhands.analysis.common_ground.k_means import k_means, settle
from manyhands.analysis.common_ground.opinion_space import OpinionSpace, opinion_space
from manyhands.analysis.responses import Responses

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

#: A group of fewer people is never told apart.
SMALLEST_GROUP = 5
#: Who answered fewer statements than this (or than there are) stands too unsurely to be put in a group.
ENOUGH_ANSWERS = 7
MOST_GROUPS = 5
#: Above these sizes a seeded sample decides where groups lie, and how well apart.
_PEOPLE_TO_SEARCH = 2_000
_PEOPLE_TO_COMPARE = 1_000


@dataclass(frozen=True, eq=False)
class OpinionGroups:
    """Who answers like whom.

    Attributes
    ----------
    of_person : (people,) array of int
        0 for the largest group, 1 for the next ...; -1 for people who answered too little.
    names : tuple of str
        "A" for the largest group, "B" for the next ...
    space : OpinionSpace
        Where each person stands.
    silhouettes : dict of int to float
        For each number of groups tried, how well apart they were: 1 far, 0 touching.
    separation : float or None
        The silhouette of the number chosen; None if there is one group.
    seed : int
        Give it again and the same groups come out.
    """

    of_person: Labels
    names: tuple[str, ...]
    space: OpinionSpace
    seed: int
    silhouettes: dict[int, float] = field(default_factory=dict)

    @property
    def separation(self) -> float | None:
        """How well apart the groups are, -1 to 1; None if there is one group."""
        return max(self.silhouettes.values()) if len(self.names) > 1 and self.silhouettes else None


def find_opinion_groups(
    responses: Responses,
    *,
    seed: int = 2026,
    smallest_group: int = SMALLEST_GROUP,
    most_groups: int = MOST_GROUPS,
    number: int | None = None,
    near: Floats | None = None,
    begin_with: Labels | None = None,
) -> OpinionGroups:
    """Find two to five groups of people who answer alike, or one if they cannot be told apart.

    K-means on the two main directions; of the numbers of groups tried, the one with the largest mean
    silhouette. A group too small to be told apart is joined to the nearest. With fewer than twice
    ``smallest_group`` people who answered enough, everyone is one group.

    Parameters
    ----------
    responses : Responses
    seed : int
        Of every random choice; the same seed gives the same groups.
    smallest_group : int
        Smaller groups are joined to the nearest one.
    most_groups : int
        Largest number of groups tried; with few people fewer are tried (at most 2 + people/12).
    number : int, optional
        Split into so many groups rather than the number that fits best, as far as people differ.
    near : (2, statements) array of float, optional
        Directions to begin the search for directions at; see :func:`opinion_space`.
    begin_with : (people,) array of int, optional
        Groups of nearly the same answers, -1 for none. K-means then begins at their middles and keeps their
        number instead of searching: quicker, and people stay where they are unless answers moved them. What
        comes out is at rest, yet need not be what a search would find. Where fewer than two groups are given,
        it is searched all the same.

    Returns
    -------
    OpinionGroups

    Raises
    ------
    BadInput
        If there is not one answer.

    Notes
    -----
    K-means always finds groups, even in noise: read them with ``separation``. Answers given at random
    come out at 0.3 to 0.4; up to there the groups are a way to cut a cloud, not camps.

    Examples
    --------
    Six people of one mind and five of the opposite:

    >>> found = find_opinion_groups(Responses.from_dense([[1, 1, -1]] * 6 + [[-1, -1, 1]] * 5))
    >>> found.of_person.tolist(), found.names
    ([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1], ('A', 'B'))
    """
    space = opinion_space(responses, seed=seed, near=near)
    seen = responses.votes_of_each
    placed = np.flatnonzero(seen >= min(ENOUGH_ANSWERS, len(responses.statements)))
    points = space.positions[placed]
    most = min(most_groups, 2 + len(placed) // 12)
    label: Labels | None = None
    silhouettes: dict[int, float] = {}
    if most >= 2 and len(placed) >= max(2 * smallest_group, 2):
        if begin_with is not None and begin_with.max(initial=-1) > 0 and number is None:
            label, silhouettes = _moved_on(points, begin_with[placed], seed)
        if label is None:
            label, silhouettes = _best_split(points, range(2, most + 1) if number is None else [number], seed)
    if label is not None:
        label = _join_small(points, label, smallest_group)
    of_person = np.full(len(seen), -1, dtype=np.int64)
    if label is None or label.max() == 0:
        # One group: there is no border for anyone to stand too unsurely at.
        of_person[seen > 0] = 0
    else:
        of_person[placed] = _largest_first(points, label)
    names = tuple(chr(ord("A") + at) for at in range(int(of_person.max()) + 1))
    return OpinionGroups(of_person, names, space, seed, silhouettes)


def _best_split(points: Floats, numbers: Iterable[int], seed: int) -> tuple[Labels | None, dict[int, float]]:
    """Labels of the number of groups with the largest silhouette, and all silhouettes."""
    random = np.random.default_rng(seed)
    searched = points[_sample(len(points), _PEOPLE_TO_SEARCH, random)]
    compared = _sample(len(searched), _PEOPLE_TO_COMPARE, random)
    distances = cdist(searched[compared], searched[compared])
    most = len(np.unique(searched.round(9), axis=0))
    centres, silhouettes = {}, {}
    for number in (each for each in numbers if 2 <= each <= most):
        centres[number], label = k_means(searched, number, random)
        silhouettes[number] = _silhouette(distances, label[compared], number)
    if not silhouettes:
        return None, {}
    # Rounded, so that of numbers that do equally well the smaller is taken on every machine.
    best = max(silhouettes, key=lambda number: (round(silhouettes[number], 9), -number))
    return settle(points, centres[best])[1], silhouettes


def _moved_on(points: Floats, former: Labels, seed: int) -> tuple[Labels | None, dict[int, float]]:
    """K-means from where former groups now have their middle; None if fewer than two of them are left.

    The middles are taken of people's places now: directions turn and change their order, people do not.
    """
    ids = np.unique(former[former >= 0])
    if len(ids) < 2:
        return None, {}
    label = settle(points, np.array([points[former == each].mean(axis=0) for each in ids]))[1]
    random = np.random.default_rng(seed)
    compared = _sample(len(points), _PEOPLE_TO_COMPARE, random)
    distances = cdist(points[compared], points[compared])
    return label, {len(ids): _silhouette(distances, label[compared], len(ids))}


def _sample(people: int, size: int, random: np.random.Generator) -> Labels:
    """Positions of a random few of so many people, in order; all of them if they are few."""
    if people <= size:
        return np.arange(people)
    return np.sort(random.choice(people, size, replace=False))


def _silhouette(distances: Floats, label: Labels, number: int) -> float:
    """Mean over people of (b - a) / max(a, b): own group's mean distance a, nearest other's b."""
    member = np.zeros((len(label), number))
    member[np.arange(len(label)), label] = 1.0
    size = member.sum(axis=0)
    if (size == 0).any():  # the sample missed a group altogether
        return -1.0
    sums = distances @ member
    own = sums[np.arange(len(label)), label] / np.maximum(size[label] - 1, 1)
    others = sums / size
    others[np.arange(len(label)), label] = np.inf
    nearest = others.min(axis=1)
    widest = np.maximum(own, nearest)
    value = np.divide(nearest - own, widest, out=np.zeros(len(label)), where=widest > 0)
    return float(np.where(size[label] > 1, value, 0.0).mean())


def _join_small(points: Floats, label: Labels, smallest: int) -> Labels:
    """Put each group that is too small into the nearest, the smallest first."""
    label = label.copy()
    while True:
        ids, sizes = np.unique(label, return_counts=True)
        if len(ids) == 1 or sizes.min() >= smallest:
            return np.searchsorted(ids, label)
        centres = np.array([points[label == each].mean(axis=0) for each in ids])
        small = int(sizes.argmin())
        gap = np.linalg.norm(centres - centres[small], axis=1)
        gap[small] = np.inf
        label[label == ids[small]] = ids[int(gap.argmin())]


def _largest_first(points: Floats, label: Labels) -> Labels:
    """Number the groups by size, equal ones from left to right."""
    size = np.bincount(label)
    left = np.array([points[label == each, 0].mean() for each in range(len(size))])
    place = np.empty(len(size), dtype=np.int64)
    place[np.lexsort((left, -size))] = np.arange(len(size))
    return place[label]
