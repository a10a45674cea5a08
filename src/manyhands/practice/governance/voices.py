"""Whose view is in a proposal: the sectors of those who took a stance, by their own word, and their interests."""

from dataclasses import dataclass

from manyhands.foundation.coalitions.models import Organization
from manyhands.practice.stakeholders.coverage.queries import (
    chosen_sectors,
    disclosed_by_members,
    is_one_perspective,
    perspectives,
)
from manyhands.practice.stakeholders.models import Disclosure

from .models import Proposal, Stance


@dataclass(frozen=True)
class Voice:
    """One organization that took a stance: its sectors by its own word, and the interests it has disclosed."""

    organization: Organization
    sectors: list[str]
    disclosures: list[Disclosure]


@dataclass(frozen=True)
class HeardIn:
    """Whose view is in a proposal."""

    rows: list[Voice]
    sectors: list[str]
    missing: list[str]
    is_single: bool


def heard_in(proposal: Proposal) -> HeardIn:
    """Which sectors those who took a stance speak for, which are missing, and whether it was one perspective alone."""
    stances = Stance.objects.filter(proposal=proposal, replaced_at=None).select_related("organization")
    organizations = {stance.organization_id: stance.organization for stance in stances.order_by("organization__name")}
    sectors, disclosed = perspectives(organizations), disclosed_by_members(organizations)
    rows = [
        Voice(organization, [item.name for item in sectors[key]], disclosed.get(key, []))
        for key, organization in organizations.items()
    ]
    named = sorted({name for row in rows for name in row.sectors})
    listed = [item.name for item in chosen_sectors()]
    return HeardIn(
        rows,
        named,
        [name for name in listed if name not in named] if named else [],
        is_one_perspective(sectors),
    )
