"""Where the marks, names and ties of the map stand on the page. In percent, so that type keeps its size."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from manyhands.foundation.ui.charts import hull_path

from ..chart import short
from . import names
from .insights import Cluster
from .names import HEIGHT, WIDTH, Box
from .queries import Link, Network, Node

#: So many of those who know most have strong names.
MOST_IN_FRONT = 8
ROOM = 7.0  # percent left free on every side
SMALLEST, LARGEST = 5.0, 12.0
#: More marks than this are drawn on a canvas, which the browser handles faster.
MOST_DRAWN = 300
#: So many of them are drawn for those who have no scripts.
BEST_KNOWN = 150


@dataclass(frozen=True)
class Mark:
    """One actor on the map."""

    node: Node
    x: float
    y: float
    r: float
    label: str
    side: str  # "start", "end", "above", "below", or "" when the name fits nowhere
    is_minor: bool
    is_front: bool
    is_chosen: bool
    is_target: bool
    is_far: bool
    known: int

    @property
    def half(self) -> float:
        """Half the side of the square that makes a diamond about as large as the circle."""
        return round(self.r * 0.95, 1)

    @property
    def side_length(self) -> float:
        return round(2 * self.half, 1)

    @property
    def ring(self) -> float:
        return max(13.0, self.r + 4)

    @property
    def halo(self) -> float:
        return self.r + 7

    @property
    def dx(self) -> float:
        return {"start": self.r + 6, "end": -self.r - 6}.get(self.side, 0)

    @property
    def dy(self) -> float:
        return {"above": -self.r - 7, "below": self.r + 16}.get(self.side, 4)


@dataclass(frozen=True)
class Stroke:
    """One tie on the map."""

    link: Link | None
    x1: float
    y1: float
    x2: float
    y2: float
    look: str
    one: int
    other: int


@dataclass(frozen=True)
class Ground:
    """The soft ground under a group, and its name."""

    path: str
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """All that the template draws."""

    marks: list[Mark]
    strokes: list[Stroke]
    way: list[Stroke]
    missing: list[Stroke]
    grounds: list[Ground]
    left_out: int = 0


def draw(
    network: Network,
    places: Mapping[int, tuple[float, float]],
    *,
    chosen: int | None = None,
    target: int | None = None,
    way: Collection[tuple[int, int]] = (),
    missing: Sequence[tuple[int, int]] = (),
    groups: Sequence[Cluster] = (),
) -> Picture:
    """Place everything; of a large network only the best known, the chosen one and its contacts, and the way."""
    shown, left_out = _shown(network, chosen, target, way)
    at = _apart(_spread({pk: places[pk] for pk in shown if pk in places}))
    near = {pk for link in network.contacts.get(chosen or 0, []) for pk in (link.one, link.other)}
    near |= {pk for pair in way for pk in pair} | {pk for pk in (chosen, target) if pk}
    marks = _marks(network, at, chosen, target, near if chosen in network.nodes else set(at))
    strokes = [
        _stroke(at, link.one, link.other, look(link), link) for link in network.links if _both(at, link.one, link.other)
    ]
    strokes.sort(key=lambda stroke: stroke.link.level if stroke.link else 0)
    return Picture(
        marks,
        strokes,
        [_stroke(at, a, b, "tie tie-path") for a, b in sorted(way) if _both(at, a, b)],
        [_stroke(at, a, b, "tie tie-gap") for a, b in missing if _both(at, a, b)],
        _grounds(network, at, groups),
        left_out,
    )


def look(link: Link) -> str:
    """The classes of a tie: as wide as it is close, broken as long as not both sides say so."""
    if link.kind == "opposes":
        return "tie tie-2 tie-opposed"
    width = 3 if link.level >= 4 else 2 if link.level >= 2 else 1
    state = {"claimed": " tie-claimed", "disputed": " tie-disputed"}.get(link.state, "")
    return f"tie tie-{width}{state}"


def radius(known: int) -> float:
    """As large as the actor knows many others; areas compare, not widths.

    >>> radius(0), radius(4), radius(400)
    (5.0, 7.2, 12.0)
    """
    return round(min(LARGEST, max(SMALLEST, 3.6 * sqrt(max(known, 1)))), 1)


def _shown(
    network: Network, chosen: int | None, target: int | None, way: Collection[tuple[int, int]]
) -> tuple[list[int], int]:
    if len(network.nodes) <= MOST_DRAWN:
        return list(network.nodes), 0
    best = sorted(network.nodes, key=lambda pk: (-network.known[pk], pk))[:BEST_KNOWN]
    near = {pk for link in network.contacts.get(chosen or 0, [])[:40] for pk in (link.one, link.other)}
    wanted = dict.fromkeys([*best, *sorted(near), *(pk for pair in way for pk in pair)])
    wanted.update(dict.fromkeys(pk for pk in (chosen, target) if pk in network.nodes))
    return list(wanted), len(network.nodes) - len(wanted)


def _spread(places: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """The same places, stretched over the whole plot, in percent."""
    if not places:
        return {}
    columns = []
    for axis in (0, 1):
        values = [place[axis] for place in places.values()]
        low, high = min(values), max(values)
        columns.append((low, (100 - 2 * ROOM) / (high - low) if high > low else 0.0))
    (left, across), (top, down) = columns
    return {
        pk: (
            round(ROOM + (x - left) * across, 2) if across else 50.0,
            round(ROOM + (y - top) * down, 2) if down else 50.0,
        )
        for pk, (x, y) in places.items()
    }


def _apart(at: dict[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Push those that stand too close a little away from each other, so that marks and names have room."""
    if len(at) < 2:
        return at
    import numpy as np

    size = np.array([WIDTH, HEIGHT], dtype=float)
    room = min(104.0, 0.8 * sqrt(WIDTH * HEIGHT / len(at)))
    place = np.array(list(at.values())) * size / 100
    turn = np.arange(len(at)) * 2.4  # nobody stands on the very spot of another
    place += 0.01 * np.column_stack([np.cos(turn), np.sin(turn)])
    edge = size * ROOM / 100
    for _round in range(40):
        between = place[None, :, :] - place[:, None, :]
        away = np.hypot(between[..., 0], between[..., 1])
        np.fill_diagonal(away, np.inf)
        close = np.maximum(room - away, 0) / away
        if not close.any():
            break
        step = -0.26 * (between * close[..., None]).sum(axis=1)
        place = np.clip(place + np.clip(step, -room / 2, room / 2), edge, size - edge)
    percent = (place * 100 / size).round(2).tolist()
    return {pk: (x, y) for pk, (x, y) in zip(at, percent, strict=True)}


