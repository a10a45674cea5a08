"""The best packages by mixed-integer programming (HiGHS), where there are too many to look at each."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.packages.negotiation import Negotiation, Package
from manyhands.analysis.tables import BadInput

Floats = NDArray[np.float64]

#: Beyond this nothing is tried: one option for each issue, over all issues together.
MOST_OPTIONS = 600
MOST_PARTIES = 60
#: Branches that HiGHS may look at for one answer. A number and not a time, so that answers repeat.
MOST_BRANCHES = 20_000
_ROUNDS = 60


@dataclass(frozen=True, eq=False)
class Model:
    """The rules of a package as a programme: one option for each issue.

    Attributes
    ----------
    places : tuple of (int, int)
        Issue and option of each variable.
    worth : (parties, variables) array of float
        Points.
    one_each : (issues, variables) array of float
    """

    asked: Negotiation
    places: tuple[tuple[int, int], ...]
    worth: Floats
    one_each: Floats
    walk_away: Floats

    def package(self, picked: Floats) -> Package:
        """The package that a solution means."""
        options = [0] * len(self.asked.issues)
        for (issue, option), share in zip(self.places, picked, strict=False):
            if share > 0.5:
                options[issue] = option
        return self.asked.package(options)


def model(asked: Negotiation) -> Model:
    """Write a negotiation down as a programme.

    Raises
    ------
    BadInput
        If there are more parties or options than can be searched.
    """
    places = tuple((at, option) for at, issue in enumerate(asked.issues) for option in range(len(issue.options)))
    if len(places) > MOST_OPTIONS or len(asked.parties) > MOST_PARTIES:
        raise BadInput(
            f"There are {number_in_words(asked.number)} packages for {len(asked.parties)} parties, "
            "too many to search; settle some issues first."
        )
    worth = np.array([[float(party.points[at][option]) for at, option in places] for party in asked.parties])
    one_each = np.array([[float(issue == at) for issue, _ in places] for at in range(len(asked.issues))])
    return Model(asked, places, worth, one_each, np.array([float(party.walk_away) for party in asked.parties]))


def number_in_words(number: int) -> str:
    """The number, or roughly how many digits it has.

    Examples
    --------
    >>> number_in_words(4096), number_in_words(10**40)
    ('4,096', 'about 10^40')
    """
    return f"{number:,}" if number < 10**9 else f"about 10^{len(str(number)) - 1}"


def solve(
    of: Model,
    more: int,
    reward: Floats,
    rules: list[tuple[Floats, float]],
    *,
    red_lines_hold: bool = True,
    lower: float = -np.inf,
) -> tuple[Floats, float] | None:
    """Find the variables with the highest reward; None if no package keeps the rules.

    Parameters
    ----------
    of : Model
    more : int
        Further variables after those of the options, of any size from ``lower``.
    reward : (options + more,) array
    rules : list of (coefficients, least)
        Each: coefficients times variables is at least so much.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    options = len(of.places)
    highest = np.ones(options)
    if red_lines_hold:
        highest[[at for at, place in enumerate(of.places) if place in of.asked.red]] = 0
    issues = np.hstack([of.one_each, np.zeros((len(of.one_each), more))])
    limits: list[Any] = [LinearConstraint(issues, 1, 1)]
    if rules:
        limits.append(LinearConstraint(np.array([row for row, _ in rules]), np.array([least for _, least in rules])))
    result = milp(
        -reward,
        integrality=np.concatenate([np.ones(options), np.zeros(more)]),
        bounds=Bounds(
            np.concatenate([np.zeros(options), np.full(more, lower)]),
            np.concatenate([highest, np.full(more, np.inf)]),
        ),
        constraints=limits,
        options={"mip_rel_gap": 0, "node_limit": MOST_BRANCHES},
    )
    if result.status == 2:
        return None
    if result.status != 0 or result.x is None:
        raise BadInput(
            f"There are {number_in_words(of.asked.number)} packages, and the best could not be told in the time "
            "allowed; settle some issues first."
        )
    return np.asarray(result.x), float(-result.fun)


def _acceptable(of: Model, more: int) -> list[tuple[Floats, float]]:
    """Nobody below the walk-away."""
    blank = np.zeros(more)
    return [(np.concatenate([own, blank]), float(least)) for own, least in zip(of.worth, of.walk_away, strict=True)]


def fairest_by_solver(of: Model) -> Package | None:
    """The acceptable package whose smallest gain is largest, and of those the one with most points in all."""
    parties = len(of.worth)
    level = [(np.append(own, -1.0), float(least)) for own, least in zip(of.worth, of.walk_away, strict=True)]
    first = solve(of, 1, np.append(np.zeros(len(of.places)), 1.0), [*_acceptable(of, 1), *level], lower=0)
    if first is None:
        return None
    reached = first[1] - 1e-6
    rules = [(own, float(least) + reached) for own, least in zip(of.worth, of.walk_away, strict=True)]
    second = solve(of, 0, of.worth.sum(axis=0) / parties, rules)
    return of.package((second or first)[0])


def nash_by_solver(of: Model, start: Package) -> Package | None:
    r"""The acceptable package with the highest product of gains, within a billionth.

    The logarithm lies below each of its tangents: :math:`\log g \le g/t + \log t - 1`. The sum of logs is
    maximised under tangents, then a tangent at the answer is added, until the answer is as good as its bound.

    Parameters
    ----------
    start : Package
        The fairest. If somebody gains nothing in it, somebody gains nothing in any: then the product says
        nothing and the answer is None.
    """
    if min(start.gains) <= 0:
        return None
    parties, options = of.worth.shape
    rules = _acceptable(of, parties)

    def touch(party: int, at: float) -> None:
        row = np.zeros(options + parties)
        row[:options] = of.worth[party] / at
        row[options + party] = -1.0
        rules.append((row, float(of.walk_away[party]) / at + 1 - log(at)))

    for party in range(parties):
        for at in np.geomspace(0.05, 100, 24):
            touch(party, float(at))
    reward = np.concatenate([np.zeros(options), np.ones(parties)])
    best, height = start, sum(log(gain) for gain in start.gains)
    for _ in range(_ROUNDS):
        found = solve(of, parties, reward, rules)
        if found is None:
            return best
        package = of.package(found[0])
        if min(package.gains) > 0:
            reached = sum(log(gain) for gain in package.gains)
            if reached > height + 1e-12:
                best, height = package, reached
        if found[1] <= height + 1e-9 * parties:
            return best
        for party, gain in enumerate(package.gains):
            touch(party, max(float(gain), 1e-3))
    raise BadInput("The best package by the product of gains could not be told; settle some issues first.")
