"""``manyhands analyse package``: the packages that everyone can accept, from a file of issues and points."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .saying import listed, refusing, say

if TYPE_CHECKING:
    from manyhands.analysis.packages import Deal, Division, Negotiation, Package, Relaxation

_LAYOUT = """\
FILE is JSON such as

  {"issues": [{"name": "Hours", "options": ["long", "short"]},
              {"name": "Noise", "options": ["loud", "quiet"]}],
   "parties": [{"name": "Shops", "walk_away": 30,
                "points": {"Hours": {"long": 80, "short": 0}, "Noise": {"loud": 20, "quiet": 5}},
                "red_lines": {"Hours": ["short"]}},
               {"name": "Homes", "walk_away": 40,
                "points": {"Hours": {"long": 0, "short": 30}, "Noise": {"loud": 0, "quiet": 70}}}]}

The best options of each party must add up to 100 points, give or take one ("points_total": "any" allows
another scale). A walk-away is what no deal is worth, in the same points; without one, 0 is assumed and
said. The order of issues and options decides ties.

With "items": ["house", "boat"] instead of issues, and two parties with "points" by item, the items are
divided between them by Adjusted Winner.
"""
_NEVER_SHOW = "Points are what each party told the mediator alone. Give members --without-points."


def add_command(analyses: Any) -> None:
    """Add ``package`` to the analyses."""
    parser = analyses.add_parser(
        "package",
        help="find the packages that everyone can accept, and the best of them",
        description="Find the packages that everyone can accept, and the best of them.\n\n" + _LAYOUT,
        epilog=_NEVER_SHOW + " The method is in docs/methods/compromise.md.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="issues, parties and their points (.json)")
    parser.add_argument("--without-points", action="store_true", help="leave out whatever tells a party's points")
    parser.add_argument("--json", action="store_true", help="write JSON instead of plain words")
    parser.set_defaults(run=package_command)


@refusing
def package_command(args: argparse.Namespace) -> int:
    """Read, search, print."""
    # Imported here so that `manyhands --help` does not wait for NumPy.
    from manyhands.analysis.packages import Division, find_packages, read_negotiation

    asked = read_negotiation(args.file)
    if isinstance(asked, Division):
        return say(_division_as_json(asked) if args.json else _division_in_words(asked))
    found = find_packages(asked)
    show = not args.without_points
    return say(_as_json(found, show) if args.json else _in_words(found, show))


def _as_json(found: Deal, show: bool) -> dict[str, Any]:
    """What scripts read. Packages in the stated order of issues and options."""
    from manyhands.analysis.packages import exchanges

    asked = found.asked

    def packages(of: Sequence[Package]) -> list[dict[str, Any]]:
        return [_package(asked, each, show) for each in of]

    def best(of: Package | None) -> dict[str, Any] | None:
        if of is None:
            return None
        answer = _package(asked, of, show)
        answer["trades"] = [
            {
                "one": asked.parties[each.one].name,
                "other": asked.parties[each.other].name,
                "one_gives": _concessions(asked, each.one_gives, show),
                "other_gives": _concessions(asked, each.other_gives, show),
            }
            for each in exchanges(asked, of)
        ]
        return answer

    answer: dict[str, Any] = {
        "method": found.method,
        "packages": asked.number,
        "every_package_looked_at": found.every_package_looked_at,
        "possible": found.possible,
        "feasible_count": found.feasible_count,
        "feasible": packages(found.feasible),
        "pareto_count": found.pareto_count,
        "pareto": packages(found.pareto),
        "nash": best(found.nash),
        "fairest": best(found.fairest),
        "relaxations": _relaxations(found, show),
        "walk_away_assumed_zero": [party.name for party in asked.parties if not party.walk_away_told],
    }
    if show:
        answer["sensitivity"] = _sensitivity(found)
    return answer


def _package(asked: Negotiation, package: Package, show: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {"options": asked.words(package)}
    if show:
        names = [party.name for party in asked.parties]
        answer["points"] = dict(zip(names, map(_number, package.points), strict=True))
        answer["gains"] = dict(zip(names, map(_number, package.gains), strict=True))
    return answer


def _concessions(asked: Negotiation, of: Any, show: bool) -> list[dict[str, Any]]:
    return [
        {"issue": asked.issues[each.issue].name}
        | ({"costs": _number(each.costs), "brings": _number(each.brings)} if show else {})
        for each in of
    ]


def _relaxations(found: Deal, show: bool) -> dict[str, Any] | None:
    if found.relaxations is None:
        return None
    asked = found.asked

    def one(of: Relaxation | None) -> dict[str, Any] | None:
        if of is None:
            return None
        lowered = {asked.parties[at].name: _number(by) for at, by in of.lowered}
        return {
            **_package(asked, of.package, show),
            "walk_aways_lowered": lowered if show else list(lowered),
            "red_lines_dropped": [
                {
                    "party": asked.parties[party].name,
                    "issue": asked.issues[issue].name,
                    "option": asked.issues[issue].options[option],
                }
                for party, issue, option in of.crossed
            ],
        }

    of = found.relaxations
    return {"walk_aways": one(of.walk_aways), "red_lines": one(of.red_lines), "both": one(of.both)}


def _sensitivity(found: Deal) -> list[dict[str, Any]] | None:
    if found.exaggerations is None:
        return None
    asked = found.asked
    return [
        {
            "party": asked.parties[each.party].name,
            "exaggerates": "walk-away" if each.issue is None else asked.issues[each.issue].name,
            "then": None if each.package is None else asked.words(each.package),
            "pays": each.pays,
            "change": {party.name: _number(change) for party, change in zip(asked.parties, each.change, strict=True)},
        }
        for each in found.exaggerations
    ]


def _in_words(found: Deal, show: bool) -> str:
    """A page of plain words: what can be agreed, the best packages, who trades what, how sure that is."""
    asked = found.asked
    lines = [
        f"{len(asked.parties)} parties, {len(asked.issues)} issues, {asked.number:,} packages",
        f"Method: {found.method}.",
    ]
    assumed = [party.name for party in asked.parties if not party.walk_away_told]
    if assumed:
        lines.append(f"No walk-away told, so 0 was assumed: {listed(assumed)}.")
    lines.append("")
    if not found.possible:
        return "\n".join([*lines, *_no_deal(found, show)])
    if found.feasible_count is None:
        lines.append("There are too many packages to list. The best ones were found by a solver.")
    else:
        count = found.feasible_count
        lines.append(f"Acceptable to all: {count:,} {'package' if count == 1 else 'packages'}.")
        pareto = "more than can be listed" if found.pareto_count is None else f"{found.pareto_count:,}"
        lines.append(f"Of these, none better for one without loss to another: {pareto}.")
    if found.nash is not None and found.fairest is not None and found.nash.options == found.fairest.options:
        lines += ["", "Best by the product of gains, and fairest:", *_about(found, found.nash, show)]
    else:
        if found.nash is None:
            lines += ["", "In every package somebody gains nothing, so the product of gains tells none apart."]
        else:
            lines += ["", "Best by the product of gains:", *_about(found, found.nash, show)]
        if found.fairest is not None:
            lines += ["", "Fairest, because the smallest gain is largest:", *_about(found, found.fairest, show)]
    if show:
        lines += ["", *_how_sure(found), "", _NEVER_SHOW]
    return "\n".join(lines)


def _about(found: Deal, package: Package, show: bool) -> list[str]:
    from manyhands.analysis.packages import exchanges

    asked = found.asked
    lines = [f"  {issue}: {option}" for issue, option in asked.words(package).items()]
    if show:
        pairs = zip(asked.parties, package.points, package.gains, strict=True)
        told = [f"{party.name} {_plainly(points)} ({_plainly(gain)} above)" for party, points, gain in pairs]
        lines.append(f"  Points, and how far above the walk-away: {', '.join(told)}.")
    for each in exchanges(asked, package):
        one, other = asked.parties[each.one].name, asked.parties[each.other].name
        gives, gets = (
            listed([asked.issues[concession.issue].name for concession in of])
            for of in (each.one_gives, each.other_gives)
        )
        lines.append(f"  {one} gives way to {other} on {gives}; {other} gives way to {one} on {gets}.")
    return lines


def _no_deal(found: Deal, show: bool) -> list[str]:
    asked, of = found.asked, found.relaxations
    lines = ["No package is acceptable to all."]
    if of is None:
        return lines
    for kind, each in (("walk-aways", of.walk_aways), ("red lines", of.red_lines), ("both", of.both)):
        if each is None:
            if kind != "both" and of.both is None:
                lines.append(f"Moving only {kind} would not help.")
            continue
        moves = [
            f"{asked.parties[at].name} accepts {_plainly(by)} points less"
            if show
            else f"{asked.parties[at].name} accepts less"
            for at, by in each.lowered
        ]
        moves += [
            f"{asked.parties[party].name} accepts {asked.issues[issue].options[option]!r} on {asked.issues[issue].name}"
            for party, issue, option in each.crossed
        ]
        lines += ["", f"Smallest move of {kind}: {listed(moves)}. Then there is:"]
        lines += [f"  {issue}: {option}" for issue, option in asked.words(each.package).items()]
    return lines


def _how_sure(found: Deal) -> list[str]:
    if found.exaggerations is None:
        return ["How sure: not worked out, because there are too many packages to try."]
    asked = found.asked
    lines = ["How sure: each party was made to exaggerate, one issue twofold or its walk-away by 10 points."]
    paying = [each for each in found.exaggerations if each.pays]
    if not found.exaggerations:
        return [*lines, "The best package stays the same every time."]
    lines.append(
        f"The best package changes {len(found.exaggerations)} times; "
        f"for the one who exaggerates it pays {len(paying)} times."
    )
    for each in sorted(paying, key=lambda each: -each.change[each.party])[:5]:
        what = "its walk-away" if each.issue is None else asked.issues[each.issue].name
        lines.append(f"  {asked.parties[each.party].name}, on {what}: {_plainly(each.change[each.party])} points more.")
    return lines


def _division_as_json(found: Division) -> dict[str, Any]:
    first, second = found.parties
    return {
        "method": found.method,
        "shares": {
            item: {first: str(share), second: str(1 - share)}
            for item, share in zip(found.items, found.shares, strict=True)
        },
        "split": found.split,
        "points": {first: _number(found.points[0]), second: _number(found.points[1])},
        "points_exact": {first: str(found.points[0]), second: str(found.points[1])},
    }


def _division_in_words(found: Division) -> str:
    first, second = found.parties
    lines = [f"{len(found.items)} items divided between {first} and {second}", f"Method: {found.method}.", ""]
    for item, share in zip(found.items, found.shares, strict=True):
        who = (
            first if share == 1 else second if share == 0 else f"split, {share} to {first} and {1 - share} to {second}"
        )
        lines.append(f"  {item}: {who}")
    return "\n".join([*lines, "", f"Each gets {_plainly(found.points[0])} of their own 100 points."])


def _number(value: Any) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 9)


def _plainly(value: Any) -> str:
    return f"{float(value):.4g}"
