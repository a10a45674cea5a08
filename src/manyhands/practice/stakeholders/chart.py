"""Where the points of the ally map stand, where their names fit, and the sentence that says what they show."""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from manyhands.foundation.ui.charts import Scale

from .models import Rating, Stakeholder
from .rules import HIGHEST, LOWEST, NEVER_ASKED, Corner

ACROSS = Scale(LOWEST, HIGHEST, room=8)
UPWARDS = Scale(LOWEST, HIGHEST, room=8, upwards=True)
#: The plot's usual size in pixels, to see which names would touch. The plot itself stretches.
WIDTH, HEIGHT = 720, 660
PHONE = 300
LETTER, LINE = 7.4, 17
MOST_IN_FRONT = 6  # names that stay on a phone
SHORTEST_SPREAD = 3.0
#: Marks of one place: so many pixels from neighbor to neighbor, and never farther than this from the place itself.
BESIDE, FARTHEST = 21, 34
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


#: A mark before it is laid out: across, upwards, and its name.
Point = tuple[float, float, str]


@dataclass(frozen=True)
class Place:
    """One ally on the plot, in percent from the left and from the top."""

    ally: Stakeholder
    x: float
    y: float
    label: str
    side: str  # "start", "end", "below", or "" when the name fits nowhere
    is_minor: bool
    is_chosen: bool

    @property
    def told(self) -> tuple[Any, ...]:
        """What the mark shows, in values that are equal only where the mark is the same."""
        ally = self.ally
        said = (ally.pk, ally.name, ally.stance, ally.interest, ally.influence)
        return (*said, self.x, self.y, self.label, self.side, self.is_minor, self.is_chosen)


@dataclass(frozen=True)
class Plot:
    """All that the template draws."""

    places: list[Place]
    title: str
    chosen: Place | None = None
    views: Sequence[tuple[float, float]] = ()
    spread: tuple[float, float] = (0.0, 0.0)

    @property
    def told(self) -> tuple[Any, ...]:
        """What the plot shows; see `Place.told`."""
        return (*(place.told for place in self.places), tuple(self.views), self.spread)


def draw(allies: Sequence[Stakeholder], chosen: Stakeholder | None, ratings: Sequence[Rating]) -> Plot:
    """Place the allies; the chosen one shows each rater's view and how far they are apart."""
    shown = list(allies)
    if chosen is not None and chosen.raters and chosen.pk not in {ally.pk for ally in shown}:
        shown.append(chosen)
    places = place_all(sorted(shown, key=lambda ally: -ally.weight), chosen)
    mine = next((place for place in places if place.is_chosen), None)
    if mine is None or chosen is None:
        return Plot(places, finding(shown))
    share = (100 - 2 * ACROSS.room) / (HIGHEST - LOWEST)
    spread = (
        max(SHORTEST_SPREAD, chosen.interest_spread * share),
        max(SHORTEST_SPREAD, chosen.influence_spread * share),
    )
    views = [(ACROSS(rating.interest), UPWARDS(rating.influence)) for rating in ratings] if len(ratings) > 1 else []
    return Plot(places, finding(shown), mine, views, spread)


def finding(allies: Sequence[Stakeholder]) -> str:
    """The sentence above the chart: who already cares, and which strong one was never asked."""
    by_weight = sorted(allies, key=lambda ally: -ally.weight)
    side_by_side = [ally for ally in by_weight if ally.corner == Corner.SIDE_BY_SIDE]
    friends = [ally for ally in side_by_side if ally.stance not in {"against", "leaning away"}]
    doors = sorted((a for a in allies if a.corner == Corner.OPEN_A_DOOR), key=lambda ally: -ally.influence)
    unasked = next((ally for ally in doors if ally.stage in NEVER_ASKED), None)
    names = _and([short(ally.name) for ally in friends[:2]])
    if friends and unasked is not None:
        words = {"friends": names, "door": short(unasked.name)}
        if unasked.influence >= friends[0].influence - 0.3:
            return _("%(friends)s already care; %(door)s is as strong and was never asked") % words
        return _("%(friends)s already care; %(door)s has influence and was never asked") % words
    if friends:
        return _("%(friends)s can move this and care: work side by side with them") % {"friends": names}
    if doors:
        return _("Nobody strong cares yet; a door could open at %(door)s") % {"door": short(doors[0].name)}
    lifted = [ally for ally in by_weight if ally.corner == Corner.LIFT_UP]
    if lifted:
        return _("Those who care have little influence so far: lift up %(name)s") % {"name": short(lifted[0].name)}
    return _("Nobody on this map cares much or has much influence yet")


def short(name: str) -> str:
    """A name that fits beside a point: up to 26 letters, cut at a word.

    >>> short("Harbor Port Authority"), short("City Council, transport committee")
    ('Harbor Port Authority', 'City Council')
    """
    name = name.split(", ")[0] if len(name) > 26 else name
    if len(name) <= 26:
        return name
    return name[:25].rsplit(" ", 1)[0].rstrip(" ,.-") + "…"


