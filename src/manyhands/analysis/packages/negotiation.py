"""What is negotiated and by whom: issues, options, private points, walk-aways and red lines. Exact numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm, prod

from manyhands.analysis.tables import BadInput

#: What a number may be given as. A float is taken as its shortest decimal: 0.1 is one tenth.
Number = int | float | str | Fraction

#: What a party's best option on every issue together is worth.
FULL = Fraction(100)
#: So far may the points given be from 100, for rounding; they are then stretched to 100 exactly.
ROUNDING = Fraction(1)


@dataclass(frozen=True)
class Issue:
    """One question and the answers it may get, in the stated order."""

    name: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Party:
    """What a deal is worth to one party. Only the mediator sees this.

    Attributes
    ----------
    name : str
    points : tuple of tuple of Fraction
        For each issue, for each option. The best of each issue add up to 100.
    walk_away : Fraction
        What no deal is worth, in the same points.
    walk_away_told : bool
        False if the party named none, and zero was assumed.
    red_lines : frozenset of (int, int)
        Issue and option that it cannot accept.
    """

    name: str
    points: tuple[tuple[Fraction, ...], ...]
    walk_away: Fraction
    walk_away_told: bool
    red_lines: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Package:
    """One option for each issue, and what that is worth to each party.

    Attributes
    ----------
    options : tuple of int
        Position of the option, for each issue.
    points : tuple of Fraction
        For each party, of 100.
    gains : tuple of Fraction
        Points less the walk-away; below zero the party would rather leave.
    """

    options: tuple[int, ...]
    points: tuple[Fraction, ...]
    gains: tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class Negotiation:
    """Issues and parties, checked.

    See Also
    --------
    negotiation : makes it.
    """

    issues: tuple[Issue, ...]
    parties: tuple[Party, ...]

    def __repr__(self) -> str:
        return f"Negotiation({len(self.parties)} parties, {len(self.issues)} issues, {self.number:,} packages)"

    @property
    def number(self) -> int:
        """How many packages there are, whether acceptable or not."""
        return prod(len(issue.options) for issue in self.issues)

    @cached_property
    def unit(self) -> int:
        """One divided by this is the finest difference: points and walk-aways times it are whole."""
        return lcm(
            *(value.denominator for party in self.parties for own in party.points for value in own),
            *(party.walk_away.denominator for party in self.parties),
        )

    @cached_property
    def red(self) -> frozenset[tuple[int, int]]:
        """Every option that is a red line of somebody."""
        return frozenset[tuple[int, int]]().union(*(party.red_lines for party in self.parties))

    def allowed(self, issue: int) -> tuple[int, ...]:
        """The options of an issue that cross nobody's red line."""
        return tuple(at for at in range(len(self.issues[issue].options)) if (issue, at) not in self.red)

    def package(self, options: Sequence[int]) -> Package:
        """What a package is worth to each party."""
        points = tuple(
            sum((own[option] for own, option in zip(party.points, options, strict=True)), Fraction(0))
            for party in self.parties
        )
        gains = tuple(worth - party.walk_away for worth, party in zip(points, self.parties, strict=True))
        return Package(tuple(options), points, gains)

    def words(self, package: Package) -> dict[str, str]:
        """The package as option by issue."""
        pairs = zip(self.issues, package.options, strict=True)
        return {issue.name: issue.options[option] for issue, option in pairs}


@dataclass(frozen=True)
class Terms:
    """What one party tells the mediator, before it is checked.

    Attributes
    ----------
    points : dict
        For each issue, points by option.
    walk_away : number, optional
        What no deal is worth; zero if not told, and the answer says that it was assumed.
    red_lines : dict
        For each issue, options that cannot be accepted.
    """

    points: Mapping[str, Mapping[str, Number]]
    walk_away: Number | None = None
    red_lines: Mapping[str, Collection[str]] | None = None


