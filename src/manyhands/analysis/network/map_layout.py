"""Where each actor stands on the map: computed once, on the server, so that every browser shows the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.network.randomness import drawing_from
from manyhands.analysis.network.shape import components
from manyhands.analysis.network.ties import Floats, Integers, Ties

METHOD = "map 1"
#: Actors from whom steps are counted to find the broad lie of a piece.
LANDMARKS = 50
#: Rounds of pushing and pulling, for a small piece and for one of thousands.
ROUNDS, FEWER_ROUNDS, MANY = 500, 100, 2_000
#: Share of the width of its square that each piece leaves free on every side.
MARGIN = 0.06


@dataclass(frozen=True, eq=False)
class Layout:
    """A place for each actor.

    Attributes
    ----------
    x, y : (n,) array of float
        0 to 1, in the order of ``ties.actors``.
    seed : int
    """

    x: Floats
    y: Floats
    seed: int
    method: str = METHOD


def layout(ties: Ties, *, seed: int = 2026) -> Layout:
    """Place actors so that those who are tied stand together, and pieces of the network apart.

    Each piece is laid out by itself: its broad lie from the steps to some landmarks, then actors push each
    other away while ties pull, stronger ones more. Every piece gets a square as large as it has actors, and
    the squares are put in rows, so that no piece covers another. Actors without ties stand in a grid after
    the rest. The same ties and seed give the same map.

    Parameters
    ----------
    seed : int
        Of where actors start who are alike in their steps to all landmarks.

    Examples
    --------
    >>> found = layout(Ties.between("aab", "bcc", actors="abcd"))
    >>> found.x.shape, bool((found.x >= 0).all() and (found.x <= 1).all())
    ((4,), True)

    Sources
    -------
    U. Brandes and C. Pich, Graph Drawing 2006 (landmarks); T. M. J. Fruchterman and E. M. Reingold,
    Software: Practice and Experience 21, 1991 (pushing and pulling).
    """
    whole, n = ties.either_way, len(ties.actors)
    if not n:
        return Layout(np.empty(0), np.empty(0), seed)
    piece = components(whole)
    size = np.bincount(piece)
    order = np.argsort(piece, kind="stable")
    begins = np.concatenate([[0], np.cumsum(size)])
    alone = int((size == 1).sum())
    tied = len(size) - alone  # pieces are numbered from the largest down, so those of one come last
    sides = np.sqrt(size[:tied].astype(np.float64))
    grid = int(np.ceil(np.sqrt(alone)))
    if alone:
        sides = np.append(sides, max(grid * 0.7, 0.7))
    corners, width, height = _rows_of_squares(sides)
    place = np.zeros((n, 2))
    strong = whole.weight / whole.weight.max(initial=1e-300)
    for number in range(tied):
        members = order[begins[number] : begins[number + 1]]
        own = _one_piece(whole, members, strong, seed)
        place[members] = corners[number] + sides[number] * (MARGIN + (1 - 2 * MARGIN) * own)
    if alone:
        members = order[begins[tied] :]
        at = np.arange(alone)
        cell = np.column_stack([at % grid, at // grid]) + 0.5
        place[members] = corners[-1] + sides[-1] * cell / grid
    place /= max(width, height)
    place += (1 - np.array([width, height]) / max(width, height)) / 2
    place = np.clip(place, 0.0, 1.0)
    return Layout(place[:, 0].copy(), place[:, 1].copy(), seed)


def _rows_of_squares(sides: Floats) -> tuple[Floats, float, float]:
    """Lower left corners of squares put in rows, and the width and height of all."""
    total = max(float(np.sqrt((sides**2).sum())), float(sides.max()))
    corners = np.zeros((len(sides), 2))
    x = y = tallest = width = 0.0
    for at in np.argsort(-sides, kind="stable"):
        side = float(sides[at])
        if x and x + side > total * 1.15:
            x, y, tallest = 0.0, y + tallest, 0.0
        corners[at] = x, y
        x, tallest = x + side, max(tallest, side)
        width = max(width, x)
    return corners, width, y + tallest


def _one_piece(ties: Ties, members: Integers, strong: Floats, seed: int) -> Floats:
    """Places of the actors of one piece, in a square of side 1."""
    count = len(members)
    if count == 2:
        return np.array([[0.25, 0.5], [0.75, 0.5]])
    here = np.full(len(ties.actors), -1, dtype=np.int64)
    here[members] = np.arange(count)
    own = here[ties.source] >= 0
    inner = Ties(
        actors=ties.actors[members],
        source=here[ties.source[own]],
        target=here[ties.target[own]],
        weight=strong[own],
    )
    start = _broad_lie(inner, seed)
    with drawing_from(seed):
        found = inner.graph.layout_fruchterman_reingold(
            weights=inner.weight.tolist(),
            seed=start.tolist(),
            niter=ROUNDS if count <= MANY else FEWER_ROUNDS,
            start_temp=float(np.sqrt(count)) / (10 if count <= MANY else 20),
            grid="auto",
        )
    return _in_square(np.asarray(found.coords, dtype=np.float64))


def _broad_lie(ties: Ties, seed: int) -> Floats:
    """Two main directions of the squared steps to landmarks that lie far apart, spread as wide as igraph works."""
    graph, n = ties.graph, len(ties.actors)
    steps: list[NDArray[np.float64]] = []
    landmark, nearest = 0, np.full(n, np.inf)
    for _ in range(min(LANDMARKS, n)):
        row = np.asarray(graph.distances(source=[landmark])[0], dtype=np.float64)
        steps.append(row)
        nearest = np.minimum(nearest, row)
        landmark = int(nearest.argmax())
    squares = np.column_stack(steps) ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    left, values, _ = np.linalg.svd(centred, full_matrices=False)
    way = left[:, :2] * values[:2]
    if way.shape[1] < 2:
        way = np.column_stack([way, np.zeros(n)])
    way *= np.where((way**3).sum(axis=0) < 0, -1.0, 1.0)  # a direction has no sign of its own: the long tail is up
    place = _in_square(way) * np.sqrt(n)
    return np.asarray(_not_on_top(place) + np.random.default_rng(seed).normal(scale=0.1, size=place.shape))


def _not_on_top(place: Floats) -> Floats:
    """Spread those who share a square of side 1, such as the leaves of a star, in a disc with room for all.

    They are alike in their steps to all landmarks, and thousands on one spot would each push all others.
    """
    _, square, crowd = np.unique(np.floor(place), axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(square, kind="stable")
    turn = np.empty(len(place))
    turn[order] = np.arange(len(place)) - np.repeat(np.cumsum(crowd) - crowd, crowd)
    angle = turn * np.pi * (3 - np.sqrt(5))  # as in a sunflower, where no seed hides another
    return np.asarray(place + np.sqrt(turn / np.pi)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]))


def _in_square(place: Floats) -> Floats:
    """The same moved and shrunk into a square of side 1, in the middle."""
    low, high = place.min(axis=0), place.max(axis=0)
    widest = float((high - low).max())
    if not widest:
        return np.full_like(place, 0.5)
    return np.asarray((place - (low + high) / 2) / widest + 0.5)
