"""Packages and trades in words, from what is stored as ids."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import NegotiationIssue, NegotiationParty, PackageFinding, ProposedPackage

VIRTUES = {
    "nash": (
        gettext_lazy("Gives most to all together"),
        gettext_lazy("The gains of all, multiplied, are highest here (Nash)."),
    ),
    "fairest": (gettext_lazy("Fairest"), gettext_lazy("Whoever gains least gains most here.")),
    "pareto": (
        gettext_lazy("Cannot be bettered"),
        gettext_lazy("Nobody could have more without another having less (Pareto)."),
    ),
    "feasible": (gettext_lazy("Acceptable to all"), gettext_lazy("Nobody falls below their walk-away here.")),
}


@dataclass(frozen=True)
class Exchange:
    """What two parties do for each other, in a sentence."""

    text: str
    is_mutual: bool


@dataclass(frozen=True)
class PackageInWords:
    """A package as a page shows it."""

    package: ProposedPackage | None
    options: list[tuple[str, str]]
    option_ids: list[int]
    virtues: list[tuple[Any, Any]]
    #: None for those to whom it is not told.
    exchanges: list[Exchange] | None
    #: Names of those who accept it, who cannot, and how many have not said.
    accepted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    silent: int = 0
    #: What one's own organization said: True, False, or None.
    own: bool | None = None

    @property
    def is_accepted_by_all(self) -> bool:
        return bool(self.accepted) and not self.refused and not self.silent


def package_words(
    package: ProposedPackage,
    issues: list[NegotiationIssue],
    names: Mapping[int, str],
    party: NegotiationParty | None,
    count_parties: int,
    *,
    tells_trades: bool,
) -> PackageInWords:
    """A proposed package with what the parties said of it; who gave way only where that is told."""
    said = {answer.party_id: answer for answer in package.answers.all()}
    accepted = [answer.party.organization.name for answer in said.values() if answer.accepts]
    refused = [answer.party.organization.name for answer in said.values() if not answer.accepts]
    own = said[party.pk].accepts if party and party.pk in said else None
    return PackageInWords(
        package,
        options_in_words(package.option_ids, issues),
        package.option_ids,
        virtues_in_words(package.virtues),
        exchanges_in_words(package.concessions, issues, names) if tells_trades else None,
        accepted,
        refused,
        count_parties - len(said),
        own,
    )


def found_words(found: Mapping[str, Any], issues: list[NegotiationIssue], names: Mapping[int, str]) -> PackageInWords:
    """A package that was found and is not on the table yet."""
    return PackageInWords(
        None,
        options_in_words(found["options"], issues),
        found["options"],
        virtues_in_words(found.get("virtues", [])),
        exchanges_in_words(found.get("concessions", []), issues, names),
    )


def options_in_words(option_ids: Iterable[int], issues: list[NegotiationIssue]) -> list[tuple[str, str]]:
    """Issue and option, for each issue."""
    chosen = set(option_ids)
    return [(issue.name, option.name) for issue in issues for option in issue.options.all() if option.pk in chosen]


def virtues_in_words(virtues: Iterable[str]) -> list[tuple[Any, Any]]:
    """The best words only: what cannot be bettered is acceptable anyway."""
    found = [virtue for virtue in virtues if virtue in VIRTUES]
    shown = [virtue for virtue in found if virtue != "feasible"] or found
    return [VIRTUES[virtue] for virtue in shown]


def exchanges_in_words(
    concessions: Iterable[list[int]], issues: list[NegotiationIssue], names: Mapping[int, str]
) -> list[Exchange]:
    """Who trades what for what, first those who give way to each other."""
    titles = {issue.pk: issue.name for issue in issues}
    given: dict[tuple[int, int], list[str]] = defaultdict(list)
    for giver, getter, issue in concessions:
        if issue in titles:
            given[giver, getter].append(titles[issue])
    found = []
    for (giver, getter), mine in given.items():
        words = {
            "one": names.get(giver, _("a member")),
            "other": names.get(getter, _("a member")),
            "mine": ", ".join(mine),
        }
        theirs = given.get((getter, giver))
        if theirs is None:
            found.append(Exchange(_("%(one)s gives way to %(other)s on %(mine)s.") % words, False))
        elif giver < getter:
            words["theirs"] = ", ".join(theirs)
            text = _("%(one)s gives way to %(other)s on %(mine)s; in return %(other)s gives way on %(theirs)s.") % words
            found.append(Exchange(text, True))
    return sorted(found, key=lambda each: not each.is_mutual)


@dataclass(frozen=True)
class Move:
    """The smallest thing that would have to move for a deal, and what it would ask of the reader's own organization."""

    options: list[tuple[str, str]]
    lowered: int
    crossed: int
    own_points: float | None = None
    own_red_lines: list[str] = field(default_factory=list)


def moves_in_words(finding: PackageFinding, issues: list[NegotiationIssue], organization_id: int | None) -> list[Move]:
    """Where nothing is acceptable to all: what would have to move. How far others would is told to nobody."""
    names = {option.pk: option.name for issue in issues for option in issue.options.all()}
    found = []
    pairs = zip(finding.payload.get("relaxations", []), finding.mediator_payload.get("relaxations", []), strict=True)
    for public, private in pairs:
        own = [by for pk, by in private["lowered"] if pk == organization_id]
        red = [names[option] for pk, option in private["crossed"] if pk == organization_id]
        words = options_in_words(public["options"], issues)
        found.append(Move(words, public["lowered"], public["crossed"], own[0] if own else None, red))
    return found