def negotiation(
    issues: Mapping[str, Sequence[str]],
    parties: Mapping[str, Terms],
    *,
    points_total: Number | None = 100,
) -> Negotiation:
    """Check what the parties told, and bring it to one scale.

    Parameters
    ----------
    issues : dict
        Options of each issue. The order of both decides ties.
    parties : dict
        What each party told.
    points_total : number or None
        What the best options of every party must add up to, give or take one point in a hundred. None for
        any scale. Either way points and walk-away are then stretched so that they add up to 100.

    Returns
    -------
    Negotiation

    Raises
    ------
    BadInput
        If there are fewer than two parties or no issue; an issue has no option or a name comes twice;
        an option has no points, or a name is unknown; a number is negative or none; points do not add up;
        or a walk-away is higher than the best package.

    Examples
    --------
    >>> negotiation(
    ...     {"hours": ["long", "short"]},
    ...     {
    ...         "shops": Terms({"hours": {"long": 100, "short": 0}}, 30),
    ...         "homes": Terms({"hours": {"long": 20, "short": 100}}),
    ...     },
    ... )
    Negotiation(2 parties, 1 issues, 2 packages)
    """
    if len(parties) < 2:
        raise BadInput("A negotiation needs at least two parties.")
    if not issues:
        raise BadInput("A negotiation needs at least one issue.")
    for name, options in issues.items():
        if not options:
            raise BadInput(f"The issue {name[:60]!r} has no options.")
        if len(set(options)) < len(options):
            raise BadInput(f"The issue {name[:60]!r} has two options of the same name.")
    expected = None if points_total is None else number(points_total, "The total of points")
    if expected is not None and not expected:
        raise BadInput("The total of points must be above zero.")
    questions = tuple(Issue(name, tuple(options)) for name, options in issues.items())
    return Negotiation(questions, tuple(_party(name, told, questions, expected) for name, told in parties.items()))


def number(value: Number, what: str) -> Fraction:
    """The number as a fraction; ``what`` begins the sentence if it is none, or below zero."""
    try:
        if isinstance(value, bool):
            raise ValueError
        found = value if isinstance(value, Fraction) else Fraction(str(value).strip())
    except (ValueError, ZeroDivisionError):
        raise BadInput(f"{what} must be a number, not {str(value)[:40]!r}.") from None
    if found < 0:
        raise BadInput(f"{what} must not be below zero, but is {str(value)[:40]}.")
    if found.denominator > 10**9 or found > 10**12:
        raise BadInput(f"{what} has too many digits: {str(value)[:40]}.")
    return found


def _party(name: str, told: Terms, issues: tuple[Issue, ...], expected: Fraction | None) -> Party:
    known = {issue.name for issue in issues}
    for each in [*told.points, *(told.red_lines or {})]:
        if each not in known:
            raise BadInput(f"{name} speaks of the issue {str(each)[:60]!r}, which is not there.")
    points = tuple(_points(name, told.points.get(issue.name), issue) for issue in issues)
    total = sum((max(own) for own in points), Fraction(0))
    if not total:
        raise BadInput(f"{name} gives no points to anything.")
    if expected is not None and abs(total - expected) > ROUNDING * expected / 100:
        raise BadInput(
            f"The best options of {name} must add up to {_short(expected)} points, but add up to {_short(total)}."
        )
    stretch = FULL / total
    walk_away = Fraction(0) if told.walk_away is None else number(told.walk_away, f"The walk-away of {name}")
    if walk_away > total:
        raise BadInput(
            f"The walk-away of {name} is {_short(walk_away)}, but the best package is worth {_short(total)}."
        )
    red = {
        (at, _option(name, option, issue))
        for at, issue in enumerate(issues)
        for option in (told.red_lines or {}).get(issue.name, ())
    }
    scaled = tuple(tuple(value * stretch for value in own) for own in points)
    return Party(name, scaled, walk_away * stretch, told.walk_away is not None, frozenset(red))


def _points(name: str, told: Mapping[str, Number] | None, issue: Issue) -> tuple[Fraction, ...]:
    if not isinstance(told, Mapping):
        raise BadInput(f"{name} gives no points to the issue {issue.name[:60]!r}.")
    for option in told:
        _option(name, option, issue)
    missing = [option for option in issue.options if option not in told]
    if missing:
        raise BadInput(f"{name} gives no points to {missing[0][:60]!r} of the issue {issue.name[:60]!r}.")
    return tuple(number(told[option], f"What {name} gives to {option[:60]!r}") for option in issue.options)


def _option(name: str, option: str, issue: Issue) -> int:
    if option not in issue.options:
        raise BadInput(f"{name} speaks of {str(option)[:60]!r}, which is no option of {issue.name[:60]!r}.")
    return issue.options.index(option)


def _short(value: Fraction) -> str:
    return f"{float(value):g}"
