"""What can be asked about negotiations. What a party told in private goes to itself and to the mediator alone."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.together import ask_together, hang_on

from .. import policies
from ..models import (
    AgreementPart,
    ConcernOption,
    Concession,
    IssueOption,
    Negotiation,
    NegotiationConcern,
    NegotiationIssue,
    NegotiationParty,
    PackageAnswer,
    PackageFinding,
    Priority,
    PriorityStand,
    PrivateTerms,
    ProposedPackage,
)
from ..success.queries import priorities
from . import rules
from .insights import Table, Told
from .rules import NegotiationState

# --- negotiations ---------------------------------------------------------------------------------


def negotiations_for(actor: Actor) -> QuerySet[Negotiation]:
    """Every negotiation this actor may know of; drafts only for those who lead, the mediator and the parties."""
    rows = Negotiation.objects.select_related("mediator", "priority").annotate(
        count_parties=Count("parties", distinct=True),
        count_told=Count("parties", Q(parties__told_at__isnull=False), distinct=True),
    )
    parties = NegotiationParty.objects.select_related("organization").order_by("organization__name", "id")
    rows = rows.prefetch_related(Prefetch("parties", queryset=parties))
    if policies.prepare_negotiation.holds(actor):
        return rows
    mine = Q(mediator_id=actor.seat_id)
    if policies.write_success.holds(actor):
        own = NegotiationParty.objects.filter(organization_id=actor.organization_id)
        mine |= Q(pk__in=own.values("negotiation_id"))
    return rows.filter(mine | ~Q(state=NegotiationState.DRAFT))


def issues_of(negotiation: Negotiation, *beside: QuerySet[Any]) -> list[NegotiationIssue]:
    """The issues with their options, in the stated order. One query, which answers the questions ``beside`` as well."""
    issues, options = negotiation.issues.all(), IssueOption.objects.filter(issue__negotiation=negotiation)
    ask_together(issues, options, *beside)
    return hang_on("options", issues, options)


def options_by_issue(negotiation: Negotiation) -> dict[int, list[int]]:
    """The ids of options by the id of their issue, in the stated order. One query."""
    found: dict[int, list[int]] = {}
    rows = IssueOption.objects.filter(issue__negotiation=negotiation).order_by("issue_id", "id")
    for issue, option in rows.values_list("issue_id", "pk"):
        found.setdefault(issue, []).append(option)
    return found


def own_party(actor: Actor, negotiation: Negotiation) -> NegotiationParty | None:
    """The party this actor speaks for, if there is one."""
    rows = negotiation.parties.all()
    return next((party for party in rows if policies.speak_as_party.holds(actor, party)), None)


# --- what was told in private ---------------------------------------------------------------------


def terms_for(actor: Actor, negotiation: Negotiation) -> QuerySet[PrivateTerms]:
    """What this actor may read of it: the mediator everything, a party its own, anyone else nothing."""
    rows = PrivateTerms.objects.filter(party__negotiation=negotiation).select_related("party__organization")
    if policies.mediate.holds(actor, negotiation):
        return rows.order_by("party__organization__name", "pk")
    party = own_party(actor, negotiation)
    return rows.filter(party=party) if party else rows.none()


def table_to_count(negotiation: Negotiation) -> Table | None:
    """Everything there is to count, once every party has told. For `insights` alone; never for a page."""
    parties = list(
        NegotiationParty.objects.filter(negotiation=negotiation).order_by("id").values_list("pk", "organization_id")
    )
    told = {terms.party_id: terms for terms in PrivateTerms.objects.filter(party__negotiation=negotiation)}
    if len(parties) < 2 or any(pk not in told for pk, _organization in parties):
        return None
    return Table(
        options_by_issue(negotiation),
        [
            Told(
                organization,
                {int(option): value for option, value in told[pk].points.items()},
                str(told[pk].walk_away),
                list(told[pk].red_lines),
            )
            for pk, organization in parties
        ],
    )


def fingerprint(table: Table) -> str:
    """The same issues and terms always have the same one."""
    parties = [(t.organization, sorted(t.points.items()), t.walk_away, sorted(t.red_lines)) for t in table.parties]
    return hashlib.sha256(repr((list(table.issues.items()), parties)).encode()).hexdigest()


def current_finding(negotiation: Negotiation) -> PackageFinding | None:
    """What the terms of all parties allow; None while not all have told, or it is being worked out.

    The deed by which a party tells something new takes the old finding away, so one that is there is current.
    """
    return findings_of(negotiation).first()


def findings_of(negotiation: Negotiation) -> QuerySet[PackageFinding]:
    """The same, not asked yet: one or none."""
    return PackageFinding.objects.filter(negotiation=negotiation)


# --- packages -------------------------------------------------------------------------------------


class OnTheTable:
    """All that a negotiation's page shows of it to this actor, asked in one statement.

    Packages with their answers are for those who sit there, the agreed one for everyone; concerns only for those who
    sit there; who does what, once it is over.
    """

    def __init__(self, actor: Actor, negotiation: Negotiation) -> None:
        sits = policies.sit_at_negotiation.holds(actor, negotiation)
        state, over = negotiation.state, negotiation.is_over
        here: dict[str, Any] = {"negotiation": negotiation}
        packages = ProposedPackage.objects.filter(**here, **({} if sits else {"is_agreed": True}))
        packages = packages.none() if state in {"draft", "open"} else packages
        answers = PackageAnswer.objects.filter(package__in=packages.order_by().values("pk"))
        concerns = NegotiationConcern.objects.filter(**here).select_related("organization", "voiced_by")
        concerns = concerns if sits else concerns.none()
        findings = findings_of(negotiation)
        doings = AgreementPart.objects.filter(**here).select_related("issue", "organization")
        asked: list[QuerySet[Any]] = [
            negotiation.issues.all(),
            IssueOption.objects.filter(issue__negotiation=negotiation),
            packages,
            answers.select_related("party__organization").order_by("party__organization__name"),
            concerns,
            ConcernOption.objects.filter(concern__in=concerns.order_by().values("pk")),
            findings if sits and not over and state != NegotiationState.DRAFT else findings.none(),
            doings if over else doings.none(),
        ]
        ask_together(*asked)
        issues, options, packages, answers, concerns, met_by, findings, doings = asked
        self.issues: list[NegotiationIssue] = hang_on("options", issues, options)
        self.packages: list[ProposedPackage] = hang_on("answers", packages, answers)
        self.concerns: list[NegotiationConcern] = hang_on("met_by", concerns, met_by)
        self.finding: PackageFinding | None = next(iter(findings), None)
        self.doings: list[AgreementPart] = list(doings)


# --- who gave way ---------------------------------------------------------------------------------


def concessions_for(actor: Actor) -> QuerySet[Concession]:
    """Every concession of the tables at which this actor sits, as a party or as the mediator; newest first."""
    mine = Q(negotiation__mediator_id=actor.seat_id) if actor.seat_id else Q(pk__in=[])
    if policies.write_success.holds(actor):
        mine |= Q(
            negotiation__in=NegotiationParty.objects.filter(organization_id=actor.organization_id).values("negotiation")
        )
    return Concession.objects.filter(mine).select_related("negotiation", "issue", "giver", "getter")


@dataclass(frozen=True)
class Reciprocity:
    """How often two members gave way to each other."""

    one: str
    other: str
    one_gave: int
    other_gave: int


def reciprocity(actor: Actor) -> list[Reciprocity]:
    """Between each two members, how often either gave way, at the tables this actor sits at. One query."""
    count: Counter[tuple[str, str]] = Counter()
    for concession in concessions_for(actor):
        count[concession.giver.name, concession.getter.name] += 1
    pairs = sorted({tuple(sorted(pair)) for pair in count})
    return [Reciprocity(one, other, count[one, other], count[other, one]) for one, other in pairs]


# --- clashing priorities --------------------------------------------------------------------------


@dataclass(frozen=True)
class Possible:
    """Two members that could trade: each gives way where it matters less to it."""

    one: str
    other: str
    one_gives: str
    other_gives: str


@dataclass(frozen=True)
class Clash:
    """A priority that serves some and gets in the way of others, how much, and whether a trade exists."""

    priority: Priority
    serves: list[PriorityStand]
    hinders: list[PriorityStand]
    trades: list[Possible]
    negotiations: list[Negotiation] = field(default_factory=list)

    @property
    def intensity(self) -> int:
        """The weaker of both sides' strongest, 1 to 3: a clash is as strong as both feel it."""
        return min(max(s.strength for s in self.serves), max(s.strength for s in self.hinders))


