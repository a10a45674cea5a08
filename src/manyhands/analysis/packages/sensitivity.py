"""What would happen if one party exaggerated: would it pay, and who would bear it?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from manyhands.analysis.packages.enumeration import Tried, all_packages, nash_best, walk_aways
from manyhands.analysis.packages.negotiation import FULL, Negotiation, Package, Party

#: With more packages than this it is not worked out, because every party and issue is tried.
MOST_PACKAGES = 20_000
#: An issue is told to matter this many times as much as it does.
FACTOR = 2
#: A walk-away is told to be so many points higher than it is.
HIGHER = Fraction(10)


@dataclass(frozen=True)
class Exaggeration:
    """One party tells more than is true, and the Nash-best package changes.

    Attributes
    ----------
    party : int
    issue : int or None
        The issue told to matter twice as much; None if the walk-away was told ten points higher.
    package : Package or None
        What the mediator would then propose, at its *true* worth; None if there would be no deal.
    change : tuple of Fraction
        For each party, true points less those of the honest package; with no deal, the walk-away counts.
    """

    party: int
    issue: int | None
    package: Package | None
    change: tuple[Fraction, ...]

    @property
    def pays(self) -> bool:
        """Whether the party that exaggerated is better off."""
        return self.change[self.party] > 0


def exaggerations(asked: Negotiation, honest: Package, *, most: int = MOST_PACKAGES) -> tuple[Exaggeration, ...] | None:
    """Try every party with every issue, and with its walk-away; tell those that change the package.

    Returns
    -------
    tuple of Exaggeration or None
        None if there are too many packages to try.

    Examples
    --------
    >>> from manyhands.analysis.packages.negotiation import Terms, negotiation
    >>> asked = negotiation(
    ...     {"hours": ["long", "some", "short"], "noise": ["loud", "quiet"]},
    ...     {
    ...         "shops": Terms({"hours": {"long": 60, "some": 50, "short": 0}, "noise": {"loud": 40, "quiet": 0}}),
    ...         "homes": Terms({"hours": {"long": 0, "some": 30, "short": 60}, "noise": {"loud": 0, "quiet": 40}}),
    ...     },
    ... )
    >>> [(each.party, each.issue, each.pays) for each in exaggerations(asked, asked.package([1, 1]))]
    [(0, 1, False), (1, 0, False)]
    """
    if asked.number > most:
        return None
    found = []
    for at, party in enumerate(asked.parties):
        told = [(issue, _louder(party, issue)) for issue in range(len(asked.issues))]
        higher = min(party.walk_away + HIGHER, FULL)
        for issue, says in [*told, (None, replace(party, walk_away=higher))]:
            parties = tuple(says if place == at else each for place, each in enumerate(asked.parties))
            package = _nash(Negotiation(asked.issues, parties), most)
            if package == honest.options:
                continue
            true = None if package is None else asked.package(package)
            after = tuple(each.walk_away for each in asked.parties) if true is None else true.points
            change = tuple(new - old for new, old in zip(after, honest.points, strict=True))
            if any(change):
                found.append(Exaggeration(at, issue, true, change))
    return tuple(found)


def _louder(party: Party, issue: int) -> Party:
    """The same party with one issue doubled, and all points brought back to 100 in all."""
    raised = tuple(
        tuple(value * FACTOR for value in own) if at == issue else own for at, own in enumerate(party.points)
    )
    stretch = FULL / sum(max(own) for own in raised)
    return replace(party, points=tuple(tuple(value * stretch for value in own) for own in raised))


def _nash(asked: Negotiation, most: int) -> tuple[int, ...] | None:
    tried: Tried | None = all_packages(asked, most=most)
    if tried is None:
        return None
    best = nash_best(tried.worth - walk_aways(asked))
    return None if best is None else tuple(tried.options[best].tolist())
