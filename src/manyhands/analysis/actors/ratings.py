"""What several raters say of one actor on one scale: the middle, how far apart they are, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median, quantiles, variance

from manyhands.analysis.tables import BadInput

METHOD = "median of raters 1"
#: From here on raters are customarily said to agree (r_wg).
ENOUGH_AGREEMENT = 0.70


@dataclass(frozen=True)
class Scale:
    """A scale of ratings with both ends allowed.

    Attributes
    ----------
    lowest, highest : float
    options : int
        How many steps it has; for r_wg.
    """

    lowest: float = 1.0
    highest: float = 5.0
    options: int = 5

    @property
    def midpoint(self) -> float:
        """The middle of the scale, which never moves with those who happen to be rated; it counts as high."""
        return (self.lowest + self.highest) / 2


ONE_TO_FIVE = Scale()


class Accord(StrEnum):
    """Whether the raters see the same."""

    NOT_RATED = "not rated yet"
    ONE_RATER = "one rater"
    AGREE = "raters agree"
    DISAGREE = "raters disagree"


@dataclass(frozen=True)
class Rated:
    """What raters say, in one place. Everything is None where there is nothing to say it from.

    Attributes
    ----------
    raters : int
    median : float or None
    spread : float or None
        Mean distance of the ratings from their median, in steps of the scale. 0 for one rater.
    lowest, highest : float or None
        Ends of the ratings given.
    lower_quartile, upper_quartile : float or None
        The middle half of the raters lies between them; None below two raters. Ends included, interpolated.
    agreement : float or None
        r_wg, 0 (they differ as much as chance would, or more) to 1; None below two raters.
    accord : Accord
        "Raters disagree" stands beside a median that hides a quarrel.
    is_high : bool or None
        Median at the midpoint of the scale or above.
    oldest, newest : date or None
        Of the ratings that carry a date.
    method : str
    """

    raters: int
    median: float | None
    spread: float | None
    lowest: float | None
    highest: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    agreement: float | None
    accord: Accord
    is_high: bool | None
    oldest: date | None
    newest: date | None
    method: str = METHOD


def rated_by(
    ratings: Sequence[float | None], dates: Sequence[date | None] = (), *, scale: Scale = ONE_TO_FIVE
) -> Rated:
    """Put the ratings of several raters together.

    Parameters
    ----------
    ratings : sequence of float or None
        One for each rater; None is a rater who did not say, and is not counted.
    dates : sequence of date or None, optional
        When each was given; as many as ratings.
    scale : Scale

    Returns
    -------
    Rated

    Raises
    ------
    BadInput
        If a rating is off the scale, or dates and ratings are not as many.

    Examples
    --------
    >>> said = rated_by([4, 4, 5, 4, 3, 4], [date(2026, 3, 1)] * 6)
    >>> said.median, round(said.spread, 2), round(said.agreement, 2), str(said.accord), said.newest.isoformat()
    (4.0, 0.33, 0.8, 'raters agree', '2026-03-01')

    Two who see the opposite have a middle that neither of them means, and it says so.

    >>> said = rated_by([1, 5])
    >>> said.median, said.spread, said.agreement, str(said.accord)
    (3.0, 2.0, 0.0, 'raters disagree')

    Nobody rated: that is not zero.

    >>> said = rated_by([None])
    >>> said.median, said.raters, str(said.accord)
    (None, 0, 'not rated yet')
    """
    if dates and len(dates) != len(ratings):
        raise BadInput(f"There are {len(ratings)} ratings and {len(dates)} dates; each rating needs its own.")
    given = [float(each) for each in ratings if each is not None]
    for each in given:
        if not scale.lowest <= each <= scale.highest:
            raise BadInput(f"A rating is {each:g}; the scale runs from {scale.lowest:g} to {scale.highest:g}.")
    when = sorted(on for each, on in zip(ratings, dates, strict=False) if each is not None and on is not None)
    oldest, newest = (when[0], when[-1]) if when else (None, None)
    if not given:
        return Rated(0, None, None, None, None, None, None, None, Accord.NOT_RATED, None, oldest, newest)
    middle = float(median(given))
    quarters = quantiles(given, n=4, method="inclusive") if len(given) > 1 else None
    alike = r_wg(given, options=scale.options)
    accord = Accord.AGREE if alike is not None and alike >= ENOUGH_AGREEMENT else Accord.DISAGREE
    return Rated(
        raters=len(given),
        median=middle,
        spread=sum(abs(each - middle) for each in given) / len(given),
        lowest=min(given),
        highest=max(given),
        lower_quartile=quarters[0] if quarters else None,
        upper_quartile=quarters[2] if quarters else None,
        agreement=alike,
        accord=Accord.ONE_RATER if alike is None else accord,
        is_high=middle >= scale.midpoint,
        oldest=oldest,
        newest=newest,
    )


def r_wg(ratings: Sequence[float], *, options: int = 5) -> float | None:
    """Agreement within a group of raters, ``1 - s² / ((A² - 1) / 12)``, not below 0.

    ``s²`` is the variance of the ratings (n - 1 below), compared with that of answers given by chance on A
    options. James, Demaree and Wolf, *Journal of Applied Psychology* 69, 1984.

    Parameters
    ----------
    ratings : sequence of float
    options : int
        Steps of the scale, at least 2.

    Returns
    -------
    float or None
        0 to 1; None below two raters, who can neither agree nor disagree.

    Raises
    ------
    BadInput
        If the scale has fewer than two steps.

    Examples
    --------
    >>> round(r_wg([4, 4, 5, 4, 3, 4]), 2), r_wg([1, 1, 1, 5, 5, 5]), r_wg([3]) is None
    (0.8, 0.0, True)
    """
    if options < 2:
        raise BadInput("A scale needs at least two steps.")
    if len(ratings) < 2:
        return None
    return max(0.0, 1 - variance(ratings) / ((options**2 - 1) / 12))


class Corner(StrEnum):
    """The four corners of interest and influence, by what one does there."""

    SIDE_BY_SIDE = "work side by side"  # manage closely: players
    OPEN_A_DOOR = "open a door"  # keep satisfied: context setters
    LIFT_UP = "lift up"  # keep informed: subjects
    KEEP_AN_EYE_ON = "keep an eye on"  # monitor: crowd


def corner(interest: Rated, influence: Rated) -> Corner | None:
    """The corner of an actor; None if either axis is not rated yet.

    The lines stand at the midpoint of the scale, which counts as high, and never at the median of the actors
    shown: that would make half of them high by construction.

    Examples
    --------
    >>> corner(rated_by([2, 1]), rated_by([5]))
    <Corner.OPEN_A_DOOR: 'open a door'>
    >>> corner(rated_by([3]), rated_by([3]))
    <Corner.SIDE_BY_SIDE: 'work side by side'>
    >>> corner(rated_by([]), rated_by([5])) is None
    True
    """
    if interest.is_high is None or influence.is_high is None:
        return None
    if influence.is_high:
        return Corner.SIDE_BY_SIDE if interest.is_high else Corner.OPEN_A_DOOR
    return Corner.LIFT_UP if interest.is_high else Corner.KEEP_AN_EYE_ON
