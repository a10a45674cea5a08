"""Starting a coalition, describing it, and saying how far along it is."""

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, Visitor, require
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import events, policies, rules
from manyhands.foundation.coalitions.middleware import actor_for
from manyhands.foundation.coalitions.models import Coalition, Membership, Organization, Seat
from manyhands.foundation.ledger.spine import record
from manyhands.foundation.tenancy.scope import inside

from .refusals import NotAllowedNow

DESCRIPTION = ("name", "purpose", "values", "place", "accent", "is_public")


@transaction.atomic
def create_coalition(
    *,
    actor: Actor | Visitor,
    name: str,
    purpose: str,
    values: str = "",
    place: str = "",
    accent: str = "lake",
    organization_name: str = "",
    person_name: str = "",
    is_invented: bool = False,
) -> Coalition:
    """Start a coalition, with its founder as first coordinator and steward.

    With ``organization_name`` that organization becomes the first member and the founder speaks for it; without
    one they sit for themselves. ``person_name`` names a founder who has not told us their name yet.

    Who: anyone signed in, or only operators where open registration is off (`policies.start_coalition`).
    Refuses: a name or purpose that is empty or too long (`ValidationError`).
    Tells: `CoalitionCreated`, in the new coalition, by the new seat.
    """
    require(actor, policies.start_coalition)
    assert actor.person_id is not None  # only people start coalitions
    person = Person.objects.select_for_update(no_key=True).get(pk=actor.person_id)
    if not person.name:
        person.name = rules.one_line(person_name)[:120]
        person.save(update_fields=["name"])
    coalition = Coalition(
        slug=rules.free_slug(name, lambda slug: Coalition.objects.filter(slug=slug).exists()),
        name=rules.one_line(name),
        purpose=rules.one_line(purpose),
        values=values.strip(),
        place=rules.one_line(place),
        accent=accent,
        is_invented=is_invented,
    )
    coalition.full_clean()
    coalition.save()
    with inside(coalition.pk):
        seat = Seat.objects.create(
            person=person,
            organization=_first_member(rules.one_line(organization_name)),
            name=person.short_name,
            is_coordinator=True,
            is_steward=True,
        )
        record(events.CoalitionCreated(), by=actor_for(seat), about=coalition)
    return coalition


def _first_member(name: str) -> Organization | None:
    if not name:
        return None
    organization = Organization.objects.create(name=name, state="active")
    Membership.objects.create(organization=organization, state="active", since=now().date())
    return organization


@transaction.atomic
def change_coalition(*, actor: Actor, coalition: Coalition, **changes: Any) -> Coalition:
    """Change what the coalition says about itself: name, purpose, values, place, accent, is_public.

    Who: coordinators (`policies.change_coalition`).
    Refuses: a name or purpose that is empty or too long (`ValidationError`), and any other field (`TypeError`).
    Tells: `CoalitionChanged`, with the names of the fields; no one when nothing changed.
    """
    require(actor, policies.change_coalition)
    if unknown := set(changes) - set(DESCRIPTION):
        raise TypeError(f"not part of a coalition's description: {sorted(unknown)}")
    coalition = _lock(actor, coalition)
    fields = [name for name in DESCRIPTION if name in changes and changes[name] != getattr(coalition, name)]
    for name in fields:
        is_line = name in {"name", "purpose", "place"}
        setattr(coalition, name, rules.one_line(changes[name]) if is_line else changes[name])
    if fields:
        coalition.full_clean()
        coalition.save(update_fields=fields)
        record(events.CoalitionChanged(fields=fields), by=actor, about=coalition)
    return coalition


@transaction.atomic
def change_coalition_state(*, actor: Actor, coalition: Coalition, state: str) -> Coalition:
    """Take one step of the coalition's life: exploring, forming, active, and so on.

    Who: coordinators (`policies.change_coalition_state`).
    Refuses: a step that the life cycle does not have from here (`NotAllowedNow`).
    Tells: `CoalitionStateChanged`.
    """
    require(actor, policies.change_coalition_state)
    coalition = _lock(actor, coalition)
    was = coalition.state
    try:
        rules.check_step(rules.COALITION_STEPS, was, state)
    except rules.NoSuchStep as wrong:
        raise NotAllowedNow from wrong
    coalition.state = state
    coalition.save(update_fields=["state"])
    record(events.CoalitionStateChanged(was=was, now=state), by=actor, about=coalition)
    return coalition


def _lock(actor: Actor, coalition: Coalition) -> Coalition:
    """The coalition as it is now, held until we are done; only ever the actor's own."""
    return Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id, slug=coalition.slug)