def _marks(
    network: Network, at: Mapping[int, tuple[float, float]], chosen: int | None, target: int | None, near: set[int]
) -> list[Mark]:
    order = sorted(at, key=lambda pk: (pk not in (chosen, target), -network.known[pk], network.nodes[pk].name))
    size = {pk: radius(network.known[pk]) for pk in at}
    taken: dict[int, Box] = {}
    for pk, (x, y) in at.items():
        px, py, r = x * WIDTH / 100, y * HEIGHT / 100, size[pk] + 2
        taken[pk] = (px - r, py - r, px + r, py + r)
    written: list[Box] = []
    on_phone: list[Box] = []
    found = []
    for front, pk in enumerate(order):
        x, y = at[pk]
        label = short(network.nodes[pk].name)
        side = names.free_side(x, y, size[pk], label, [box for other, box in taken.items() if other != pk], written)
        is_chosen, is_target = pk == chosen, pk == target
        if (is_chosen or is_target) and not side:
            side = "above"
        is_minor = not names.fits_a_phone(x, y, size[pk], label, side, on_phone)
        found.append(
            Mark(
                network.nodes[pk], x, y, size[pk], label, side, is_minor, front < MOST_IN_FRONT,
                is_chosen, is_target, pk not in near, network.known[pk],
            )
        )  # fmt: skip
    # By name, so that the keyboard walks them in an order that one can follow; the chosen one lies on top.
    return sorted(found, key=lambda mark: (mark.is_chosen, mark.node.name))


def _both(at: Mapping[int, object], one: int, other: int) -> bool:
    return one in at and other in at


def _stroke(
    at: Mapping[int, tuple[float, float]], one: int, other: int, looks: str, link: Link | None = None
) -> Stroke:
    return Stroke(link, *at[one], *at[other], looks, one, other)


def _grounds(network: Network, at: Mapping[int, tuple[float, float]], groups: Sequence[Cluster]) -> list[Ground]:
    found = []
    for group in groups:
        points = [at[pk] for pk in group.actors if pk in at]
        path = hull_path(points, room=4.5)
        if not path or len(points) < 3:
            continue
        top = min(points, key=lambda point: point[1])
        found.append(Ground(path, network.nodes[group.called_after].name, top[0], top[1]))
    return found
