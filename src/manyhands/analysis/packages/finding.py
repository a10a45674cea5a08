"""Which packages can everyone accept, and which of them are best: the one function to call."""

from __future__ import annotations

from dataclasses import dataclass

from manyhands.analysis.packages.enumeration import (
    MOST_PACKAGES,
    Tried,
    all_packages,
    fairest,
    nash_best,
    pareto,
    walk_aways,
)
from manyhands.analysis.packages.negotiation import Negotiation, Package
from manyhands.analysis.packages.relaxation import Relaxations, smallest_relaxations
from manyhands.analysis.packages.sensitivity import Exaggeration, exaggerations
from manyhands.analysis.packages.solver import fairest_by_solver, model, nash_by_solver

#: Printed beside every answer. The number changes when the formula does.
METHOD = "packages 1"
#: So many packages are handed back in full.
MOST_LISTED = 1_000


@dataclass(frozen=True, eq=False)
class Deal:
    """What can be agreed.

    Attributes
    ----------
    method : str
    asked : Negotiation
    possible : bool
        Whether any package is acceptable to all.
    feasible_count : int or None
        How many are; None if there are too many to count.
    feasible : tuple of Package
        The first of them in the stated order, at most 1,000.
    pareto_count : int or None
    pareto : tuple of Package
        Of the feasible, those that cannot be bettered for one party without loss to another.
    nash : Package or None
        The highest product of gains.
    fairest : Package or None
        The largest smallest gain.
    relaxations : Relaxations or None
        If nothing is feasible: the smallest moves that would change that.
    exaggerations : tuple of Exaggeration or None
        What one party's exaggeration would change; None if there are too many packages to try.
    every_package_looked_at : bool
        False if a solver found the best ones; then lists and counts are not told.
    """

    method: str
    asked: Negotiation
    possible: bool
    feasible_count: int | None
    feasible: tuple[Package, ...]
    pareto_count: int | None
    pareto: tuple[Package, ...]
    nash: Package | None
    fairest: Package | None
    relaxations: Relaxations | None
    exaggerations: tuple[Exaggeration, ...] | None
    every_package_looked_at: bool


def find_packages(asked: Negotiation, *, most: int = MOST_PACKAGES) -> Deal:
    r"""Find the packages in which nobody falls below the walk-away point and no red line is crossed.

    Nash-best: the highest :math:`\prod_i (u_i - d_i)`, whatever scale each party uses. Fairest: the highest
    :math:`\min_i (u_i - d_i)` in points of 100, then the second lowest, and so on.

    Parameters
    ----------
    asked : Negotiation
    most : int
        With more packages than this left at some point, HiGHS finds the best ones; lists are not told then.

    Returns
    -------
    Deal

    Raises
    ------
    BadInput
        If there are too many packages even for that.

    Notes
    -----
    If no package lets everyone gain, the Nash-best one lets as many gain as can be, and has the highest
    product of their gains. Of equal packages the first in the stated order is told.

    Examples
    --------
    >>> from manyhands.analysis.packages.negotiation import Terms, negotiation
    >>> asked = negotiation(
    ...     {"hours": ["long", "short"], "noise": ["loud", "quiet"]},
    ...     {
    ...         "shops": Terms({"hours": {"long": 80, "short": 0}, "noise": {"loud": 20, "quiet": 0}}, 20),
    ...         "homes": Terms({"hours": {"long": 0, "short": 30}, "noise": {"loud": 0, "quiet": 70}}, 30),
    ...     },
    ... )
    >>> found = find_packages(asked)
    >>> found.feasible_count, asked.words(found.nash), [int(gain) for gain in found.nash.gains]
    (2, {'hours': 'long', 'noise': 'quiet'}, [60, 40])
    """
    tried = all_packages(asked, most=most)
    if tried is None:
        return _by_solver(asked)
    gains = tried.worth - walk_aways(asked)
    best, most_even = nash_best(gains), fairest(gains)
    if best is None or most_even is None:
        return Deal(METHOD, asked, False, 0, (), 0, (), None, None, smallest_relaxations(asked), (), True)
    front = pareto(tried.worth)
    nash = _package(asked, tried, best)
    return Deal(
        METHOD,
        asked,
        True,
        len(tried.options),
        tuple(_package(asked, tried, at) for at in range(min(len(tried.options), MOST_LISTED))),
        None if front is None else len(front),
        () if front is None else tuple(_package(asked, tried, at) for at in front[:MOST_LISTED].tolist()),
        nash,
        _package(asked, tried, most_even),
        None,
        exaggerations(asked, nash),
        True,
    )


def _package(asked: Negotiation, tried: Tried, at: int) -> Package:
    return asked.package(tried.options[at].tolist())


def _by_solver(asked: Negotiation) -> Deal:
    of = model(asked)
    even = fairest_by_solver(of)
    if even is None:
        return Deal(METHOD, asked, False, 0, (), 0, (), None, None, smallest_relaxations(asked), None, False)
    return Deal(METHOD, asked, True, None, (), None, (), nash_by_solver(of, even), even, None, None, False)
