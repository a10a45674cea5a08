"""Places on a plot, in percent, for charts drawn as inline SVG without a viewBox.

Points spread with the width while type keeps its size; see docs of `<c-chart-frame>` in the style guide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

Point = tuple[float, float]

#: The shape that goes with each chart colour, so that colour is never alone.
SHAPES = ("circle", "square", "diamond", "triangle", "cross")


@dataclass(frozen=True)
class Scale:
    """A straight scale from values to percent of the plot, with room at both ends.

    >>> across = Scale(1, 5, room=4)
    >>> across(1), across(5), across(3)
    (4.0, 96.0, 50.0)
    >>> Scale(20, 40, upwards=True)(40)
    0.0
    >>> Scale(2, 2)(2)
    50.0
    """

    low: float
    high: float
    room: float = 0.0
    upwards: bool = False

    def __call__(self, value: float) -> float:
        """The place of a value, in percent from the start (or from the top when `upwards`), one digit."""
        if not isfinite(value):
            raise ValueError("A plot has no place for something that is not a number.")
        share = 0.5 if self.high == self.low else (value - self.low) / (self.high - self.low)
        share = 1 - share if self.upwards else share
        return round(self.room + share * (100 - 2 * self.room), 1)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round values from low to high, roughly as many as asked: steps of 1, 2 or 5 times a power of ten.

    >>> ticks(0, 100), ticks(18, 41), ticks(0.1, 0.5, 4), ticks(3, 3)
    ([0, 20, 40, 60, 80, 100], [20, 25, 30, 35, 40], [0.1, 0.2, 0.3, 0.4, 0.5], [3])
    """
    if high <= low:
        return [low]
    rough = (high - low) / max(about, 1)
    magnitude = 10 ** floor(log10(rough))
    step = next(size * magnitude for size in (1, 2, 5, 10) if size * magnitude >= rough * 0.999)
    digits = max(0, -floor(log10(step)))
    found = [round(number * step, digits) for number in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]
    return [int(tick) if float(tick).is_integer() else tick for tick in found]


def shape(series: int) -> str:
    """The shape of the n-th series, from 1; after the fifth they begin again.

    >>> shape(1), shape(4), shape(6)
    ('circle', 'triangle', 'circle')
    """
    return SHAPES[(series - 1) % len(SHAPES)]


def line(points: Sequence[Point]) -> str:
    """The `points` of an SVG polyline.

    >>> line([(0, 10), (33.333, 5)])
    '0.0,10.0 33.3,5.0'
    """
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def hull(points: Sequence[Point]) -> list[Point]:
    """The corners of the smallest convex shape around the points, against the clock.

    >>> hull([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2)])
    [(0, 0), (4, 0), (4, 4), (0, 4)]
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _half(ordered) + _half(ordered[::-1])


def _half(ordered: Sequence[Point]) -> list[Point]:
    corners: list[Point] = []
    for point in ordered:
        while len(corners) > 1 and _turn(corners[-2], corners[-1], point) <= 0:
            corners.pop()
        corners.append(point)
    return corners[:-1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def hull_path(points: Sequence[Point], room: float = 3.0) -> str:
    """A soft outline around a group of points, as the `d` of an SVG path; empty below three corners.

    Corners move `room` percent away from the middle, and curves pass through the middles of the edges.

    >>> hull_path([(0, 0), (10, 0), (10, 10), (0, 10)], room=0)
    'M5.0 0.0Q10.0 0.0 10.0 5.0Q10.0 10.0 5.0 10.0Q0.0 10.0 0.0 5.0Q0.0 0.0 5.0 0.0Z'
    >>> hull_path([(1, 1), (2, 2)])
    ''
    """
    corners = hull(points)
    if len(corners) < 3:
        return ""
    middle = (sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners))
    wide = [_away(corner, middle, room) for corner in corners]
    following = wide[1:] + wide[:1]
    joints = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(wide, following, strict=True)]
    curves = zip(following, joints[1:] + joints[:1], strict=True)
    steps = "".join(f"Q{x:.1f} {y:.1f} {to_x:.1f} {to_y:.1f}" for (x, y), (to_x, to_y) in curves)
    return f"M{joints[0][0]:.1f} {joints[0][1]:.1f}{steps}Z"


def _away(corner: Point, middle: Point, room: float) -> Point:
    across, down = corner[0] - middle[0], corner[1] - middle[1]
    distance = (across**2 + down**2) ** 0.5 or 1.0
    return corner[0] + room * across / distance, corner[1] + room * down / distance
