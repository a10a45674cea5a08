"""Whose view is in a proposal: sectors by members' own word, roles of who spoke, and interests that were disclosed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.practice.stakeholders.coverage.queries import (
    chosen_sectors,
    disclosed_by_members,
    is_one_perspective,
    perspectives,
)
from manyhands.practice.stakeholders.models import Disclosure

from .models import Proposal, Stance
from .wording import names_in

#: Offices beside one's standing, in the order in which they are told.
OFFICES = {
    "coordinator": gettext_lazy("Coordinator"),
    "steward": gettext_lazy("Steward"),
    "facilitator": gettext_lazy("Facilitator"),
}


@dataclass(frozen=True)
class Voice:
    """One organization that took a stance: its sectors by its own word, who spoke for it, what it has disclosed.

    Stances carry names, and everyone with a seat reads who holds which office; so roles give nobody away.
    """

    organization: Organization
    sectors: list[str]
    roles: list[str]
    disclosures: list[Disclosure]


@dataclass(frozen=True)
class Interest:
    """One organization with a disclosed interest, and its part in a proposal."""

    name: str
    part: Any
    disclosures: list[Disclosure]


@dataclass(frozen=True)
class HeardIn:
    """Whose view is in a proposal."""

    rows: list[Voice]
    sectors: list[str]
    missing: list[str]
    roles: list[tuple[str, int]]
    is_single: bool
    #: Of the idea itself, from its first day: the sectors and roles of who put it forward.
    idea_sectors: list[str]
    idea_roles: list[str]


def heard_in(proposal: Proposal, *beside: QuerySet[Any]) -> HeardIn:
    """Which sectors and roles took part, which sectors are missing, and whether it was one perspective alone.

    Three queries. The first one answers the questions ``beside`` as well.
    """
    spoken = Stance.objects.filter(proposal=proposal, replaced_at=None).select_related("organization", "seat")
    spoken, chosen = spoken.order_by("organization__name"), chosen_sectors()
    ask_together(spoken, chosen, *beside)
    stances = {stance.organization_id: stance for stance in spoken}
    proposer = proposal.put_forward_by
    first = _organization_of(proposer)
    sectors, disclosed = perspectives({*stances, *first}), disclosed_by_members(stances)
    rows = [
        Voice(stance.organization, [item.name for item in sectors[key]], roles_of(stance.seat), disclosed.get(key, []))
        for key, stance in stances.items()
    ]
    named = sorted({name for row in rows for name in row.sectors})
    listed = [item.name for item in chosen]
    return HeardIn(
        rows,
        named,
        [name for name in listed if name not in named] if named else [],
        roles_in(stances.values()),
        is_one_perspective({key: sectors[key] for key in stances}),
        sorted(item.name for key in first for item in sectors[key]),
        roles_of(proposer),
    )


def _organization_of(seat: Seat) -> list[int]:
    return [] if seat.organization_id is None else [seat.organization_id]


def roles_of(seat: Seat) -> list[str]:
    """The roles of one seat in words: its standing, then its offices."""
    held = seat.roles
    return [
        str(Seat.Standing(seat.standing).label),
        *(str(words) for office, words in OFFICES.items() if office in held),
    ]


def roles_in(stances: Iterable[Stance]) -> list[tuple[str, int]]:
    """How many of those who spoke have each role; one who has several counts in each."""
    counted = Counter(role for stance in stances for role in roles_of(stance.seat))
    order = [*(str(label) for _value, label in Seat.Standing.choices), *map(str, OFFICES.values())]
    return sorted(counted.items(), key=lambda each: order.index(each[0]))


def interests_beside(
    proposal: Proposal,
    disclosed: Iterable[Disclosure],
    *,
    sponsors: Iterable[int],
    voters: Iterable[int],
    stances: Iterable[int],
) -> list[Interest]:
    """Interests of those who decide, stand for the goal or put it forward, and of those whom the text names.

    Whoever has several parts is told once: put it forward, stands for it, took a stance, may take one, in this order.
    """
    parts: dict[int, str] = {}
    known: list[tuple[Iterable[int], str]] = [
        (_organization_of(proposal.put_forward_by), _("put it forward")),
        (sponsors, _("stands for the goal")),
        (stances, _("took a stance")),
        (voters, _("may take a stance")),
    ]
    for organizations, part in known:
        for key in organizations:
            parts.setdefault(key, part)
    said: dict[str, tuple[str, list[Disclosure]]] = {}
    text = f"{proposal.title}\n{proposal.summary}\n{proposal.text}"
    mentioned = names_in(text, {each.stakeholder.name for each in disclosed})
    for each in disclosed:
        who = each.stakeholder
        part = parts.get(who.member_id or 0) or (_("is named in the text") if who.name in mentioned else "")
        if part:
            said.setdefault(who.name, (part, []))[1].append(each)
    return [Interest(name, part, found) for name, (part, found) in sorted(said.items())]
