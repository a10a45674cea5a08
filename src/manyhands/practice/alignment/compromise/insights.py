"""What the analysis library says of a negotiation. The only place of this part that asks it.

Two answers come out: one for the parties, without points, walk-aways or red lines, and one for the mediator alone.
Names never go in; issues, options and parties are known by their ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

#: So many packages of each kind are kept to choose from.
MOST_PARETO, MOST_KEPT = 20, 40


@dataclass(frozen=True)
class Told:
    """What one party told: its organization, points by option, what no deal is worth, and its red lines."""

    organization: int
    points: dict[int, str]
    walk_away: str
    red_lines: list[int]


@dataclass(frozen=True)
class Table:
    """Everything there is to count: options by issue, in the stated order, and what the parties told."""

    issues: dict[int, list[int]]
    parties: list[Told]


@dataclass(frozen=True)
class Answer:
    """What the parties may read, and what is for the mediator alone."""

    method: str
    payload: dict[str, Any]
    mediator_payload: dict[str, Any]


def find_packages(table: Table) -> Answer:
    """Every package that nobody would refuse, the best of them, and who gives way to whom; or why there is none.

    Where there are too many packages even to search, the answer says so in ``payload["problem"]``.
    """
    from manyhands.analysis import packages
    from manyhands.analysis.tables import BadInput

    issues = list(table.issues)
    named = {str(issue): [str(option) for option in options] for issue, options in table.issues.items()}
    terms = {str(told.organization): _terms(packages, table, told) for told in table.parties}
    try:
        asked = packages.negotiation(named, terms)
        deal = packages.find_packages(asked)
    except BadInput as problem:
        return Answer(packages.METHOD, {"problem": str(problem), "packages": []}, {})
    organizations = [told.organization for told in table.parties]
    ordered, virtues = _ordered(deal)

    def options(package: Any) -> list[int]:
        return [table.issues[issue][at] for issue, at in zip(issues, package.options, strict=True)]

    def concessions(package: Any) -> list[list[int]]:
        return [
            [organizations[giver], organizations[getter], issues[each.issue]]
            for giver in range(len(organizations))
            for getter in range(len(organizations))
            if giver != getter
            for each in packages.concessions(asked, package, giver, getter)
        ]

    payload = {
        "problem": "",
        "number": asked.number,
        "possible": deal.possible,
        "feasible_count": deal.feasible_count,
        "pareto_count": deal.pareto_count,
        "every_package_looked_at": deal.every_package_looked_at,
        "packages": [
            {"options": options(each), "virtues": virtues[each.options], "concessions": concessions(each)}
            for each in ordered
        ],
        "relaxations": [
            {"kind": kind, "options": options(r.package), "lowered": len(r.lowered), "crossed": len(r.crossed)}
            for kind, r in _relaxations(deal)
        ],
    }
    mediator = {
        "gains": [[_figure(gain) for gain in each.gains] for each in ordered],
        "organizations": organizations,
        "exaggerations": _exaggerations(deal, organizations, issues),
        "relaxations": [
            {
                "kind": kind,
                "lowered": [[organizations[at], _figure(by)] for at, by in r.lowered],
                "crossed": [[organizations[at], table.issues[issues[i]][o]] for at, i, o in r.crossed],
            }
            for kind, r in _relaxations(deal)
        ],
        "division": _division(packages, asked, organizations, issues),
    }
    return Answer(deal.method, payload, mediator)


def _terms(packages: Any, table: Table, told: Told) -> Any:
    points = {str(i): {str(o): told.points[o] for o in own} for i, own in table.issues.items()}
    red = {str(i): [str(o) for o in own if o in told.red_lines] for i, own in table.issues.items()}
    return packages.Terms(points, told.walk_away, red)


def _ordered(deal: Any) -> tuple[list[Any], dict[tuple[int, ...], list[str]]]:
    """The best first, then those that cannot be bettered, then others; each once, with all its virtues."""
    virtues: dict[tuple[int, ...], list[str]] = {}
    ordered: dict[tuple[int, ...], Any] = {}
    groups: list[tuple[str, Sequence[Any]]] = [
        ("nash", [deal.nash] if deal.nash else []),
        ("fairest", [deal.fairest] if deal.fairest else []),
        ("pareto", deal.pareto),
        ("feasible", deal.feasible),
    ]
    kept = {"pareto": MOST_PARETO, "feasible": MOST_KEPT}
    for virtue, group in groups:
        for package in group:
            if package.options not in ordered and len(ordered) >= kept.get(virtue, MOST_KEPT):
                continue
            ordered.setdefault(package.options, package)
            virtues.setdefault(package.options, []).append(virtue)
    return list(ordered.values()), virtues


def _relaxations(deal: Any) -> list[tuple[str, Any]]:
    if deal.relaxations is None:
        return []
    found = deal.relaxations
    kinds = [("walk-aways", found.walk_aways), ("red lines", found.red_lines), ("both", found.both)]
    return [(kind, each) for kind, each in kinds if each is not None]


def _exaggerations(deal: Any, organizations: list[int], issues: list[int]) -> list[dict[str, Any]] | None:
    """None where there are too many packages to try."""
    if deal.exaggerations is None:
        return None
    return [
        {
            "organization": organizations[each.party],
            "issue": None if each.issue is None else issues[each.issue],
            "pays": each.pays,
            "ends_without_deal": each.package is None,
            "change": [_figure(by) for by in each.change],
        }
        for each in deal.exaggerations
    ]


def _division(packages: Any, asked: Any, organizations: list[int], issues: list[int]) -> dict[str, Any] | None:
    """For two parties: who would get what if every issue could be divided, by what each could gain on it."""
    if len(asked.parties) != 2:
        return None
    told = {
        str(organization): {str(issue): max(own) for issue, own in zip(issues, party.points, strict=True)}
        for organization, party in zip(organizations, asked.parties, strict=True)
    }
    found = packages.adjusted_winner(told)
    return {
        "shares": [[issue, _figure(share * 100)] for issue, share in zip(issues, found.shares, strict=True)],
        "points": _figure(found.points[0]),
        "split": int(found.split) if found.split else None,
    }


def _figure(value: Fraction) -> float:
    return round(float(value), 1)
