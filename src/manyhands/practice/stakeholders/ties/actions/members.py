"""Every member has a place among the allies, so that its ties can be drawn and rated."""

from django.db import transaction

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...models import Stakeholder
from ...rules import folded
from ..events import MemberPutOnTheMap


@transaction.atomic
def keep_members_on_the_map(*, actor: Actor) -> list[Stakeholder]:
    """Give each active member organization its actor: the one of the same name if there is one, else a new one.

    Safe to repeat: who has one keeps it. An actor taken off the list is put back for a member. Two that bear the
    member's name are left alone, since nobody can tell which it is; then a new one is written.

    Who: everyone who works here, and the house itself (`policies.add_ally`).
    Refuses: nothing.
    Tells: `MemberPutOnTheMap`, for each that got one now.
    """
    require(actor, policies.add_ally)
    unmapped = Organization.objects.filter(membership__state="active", as_stakeholder=None).order_by("pk")
    missing = list(unmapped.select_for_update(of=("self",), no_key=True))
    Stakeholder.with_removed.filter(member__membership__state="active").exclude(removed_at=None).update(removed_at=None)
    if not missing:
        return []
    names = {folded(organization.name) for organization in missing}
    known: dict[str, list[int]] = {}
    unlinked = Stakeholder.objects.filter(member=None, kind=Stakeholder.Kind.ORGANIZATION)
    for pk, name in unlinked.order_by("pk").values_list("pk", "name"):
        if folded(name) in names:
            known.setdefault(folded(name), []).append(pk)
    placed = []
    for organization in missing:
        alike = known.get(folded(organization.name), [])
        row = Stakeholder.objects.get(pk=alike.pop()) if len(alike) == 1 else _new(organization)
        row.member, row.stage = organization, "committed"
        row.version += 1 if row.pk else 0
        row.save()
        placed.append(row)
        record(
            MemberPutOnTheMap(stakeholder_id=row.pk, organization_id=organization.pk),
            by=actor,
            about=row,
        )
    return placed


def _new(organization: Organization) -> Stakeholder:
    return Stakeholder(
        name=organization.name,
        sector=organization.sector,
        about=organization.about,
        website=organization.website,
        source="The coalition’s own members",
    )