def _and(names: Sequence[str]) -> str:
    return _("%(one)s and %(two)s") % {"one": names[0], "two": names[1]} if len(names) > 1 else "".join(names)


def place_all(
    allies: Sequence[Stakeholder],
    chosen: Stakeholder | None,
    across: Callable[[Stakeholder], float] = lambda ally: ACROSS(ally.interest),
) -> list[Place]:
    """Where each stands, influence upwards and interest across unless something else is; and where names fit."""
    mine = next((i for i, ally in enumerate(allies) if chosen is not None and ally.pk == chosen.pk), None)
    points = tuple([(across(ally), UPWARDS(ally.influence), short(ally.name)) for ally in allies])
    places = [
        Place(ally, x, y, label, side, is_minor, is_chosen=i == mine)
        for i, (ally, (x, y, label, side, is_minor)) in enumerate(zip(allies, _laid_out(points, mine), strict=True))
    ]
    # Drawn last, the chosen one lies on top.
    return sorted(places, key=lambda place: place.is_chosen)


@lru_cache(maxsize=200)
def _laid_out(points: tuple[Point, ...], mine: int | None) -> list[tuple[float, float, str, str, bool]]:
    """Each mark's place, its name, the side where that fits, and whether a phone leaves it out."""
    at = _side_by_side([(x, y) for x, y, _label in points], [i == mine for i in range(len(points))])
    taken = [_box(x, y, 22, 22) for x, y in at]
    # The names of the corners are there first.
    taken += [
        (0, 0, 150, 32),
        (WIDTH - 170, 0, WIDTH, 32),
        (0, HEIGHT - 32, 150, HEIGHT),
        (WIDTH - 90, HEIGHT - 32, WIDTH, HEIGHT),
    ]
    found: dict[int, tuple[float, float, str, str, bool]] = {}
    for front, i in enumerate(sorted(range(len(points)), key=lambda i: (i != mine, i))):
        (x, y), label = at[i], points[i][2]
        side = _free_side(x, y, label, taken, own=i) or ("below" if i == mine else "")
        found[i] = (x, y, label, side, front >= MOST_IN_FRONT or not _fits_a_phone(x, label, side))
    return [found[i] for i in range(len(points))]


def _side_by_side(at: Sequence[tuple[float, float]], stays: Sequence[bool]) -> list[tuple[float, float]]:
    """Marks in the same place, moved apart so that each can be seen; the one that stays has the place itself.

    >>> _side_by_side([(50, 50), (20, 20), (50, 50)], [False, False, True])[1:]
    [(20, 20), (50, 50)]
    """
    crowds: dict[tuple[float, float], list[int]] = defaultdict(list)
    for i in sorted(range(len(at)), key=lambda i: (not stays[i], i)):
        crowds[at[i]].append(i)
    apart = list(at)
    for (x, y), crowd in crowds.items():
        step = min(BESIDE, FARTHEST / math.sqrt(max(1, len(crowd) - 1)))
        for n, i in enumerate(crowd[1:], start=1):
            # The first goes straight below, where it leaves room for both names.
            away, turn = step * math.sqrt(n), math.pi / 2 + (n - 1) * GOLDEN_ANGLE
            apart[i] = (
                min(99.0, max(1.0, x + 100 * away * math.cos(turn) / WIDTH)),
                min(99.0, max(1.0, y + 100 * away * math.sin(turn) / HEIGHT)),
            )
    return apart


def _free_side(x: float, y: float, label: str, taken: list[tuple[float, float, float, float]], own: int) -> str:
    px, py, width = x * WIDTH / 100, y * HEIGHT / 100, len(label) * LETTER
    boxes = {
        "start": (px + 13, py - LINE / 2, px + 15 + width, py + LINE / 2),
        "end": (px - 15 - width, py - LINE / 2, px - 13, py + LINE / 2),
        "below": (px - width / 2, py + 13, px + width / 2, py + 13 + LINE),
    }
    sides = ["end", "below", "start"] if x > 50 else ["start", "below", "end"]
    for side in sides:
        left, top, right, bottom = boxes[side]
        if left < 2 or right > WIDTH - 2 or bottom > HEIGHT:
            continue
        others = (box for at, box in enumerate(taken) if at != own)
        if not any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in others):
            taken.append(boxes[side])
            return side
    return ""


def _fits_a_phone(x: float, label: str, side: str) -> bool:
    """Would the name stay inside the plot on a phone?

    >>> _fits_a_phone(92, "Parents of Linden", "below"), _fits_a_phone(92, "Parents of Linden", "end")
    (False, True)
    """
    at, width = x * PHONE / 100, len(label) * LETTER
    left = {"start": at + 15, "end": at - 15 - width}.get(side, at - width / 2)
    return left >= 0 and left + width <= PHONE


def _box(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    px, py = x * WIDTH / 100, y * HEIGHT / 100
    return (px - width / 2, py - height / 2, px + width / 2, py + height / 2)
