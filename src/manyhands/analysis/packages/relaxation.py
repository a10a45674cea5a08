"""Where no package is acceptable to all: the smallest thing that would have to move."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from manyhands.analysis.packages.enumeration import Tried, all_packages, walk_aways
from manyhands.analysis.packages.negotiation import Negotiation, Package
from manyhands.analysis.packages.solver import model, solve


@dataclass(frozen=True)
class Relaxation:
    """What would have to move for one package to become acceptable.

    Attributes
    ----------
    package : Package
        It would be acceptable then.
    lowered : tuple of (int, Fraction)
        Parties and by how many points their walk-away would have to come down.
    crossed : tuple of (int, int, int)
        Party, issue and option of each red line that would have to go.
    """

    package: Package
    lowered: tuple[tuple[int, Fraction], ...]
    crossed: tuple[tuple[int, int, int], ...]

    @property
    def points(self) -> Fraction:
        """By how many points walk-aways come down in all."""
        return sum((by for _, by in self.lowered), Fraction(0))


@dataclass(frozen=True)
class Relaxations:
    """The smallest move of each kind; None where that kind alone does not help.

    Attributes
    ----------
    walk_aways : Relaxation or None
        Fewest points, all red lines kept.
    red_lines : Relaxation or None
        Fewest red lines, all walk-aways kept.
    both : Relaxation or None
        Fewest red lines and then fewest points; only told if neither alone helps.
    """

    walk_aways: Relaxation | None
    red_lines: Relaxation | None
    both: Relaxation | None


def smallest_relaxations(asked: Negotiation) -> Relaxations:
    """Find the smallest moves that make a deal possible.

    Returns
    -------
    Relaxations
        Of equal ones: the one whose largest single move is smallest, then the first in the stated order.
        With more packages than can be looked at one by one, the solver's choice, the same every time.

    Raises
    ------
    BadInput
        If there are too many packages to search.

    Examples
    --------
    >>> from manyhands.analysis.packages.negotiation import Terms, negotiation
    >>> asked = negotiation(
    ...     {"hours": ["long", "short"]},
    ...     {
    ...         "shops": Terms({"hours": {"long": 100, "short": 10}}, 30),
    ...         "homes": Terms({"hours": {"long": 25, "short": 100}}, 30),
    ...     },
    ... )
    >>> found = smallest_relaxations(asked).walk_aways
    >>> asked.words(found.package), [(asked.parties[at].name, str(by)) for at, by in found.lowered]
    ({'hours': 'long'}, [('homes', '5')])
    """
    tried = all_packages(asked, acceptable=False)
    return _by_solver(asked) if tried is None else _by_looking(asked, tried)


def _by_looking(asked: Negotiation, tried: Tried) -> Relaxations:
    short = np.maximum(walk_aways(asked) - tried.worth, 0)
    total, largest = short.sum(axis=1), short.max(axis=1)
    crossed = np.zeros(len(tried.options), dtype=np.int64)
    for party in asked.parties:
        for issue, option in party.red_lines:
            crossed += tried.options[:, issue] == option

    def first(mask: np.ndarray, *keys: np.ndarray) -> Relaxation | None:
        near = np.flatnonzero(mask)
        for key in keys:
            near = near[key[near] == key[near].min()] if len(near) else near
        return _relaxation(asked, asked.package(tried.options[near[0]].tolist())) if len(near) else None

    kept = first(crossed == 0, total, largest)
    lines = first(total == 0, crossed)
    both = None if kept or lines else first(crossed >= 0, crossed, total, largest)
    return Relaxations(kept, lines, both)


def _by_solver(asked: Negotiation) -> Relaxations:
    of = model(asked)
    options, parties = len(of.places), len(asked.parties)
    crossing = np.array([sum(place in party.red_lines for party in asked.parties) for place in of.places], dtype=float)
    kept_rules = [(own, float(least)) for own, least in zip(of.worth, of.walk_away, strict=True)]
    short_rules = []
    for party in range(parties):
        row = np.zeros(options + parties)
        row[:options], row[options + party] = of.worth[party], 1.0
        short_rules.append((row, float(of.walk_away[party])))
    points = np.concatenate([np.zeros(options), -np.ones(parties)])
    walk = solve(of, parties, points, short_rules, lower=0)
    lines = solve(of, 0, -crossing, kept_rules, red_lines_hold=False)
    both = None
    if walk is None and lines is None:
        # One red line outweighs all the points there are.
        weighed = np.concatenate([-crossing * 100 * (parties + 1), -np.ones(parties)])
        both = solve(of, parties, weighed, short_rules, red_lines_hold=False, lower=0)
    found = [None if each is None else _relaxation(asked, of.package(each[0])) for each in (walk, lines, both)]
    return Relaxations(*found)


def _relaxation(asked: Negotiation, package: Package) -> Relaxation:
    lowered = tuple((at, -gain) for at, gain in enumerate(package.gains) if gain < 0)
    crossed = tuple(
        (at, issue, option)
        for at, party in enumerate(asked.parties)
        for issue, option in enumerate(package.options)
        if (issue, option) in party.red_lines
    )
    return Relaxation(package, lowered, crossed)