def clashes(actor: Actor) -> list[Clash]:
    """Every clashing priority that is not reached, the strongest first. Three queries."""
    sides = PriorityStand.Side
    seen = negotiations_for(actor).values("pk")
    rows = priorities().exclude(state=Priority.State.REACHED).prefetch_related(
        Prefetch("negotiations", queryset=Negotiation.objects.filter(pk__in=seen), to_attr="tables")
    )  # fmt: skip
    found = []
    for priority in rows:
        stood: list[PriorityStand] = priority.stood  # type: ignore[attr-defined]
        serves = [stand for stand in stood if stand.side == sides.SERVES]
        hinders = [stand for stand in stood if stand.side == sides.HINDERS]
        if serves and hinders:
            found.append(Clash(priority, serves, hinders, [], priority.tables))  # type: ignore[attr-defined]
    stands = [(clash, stand) for clash in found for stand in (*clash.serves, *clash.hinders)]
    weighed = [
        rules.Side(clash.priority.pk, stand.organization_id, stand.strength * (1 if stand.side == sides.SERVES else -1))
        for clash, stand in stands
    ]
    names = {stand.organization_id: stand.organization.name for _clash, stand in stands}
    by_id = {clash.priority.pk: clash for clash in found}
    for trade in rules.trades(weighed):
        titles = (by_id[trade.one_gives].priority.title, by_id[trade.other_gives].priority.title)
        possible = Possible(names[trade.one], names[trade.other], *titles)
        for pk in {trade.one_gives, trade.other_gives}:
            by_id[pk].trades.append(possible)
    return sorted(found, key=lambda clash: (-clash.intensity, clash.priority.title))


def names_of(negotiation: Negotiation) -> dict[int, str]:
    """What the parties are called, by the id of their organization; from what was fetched along."""
    return {party.organization_id: party.organization.name for party in negotiation.parties.all()}


def in_words(issues: list[NegotiationIssue]) -> tuple[dict[int, str], dict[int, Any]]:
    """Names of issues by id, and for each option its issue and its name."""
    options = {option.pk: (issue.name, option.name) for issue in issues for option in issue.options.all()}
    return {issue.pk: issue.name for issue in issues}, options
